import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { format, formatNumber, readable } from 'c/wooFormat';
import { label } from './labels';
import { rowsOf } from './orders';
import { OVERVIEW, PAGE } from './query';
import { totalsOf } from './totals';

/** The field of an order that names the customer of the page. */
const customerFields = { Account: 'Account__c', Contact: 'Contact__c' };
/** No status of a shop is called this. */
const ALL = '*';

const pageOf = (id) => ({
    type: 'standard__recordPage',
    attributes: { recordId: id, objectApiName: 'Woo_Order__c', actionName: 'view' }
});

/** A customer's orders in the shop: totals by currency, and a list to filter and to page through. */
export default class WooCustomerOrders extends NavigationMixin(LightningElement) {
    @api objectApiName;
    /** Orders on a page. */
    @api pageSize = 10;
    /** Title of the card; without it a general one. */
    @api heading;

    label = label;
    customerId;
    status = ALL;
    /** Where the pages begin that were opened so far; the last one is shown. */
    starts = [null];
    isLoading = true;
    totals;
    rows = [];
    endCursor;
    hasMore = false;
    before = 0;
    total = 0;
    errors;

    /** Lightning may show another customer in the same component. */
    @api
    get recordId() {
        return this.customerId;
    }

    set recordId(id) {
        this.customerId = id;
        this.totals = undefined;
        this.rows = [];
        this.errors = undefined;
        this.open([null], ALL);
    }

    get customer() {
        return { [customerFields[this.objectApiName]]: { eq: this.customerId } };
    }

    get opensAll() {
        return this.status === ALL && this.starts.length === 1;
    }

    get query() {
        if (!this.customerId || !customerFields[this.objectApiName]) return undefined;
        return this.opensAll ? OVERVIEW : PAGE;
    }

    get variables() {
        if (this.opensAll) return { customer: this.customer, first: this.pageSize };
        const status = this.status === ALL ? {} : { Status__c: { eq: this.status === '' ? null : this.status } };
        return { where: { ...this.customer, ...status }, first: this.pageSize, after: this.starts.at(-1) };
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        if (!data && !errors) return;
        this.isLoading = false;
        this.errors = errors?.length > 0 ? errors : undefined;
        const { aggregate, query } = readable(data?.uiapi) ?? {};
        if (aggregate?.Woo_Order__c) this.totals = totalsOf(aggregate.Woo_Order__c);
        if (query?.Woo_Order__c) this.showPage(query.Woo_Order__c);
        else this.rows = [];
    }

    showPage(connection) {
        this.rows = rowsOf(connection);
        this.endCursor = connection.pageInfo.endCursor;
        this.hasMore = connection.pageInfo.hasNextPage;
        this.before = (this.starts.length - 1) * this.pageSize;
        this.total = this.countOf(this.status);
        this.addLinks(this.rows);
    }

    countOf(status) {
        const { count, statuses } = this.totals ?? { count: 0, statuses: [] };
        return statuses.find((one) => one.status === status)?.count ?? count;
    }

    /** Real addresses, so that an order opens in a new tab as well. */
    async addLinks(rows) {
        const links = await Promise.all(rows.map(({ id }) => this[NavigationMixin.GenerateUrl](pageOf(id))));
        if (this.rows === rows) this.rows = rows.map((row, at) => ({ ...row, link: links[at] }));
    }

    get title() {
        const title = this.heading || label.heading;
        return this.totals ? format(label.headingCount, title, formatNumber(this.totals.count)) : title;
    }

    get hasFailed() {
        return Boolean(this.errors);
    }

    get hasOrders() {
        return this.totals?.count > 0;
    }

    get hasNone() {
        return this.totals?.count === 0 && !this.hasFailed;
    }

    get hasRows() {
        return this.rows.length > 0;
    }

    get hasNoMatch() {
        return !this.hasRows && !this.isLoading && !this.hasFailed;
    }

    get statuses() {
        const { count, statuses } = this.totals;
        const options = statuses.map((one) => ({
            value: one.status,
            label: format(label.filterOption, one.label || label.noStatus, formatNumber(one.count))
        }));
        return [{ value: ALL, label: format(label.filterAll, formatNumber(count)) }, ...options];
    }

    handleStatus({ detail }) {
        if (detail.value === this.status) return;
        this.open([null], detail.value);
    }

    handlePrevious() {
        this.open(this.starts.slice(0, -1));
    }

    handleNext() {
        this.open([...this.starts, this.endCursor]);
    }

    open(starts, status = this.status) {
        this.isLoading = true;
        this.starts = starts;
        this.status = status;
    }

    /** The wire is not called again where the answer is the same as before: what is shown stays until it is. */
    async handleRetry() {
        this.isLoading = true;
        try {
            await this.refresh();
        } catch (error) {
            this.errors = [error];
        } finally {
            this.isLoading = false;
        }
    }

    /** Ctrl, Shift and the middle button do what they do on every link. */
    handleOpen(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](pageOf(event.currentTarget.dataset.id));
    }
}
