import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooSalesDesk from 'c/wooSalesDesk';

const settled = () => new Promise(process.nextTick);
const isDesk = ({ query }) => query?.includes('query wooSalesDesk');
const isFind = ({ query }) => query?.includes('query wooFindOrders');
jest.mock('@salesforce/label/c.Woo_Desk_Arrived', () => ({ default: 'Only {0} came.' }), {
    virtual: true
});
const order = (Id, Name, more = {}) => ({
    node: {
        ...more,
        Id,
        Name: { value: Name },
        Total__c: { value: 5 },
        Currency_Code__c: { value: 'EUR' }
    }
});
const arrived = (value, count, label = null) => ({
    node: { aggregate: { Status__c: { value, label }, Id: { count: { value: count } } } }
});
const answer = (orders, contacts = [], statuses = []) => ({
    uiapi: {
        aggregate: { Woo_Order__c: { edges: statuses } },
        query: { Woo_Order__c: { edges: orders }, Contact: { edges: contacts } }
    }
});

async function shown() {
    const element = createElement('c-woo-sales-desk', { is: WooSalesDesk });
    document.body.appendChild(element);
    await settled();
    return (selector) => [...element.shadowRoot.querySelectorAll(selector)];
}

async function search(all, value) {
    all('.search')[0].dispatchEvent(new CustomEvent('change', { detail: { value } }));
    all('.find')[0].click();
    await settled();
    return graphql.getLastConfig().variables;
}

describe('c-woo-sales-desk', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows orders that wait and the newest customers, asked by an indexed field', async () => {
        const all = await shown();
        const { orders, customers } = graphql.getLastConfig().variables;
        expect(orders.SystemModstamp).toEqual(customers.CreatedDate);
        expect(orders).not.toHaveProperty('CreatedDate');
        // A backfill writes orders of years ago today.
        expect(orders.Created_In_Woo__c).toEqual(customers.CreatedDate);
        expect(orders.Status__c.in).toContain('on-hold');
        graphql.emit(answer([order('a1', '1001')], [{ node: { Id: '0031', Name: { value: 'Ada' } } }]), isDesk);
        await settled();
        expect(all('.order .amount').map(({ textContent }) => textContent)).toEqual(['€5.00']);
        expect(all('.customer c-woo-order-link').map(({ label }) => label)).toEqual(['Ada']);
    });

    it.each([
        [
            [arrived('shipped', 1), arrived('completed', 5, 'Completed')],
            'c.Woo_Desk_None Only Completed, shipped came.'
        ],
        [[], 'c.Woo_Desk_None_Arrived']
    ])('says that nothing waits, and which orders come here at all: %#', async (statuses, text) => {
        const all = await shown();
        graphql.emit(answer([], [], statuses), isDesk);
        await settled();
        expect(all('.empty').map(({ textContent }) => textContent)).toEqual([text]);
    });

    it('marks a deleted order that was found, and shows that it searches', async () => {
        const all = await shown();
        graphql.emit(answer([]), isDesk);
        await search(all, '1001');
        expect(all('.searching lightning-spinner')).toHaveLength(1);
        graphql.emit(
            answer([order('a1', '1001', { Deleted_In_Woo__c: { value: true } }), order('a2', '1001')]),
            isFind
        );
        await settled();
        expect(all('.order').map((one) => Boolean(one.querySelector('.deleted')))).toEqual([true, false]);
        expect(all('.deleted')[0].textContent).toBe('c.Woo_Orders_Deleted');
        expect(all('.searching')).toEqual([]);
    });

    it('shows a search that failed, and what waits all the same', async () => {
        const all = await shown();
        graphql.emit(answer([order('a1', '1001')]), isDesk);
        await search(all, '9');
        graphql.emitErrors([{ message: 'busy' }], isFind);
        await settled();
        expect(all('c-woo-error-panel')).toHaveLength(1);
        expect(all('.order, .searching')).toHaveLength(1);
    });

    it('says once that no orders are shown to the viewer', async () => {
        const all = await shown();
        graphql.emitErrors([{ message: 'Unknown type "Woo_Order__c_Filter".' }], isDesk);
        await settled();
        expect(all('c-woo-not-seen')).toHaveLength(1);
        expect(all('lightning-card, c-woo-error-panel')).toEqual([]);
    });

    it.each([
        [' #1001 ', { Name: { eq: '1001' } }],
        ['ada@example.com', { Contact__r: { Email: { eq: 'ada@example.com' } } }]
    ])('finds %s', async (text, found) => {
        const all = await shown();
        graphql.emit(answer([]), isDesk);
        expect(await search(all, text)).toEqual({ found });
        graphql.emit(answer([order('a1', '1001')]), isFind);
        await settled();
        expect(all('.order c-woo-order-link').map(({ label }) => label)).toEqual(['1001']);
    });

    it('says what was not found, and asks nothing for an empty text', async () => {
        const all = await shown();
        graphql.emit(answer([]), isDesk);
        await search(all, '9');
        graphql.emit(answer([]), isFind);
        await settled();
        expect(all('.empty')[0].textContent).toBe('c.Woo_Desk_Not_Found');
        await search(all, '  ');
        expect(all('.empty')).toHaveLength(1);
    });

    it('keeps what was found when the same is searched for again, also after the text was emptied', async () => {
        const all = await shown();
        graphql.emit(answer([]), isDesk);
        await search(all, '1001');
        graphql.emit(answer([order('a1', '1001')]), isFind);
        await search(all, '1001');
        await search(all, '  ');
        await search(all, '#1001');
        expect(all('.order c-woo-order-link').map(({ label }) => label)).toEqual(['1001']);
    });
});
