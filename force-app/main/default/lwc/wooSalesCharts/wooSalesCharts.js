import TIME_ZONE from '@salesforce/i18n/timeZone';
import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { dayOf, daysTo, plusDays, startOf } from 'c/wooDays';
import { format } from 'c/wooFormat';
import {
    currenciesOf,
    customersOf,
    customersQuery,
    DAYS_PER_REQUEST,
    daysOf,
    daysQuery,
    earlierQuery,
    orderedBetween,
    PARTS,
    productsOf,
    refundsOf,
    UNPAID
} from 'c/wooSalesRecords';
import { label } from './labels';
import { customerRows, dayRows, productRows, refundRows, statusRows } from './rows';

const PERIODS = [7, 30];
const REQUESTS = [0, 1, 2];

/**
 * Charts of a period, in one currency at a time: amounts of different currencies are never added. A day begins where
 * the viewer is. A month takes five requests, a week three.
 */
export default class WooSalesCharts extends LightningElement {
    label = label;
    count = '7';
    today = dayOf(new Date(), TIME_ZONE);
    chosen;
    answers = [];
    other;
    earlier;
    errors;
    partsQuery = PARTS;
    refreshes = {};

    get days() {
        return daysTo(this.today, Number(this.count));
    }

    chunk(at) {
        return this.days.slice(at * DAYS_PER_REQUEST, (at + 1) * DAYS_PER_REQUEST);
    }

    /** Without a query a wire asks nothing. */
    queryOf(at) {
        const { length } = this.chunk(at);
        return length > 0 ? daysQuery(length) : undefined;
    }

    variablesOf(at) {
        const filterOf = (day) => orderedBetween(startOf(day, TIME_ZONE), startOf(plusDays(day, 1), TIME_ZONE));
        return Object.fromEntries(this.chunk(at).map((day, index) => [`d${index}`, filterOf(day)]));
    }

    get query0() {
        return this.queryOf(0);
    }

    get query1() {
        return this.queryOf(1);
    }

    get query2() {
        return this.queryOf(2);
    }

    get variables0() {
        return this.variablesOf(0);
    }

    get variables1() {
        return this.variablesOf(1);
    }

    get variables2() {
        return this.variablesOf(2);
    }

    get from() {
        return startOf(this.days[0], TIME_ZONE);
    }

    get partsVariables() {
        return customersQuery(this.from, startOf(plusDays(this.today, 1), TIME_ZONE));
    }

    /** Asked once it is known who ordered. */
    get earlierQuery() {
        return this.other?.customers.ids.length > 0 ? earlierQuery : undefined;
    }

    get earlierVariables() {
        const before = {
            Created_In_Woo__c: { lt: { value: this.from.toISOString() } },
            Deleted_In_Woo__c: { eq: false }
        };
        const ids = this.other?.customers.ids ?? [];
        return { where: { Contact__c: { in: ids }, Status__c: { nin: UNPAID }, ...before } };
    }

    @wire(graphql, { query: '$query0', variables: '$variables0' })
    receive0(result) {
        this.receive(0, result);
    }

    @wire(graphql, { query: '$query1', variables: '$variables1' })
    receive1(result) {
        this.receive(1, result);
    }

    @wire(graphql, { query: '$query2', variables: '$variables2' })
    receive2(result) {
        this.receive(2, result);
    }

    receive(at, { data, errors, refresh }) {
        this.note(at, errors, refresh);
        if (!data?.uiapi) return;
        this.answers = Object.assign([...this.answers], { [at]: daysOf(data.uiapi.aggregate, this.chunk(at)) });
    }

    @wire(graphql, { query: '$partsQuery', variables: '$partsVariables' })
    receiveParts({ data, errors, refresh }) {
        this.note('parts', errors, refresh);
        const aggregate = data?.uiapi?.aggregate;
        if (!aggregate) return;
        const [products, refunds] = [productsOf(aggregate), refundsOf(aggregate)];
        this.other = { products, refunds, customers: customersOf(aggregate) };
    }

    @wire(graphql, { query: '$earlierQuery', variables: '$earlierVariables' })
    receiveEarlier({ data, errors, refresh }) {
        this.note('earlier', errors, refresh);
        if (data?.uiapi) this.earlier = customersOf(data.uiapi.aggregate).ids;
    }

    note(name, errors, refresh) {
        this.refreshes[name] = refresh;
        if (errors) this.errors = errors;
    }

    get isReady() {
        const hasDays = REQUESTS.every((at) => this.chunk(at).length === 0 || this.answers[at]);
        const hasCustomers = this.other && (this.other.customers.ids.length === 0 || this.earlier);
        return Boolean(hasDays && hasCustomers);
    }

    get isLoading() {
        return !this.isReady && !this.errors;
    }

    get shownDays() {
        return REQUESTS.flatMap((at) => (this.chunk(at).length > 0 ? this.answers[at] : []));
    }

    get groups() {
        return this.shownDays.flatMap(({ groups }) => groups);
    }

    get currencies() {
        const refunded = this.other.refunds.map(({ currency }) => ({ currency, count: 0 }));
        return currenciesOf([...this.groups, ...refunded]);
    }

    get currency() {
        return this.currencies.includes(this.chosen) ? this.chosen : this.currencies[0];
    }

    get hasNothing() {
        return this.currencies.length === 0;
    }

    get currencyOptions() {
        return this.currencies.map((value) => ({ value, label: value || label.noCurrency }));
    }

    get periodOptions() {
        return PERIODS.map((days) => ({ value: String(days), label: format(label.days, days) }));
    }

    get zoneText() {
        return format(label.zone, TIME_ZONE);
    }

    get charts() {
        const { currency, groups, other } = this;
        const money = { valueLabel: label.amount };
        const counts = { valueLabel: label.orders };
        return [
            {
                key: 'day',
                heading: label.byDay,
                nameLabel: label.day,
                noteLabel: label.orders,
                isUpright: true,
                ...money,
                rows: dayRows(this.shownDays, currency)
            },
            {
                key: 'product',
                heading: label.byProduct,
                nameLabel: label.product,
                noteLabel: label.quantity,
                ...money,
                rows: productRows(other.products, currency)
            },
            {
                key: 'status',
                heading: label.byStatus,
                nameLabel: label.status,
                ...counts,
                rows: statusRows(groups, currency)
            },
            {
                key: 'refunds',
                heading: label.refunds,
                nameLabel: label.refunds,
                noteLabel: label.count,
                ...money,
                rows: refundRows(other.refunds, currency)
            }
        ].map((chart) => ({
            empty: chart.key === 'refunds' ? label.noRefunds : label.none,
            ...chart,
            heading: `${chart.heading} (${currency || label.noCurrency})`
        }));
    }

    get customers() {
        return this.other.customers.isCut ? [] : customerRows(this.other.customers, this.earlier ?? []);
    }

    get customersEmpty() {
        return this.other.customers.isCut ? label.customersCut : label.none;
    }

    handleCurrency(event) {
        this.chosen = event.detail.value;
    }

    handlePeriod(event) {
        this.answers = [];
        this.other = undefined;
        this.earlier = undefined;
        this.errors = undefined;
        this.count = event.detail.value;
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
