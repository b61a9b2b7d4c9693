import { withCondition, withField, withName } from 'c/wooMappingDraft';

const isNew = ({ read }) => read.length === 0;

/** A blank at the end of a field's name is not seen, and the check takes it, but Salesforce has no field of that name. */
const trimmed = (row) => (row.field ? { ...row, field: row.field.trim() } : row);

/** A draft with the names of its fields as Salesforce has them. */
export const withTrimmedFields = (draft) => ({ ...draft, fields: draft.fields.map(trimmed) });

function changed(draft, { kind, name, changes }) {
    const rows = draft[kind].map((row) => (row.name === name ? { ...row, ...trimmed(changes) } : row));
    return { ...draft, [kind]: rows };
}

/** A new mapping is named by its label; a saved one keeps its name. */
function named(draft, { label }) {
    if (isNew(draft)) return withName(draft, label, label);
    return { ...draft, mapping: { ...draft.mapping, label } };
}

/** What goes to the shop alone goes the way of its mapping; else a new row comes from the shop. */
function added(draft, row) {
    return withField(draft, draft.mapping.direction === 'to_woo' ? { ...row, direction: null } : row);
}

/** What each edit of the editor's parts does to a draft. */
const EDITS = {
    mapping: (draft, { changes }) => ({ ...draft, mapping: { ...draft.mapping, ...changes } }),
    name: named,
    fields: (draft, { rows }) => rows.map(trimmed).reduce(added, draft),
    condition: (draft, { values }) => withCondition(draft, values),
    change: changed,
    remove: (draft, { kind, name }) => ({ ...draft, [kind]: draft[kind].filter((row) => row.name !== name) })
};

/** @param {{ act: keyof typeof EDITS }} edit as the parts of the editor fire it */
export const edited = (draft, edit) => EDITS[edit.act](draft, edit);
