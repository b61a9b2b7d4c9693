import { changesOf } from 'c/wooMappingDraft';
import { format } from 'c/wooFormat';
import { label } from './labels';

const switched = (draft, active) => changesOf(draft, { ...draft, mapping: { ...draft.mapping, active } });

/**
 * What is done with a whole mapping: the rows to save, and what is asked first where something stops by it.
 * @type {Record<string, { rowsOf: (draft: object) => object[], asks?: { heading: string, text: string } }>}
 */
const ACTS = {
    on: { rowsOf: (draft) => switched(draft, true) },
    off: {
        rowsOf: (draft) => switched(draft, false),
        asks: { heading: label.offHeading, text: label.offText }
    },
    delete: {
        rowsOf: (draft) => changesOf(draft, null),
        asks: { heading: label.deleteHeading, text: label.deleteText }
    }
};

/** @returns {{ rows: object[], question: object|null }} */
export function actOf(act, draft) {
    const { rowsOf, asks } = ACTS[act];
    const question = asks ? { label: asks.heading, message: format(asks.text, draft.mapping.label) } : null;
    return { rows: rowsOf(draft), question };
}

/**
 * Undoing the last save of a mapping.
 * @param {object|null} last as `WooMappings.lastSave` gives it
 * @returns {{ rows: object[], question: object }|{ refusal: string }|null} null where there is nothing to undo, and why
 *   not where it was too large to be kept
 */
export function undoOf(last, draft) {
    if (last?.state !== 'done') return null;
    if (!last.before?.length) return { refusal: format(label.undoTooLong, draft.mapping.label, last.by) };
    const message = format(label.undoText, draft.mapping.label, last.by, last.before.length);
    return { rows: last.before, question: { label: label.undoHeading, message } };
}

/** Of a record that was read or kept, what deleting its mapping leaves as it is. */
function textOf({ type, name, label: text, values }) {
    const filled = Object.entries(values).filter(([field, value]) => field !== 'Active__c' && (value ?? null) !== null);
    return JSON.stringify([type, name, text, filled.sort(([one], [other]) => (one < other ? -1 : 1))]);
}

/**
 * Bringing back a mapping that was deleted: what its last save, which deleted it, switched off.
 * @param {object|null} last as `WooMappings.lastSave` gives it
 * @returns {{ rows: object[] }|null} null where the save tells no more what was on
 */
export function backOf(last, { read }) {
    const rows = last?.state === 'done' ? (last.before ?? []) : [];
    const now = new Set(read.map(textOf));
    const isKnown = rows.some(({ values }) => values.Active__c) && rows.every((row) => now.has(textOf(row)));
    return isKnown ? { rows } : null;
}
