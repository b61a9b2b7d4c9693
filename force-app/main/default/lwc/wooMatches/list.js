import { rowsOf, sharing } from './rows';

/** What the service has listed so far; a value, which changes make anew. */
export const EMPTY = { rows: [], others: new Map(), read: 0, held: [], failed: 0, next: null };

const withRows = (list, rows) => ({ ...list, rows, others: sharing(rows) });

/** The list with one more answer of `list_matches`. */
export function joined(list, answer) {
    const { read, next, held = [] } = answer;
    const rows = [...list.rows, ...rowsOf(answer)];
    return withRows({ ...list, read, next, held, failed: list.failed + answer.failed }, rows);
}

/** The list with rows as they are after decisions. */
export function replaced(list, rows) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    return withRows(
        list,
        list.rows.map((row) => byId.get(row.id) ?? row)
    );
}
