/** One record with what I changed of it on top of what somebody else saved. */
function mergedRecord(before, mine, theirs) {
    const changes = Object.entries(mine).filter(([word, value]) => value !== before[word]);
    return { ...theirs, ...Object.fromEntries(changes) };
}

const find = (rows, { name }) => rows.find((row) => row.name === name);

function mergedRows(before, mine, theirs) {
    const isRemoved = (row) => find(before, row) && !find(mine, row);
    const kept = theirs.filter((row) => !isRemoved(row));
    const merged = kept.map((row) => {
        const is = find(mine, row);
        // What both added under one name has nothing before it.
        return is ? mergedRecord(find(before, row) ?? {}, is, row) : row;
    });
    const isChanged = (row) => JSON.stringify(row) !== JSON.stringify(find(before, row));
    // What I changed and they removed stays; so does what is new.
    return [...merged, ...mine.filter((row) => !find(theirs, row) && isChanged(row))];
}

/** My draft of a mapping that the org does not have any more, as a new one. */
export const anew = (draft, org) => ({
    ...draft,
    off: { fields: [], conditions: [] },
    isRemoved: false,
    read: [],
    org
});

/**
 * My changes on top of what somebody else saved meanwhile; of what both changed, mine.
 * @param {object} before the draft as I read it
 * @param {object} mine
 * @param {object} theirs the draft as the org has it now
 */
export const merged = (before, mine, theirs) => ({
    ...theirs,
    mapping: mergedRecord(before.mapping, mine.mapping, theirs.mapping),
    fields: mergedRows(before.fields, mine.fields, theirs.fields),
    conditions: mergedRows(before.conditions, mine.conditions, theirs.conditions)
});
