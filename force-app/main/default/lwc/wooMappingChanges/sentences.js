import { words, wordOf } from 'c/wooMappingWords';
import { label } from './labels';

/** A value of the configuration in words. */
function textOf(word, value) {
    if (value === null || value === undefined || value === '') return label.blank;
    if (typeof value === 'boolean') return value ? label.yes : label.no;
    return words[word] ? wordOf(word, value) : String(value);
}

/** What a word of the configuration is called. */
const nameOf = (word) => label[word === 'label' ? 'name' : word] ?? word;

const KINDS = { mapping: label.ofMapping, field: label.ofField, condition: label.ofCondition };

/** One difference as it is shown: whose it is, what, from what and to what. */
function lineOf({ kind, place, label: name, change, word, from, to }) {
    const key = `${kind} ${place} ${word}`;
    const of = change === 'changed' && kind !== 'mapping' ? name : KINDS[kind];
    if (change === 'added') return { key, of, what: label.added, to };
    if (change === 'removed') return { key, of, what: label.removed, from };
    return { key, of, what: nameOf(word), from: textOf(word, from), to: textOf(word, to) };
}

/** @param {object[]} differences as `differencesOf` of `c/wooMappingDraft` gives them */
export const linesOf = (differences) => differences.map(lineOf);
