const DECIDED = ['accepted', 'use', 'leave_out'];

/** What the rules say, to which undoing a decision leads back; unknown where somebody decided before the list was made. */
function rulesOf({ action, records = [], more = 0, decided }) {
    return decided || action === 'accepted' ? null : { action, records, more };
}

/**
 * Suggestions of an answer as rows of the page.
 * @param {{ suggestions: object[], mappings: { name: string, label: string, object: string, keyField: string }[] }} answer
 */
export function rowsOf({ suggestions, mappings }) {
    const byName = new Map(mappings.map((mapping) => [mapping.name, mapping]));
    return suggestions.map((one) => {
        const { label, object, keyField } = byName.get(one.mapping);
        const rules = rulesOf(one);
        return {
            more: 0,
            row: null,
            decided: null,
            error: null,
            records: [],
            ...one,
            // What was decided stands for the record that it named.
            action: one.decided === 'use' && one.action !== 'refused' ? 'use' : one.action,
            id: `${one.mapping} ${one.key}`,
            mappingLabel: label,
            object,
            keyField,
            rules
        };
    });
}

export const isDecided = ({ action, decided }) => DECIDED.includes(action) || Boolean(decided);

function targetOf({ object, records, action }) {
    return action === 'ambiguous' || records.length !== 1 ? null : `${object} ${records[0]}`;
}

/** Records of the org to which several records of the shop would go. @returns {Map<string, object[]>} by row id, all of them */
export function sharing(rows) {
    const byTarget = new Map();
    for (const row of rows) {
        const target = targetOf(row);
        if (target === null) continue;
        if (byTarget.has(target)) byTarget.get(target).push(row);
        else byTarget.set(target, [row]);
    }
    const shared = [...byTarget.values()].filter((some) => some.length > 1);
    return new Map(shared.flatMap((some) => some.map((row) => [row.id, some])));
}

/** @type {Record<string, (row: object, others: Map<string, object[]>) => boolean>} */
const FILTERS = {
    all: () => true,
    unclear: ({ action }) => ['ambiguous', 'refused', 'open'].includes(action),
    adopt: ({ action }) => action === 'adopt' || action === 'share',
    create: ({ action }) => action === 'create',
    accepted: ({ action }) => action === 'accepted' || action === 'use',
    leftOut: ({ action }) => action === 'leave_out',
    twice: ({ id }, others) => others.has(id),
    failed: ({ error }) => error !== null
};
export const FILTER_NAMES = Object.keys(FILTERS);

export const filtered = (rows, filter, others) => rows.filter((row) => FILTERS[filter](row, others));

/** What a rule for all decides, by its name. */
const RULES = {
    accept: {
        act: 'accept',
        takes: (row, others) => row.action === 'adopt' && !isDecided(row) && !others.has(row.id)
    },
    create: { act: 'create', takes: (row) => row.action === 'ambiguous' && !isDecided(row) }
};

/** @returns {{ row: object, decision: object }[]} what the rule decides of which rows */
export function byRule(rule, { rows, others }) {
    const { act, takes } = RULES[rule];
    return rows
        .filter((row) => takes(row, others))
        .map((row) => ({ row, decision: { act, recordId: row.records[0] } }));
}
