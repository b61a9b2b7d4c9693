import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { isNotSeen } from 'c/wooErrors';
import { formatMoney, readable, statusBadge } from 'c/wooFormat';
import { storeName } from 'c/wooSyncRecords';
import { label } from './labels';
import { LATEST } from './query';

const SHOWN = 10;
/** `SystemModstamp` is indexed, and the shop's own times are not: it is looked further back where there are fewer orders. */
const DAYS = [30, 365, 3650];
const DAY_MS = 24 * 3_600_000;

/** How the stores are called; who may not see their status reads their keys. */
const storesOf = (connection) =>
    (connection?.edges ?? []).map(({ node }) => ({ key: node.Store__c.value, name: node.Name.value }));

function rowOf({ node }, stores) {
    const { Id, Name, Status__c, Created_In_Woo__c, Total__c, Currency_Code__c, Store__c, Contact__r } = node;
    return {
        id: Id,
        number: Name.value,
        // A status that a plugin of the shop adds has no label: it is shown as the shop names it.
        status: Status__c?.displayValue ?? Status__c?.value,
        badge: statusBadge(Status__c?.value),
        orderedAt: Created_In_Woo__c.value,
        customer: Contact__r && { id: Contact__r.Id, name: Contact__r.Name.value },
        storeKey: Store__c?.value,
        store: storeName(stores, Store__c?.value),
        amount: Total__c && formatMoney(Total__c.value, Currency_Code__c?.value)
    };
}

/** The orders that were placed last, of all stores. */
export default class WooLatestOrders extends LightningElement {
    label = label;
    query = LATEST;
    /** Which of `DAYS` is asked for. */
    step = 0;
    now = Date.now();
    rows;
    errors;

    get since() {
        return this.now - DAYS[this.step] * DAY_MS;
    }

    get variables() {
        const SystemModstamp = { gte: { value: new Date(this.since).toISOString() } };
        return { first: SHOWN, where: { SystemModstamp, Deleted_In_Woo__c: { eq: false } } };
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (!data?.uiapi) return;
        const { Woo_Order__c, Woo_Store_Status__c } = readable(data.uiapi.query);
        const stores = storesOf(Woo_Store_Status__c);
        this.rows = Woo_Order__c.edges.map((edge) => rowOf(edge, stores));
        if (!this.isSure && this.step < DAYS.length - 1) this.step += 1;
    }

    /** Orders that were last written before are older than all these: what the shop says of an order is written after it was placed. */
    get isSure() {
        return this.rows.length === SHOWN && Date.parse(this.rows.at(-1).orderedAt) >= this.since;
    }

    /** Two stores may have given the same number to an order. */
    get hasStores() {
        const named = this.rows.flatMap(({ storeKey }) => storeKey ?? []);
        return new Set(named).size > 1;
    }

    get isLoading() {
        return !this.rows && !this.errors;
    }

    get isNotSeen() {
        return isNotSeen(this.errors, 'Woo_Order__c');
    }

    get isEmpty() {
        return this.rows?.length === 0;
    }

    get hasRows() {
        return this.rows?.length > 0;
    }

    async handleRetry() {
        try {
            await this.refresh();
        } catch (error) {
            this.errors = error;
        }
    }
}
