import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { isNotSeen } from 'c/wooErrors';
import { formatMoney } from 'c/wooFormat';
import { label } from './labels';
import { LATEST } from './query';

const SHOWN = 10;

function rowOf({ node }) {
    const { Id, Name, Status__c, Created_In_Woo__c, Total__c, Currency_Code__c, Contact__r } = node;
    return {
        id: Id,
        number: Name.value,
        // A status that a plugin of the shop adds has no label: it is shown as the shop names it.
        status: Status__c?.displayValue ?? Status__c?.value,
        orderedAt: Created_In_Woo__c.value,
        customer: Contact__r && { id: Contact__r.Id, name: Contact__r.Name.value },
        amount: Total__c && formatMoney(Total__c.value, Currency_Code__c?.value)
    };
}

/** The orders that were placed last, of all stores. */
export default class WooLatestOrders extends LightningElement {
    label = label;
    query = LATEST;
    variables = { first: SHOWN };
    rows;
    errors;

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (data?.uiapi) this.rows = data.uiapi.query.Woo_Order__c.edges.map(rowOf);
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
