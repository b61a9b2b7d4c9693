import { conditionName, fieldName, freeName, labelOf } from './names';
import { rowsOf } from './rows';
import { TYPES } from './words';

const off = (row) => ({ ...row, active: false });
const NOTHING = { fields: [], conditions: [], off: { fields: [], conditions: [] } };

/** A new row takes the record over that was for the same field, else any that is off. */
function takenOver(row, unused) {
    const at = unused.findIndex(({ field }) => field !== undefined && field === row.field);
    return unused.splice(Math.max(0, at), 1)[0];
}

const has = (rows, { name }) => rows.some((row) => row.name === name);

/**
 * The rows of a list as the org would have them: what is new has its name, what is not there any more is off.
 * @param {object[]} was rows that the org has, on and off
 * @param {object} is the list as it is to be: rows that are `on`, and `off`
 * @param {string[]} taken names that the org has
 * @param {(row: object) => string} nameFor what a new row is named by
 */
function settle(was, is, taken, nameFor) {
    const gone = was.filter((row) => !has(is.off, row));
    const unused = [...is.off, ...gone].filter((row) => has(was, row) && !has(is.on, row));
    const used = [...taken, ...is.on.filter((row) => !row.isUnnamed).map(({ name }) => name)];
    const on = is.on.map((row) => {
        if (has(was, row)) return row;
        const name = takenOver(row, unused)?.name ?? (row.isUnnamed ? freeName(nameFor(row), used) : row.name);
        used.push(name);
        return { ...row, name, label: labelOf(row.label || name.replaceAll('_', ' ')) };
    });
    return { on, off: unused.map(off) };
}

/** The draft as the org would have it. */
function settled(before, after) {
    const was = before ?? NOTHING;
    const { name } = after.mapping;
    const { taken } = after.org;
    const settledOf = (kind, type, nameFor) =>
        settle([...was[kind], ...was.off[kind]], { on: after[kind], off: after.off[kind] }, taken[type], nameFor);
    const fields = settledOf('fields', TYPES.field, ({ field }) => fieldName(name, field));
    const conditions = settledOf('conditions', TYPES.condition, ({ position }) => conditionName(name, position));
    return {
        ...after,
        fields: fields.on,
        conditions: conditions.on,
        off: { fields: fields.off, conditions: conditions.off }
    };
}

/** A mapping with all its rows off, which is how it is removed. */
const removed = (draft) => ({
    ...draft,
    mapping: off(draft.mapping),
    fields: draft.fields.map(off),
    conditions: draft.conditions.map(off)
});

/**
 * The records to save, each whole: a deploy writes what it names. Nothing is deleted, but switched off; a record that is
 * off is used again for the next new row.
 * @param {object|null} before the draft as it was read; null where the org does not have it
 * @param {object|null} after the draft as it is to be; null to remove the mapping
 * @returns {object[]} `[{ type, name, label, values }]`
 */
export function changesOf(before, after) {
    const was = new Map((before ? rowsOf(before) : []).map((row) => [`${row.type}.${row.name}`, JSON.stringify(row)]));
    return rowsOf(after ? settled(before, after) : removed(before)).filter(
        (row) => was.get(`${row.type}.${row.name}`) !== JSON.stringify(row)
    );
}
