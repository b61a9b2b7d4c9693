import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooCustomerOrders from 'c/wooCustomerOrders';
import { OVERVIEW, PAGE } from '../query';
import overview from './data/overview.json';
import page from './data/page.json';
import empty from './data/empty.json';

// jsdom's parser of CSS does not know container queries, and complains of them.
jest.mock('../wooCustomerOrders.css', () => []);

const customerId = '003Lo0000000001IAA';
const settled = () => Promise.resolve().then(() => Promise.resolve());

async function shown(properties, data) {
    const card = createElement('c-woo-customer-orders', { is: WooCustomerOrders });
    Object.assign(card, { recordId: customerId, objectApiName: 'Contact', ...properties });
    document.body.appendChild(card);
    await settled();
    await given(data);
    return card;
}

async function given(data) {
    if (data) graphql.emit(data);
    await settled();
}

const find = (card, selector) => card.shadowRoot.querySelector(selector);
const numbers = (card) => [...card.shadowRoot.querySelectorAll('.number')].map((cell) => cell.textContent);
const pagerOf = (card) => find(card, 'c-woo-pager');

async function choose(card, value) {
    find(card, 'lightning-combobox').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settled();
}

async function turn(card, direction) {
    pagerOf(card).dispatchEvent(new CustomEvent(direction));
    await settled();
}

describe('c-woo-customer-orders', () => {
    afterEach(() => {
        document.body.replaceChildren();
        graphql.refresh.mockClear();
    });

    it('asks for totals and first page in one request, of the contact or of the account', async () => {
        await shown({ pageSize: 5 });
        expect(graphql.getLastConfig()).toEqual({
            query: OVERVIEW,
            variables: { customer: { Contact__c: { eq: customerId } }, first: 5 }
        });
        await shown({ objectApiName: 'Account', recordId: '001Lo0000000001IAA' });
        expect(graphql.getLastConfig().variables.customer).toEqual({ Account__c: { eq: '001Lo0000000001IAA' } });
    });

    it('asks for nothing where there is no customer', async () => {
        await shown({ objectApiName: 'Lead' });
        expect(graphql.getLastConfig().query).toBeUndefined();
    });

    it('waits in the card, and shows totals and orders when they come', async () => {
        const card = await shown({});
        expect(find(card, 'lightning-spinner').alternativeText).toBe('c.Woo_Orders_Loading');
        await given(overview);
        expect(find(card, 'lightning-spinner')).toBeNull();
        expect(numbers(card)).toHaveLength(10);
        expect(find(card, 'c-woo-customer-totals').currencies.map(({ currency }) => currency)).toEqual([
            'EUR',
            'USD',
            'JPY'
        ]);
        expect(find(card, 'lightning-combobox').options).toHaveLength(10);
        expect(find(card, '.number a').href).toBe('https://www.example.com/');
        expect(pagerOf(card)).toMatchObject({ before: 0, shown: 10, total: 37, hasMore: true });
    });

    it('reads only the list of the next page, keeps the totals, and finds the way back', async () => {
        const card = await shown({}, overview);
        await turn(card, 'next');
        const { endCursor } = overview.uiapi.query.Woo_Order__c.pageInfo;
        expect(graphql.getLastConfig()).toEqual({
            query: PAGE,
            variables: { where: { Contact__c: { eq: customerId } }, first: 10, after: endCursor }
        });
        expect(numbers(card)).toHaveLength(10);
        expect(pagerOf(card)).toMatchObject({ before: 0, total: 37 });
        await given(page);
        expect(numbers(card)[0]).toBe(page.uiapi.query.Woo_Order__c.edges[0].node.Name.value);
        expect(pagerOf(card)).toMatchObject({ before: 10, shown: 10 });
        expect(find(card, 'c-woo-customer-totals').currencies).toHaveLength(3);
        await turn(card, 'previous');
        expect(graphql.getLastConfig().query).toBe(OVERVIEW);
    });

    it('filters by status from the first page on, also orders without one', async () => {
        const card = await shown({}, overview);
        await turn(card, 'next');
        await given(page);
        await choose(card, 'completed');
        expect(graphql.getLastConfig()).toEqual({
            query: PAGE,
            variables: {
                where: { Contact__c: { eq: customerId }, Status__c: { eq: 'completed' } },
                first: 10,
                after: null
            }
        });
        await given(page);
        expect(pagerOf(card)).toMatchObject({ before: 0, total: 10 });
        await choose(card, '');
        expect(graphql.getLastConfig().variables.where.Status__c).toEqual({ eq: null });
    });

    it('says in a friendly way that there are no orders, or none of a status', async () => {
        const card = await shown({}, empty);
        expect(find(card, '.empty').textContent).toContain('c.Woo_Orders_Empty_Hint');
        expect(find(card, 'lightning-combobox')).toBeNull();
        const other = await shown({}, overview);
        await choose(other, 'completed');
        await given({ uiapi: { query: empty.uiapi.query } });
        expect(find(other, '.none').textContent).toBe('c.Woo_Orders_Empty_Status');
    });

    it('shows what failed, and tries again', async () => {
        const card = await shown({});
        graphql.emitErrors([{ message: "Field 'Total__c' in type 'Woo_Order__c' is undefined" }]);
        await settled();
        expect(find(card, 'c-woo-error-panel').errors).toHaveLength(1);
        expect(find(card, 'lightning-spinner')).toBeNull();
        let answer;
        graphql.refresh.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
        find(card, 'c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        expect(find(card, 'lightning-spinner')).not.toBeNull();
        // The same failure again: the wire is not called.
        answer();
        await settled();
        expect(find(card, 'lightning-spinner')).toBeNull();
        expect(find(card, 'c-woo-error-panel').errors).toHaveLength(1);
        graphql.refresh.mockRejectedValueOnce({ message: 'Offline' });
        find(card, 'c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(find(card, 'lightning-spinner')).toBeNull();
        expect(find(card, 'c-woo-error-panel').errors).toEqual([{ message: 'Offline' }]);
        await given(overview);
        expect(find(card, 'c-woo-error-panel')).toBeNull();
    });

    it('shows no rows of another page when the next one fails, and keeps the totals', async () => {
        const card = await shown({}, overview);
        await turn(card, 'next');
        graphql.emitErrors([{ message: 'Slow' }]);
        await settled();
        expect(numbers(card)).toEqual([]);
        expect(find(card, '.none')).toBeNull();
        expect(find(card, 'c-woo-customer-totals')).not.toBeNull();
    });

    it('starts again for another customer', async () => {
        const card = await shown({}, overview);
        await choose(card, 'completed');
        card.recordId = '003Lo0000000002IAA';
        await settled();
        expect(numbers(card)).toEqual([]);
        expect(graphql.getLastConfig().query).toBe(OVERVIEW);
    });

    it('opens an order inside the app, and leaves a click with Ctrl to the browser', async () => {
        const card = await shown({}, overview);
        const click = (init) => {
            const event = new MouseEvent('click', { cancelable: true, ...init });
            find(card, '.number a').dispatchEvent(event);
            return event.defaultPrevented;
        };
        expect([click({}), click({ ctrlKey: true })]).toEqual([true, false]);
    });
});
