import { format } from 'c/wooFormat';
import { wordOf } from 'c/wooMappingWords';
import { label } from './labels';

/** A value as the sync tells it: nothing, a text, a number or a checkbox. */
const shown = (value) => (value === null || value === undefined || value === '' ? label.blank : String(value));

/** A condition: what it asks for, and what the record has. */
export function conditionOf({ position, attribute, operator, expected, otherAttribute, actual, met }) {
    const asked = otherAttribute ? `${otherAttribute} (${shown(expected)})` : expected;
    return {
        key: position,
        icon: met ? 'utility:success' : 'utility:close',
        variant: met ? 'success' : 'error',
        met: met ? label.met : label.notMet,
        text: [`${position}.`, attribute, wordOf('operator', operator), asked].filter(Boolean).join(' '),
        actual: format(label.actual, shown(actual))
    };
}

/** What goes into the field; of a row that only goes to the shop, what the shop gets. */
function resultOf({ direction, now, result, stays }) {
    if (direction === 'to_woo') return format(label.toShop, shown(now));
    // The sync leaves the field alone.
    if (result === undefined) return label.stays;
    return stays ? `${shown(result)} (${label.stays})` : shown(result);
}

/** A row of the mapping: from where to where, and what comes of it. */
export function rowOf(row, at) {
    const { attribute, source, kind, field, direction, shop, now, same, stays, note, problem } = row;
    const isToShop = direction === 'to_woo';
    const value = isToShop ? shop : source;
    const from = kind === 'static' ? wordOf('kind', kind) : `${attribute}: ${shown(value)}`;
    return {
        ...{ key: `${at} ${field}`, field, from, result: resultOf(row) },
        now: same === false && !isToShop ? shown(now) : null,
        note: [stays, note].filter(Boolean).join(' ') || null,
        problem: problem?.message ?? null
    };
}
