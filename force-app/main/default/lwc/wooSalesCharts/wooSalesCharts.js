import TIME_ZONE from '@salesforce/i18n/timeZone';
import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { dayOf } from 'c/wooDays';
import { isNotSeen } from 'c/wooErrors';
import { format, readable } from 'c/wooFormat';
import {
    currenciesOf,
    customersOf,
    daysOf,
    earlierQuery,
    idsOf,
    PARTS,
    productsOf,
    refundsOf,
    soldBefore
} from 'c/wooSalesRecords';
import { chartsOf } from './charts';
import { label } from './labels';
import { Period, PERIODS } from './period';

/**
 * Charts of a period, in one currency at a time: amounts of different currencies are never added. A month takes five
 * requests, a week three.
 */
export default class WooSalesCharts extends LightningElement {
    label = label;
    today = dayOf(new Date(), TIME_ZONE);
    count = '7';
    period = new Period(this.today, 7, TIME_ZONE);
    chosen;
    answers = [];
    parts;
    earlier;
    errors;
    partsQuery = PARTS;
    refreshes = {};

    get buyers() {
        return [...new Set(this.parts?.customers.buyers.flatMap(({ id }) => id ?? []))];
    }

    /** Asked once it is known who ordered. */
    get earlierQuery() {
        return this.buyers.length > 0 ? earlierQuery : undefined;
    }

    get earlierVariables() {
        return { where: soldBefore(this.buyers, this.period.from) };
    }

    @wire(graphql, { query: '$period.first.query', variables: '$period.first.variables' })
    receive0(result) {
        this.receive(0, result);
    }

    @wire(graphql, { query: '$period.second.query', variables: '$period.second.variables' })
    receive1(result) {
        this.receive(1, result);
    }

    @wire(graphql, { query: '$period.third.query', variables: '$period.third.variables' })
    receive2(result) {
        this.receive(2, result);
    }

    receive(at, { data, errors, refresh }) {
        this.note(at, errors, refresh);
        if (!data?.uiapi) return;
        this.answers = Object.assign([...this.answers], {
            [at]: daysOf(data.uiapi.aggregate, this.period.daysOf(at))
        });
    }

    @wire(graphql, { query: '$partsQuery', variables: '$period.parts' })
    receiveParts({ data, errors, refresh }) {
        this.note('parts', errors, refresh);
        const aggregate = readable(data?.uiapi?.aggregate);
        if (!aggregate) return;
        const [products, refunds] = [productsOf(aggregate), refundsOf(aggregate)];
        this.parts = { products, refunds, customers: customersOf(aggregate) };
    }

    @wire(graphql, { query: '$earlierQuery', variables: '$earlierVariables' })
    receiveEarlier({ data, errors, refresh }) {
        this.note('earlier', errors, refresh);
        if (data?.uiapi) this.earlier = idsOf(data.uiapi.aggregate);
    }

    note(name, errors, refresh) {
        this.refreshes[name] = refresh;
        if (errors) this.errors = errors;
    }

    /** Days of the requests that the period needs; undefined until all are answered. */
    get days() {
        const needed = [0, 1, 2].filter((at) => this.period.daysOf(at).length > 0);
        return needed.every((at) => this.answers[at]) ? needed.flatMap((at) => this.answers[at]) : undefined;
    }

    get isReady() {
        const hasCustomers = this.parts && (this.buyers.length === 0 || this.earlier);
        return Boolean(this.days && hasCustomers);
    }

    get isLoading() {
        return !this.isReady && !this.errors;
    }

    get isNotSeen() {
        return isNotSeen(this.errors, 'Woo_Order__c');
    }

    get currencies() {
        const refunded = this.parts.refunds.map(({ currency }) => ({ currency, count: 0 }));
        return currenciesOf([...this.days.flatMap(({ groups }) => groups), ...refunded]);
    }

    get currency() {
        return this.currencies.includes(this.chosen) ? this.chosen : this.currencies[0];
    }

    get hasNothing() {
        return this.currencies.length === 0;
    }

    get hasCharts() {
        return this.isReady && !this.hasNothing;
    }

    get currencyOptions() {
        return this.currencies.map((value) => ({ value, label: value || label.noCurrency }));
    }

    get periodOptions() {
        const nameOf = (days) => (days === 1 ? label.today : format(label.days, days));
        return PERIODS.map((days) => ({ value: String(days), label: nameOf(days) }));
    }

    get zoneText() {
        return format(label.zone, TIME_ZONE);
    }

    get charts() {
        return chartsOf({ days: this.days, ...this.parts, earlier: this.earlier ?? [] }, this.currency);
    }

    handleCurrency(event) {
        this.chosen = event.detail.value;
    }

    handlePeriod(event) {
        this.answers = [];
        this.parts = undefined;
        this.earlier = undefined;
        this.errors = undefined;
        this.count = event.detail.value;
        this.period = new Period(this.today, Number(this.count), TIME_ZONE);
    }

    async handleRetry() {
        this.errors = undefined;
        try {
            await Promise.all(Object.values(this.refreshes).map((refresh) => refresh?.()));
        } catch (error) {
            this.errors = error;
        }
    }
}
