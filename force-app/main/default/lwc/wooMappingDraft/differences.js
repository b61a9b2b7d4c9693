import { WORDS } from './words';

const NOTHING = { mapping: null, fields: [], conditions: [] };
const textOf = (values) => values.filter((value) => (value ?? '') !== '').join(' ');
/** What a row says, in short. */
const SUMMARY = {
    mapping: ({ resource, object }) => `${resource ?? ''} → ${object ?? ''}`,
    field: ({ attribute, staticValue, field }) => `${attribute ?? staticValue ?? ''} → ${field ?? ''}`,
    condition: ({ attribute, operator, value }) => textOf([attribute, operator, value])
};

const wordsOf = (kind) => ['label', ...(kind === 'field' ? ['attribute'] : []), ...WORDS[kind].map(([word]) => word)];
const valueOf = (row, word) => (row[word] === undefined || row[word] === '' ? null : row[word]);

function ofRow(kind, was, is) {
    const { name: place, label } = is ?? was;
    const head = { kind, place, label: label || place };
    const summary = SUMMARY[kind];
    if (!was) return [{ ...head, change: 'added', word: null, from: null, to: summary(is) }];
    if (!is) return [{ ...head, change: 'removed', word: null, from: summary(was), to: null }];
    return wordsOf(kind)
        .map((word) => ({ ...head, change: 'changed', word, from: valueOf(was, word), to: valueOf(is, word) }))
        .filter(({ from, to }) => from !== to);
}

function ofRows(kind, before, after) {
    const names = [...new Set([...before, ...after].map(({ name }) => name))];
    const find = (rows, name) => rows.find((row) => row.name === name);
    return names.flatMap((name) => ofRow(kind, find(before, name), find(after, name)));
}

/**
 * What differs between two drafts of a mapping, for *What changes*.
 * @param {object|null} before null where the org does not have it
 * @param {object|null} after null where the mapping is removed
 * @returns {object[]} `kind` mapping, field or condition; `place` and `label` of the row; `change` added, removed or
 * changed; of what changed the engine's `word`; `from` and `to`: its values, or what the row says in short
 */
export function differencesOf(before, after) {
    const [was, is] = [before ?? NOTHING, after ?? NOTHING];
    return [
        ...ofRow('mapping', was.mapping, is.mapping),
        ...ofRows('field', was.fields, is.fields),
        ...ofRows('condition', was.conditions, is.conditions)
    ];
}

const pick = (row, words) => Object.fromEntries(words.map((word) => [word, row[word] ?? null]));

/** A draft as the command `preview_mapping` takes it. */
export function commandDraft({ mapping, fields, conditions, off }) {
    const rows = (kind, list) =>
        list.map((row) => pick(row, ['name', ...wordsOf(kind).filter((word) => word !== 'label')]));
    return {
        mapping: pick(mapping, ['name', ...wordsOf('mapping').filter((word) => word !== 'active')]),
        fields: rows('field', [...fields, ...off.fields]),
        conditions: rows('condition', [...conditions, ...off.conditions])
    };
}
