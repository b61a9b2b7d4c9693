import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { isNotSeen } from 'c/wooErrors';
import { format, formatList, formatMoney, readable, statusBadge } from 'c/wooFormat';
import { label } from './labels';
import { DESK, FIND } from './query';

const DAYS = 30;
/** Nobody will send what is not paid, and most of these need a word with the customer. */
const WAITING = ['on-hold', 'failed', 'pending'];

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);

function orderOf({ Id, Name, Status__c, Created_In_Woo__c, Total__c, Currency_Code__c, Deleted_In_Woo__c }) {
    return {
        id: Id,
        isDeleted: Deleted_In_Woo__c?.value === true,
        number: Name.value,
        status: Status__c?.displayValue ?? Status__c?.value,
        badge: statusBadge(Status__c?.value),
        orderedAt: Created_In_Woo__c?.value,
        amount: Total__c && formatMoney(Total__c.value, Currency_Code__c?.value)
    };
}

/** Statuses in which orders have arrived, the most frequent first. */
const statusesOf = (connection) =>
    nodesOf(connection)
        .map(({ aggregate: { Status__c, Id } }) => ({
            name: Status__c.label ?? Status__c.value,
            count: Number(Id.count.value)
        }))
        .filter(({ name }) => name)
        .sort((a, b) => b.count - a.count)
        .map(({ name }) => name);

/** What a sales rep looks for first: an order by its number or address, orders that wait, and new customers. */
export default class WooSalesDesk extends LightningElement {
    label = label;
    deskQuery = DESK;
    text = '';
    orders;
    /** Which orders come here at all is a setting that reps do not see: what has come tells it. */
    arrived;
    customers;
    found;
    isSearched = false;
    /** What was searched for last. */
    asked;
    errors;
    findErrors;
    findQuery;
    findVariables = {};

    /**
     * Indexed are the times of the records: an order that began as a draft here may wait for days only, however old its
     * record is, and a backfill writes orders of years ago today.
     */
    get deskVariables() {
        this.since ??= new Date(Date.now() - DAYS * 24 * 3_600_000).toISOString();
        const recent = { gte: { value: this.since } };
        const alive = { SystemModstamp: recent, Created_In_Woo__c: recent, Deleted_In_Woo__c: { eq: false } };
        return {
            orders: { ...alive, Status__c: { in: WAITING } },
            arrived: alive,
            customers: { CreatedDate: recent, Woo_Key__c: { ne: null } }
        };
    }

    @wire(graphql, { query: '$findQuery', variables: '$findVariables' })
    receiveFound({ data, errors, refresh }) {
        this.refreshFound = refresh;
        this.findErrors = errors;
        if (data?.uiapi) this.found = nodesOf(readable(data.uiapi.query.Woo_Order__c)).map(orderOf);
    }

    @wire(graphql, { query: '$deskQuery', variables: '$deskVariables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (!data?.uiapi) return;
        this.arrived = statusesOf(data.uiapi.aggregate?.Woo_Order__c);
        const { Woo_Order__c: orders, Contact: customers } = readable(data.uiapi.query);
        this.orders = nodesOf(orders).map(orderOf);
        this.customers = nodesOf(customers).map(({ Id, Name }) => ({
            id: Id,
            name: Name.value
        }));
    }

    get isLoading() {
        return !this.orders && !this.errors;
    }

    get isNotSeen() {
        return isNotSeen(this.errors, 'Woo_Order__c');
    }

    get isSearching() {
        return this.isSearched && !this.found && !this.findErrors;
    }

    get shownErrors() {
        return this.errors ?? this.findErrors;
    }

    /** Nothing waits, or what waits stays in the shop: that is not the same to a rep. */
    get nothingWaits() {
        if (this.arrived.length === 0) return label.noneArrived;
        return `${label.none} ${format(label.arrived, formatList(this.arrived))}`;
    }

    get lists() {
        const { found, isSearched, orders } = this;
        const searched = isSearched && found && { key: 'found', name: label.found, rows: found, empty: label.notFound };
        const waiting = orders && {
            key: 'attention',
            name: label.attention,
            rows: orders,
            empty: this.nothingWaits
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
        this.findErrors = undefined;
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
