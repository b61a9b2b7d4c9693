import { LightningElement, api } from 'lwc';
import { format, formatMoney, formatNumber } from 'c/wooFormat';
import average from '@salesforce/label/c.Woo_Orders_Average';
import counted from '@salesforce/label/c.Woo_Orders_Counted';
import currencyTotals from '@salesforce/label/c.Woo_Orders_Currency_Totals';
import last from '@salesforce/label/c.Woo_Orders_Last';
import noCurrency from '@salesforce/label/c.Woo_Orders_No_Currency';
import orders from '@salesforce/label/c.Woo_Orders_Total';
import paidCount from '@salesforce/label/c.Woo_Orders_Paid_Count';
import spent from '@salesforce/label/c.Woo_Orders_Spent';
import spentHelp from '@salesforce/label/c.Woo_Orders_Spent_Help';

/** What a customer spent, once per currency: amounts of different currencies are never added. */
export default class WooCustomerTotals extends LightningElement {
    /** `{ currency, count, paidCount, spent, average, newest }[]`, amounts of whole units, `newest` an ISO time. */
    @api currencies = [];

    label = { average, counted, last, orders, spent, spentHelp };

    get tiles() {
        return this.currencies.map((one) => ({
            currency: one.currency,
            heading: one.currency ? format(currencyTotals, one.currency) : noCurrency,
            spent: formatMoney(one.spent, one.currency),
            average: formatMoney(one.average, one.currency) || '–',
            count: formatNumber(one.count),
            paidCount: one.paidCount === one.count ? undefined : format(paidCount, formatNumber(one.paidCount)),
            newest: one.newest
        }));
    }
}
