import { withCondition, withField, withName } from 'c/wooMappingDraft';

const isNew = ({ read }) => read.length === 0;

function changed(draft, { kind, name, changes }) {
    const rows = draft[kind].map((row) => (row.name === name ? { ...row, ...changes } : row));
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
    fields: (draft, { rows }) => rows.reduce(added, draft),
    condition: (draft, { values }) => withCondition(draft, values),
    change: changed,
    remove: (draft, { kind, name }) => ({ ...draft, [kind]: draft[kind].filter((row) => row.name !== name) })
};

/** @param {{ act: keyof typeof EDITS }} edit as the parts of the editor fire it */
export const edited = (draft, edit) => EDITS[edit.act](draft, edit);
