import { format, formatMoney, formatNumber } from 'c/wooFormat';
import sku from '@salesforce/label/c.Woo_Order_SKU';
import before from '@salesforce/label/c.Woo_Order_Line_Before';
import discount from '@salesforce/label/c.Woo_Order_Line_Discount';
import shipping from '@salesforce/label/c.Woo_Order_Shipping';
import fee from '@salesforce/label/c.Woo_Order_Group_Fee';
import coupon from '@salesforce/label/c.Woo_Order_Group_Coupon';
import tax from '@salesforce/label/c.Woo_Order_Group_Tax';
import included from '@salesforce/label/c.Woo_Order_Coupons_Included';
import moreLines from '@salesforce/label/c.Woo_Order_Group_More';

const kinds = { shipping, fee, coupon, tax };

/** Where a line's amounts belong: taxes into the column of taxes, and what a coupon took off, which is no total. */
const amountsOf = {
    shipping: ({ total, tax: taxed }) => ({ total, tax: taxed }),
    fee: ({ total, tax: taxed }) => ({ total, tax: taxed }),
    coupon: ({ subtotal }) => ({ total: subtotal }),
    tax: ({ total }) => ({ tax: total })
};

/**
 * A product line as texts.
 * @param {object} line of `pageOf`
 * @param {string|undefined} currency ISO 4217
 * @param {Map<string, string>} thumbnails address by id of the file
 */
export function productRow(line, currency, thumbnails) {
    const money = (amount) => formatMoney(amount, currency);
    const off = Math.round((line.total - line.subtotal) * 100) / 100;
    const isReduced = off < 0;
    return {
        id: line.id,
        name: line.name,
        productId: line.productId,
        isDeleted: line.isDeleted,
        image: thumbnails.get(line.fileId),
        sku: line.sku ? format(sku, line.sku) : undefined,
        quantity: formatNumber(line.quantity),
        price: money(line.price),
        total: money(line.total),
        tax: money(line.tax),
        before: isReduced ? format(before, money(line.subtotal)) : undefined,
        discount: isReduced ? format(discount, money(off)) : undefined
    };
}

function groupOf(type, others, sum, currency) {
    const texts = (amounts) => {
        const { total, tax: taxed } = amountsOf[type](amounts);
        return { total: formatMoney(total, currency), tax: formatMoney(taxed, currency) };
    };
    const lines = others.filter((line) => line.type === type);
    return {
        type,
        label: kinds[type],
        note: type === 'coupon' ? included : undefined,
        lines: lines.map((line) => ({ id: line.id, name: line.name, code: line.code, ...texts(line) })),
        sum: sum.count > 1 ? texts(sum) : undefined,
        more: sum.count > lines.length ? format(moreLines, sum.count - lines.length) : undefined
    };
}

/**
 * The lines that are no products, by type, in the order of the shop's page.
 * @param {object} page of `pageOf`
 * @returns {{ type: string, label: string, lines: object[], sum?: object, note?: string, more?: string }[]} types that
 *     have lines; a sum where there are several
 */
export function groupsOf({ others, sums, currency }) {
    return Object.keys(kinds)
        .filter((type) => sums[type])
        .map((type) => groupOf(type, others, sums[type], currency));
}

/** The sum of all product lines as texts. */
export function productSum({ sums, currency }) {
    const { count, quantity, total, tax: taxed } = sums.product ?? { count: 0 };
    return {
        count,
        quantity: formatNumber(quantity),
        total: formatMoney(total, currency),
        tax: formatMoney(taxed, currency)
    };
}
