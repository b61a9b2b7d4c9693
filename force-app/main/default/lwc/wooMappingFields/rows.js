import { suggestField } from 'c/wooMappingFit';

const folded = (text) => text.normalize('NFKC').toLowerCase();

/** Whether a row has all words of a search, in its field by name or label, its attribute or its value. */
export function isFound(row, described, text) {
    const { attribute, field, staticValue } = row;
    const all = folded([attribute, field, staticValue, described.field(field)?.label].filter(Boolean).join(' '));
    return folded(text)
        .split(/\s+/)
        .every((word) => all.includes(word));
}

/** A change of a row's attribute, with the field that suits it where the row has none. */
export function withField(changes, row, taken, described) {
    const attribute = changes.attribute && described.attribute(changes.attribute);
    if (!attribute || row.field) return changes;
    const field = suggestField(attribute, described.fields, taken, described.objectsOf);
    if (!field) return changes;
    return {
        ...changes,
        field: field.name,
        ...(row.kind === 'attribute' && field.type === 'reference' && { kind: 'lookup' })
    };
}

/** The row for a field that is required: with the attribute that goes there most likely, else a static value. */
export function rowFor(field, rows, described) {
    const free = described.attributes.filter(({ name }) => rows.every(({ attribute }) => attribute !== name));
    const source = free.find((one) => suggestField(one, [field], [], described.objectsOf));
    if (source)
        return { attribute: source.name, field: field.name, kind: field.type === 'reference' ? 'lookup' : 'attribute' };
    const hasValues = (field.values ?? []).length > 0 || field.type === 'boolean';
    return { attribute: null, field: field.name, kind: hasValues ? 'static' : 'attribute' };
}
