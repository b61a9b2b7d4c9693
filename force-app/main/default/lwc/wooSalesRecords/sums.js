/** Sums of decimals carry errors far behind the last digit; four digits are more than any currency has. */
const rounded = (amount) => Math.round(amount * 10000) / 10000 + 0;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * What was sold, in one currency: orders that count as sold, less their refunds. Amounts of different currencies are never added.
 * @param {object[]} groups of days, as `daysOf` gives them
 * @param {string} currency
 * @returns {{ count: number, amount: number }}
 */
export function salesOf(groups, currency) {
    const sold = groups.filter((group) => group.currency === currency && group.isSale);
    return { count: sum(sold.map(({ count }) => count)), amount: rounded(sum(sold.map(({ kept }) => kept))) };
}

/** Currencies of the orders, that of most orders first. @param {object[]} groups @returns {string[]} */
export function currenciesOf(groups) {
    const counts = new Map();
    for (const { currency, count } of groups) counts.set(currency, (counts.get(currency) ?? 0) + count);
    return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([currency]) => currency);
}

/** Orders of each status, in one currency, the most first. */
export function statusesOf(groups, currency) {
    const statuses = new Map();
    for (const { status, statusLabel, count } of groups.filter((group) => group.currency === currency)) {
        const known = statuses.get(status)?.count ?? 0;
        statuses.set(status, { status, label: statusLabel, count: known + count });
    }
    return [...statuses.values()].sort((a, b) => b.count - a.count);
}
