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

/** The products that brought most, and all others in one row. */
export function productRows(products, currency) {
    const sold = products.filter((one) => one.currency === currency).sort((a, b) => b.amount - a.amount);
    const rest = sold.slice(MOST_PRODUCTS);
    const shown = sold.slice(0, MOST_PRODUCTS).map((one) => ({ ...one, key: `p:${one.name}` }));
    const others = { key: 'others', name: format(label.others, formatNumber(rest.length)) };
    const sums = { amount: add(rest, 'amount'), quantity: add(rest, 'quantity') };
    return [...shown, ...(rest.length > 0 ? [{ ...others, ...sums }] : [])].map(({ key, name, amount, quantity }) => ({
        ...{ key, name, value: amount, text: formatMoney(amount, currency), note: formatNumber(quantity) }
    }));
}

export const refundRows = (refunds, currency) =>
    refunds
        .filter((one) => one.currency === currency)
        .map(({ count, amount }) => ({
            ...{ key: currency, name: label.refunds, value: amount, note: formatNumber(count) },
            text: formatMoney(amount, currency)
        }));

/** @param {{ ids: string[], nobodys: number }} customers @param {string[]} earlier those who ordered before */
export function customerRows({ ids, nobodys }, earlier) {
    const known = new Set(earlier);
    const returning = ids.filter((id) => known.has(id)).length;
    const rows = [
        countRow('new', label.newOnes, ids.length - returning),
        countRow('returning', label.returning, returning),
        countRow('nobody', label.nobody, nobodys)
    ];
    return rows.some(({ value }) => value > 0) ? rows : [];
}
