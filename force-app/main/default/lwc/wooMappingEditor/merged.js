import { withCondition, withField } from 'c/wooMappingDraft';

/** One record with what I changed of it on top of what somebody else saved. */
function mergedRecord(before, mine, theirs) {
    const changes = Object.entries(mine).filter(([word, value]) => value !== before[word]);
    return { ...theirs, ...Object.fromEntries(changes) };
}

const find = (rows, { name }) => rows.find((row) => row.name === name);

/** Of the rows that were there before, theirs with my changes. What I changed and they removed stays. */
function mergedRows(before, mine, theirs) {
    const isRemoved = (row) => find(before, row) && !find(mine, row);
    const stayed = theirs.filter((row) => !isRemoved(row));
    const changed = stayed.map((row) => {
        const was = find(before, row);
        return was ? mergedRecord(was, find(mine, row), row) : row;
    });
    const isKept = (row) => {
        const was = find(before, row);
        return was && !find(theirs, row) && JSON.stringify(row) !== JSON.stringify(was);
    };
    return [...changed, ...mine.filter(isKept)];
}

const added = (before, rows) => rows.filter((row) => !find(before, row));

/** A field mapping that I added: on top of theirs where they added one for the field too. */
function withMyField(draft, row, theirNew) {
    const same = row.field && theirNew.find(({ field }) => field === row.field);
    if (same) {
        const fields = draft.fields.map((one) => (one.name === same.name ? { ...one, ...row, name: one.name } : one));
        return { ...draft, fields };
    }
    return find(draft.fields, row) ? withField(draft, row) : { ...draft, fields: [...draft.fields, row] };
}

/** A condition that I added: behind the others where they have its name or its number by now. */
function withMyCondition(draft, row) {
    const isTaken = draft.conditions.some(({ name, position }) => name === row.name || position === row.position);
    if (!isTaken) return { ...draft, conditions: [...draft.conditions, row] };
    const values = { ...row };
    delete values.position;
    return withCondition(draft, values);
}

/** My logic with the numbers that my conditions have now. */
function renumbered(logic, numbers) {
    return logic?.replace(/\d+/g, (number) => numbers.get(Number(number)) ?? number) ?? null;
}

function withMyConditions(draft, rows, { isLogicMine }) {
    const all = rows.reduce(withMyCondition, draft);
    const behind = all.conditions.slice(draft.conditions.length);
    const numbers = new Map(rows.map(({ position }, at) => [position, behind[at].position]));
    const { conditionLogic } = all.mapping;
    if (!isLogicMine) return all;
    return { ...all, mapping: { ...all.mapping, conditionLogic: renumbered(conditionLogic, numbers) } };
}

/** My draft of a mapping that the org does not have any more, as a new one, which is lost with the tab until it is saved. */
export const anew = (draft, org) => ({
    ...draft,
    off: { fields: [], conditions: [] },
    isRemoved: false,
    isGone: true,
    read: [],
    org
});

/**
 * My changes on top of what somebody else saved meanwhile; of what both changed, mine. What both added stays, but for
 * field mappings of one field.
 * @param {object} before the draft as I read it
 * @param {object} mine
 * @param {object} theirs the draft as the org has it now
 */
export function merged(before, mine, theirs) {
    const draft = {
        ...theirs,
        mapping: mergedRecord(before.mapping, mine.mapping, theirs.mapping),
        fields: mergedRows(before.fields, mine.fields, theirs.fields),
        conditions: mergedRows(before.conditions, mine.conditions, theirs.conditions)
    };
    const theirNew = added(before.fields, theirs.fields);
    const withFields = added(before.fields, mine.fields).reduce((all, row) => withMyField(all, row, theirNew), draft);
    const isLogicMine = mine.mapping.conditionLogic !== before.mapping.conditionLogic;
    return withMyConditions(withFields, added(before.conditions, mine.conditions), { isLogicMine });
}
