import { format, formatList } from 'c/wooFormat';
import { wordOf } from 'c/wooMappingWords';
import { label } from './labels';

/** The values of a list or an object, such as an address; null for any other text. */
function parts(text) {
    if (!/^[{[]/.test(text)) return null;
    try {
        const values = Object.values(JSON.parse(text));
        const isPlain = values.every((value) => value === null || typeof value !== 'object');
        return isPlain ? values.filter((value) => value !== null && value !== '') : null;
    } catch {
        return null;
    }
}

/** A value as the sync tells it: nothing, a text, a number or a checkbox. */
function shown(value) {
    if (value === null || value === undefined || value === '') return label.blank;
    const values = parts(String(value));
    if (values === null) return String(value);
    return values.length === 0 ? label.blank : formatList(values.map(String));
}

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
export function rowOf(row, at, described) {
    const { attribute, source, kind, field, direction, shop, now, same, stays, note, problem } = row;
    const isToShop = direction === 'to_woo';
    const value = isToShop ? shop : source;
    const from = kind === 'static' ? wordOf('kind', kind) : `${attribute}: ${shown(value)}`;
    return {
        key: `${at} ${field}`,
        apiName: field,
        from,
        result: resultOf(row),
        field: described.field(field)?.label ?? field,
        now: same === false && !isToShop ? shown(now) : null,
        note: [stays, note].filter(Boolean).join(' ') || null,
        problem: problem?.message ?? null
    };
}
