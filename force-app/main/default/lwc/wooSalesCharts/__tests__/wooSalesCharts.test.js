import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooSalesCharts from 'c/wooSalesCharts';

jest.mock('@salesforce/i18n/timeZone', () => ({ default: 'America/New_York' }), { virtual: true });

const settled = () => jest.advanceTimersByTimeAsync(0);
const isDays = ({ query }) => query?.includes('query wooSalesByDay');
const isParts = ({ query }) => query?.includes('query wooSalesParts');
const isEarlier = ({ query }) => query?.includes('query wooEarlierOrders');
const edge = (aggregate) => ({ node: { aggregate } });
const value = (one) => ({ value: one });

const group = (currency, { status = 'completed', counts = null, total = 10, refunded = 0 } = {}) =>
    edge({
        Currency_Code__c: value(currency),
        Status__c: { value: status, label: status },
        Counts_As_Sale__c: value(counts),
        Id: { count: value(1) },
        Total__c: { sum: value(total) },
        Refunded_Total__c: { sum: value(refunded) }
    });
const item = (name, currency, amount) =>
    edge({
        Item_Name__c: value(name),
        Order__r: { Currency_Code__c: value(currency) },
        Quantity__c: { sum: value(2) },
        Total__c: { sum: value(amount) }
    });
const refund = (currency, amount) =>
    edge({
        Order__r: { Currency_Code__c: value(currency) },
        Id: { count: value(1) },
        Amount__c: { sum: value(amount) }
    });
const buyer = (id, currency) =>
    edge({ Contact__c: value(id), Currency_Code__c: value(currency), Id: { count: value(1) } });

async function shown() {
    const element = createElement('c-woo-sales-charts', { is: WooSalesCharts });
    document.body.appendChild(element);
    await settled();
    return (selector) => [...element.shadowRoot.querySelectorAll(selector)];
}

/** Answers what the page has asked: orders of the last day, and what else a period is counted by. */
async function answer({ orders = [], items = [], refunds = [], buyers = [], earlier = [], isCut = false }) {
    const empty = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`d${at}`, { edges: [] }]));
    graphql.emit({ uiapi: { aggregate: { ...empty, d0: { edges: orders } } } }, isDays);
    const pageInfo = { hasNextPage: isCut };
    const parts = { Woo_Order_Item__c: { edges: items, pageInfo }, Woo_Refund__c: { edges: refunds } };
    graphql.emit({ uiapi: { aggregate: { ...parts, Woo_Order__c: { edges: buyers, pageInfo } } } }, isParts);
    await settled();
    if (buyers.length > 0) {
        graphql.emit({ uiapi: { aggregate: { Woo_Order__c: { edges: earlier } } } }, isEarlier);
        await settled();
    }
}

async function choose(all, selector, chosen) {
    all(selector)[0].dispatchEvent(new CustomEvent('change', { detail: { value: chosen } }));
    await settled();
}

const chartOf = (all, name) => all(`c-woo-chart.${name}`)[0];
const texts = (chart) => chart.rows.map(({ name, text, note }) => [name, note, text]);

