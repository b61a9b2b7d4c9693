import maySeeCharts from '@salesforce/customPermission/Woo_See_Charts';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { dayOf, plusDays, startOf, weekTo } from 'c/wooDays';
import { isNotSeen } from 'c/wooErrors';
import { format, formatMoney, formatNumber } from 'c/wooFormat';
import { currenciesOf, daysOf, daysQuery, orderedBetween, salesOf } from 'c/wooSalesRecords';
import { label } from './labels';

const charts = { type: 'standard__navItemPage', attributes: { apiName: 'Woo_Sales' } };

/** What was sold today and in the week so far. A day begins where the viewer is. */
export default class WooSalesHome extends NavigationMixin(LightningElement) {
    label = label;
    week = weekTo(dayOf(new Date(), TIME_ZONE), LOCALE);
    query = daysQuery(this.week.length);
    chartsUrl;
    days;
    errors;

    get variables() {
        const filterOf = (day) => orderedBetween(startOf(day, TIME_ZONE), startOf(plusDays(day, 1), TIME_ZONE));
        return Object.fromEntries(this.week.map((day, at) => [`d${at}`, filterOf(day)]));
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (data?.uiapi) this.days = daysOf(data.uiapi.aggregate, this.week);
    }

    async connectedCallback() {
        this.chartsUrl = await this[NavigationMixin.GenerateUrl](charts);
    }

    get isLoading() {
        return !this.days && !this.errors;
    }

    get isNotSeen() {
        return isNotSeen(this.errors, 'Woo_Order__c');
    }

    /** Who may open the tab of the charts has this permission too. */
    get hasCharts() {
        return Boolean(maySeeCharts);
    }

    /** Today and the week, each with an amount for each currency in which anything was ordered. */
    get periods() {
        const week = this.days.flatMap(({ groups }) => groups);
        const today = this.days[this.days.length - 1].groups;
        return [
            { key: 'today', name: label.today, groups: today },
            { key: 'week', name: label.week, groups: week }
        ].map(({ key, name, groups }) => {
            const amounts = currenciesOf(groups).map((currency) => {
                const { count, amount } = salesOf(groups, currency);
                return {
                    key: currency,
                    amount: formatMoney(amount, currency),
                    orders: format(label.paid, formatNumber(count))
                };
            });
            return { key, name, amounts, isEmpty: amounts.length === 0 };
        });
    }

    handleCharts(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](charts);
    }

    async handleRetry() {
        try {
            await this.refresh();
        } catch (error) {
            this.errors = error;
        }
    }
}
