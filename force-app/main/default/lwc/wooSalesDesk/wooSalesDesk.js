import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { formatMoney } from 'c/wooFormat';
import { label } from './labels';
import { DESK, FIND } from './query';

const DAYS = 30;
/** Nobody will send what is not paid, and most of these need a word with the customer. */
const WAITING = ['on-hold', 'failed', 'pending'];

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);

function orderOf({ Id, Name, Status__c, Created_In_Woo__c, Total__c, Currency_Code__c }) {
    return {
        id: Id,
        number: Name.value,
        status: Status__c?.displayValue ?? Status__c?.value,
        orderedAt: Created_In_Woo__c?.value,
        amount: Total__c && formatMoney(Total__c.value, Currency_Code__c?.value)
    };
}

/** What a sales rep looks for first: an order by its number or address, orders that wait, and new customers. */
export default class WooSalesDesk extends LightningElement {
    label = label;
    deskQuery = DESK;
    text = '';
    orders;
    customers;
    found;
    isSearched = false;
    /** What was searched for last. */
    asked;
    errors;
    findQuery;
    findVariables = {};

    /** `CreatedDate` is indexed; no record is in Salesforce before it was in the shop. */
    get deskVariables() {
        this.since ??= new Date(Date.now() - DAYS * 24 * 3_600_000).toISOString();
        const CreatedDate = { gte: { value: this.since } };
        return {
            orders: { CreatedDate, Status__c: { in: WAITING }, Deleted_In_Woo__c: { eq: false } },
            customers: { CreatedDate, Woo_Key__c: { ne: null } }
        };
    }

    @wire(graphql, { query: '$findQuery', variables: '$findVariables' })
    receiveFound({ data, errors, refresh }) {
        this.refreshFound = refresh;
        if (errors) this.errors = errors;
        if (data?.uiapi) this.found = nodesOf(data.uiapi.query.Woo_Order__c).map(orderOf);
    }

    @wire(graphql, { query: '$deskQuery', variables: '$deskVariables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (!data?.uiapi) return;
        this.orders = nodesOf(data.uiapi.query.Woo_Order__c).map(orderOf);
        this.customers = nodesOf(data.uiapi.query.Contact).map(({ Id, Name }) => ({
            id: Id,
            name: Name.value
        }));
    }

    get isLoading() {
        return !this.orders && !this.errors;
    }

    get lists() {
        const { found, isSearched, orders } = this;
        const searched = isSearched && found && { key: 'found', name: label.found, rows: found, empty: label.notFound };
        const waiting = orders && {
            key: 'attention',
            name: label.attention,
            rows: orders,
            empty: label.none
        };
        return [searched, waiting].filter(Boolean).map((list) => ({ ...list, isEmpty: list.rows.length === 0 }));
    }

    get hasNoCustomers() {
        return this.customers?.length === 0;
    }

    handleText(event) {
        this.text = event.detail.value;
    }

    handleKey(event) {
        if (event.key === 'Enter') this.handleFind();
    }

    /** An address has an @, and a number of an order may be written as the shop writes it: `#1001`. */
    handleFind() {
        const text = this.text.trim().replace(/^#/, '');
        this.isSearched = text !== '';
        if (!this.isSearched) return undefined;
        // Nothing is sent for the same question, so the wire would not answer it again.
        if (text === this.asked) return this.refreshed(this.refreshFound);
        this.asked = text;
        this.found = undefined;
        const found = text.includes('@') ? { Contact__r: { Email: { eq: text } } } : { Name: { eq: text } };
        this.findVariables = { found };
        this.findQuery = FIND;
        return undefined;
    }

    handleRetry() {
        return Promise.all([this.refreshed(this.refresh), this.refreshed(this.refreshFound)]);
    }

    /** @param {() => Promise<void>} refresh of a wire; undefined before it has answered */
    async refreshed(refresh) {
        try {
            await refresh?.();
        } catch (error) {
            this.errors = error;
        }
    }
}
