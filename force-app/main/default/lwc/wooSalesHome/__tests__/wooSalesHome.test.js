import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooSalesHome from 'c/wooSalesHome';

jest.mock('@salesforce/customPermission/Woo_See_Charts', () => ({ default: true }), { virtual: true });
jest.mock('@salesforce/i18n/timeZone', () => ({ default: 'Asia/Tokyo' }), { virtual: true });
const settled = () => jest.advanceTimersByTimeAsync(0);

const group = (currency, total) => ({
    node: {
        aggregate: {
            Currency_Code__c: { value: currency },
            Status__c: { value: 'completed', label: 'Completed' },
            Counts_As_Sale__c: { value: null },
            Id: { count: { value: 1 } },
            Total__c: { sum: { value: total } },
            Refunded_Total__c: { sum: { value: 0 } }
        }
    }
});

async function shown() {
    const element = createElement('c-woo-sales-home', { is: WooSalesHome });
    document.body.appendChild(element);
    await settled();
    return (selector) => [...element.shadowRoot.querySelectorAll(selector)];
}

describe('c-woo-sales-home', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        // 23:30 on Tuesday the 24th in Tokyo.
        jest.setSystemTime(new Date('2026-11-24T14:30:00Z'));
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.useRealTimers();
    });

    it('asks for the days of the viewer', async () => {
        await shown();
        const { variables } = graphql.getLastConfig();
        const days = Object.values(variables).map(({ Created_In_Woo__c: { gte, lt } }) => [gte.value, lt.value]);
        expect(days.at(-1)).toEqual(['2026-11-23T15:00:00.000Z', '2026-11-24T15:00:00.000Z']);
        expect(days.length).toBeGreaterThanOrEqual(2);
    });

    it('has an amount for each currency, and never adds them', async () => {
        const all = await shown();
        const { variables } = graphql.getLastConfig();
        const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, { edges: [] }]));
        const today = Object.keys(variables).at(-1);
        const aggregate = {
            ...empty,
            d0: { edges: [group('EUR', 5)] },
            [today]: { edges: [group('EUR', 1), group('JPY', 700)] }
        };
        graphql.emit({ uiapi: { aggregate } });
        await settled();
        expect(all('.amount').map(({ textContent }) => textContent)).toEqual(['€1.00', '¥700', '€6.00', '¥700']);
    });

    it('says that nothing was sold, and shows what is refused', async () => {
        const all = await shown();
        graphql.emit({ uiapi: { aggregate: {} } });
        await settled();
        expect(all('dd').map(({ textContent }) => textContent)).toEqual(['c.Woo_Sales_None', 'c.Woo_Sales_None']);
        graphql.emitErrors([{ message: 'no' }]);
        await settled();
        expect(all('c-woo-error-panel')).toHaveLength(1);
        expect(all('a[slot="actions"]')).toHaveLength(1);
    });

    it('says once that no orders are shown to the viewer, and offers no charts of them', async () => {
        const all = await shown();
        graphql.emitErrors([{ message: 'Unknown type "Woo_Order__c_Filter".' }]);
        await settled();
        expect(all('c-woo-not-seen')).toHaveLength(1);
        expect(all('lightning-card, c-woo-error-panel, a')).toEqual([]);
    });
});
