import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooLatestOrders from 'c/wooLatestOrders';

const settled = () => new Promise(process.nextTick);

const node = (values) => ({
    Id: 'a02000000000001AAA',
    Name: { value: '1001' },
    Status__c: { value: 'checkout-draft', displayValue: 'Draft' },
    Created_In_Woo__c: { value: '2026-11-24T22:44:00.000Z' },
    Total__c: { value: 4.34 },
    Currency_Code__c: { value: 'USD' },
    Contact__r: { Id: '003000000000001AAA', Name: { value: 'Ada Byron' } },
    ...values
});
const connectionOf = (nodes) => ({ edges: nodes.map((one) => ({ node: one })) });
const dataOf = (...nodes) => ({ uiapi: { query: { Woo_Order__c: connectionOf(nodes) } } });

async function shown(data) {
    const element = createElement('c-woo-latest-orders', { is: WooLatestOrders });
    document.body.appendChild(element);
    if (data) graphql.emit(data);
    await settled();
    return (selector) => [...element.shadowRoot.querySelectorAll(selector)];
}

describe('c-woo-latest-orders', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('asks for the newest orders first', async () => {
        const all = await shown();
        expect(all('lightning-spinner')).toHaveLength(1);
        const { query, variables } = graphql.getLastConfig();
        expect(query).toContain('orderBy: { Created_In_Woo__c: { order: DESC');
        expect(variables.first).toBe(10);
        expect(variables.where).toMatchObject({ Deleted_In_Woo__c: { eq: false } });
        // A draft that was made here months before it was placed is among the newest.
        expect(variables.where).not.toHaveProperty('CreatedDate');
    });

    it('looks further back until no older order can be among the newest', async () => {
        jest.useFakeTimers({ now: new Date('2026-11-28T12:00:00Z'), doNotFake: ['nextTick'] });
        await shown();
        const since = () => graphql.getLastConfig().variables.where.SystemModstamp.gte.value.slice(0, 10);
        const answer = async (count, orderedAt) => {
            const at = { Created_In_Woo__c: { value: orderedAt } };
            graphql.emit(dataOf(...Array.from({ length: count }, (_, id) => node({ ...at, Id: `a02${id}` }))));
            await settled();
        };
        expect(since()).toBe('2026-10-29');
        await answer(10, '2026-11-01T00:00:00.000Z');
        expect(since()).toBe('2026-10-29');
        await answer(9, '2026-11-01T00:00:00.000Z');
        expect(since()).toBe('2025-11-28');
        // Written late: others that were written before may have been placed since.
        await answer(10, '2025-11-01T00:00:00.000Z');
        expect(since()).toBe('2016-11-30');
        await answer(3, '2025-11-01T00:00:00.000Z');
        expect(since()).toBe('2016-11-30');
        jest.useRealTimers();
    });

    it('shows them with the label of the status, the customer and the amount', async () => {
        const guest = node({
            Id: 'a02000000000002AAA',
            Contact__r: null,
            Status__c: { value: 'picking' }
        });
        const all = await shown(dataOf(node(), guest));
        expect(all('.order')).toHaveLength(2);
        expect(all('.status').map((one) => one.textContent)).toEqual(['Draft', 'picking']);
        expect(all('.amount')[0].textContent).toBe('$4.34');
        const links = all('c-woo-order-link').map(({ recordId, label }) => [recordId, label]);
        expect(links).toEqual([
            ['a02000000000001AAA', '1001'],
            ['003000000000001AAA', 'Ada Byron'],
            ['a02000000000002AAA', '1001']
        ]);
    });

    it('names the store of each, where they are of several', async () => {
        const of = (id, store) => node({ Id: id, Store__c: { value: store } });
        const several = await shown(dataOf(of('a02000000000001AAA', 'main'), of('a02000000000002AAA', 'outlet')));
        expect(several('.store').map(({ textContent }) => textContent)).toEqual(['main', 'outlet']);
    });

    it('names the stores as people call them, where the user may see how they do', async () => {
        const of = (id, store) => node({ Id: id, Store__c: { value: store } });
        const data = dataOf(of('a02000000000001AAA', 'main'), of('a02000000000002AAA', 'outlet'));
        data.uiapi.query.Woo_Store_Status__c = connectionOf([
            { Store__c: { value: 'main' }, Name: { value: 'Main Store' } }
        ]);
        const all = await shown(data);
        expect(all('.store').map(({ textContent }) => textContent)).toEqual(['Main Store', 'outlet']);
    });

    it('gives statuses the badge that they have on the page of a customer', async () => {
        const completed = node({ Status__c: { value: 'completed', displayValue: 'Completed' } });
        const hidden = node({ Id: 'a02000000000002AAA', Status__c: undefined });
        const all = await shown(dataOf(completed, node({ Id: 'a02000000000003AAA' }), hidden));
        expect(all('.status > *').map(({ className }) => className)).toEqual([
            'slds-badge slds-theme_success',
            'slds-badge'
        ]);
    });

    it('names no store where all are of one, or a draft is of none yet', async () => {
        const of = (id) => node({ Id: id, Store__c: { value: 'main' } });
        const one = await shown(dataOf(of('a02000000000001AAA'), of('a02000000000002AAA')));
        expect(one('.store')).toHaveLength(0);
        const draft = node({ Id: 'a02000000000003AAA', Store__c: { value: null } });
        const withDraft = await shown(dataOf(of('a02000000000001AAA'), draft));
        expect(withDraft('.store')).toHaveLength(0);
    });

    it('leaves out what the user may not see', async () => {
        const hidden = {
            Status__c: undefined,
            Total__c: undefined,
            Currency_Code__c: undefined,
            Contact__r: undefined
        };
        const all = await shown(dataOf(node(hidden)));
        expect(all('.status, .customer, .amount').map((one) => one.textContent)).toEqual(['', '', '']);
    });

    it('says that there are none yet', async () => {
        const all = await shown(dataOf());
        expect(all('.empty')[0].textContent).toBe('c.Woo_Latest_Empty');
        expect(all('table')).toHaveLength(0);
    });

    it('hands errors to the panel, and asks again', async () => {
        const all = await shown();
        graphql.emitErrors([{ message: 'no' }]);
        await settled();
        expect(all('c-woo-error-panel')[0].errors).toEqual([{ message: 'no' }]);
        all('c-woo-error-panel')[0].dispatchEvent(new CustomEvent('retry'));
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
    });

    it('says once that no orders are shown to the viewer', async () => {
        const all = await shown();
        graphql.emitErrors([{ message: 'Unknown type "Woo_Order__c_Filter".' }]);
        await settled();
        expect(all('c-woo-not-seen')).toHaveLength(1);
        expect(all('lightning-card, c-woo-error-panel')).toEqual([]);
    });
});