describe('c-woo-sales-charts', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        // 23:30 on Tuesday the 24th in New York.
        jest.setSystemTime(new Date('2026-11-25T04:30:00Z'));
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.useRealTimers();
    });

    it('has charts of the chosen currency, each with the words of its columns', async () => {
        const all = await shown();
        await answer({
            orders: [group('EUR', { total: 30, refunded: 5 }), group('EUR', { status: 'on-hold' }), group('JPY')],
            items: [item('Tea', 'EUR', 20), item('Mug', 'JPY', 700)],
            refunds: [refund('EUR', 5)],
            buyers: [buyer('003A', 'EUR'), buyer('003B', 'EUR'), buyer('003C', 'JPY')],
            earlier: [buyer('003B', 'EUR')]
        });
        const words = ({ nameLabel, noteLabel, valueLabel }) => [nameLabel, noteLabel, valueLabel];
        expect(Object.fromEntries(all('c-woo-chart').map((chart) => [chart.className, words(chart)]))).toEqual({
            day: ['c.Woo_Sales_Day', 'c.Woo_Orders_Total', 'c.Woo_Orders_Amount'],
            product: ['c.Woo_Order_Item', 'c.Woo_Order_Quantity', 'c.Woo_Orders_Amount'],
            status: ['c.Woo_Orders_Status', undefined, 'c.Woo_Orders_Total'],
            refunds: ['c.Woo_Order_Refunds', 'c.Woo_Sales_Count', 'c.Woo_Orders_Amount'],
            customers: ['c.Woo_Order_Customer', undefined, 'c.Woo_Sales_Count']
        });
        expect(all('c-woo-chart').map(({ heading }) => heading.slice(-5))).toEqual(Array(5).fill('(EUR)'));
        // An order on hold is shown by its status, and is no sale.
        expect(texts(chartOf(all, 'day'))[0].slice(1)).toEqual(['1', '€25.00']);
        expect(
            chartOf(all, 'status')
                .rows.map(({ key }) => key)
                .sort()
        ).toEqual(['completed', 'on-hold']);
        expect(texts(chartOf(all, 'product'))).toEqual([['Tea', '2', '€20.00']]);
        expect(texts(chartOf(all, 'refunds'))).toEqual([['c.Woo_Order_Refunds', '1', '€5.00']]);
        expect(chartOf(all, 'customers').rows.map((row) => row.value)).toEqual([1, 1, 0]);
        await choose(all, '.currency', 'JPY');
        expect(texts(chartOf(all, 'product'))).toEqual([['Mug', '2', '¥700']]);
        expect(chartOf(all, 'customers').rows.map((row) => row.value)).toEqual([1, 0, 0]);
    });

    it('counts what the store says, where it says it', async () => {
        const all = await shown();
        await answer({
            orders: [
                group('EUR', { status: 'shipped', counts: 'true', total: 7 }),
                group('EUR', { status: 'processing', counts: 'false', total: 100 })
            ]
        });
        expect(texts(chartOf(all, 'day'))[0].slice(1)).toEqual(['1', '€7.00']);
    });

    it('offers five currencies, that of most orders first, and never adds them', async () => {
        const all = await shown();
        const codes = ['CHF', 'EUR', 'GBP', 'JPY', 'USD'];
        await answer({ orders: [...codes.map((code) => group(code)), group('USD', { status: 'processing' })] });
        expect(all('.currency')[0].options.map((one) => one.value)).toEqual(['USD', 'CHF', 'EUR', 'GBP', 'JPY']);
        const first = (chosen) => choose(all, '.currency', chosen).then(() => chartOf(all, 'day').rows[0].value);
        expect([await first('CHF'), await first('USD'), await first('JPY')]).toEqual([10, 20, 10]);
    });

    it('has one bar for today, and days of New York', async () => {
        const all = await shown();
        await choose(all, '.period', '1');
        const { variables } = graphql.getLastConfig();
        await answer({ orders: [group('EUR')] });
        expect(chartOf(all, 'day').rows.map(({ key }) => key)).toEqual(['2026-11-24']);
        expect(variables.where.Created_In_Woo__c).toEqual({ lt: { value: '2026-11-24T05:00:00.000Z' } });
    });

    it('begins with a week of days of New York, and shows nothing of it beside another period', async () => {
        const all = await shown();
        const sales = {
            orders: [group('EUR')],
            buyers: [buyer('003A', 'EUR')],
            earlier: [buyer('003A', 'EUR')]
        };
        await answer(sales);
        const week = chartOf(all, 'day').rows.map(({ key }) => key);
        expect([week.length, week[6]]).toEqual([7, '2026-11-24']);
        const { variables } = graphql.getLastConfig();
        expect(variables.where.Created_In_Woo__c).toEqual({ lt: { value: '2026-11-18T05:00:00.000Z' } });
        const parts = (buyers) => {
            const pageInfo = { hasNextPage: false };
            const none = { Woo_Order_Item__c: { edges: [], pageInfo }, Woo_Refund__c: { edges: [] } };
            graphql.emit({ uiapi: { aggregate: { ...none, Woo_Order__c: { edges: buyers, pageInfo } } } }, isParts);
            return settled();
        };
        const isLoading = () => [all('lightning-spinner').length, all('c-woo-chart').length];
        await choose(all, '.period', '1');
        // Neither the days of the week count for it, nor who bought before that.
        await parts([]);
        expect(isLoading()).toEqual([1, 0]);
        graphql.emit({ uiapi: { aggregate: { d0: { edges: sales.orders } } } }, isDays);
        await parts(sales.buyers);
        expect(isLoading()).toEqual([1, 0]);
        graphql.emit({ uiapi: { aggregate: { Woo_Order__c: { edges: [] } } } }, isEarlier);
        await settled();
        expect(isLoading()).toEqual([0, 5]);
    });

    it('says that there is nothing, and that there are too many customers', async () => {
        const all = await shown();
        expect(all('lightning-spinner')).toHaveLength(1);
        await answer({});
        expect(all('.nothing')).toHaveLength(1);
        // There is no currency to choose.
        expect(all('.currency')).toEqual([]);
        expect(all('c-woo-chart, lightning-spinner')).toEqual([]);
        await choose(all, '.period', '30');
        await answer({ orders: [group('EUR')], buyers: [buyer('003A', 'EUR')], isCut: true });
        expect([chartOf(all, 'customers').rows, chartOf(all, 'customers').empty]).toEqual([
            [],
            'c.Woo_Sales_Customers_Cut'
        ]);
        expect([chartOf(all, 'refunds').rows, chartOf(all, 'refunds').empty]).toEqual([[], 'c.Woo_Sales_No_Refunds']);
    });

    it('shows what failed, with a way to try again, and one state to who may see no orders', async () => {
        const all = await shown();
        graphql.emitErrors([{ message: 'busy' }], isParts);
        await settled();
        expect(all('c-woo-error-panel')).toHaveLength(1);
        graphql.emitErrors([{ message: 'Unknown type "Woo_Order__c_Filter".' }], isDays);
        await settled();
        expect(all('c-woo-not-seen')).toHaveLength(1);
        expect(all('c-woo-error-panel, article')).toEqual([]);
    });
});
