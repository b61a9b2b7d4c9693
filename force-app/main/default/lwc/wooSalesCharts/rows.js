import LOCALE from '@salesforce/i18n/locale';
import { formatDay } from 'c/wooDays';
import { format, formatMoney, formatNumber } from 'c/wooFormat';
import { salesOf, statusesOf } from 'c/wooSalesRecords';
import { label } from './labels';

/** Products with a bar of their own; the rest has one together. */
const MOST_PRODUCTS = 10;

const countRow = (key, name, value) => ({ key, name, value, text: formatNumber(value) });
const add = (rows, name) => rows.reduce((sum, row) => sum + row[name], 0);

/** A row for each day, those on which nothing was sold too. */
export const dayRows = (days, currency) =>
    days.map(({ day, groups }) => {
        const { count, amount } = salesOf(groups, currency);
        const text = formatMoney(amount, currency);
        return { key: day, name: formatDay(day, LOCALE), value: amount, text, note: formatNumber(count) };
    });

export const statusRows = (groups, currency) =>
    statusesOf(groups, currency).map(({ status, label: name, count }) => countRow(status, name, count));

/** All products after the first ones; where the query had no room for all, numbers are the least that there are. */
function othersRow(rest, isCut, currency) {
    const [count, quantity] = [rest.length, add(rest, 'quantity')].map(formatNumber);
    const amount = add(rest, 'amount');
    const least = (text) => (isCut ? format(label.atLeast, text) : text);
    return {
        key: 'others',
        name: format(label.others, least(count)),
        value: amount,
        text: least(formatMoney(amount, currency)),
        note: least(quantity)
    };
}

/** The products that brought most, and all others in one row. @param {{ sold: object[], isCut: boolean }} products */
export function productRows({ sold, isCut }, currency) {
    const own = sold.filter((one) => one.currency === currency).sort((a, b) => b.amount - a.amount);
    const shown = own.slice(0, MOST_PRODUCTS).map(({ name, amount, quantity }) => ({
        key: `p:${name}`,
        name,
        value: amount,
        text: formatMoney(amount, currency),
        note: formatNumber(quantity)
    }));
    const rest = own.slice(MOST_PRODUCTS);
    return rest.length > 0 ? [...shown, othersRow(rest, isCut, currency)] : shown;
}

export const refundRows = (refunds, currency) =>
    refunds
        .filter((one) => one.currency === currency)
        .map(({ count, amount }) => ({
            key: currency,
            name: label.refunds,
            value: amount,
            note: formatNumber(count),
            text: formatMoney(amount, currency)
        }));

/**
 * Who bought in a currency: somebody who bought before in any currency comes back.
 * @param {{ id: string|null, currency: string, count: number }[]} buyers
 * @param {string[]} earlier those who bought before
 */
export function customerRows(buyers, earlier, currency) {
    const known = new Set(earlier);
    const own = buyers.filter((one) => one.currency === currency);
    const ids = own.flatMap(({ id }) => id ?? []);
    const nobodys = own.filter(({ id }) => !id);
    const returning = ids.filter((id) => known.has(id)).length;
    const rows = [
        countRow('new', label.newOnes, ids.length - returning),
        countRow('returning', label.returning, returning),
        countRow('nobody', label.nobody, add(nobodys, 'count'))
    ];
    return rows.some(({ value }) => value > 0) ? rows : [];
}
