import { format, formatNumber } from 'c/wooFormat';
import { FILTER_LABELS, label } from './labels';
import { FILTER_NAMES, filtered } from './rows';

const PAGE = 50;
/** Of those that would go to the same record. */
const MOST_OTHERS = 5;
/** The same each time, so that a row that did not change is not drawn anew. */
const NO_OTHERS = [];

export const resourceOptions = [
    { value: 'customer', label: label.customers },
    { value: 'product', label: label.products }
];

/** What is missing in the list, a line each. */
export function notesOf({ held, failed }) {
    return failed > 0 ? [...held, format(label.unbuilt, formatNumber(failed))] : held;
}

/** Each filter with how many rows it shows. */
export function filterOptionsOf({ rows, others }) {
    return FILTER_NAMES.map((value) => {
        const count = formatNumber(filtered(rows, value, others).length);
        return { value, label: `${FILTER_LABELS[value]} (${count})` };
    });
}

function othersOf(row, others) {
    const all = others.get(row.id);
    return all ? all.filter((one) => one !== row).slice(0, MOST_OTHERS) : NO_OTHERS;
}

/** One page of what a filter shows, and where it stands: the last one where there are fewer than there were. */
export function pageOf({ rows, others }, filter, offset) {
    const found = filtered(rows, filter, others);
    const before = Math.min(offset, Math.max(0, Math.ceil(found.length / PAGE) - 1) * PAGE);
    const after = before + PAGE;
    const shown = found.slice(before, after).map((row) => ({ row, others: othersOf(row, others) }));
    return {
        shown,
        isNothing: found.length === 0,
        before,
        size: PAGE,
        total: found.length,
        hasMore: after < found.length,
        previous: Math.max(0, before - PAGE),
        next: after
    };
}
