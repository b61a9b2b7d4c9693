import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { format, formatMoney, readable } from 'c/wooFormat';
import { amountLines } from './amounts';
import { label } from './labels';
import { orderOf } from './order';
import { ORDER, REFUNDS_SHOWN } from './query';
import title from '@salesforce/label/c.Woo_Order_Title';
import noReason from '@salesforce/label/c.Woo_Order_Refund_No_Reason';
import moreRefunds from '@salesforce/label/c.Woo_Order_Refunds_More';

/** An order of the shop as the shop's own page shows it; one request. */
export default class WooOrderSummary extends LightningElement {
    @api recordId;

    label = label;

    result = {};
    order;

    @wire(graphql, { query: ORDER, variables: '$variables' })
    setResult(result) {
        const { data } = result;
        this.result = result;
        this.order = data?.uiapi ? orderOf(readable(data.uiapi), noReason) : undefined;
    }

    get variables() {
        return { id: this.recordId };
    }

    get isLoading() {
        return !this.result.data && !this.result.errors;
    }

    /** A record that is not there is no error of GraphQL: it finds nothing. */
    get errors() {
        if (this.isLoading || this.result.errors) return this.result.errors;
        return this.order ? undefined : [{ status: 404 }];
    }

    get title() {
        return this.order ? format(title, this.order.number) : format(title, '').trim();
    }

    get lines() {
        return amountLines(this.order.amounts, this.order.currency);
    }

    get isPaid() {
        return Boolean(this.order.paidAt);
    }

    /** What has happened to it; that it is not paid is said as well. */
    get moments() {
        const { createdAt, paidAt, showsPaid, completedAt } = this.order;
        return [
            { label: label.created, at: createdAt, isShown: Boolean(createdAt) },
            { label: label.paid, at: paidAt, isShown: showsPaid },
            { label: label.completed, at: completedAt, isShown: Boolean(completedAt) }
        ].filter(({ isShown }) => isShown);
    }

    get isCompleted() {
        return Boolean(this.order.completedAt);
    }

    get hasCustomer() {
        const { contact, lacksContact, account, email, billing } = this.order;
        return Boolean(contact || lacksContact || account || email || billing.phone);
    }

    /** The phone number stands with the customer, and not twice. */
    get billing() {
        return { ...this.order.billing, phone: undefined };
    }

    get refunds() {
        const { refunds, currency } = this.order;
        return refunds.map((refund) => ({
            ...refund,
            text: formatMoney(refund.amount, currency),
            reasonClass: refund.hasReason ? 'reason' : 'reason slds-text-color_weak'
        }));
    }

    get hasRefunds() {
        return this.order.refunds.length > 0;
    }

    get moreRefunds() {
        return this.order.hasMoreRefunds ? format(moreRefunds, REFUNDS_SHOWN) : undefined;
    }

    async handleRetry() {
        try {
            await this.result.refresh();
        } catch (error) {
            this.result = { ...this.result, errors: [error] };
        }
    }
}
