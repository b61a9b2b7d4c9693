import { formatMoney } from 'c/wooFormat';
import itemsSubtotal from '@salesforce/label/c.Woo_Order_Items_Subtotal';
import discount from '@salesforce/label/c.Woo_Order_Discount';
import shipping from '@salesforce/label/c.Woo_Order_Shipping';
import fees from '@salesforce/label/c.Woo_Order_Fees';
import tax from '@salesforce/label/c.Woo_Order_Tax';
import other from '@salesforce/label/c.Woo_Order_Other';
import otherHint from '@salesforce/label/c.Woo_Order_Other_Hint';
import total from '@salesforce/label/c.Woo_Order_Total';
import refunded from '@salesforce/label/c.Woo_Order_Refunded';
import net from '@salesforce/label/c.Woo_Order_Net';

const cents = (amount) => Math.round(amount * 100) / 100;
const isSeen = (amount) => amount !== undefined;

/** What the total holds beyond the lines; unknown, and so nothing, where the user does not see all of them. */
function remainder(amounts) {
    const parts = [amounts.subtotal, amounts.discount, amounts.shipping, amounts.tax, amounts.total];
    if (!parts.every(isSeen)) return 0;
    const { subtotal, discount: off, shipping: sent, tax: taxed } = amounts;
    return cents(amounts.total - (subtotal - off + sent + (amounts.fees ?? 0) + taxed));
}

/**
 * The lines that make up an order's total, as the page of an order in WooCommerce has them: all without tax, the
 * discount taken off the subtotal of the items. `Subtotal__c` is what the items cost before coupons, and
 * `Discount_Total__c` what coupons took off; fees are lines of their own, which no field of the order holds. What
 * remains, such as rounding where prices include tax, is a line too, so that the lines always add up.
 * @param {Record<'subtotal'|'discount'|'shipping'|'fees'|'tax'|'total'|'refunded', number|undefined>} amounts of
 *     whole units; undefined where the user may not see it
 * @param {string|undefined} currency ISO 4217
 * @returns {{ key: string, label: string, text: string, hint?: string, className: string }[]}
 */
export function amountLines(amounts, currency) {
    const line = (key, label, amount, more = {}) => ({ key, label, amount, className: 'line', ...more });
    const strong = { className: 'line line_total', isShown: true };
    const lines = [
        line('subtotal', itemsSubtotal, amounts.subtotal, { isShown: true }),
        line('discount', discount, amounts.discount && -amounts.discount),
        line('shipping', shipping, amounts.shipping),
        line('fees', fees, amounts.fees),
        line('tax', tax, amounts.tax),
        line('other', other, remainder(amounts), { hint: otherHint }),
        line('total', total, amounts.total, strong)
    ];
    if (amounts.refunded && isSeen(amounts.total)) {
        lines.push(line('refunded', refunded, -amounts.refunded));
        lines.push(line('net', net, cents(amounts.total - amounts.refunded), strong));
    }
    return lines
        .filter(({ amount, isShown }) => isSeen(amount) && (isShown || amount !== 0))
        .map(({ key, label, amount, hint, className }) => ({
            key,
            label,
            hint,
            className,
            text: formatMoney(amount, currency)
        }));
}
