/** How a row of a mapping is called on the page: from where to where. */
function nameOf({ kind, staticValue, attribute, field, label, name }, described) {
    const from = kind === 'static' ? `"${staticValue ?? ''}"` : attribute;
    const to = described.field(field)?.label ?? field;
    return [from, to].filter(Boolean).join(' → ') || label || name;
}

/**
 * What the rows of a draft are called where they are shown, by their developer names.
 * @param {object} draft
 * @param {object} described a `Described`
 * @returns {Map<string, string>}
 */
export function rowNames({ fields, conditions }, described) {
    const ofFields = fields.map((row) => [row.name, nameOf(row, described)]);
    const ofConditions = conditions.map((row) => [row.name, `${row.position}. ${row.attribute ?? ''}`.trim()]);
    return new Map([...ofFields, ...ofConditions]);
}
