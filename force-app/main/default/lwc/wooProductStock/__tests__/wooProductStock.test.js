import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooProductStock from 'c/wooProductStock';
import { ISSUES, PRODUCT } from '../query';
import absent from './data/absent.json';
import gone from './data/gone.json';
import simple from './data/simple.json';
import variable from './data/variable.json';
import variation from './data/variation.json';

const recordId = '01tLo0000000001IAA';
const settled = () => Promise.resolve().then(() => Promise.resolve());

async function shown(data) {
    const card = Object.assign(createElement('c-woo-product-stock', { is: WooProductStock }), { recordId });
    document.body.appendChild(card);
    await settled();
    if (data) graphql.emit(data);
    await settled();
    return card;
}
const find = (card, selector) => card.shadowRoot.querySelector(selector);

describe('c-woo-product-stock', () => {
    afterEach(() => {
        document.body.replaceChildren();
        graphql.refresh.mockClear();
    });

    it('asks once, for its product, and waits in the card', async () => {
        const card = await shown();
        const asked = [];
        graphql.emit(undefined, (config) => config.query && asked.push(config) && false);
        expect(asked).toEqual([{ query: PRODUCT, variables: { recordId } }]);
        expect(find(card, 'lightning-spinner').alternativeText).toBe('c.Woo_Stock_Loading');
    });

    it('shows stock, price and the way to the shop', async () => {
        const card = await shown(simple);
        expect(find(card, '.counted').textContent).toBe('1,216');
        expect(find(card, '.slds-badge').textContent).toBe('In stock');
        expect(find(card, '.price').textContent).toContain('99.00');
        expect(find(card, 's.before').textContent).toBe('129.90');
        expect(find(card, 'a.shop')).toMatchObject({ href: 'https://shop.example/bean-bag', target: '_blank' });
        expect(find(card, 'a.shop').rel).toBe('noopener noreferrer');
        expect(find(card, '.variations')).toBeNull();
    });

    it('shows variations, their links, and no link of an address that is none', async () => {
        const card = await shown(variable);
        expect(card.shadowRoot.querySelectorAll('.variation')).toHaveLength(5);
        expect(find(card, '.variation a').href).toBe('https://www.example.com/');
        expect(find(card, '.more').textContent).toBe('c.Woo_Stock_Variations_More');
        expect(find(card, '.price').textContent).toContain('c.Woo_Stock_Per_Variation');
        expect(find(card, 'a.shop')).toBeNull();
    });

    it('names the product of a variation', async () => {
        expect(find(await shown(variation), '.parent').textContent).toBe('Hoodie');
    });

    it('says what to do with a product that the shop does not have', async () => {
        const card = await shown(absent);
        expect(find(card, '.absent').textContent).toContain('c.Woo_Stock_Absent_Hint');
        expect(find(card, '.head')).toBeNull();
    });

    it('says that a product is gone', async () => {
        const card = await shown(gone);
        expect(find(card, 'c-woo-error-panel').errors).toEqual([{ status: 404 }]);
        expect(find(card, 'lightning-spinner')).toBeNull();
    });

    it('shows what failed, and tries again', async () => {
        const card = await shown();
        graphql.emitErrors([{ message: 'Slow' }], ({ query }) => query === PRODUCT);
        await settled();
        find(card, 'c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        // The same failure again: the wire is not called.
        expect(find(card, 'lightning-spinner')).toBeNull();
        expect(find(card, 'c-woo-error-panel').errors).toEqual([{ message: 'Slow' }]);
        graphql.refresh.mockRejectedValueOnce({ message: 'Offline' });
        find(card, 'c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(find(card, 'c-woo-error-panel').errors).toEqual([{ message: 'Offline' }]);
    });

    describe('where issues of it are open', () => {
        const of = (query) => (config) => config.query === query;
        const nodeOf = (fields) => ({
            node: {
                Id: 'a00Lo0000000001IAA',
                ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]))
            }
        });
        const conflict = {
            Kind__c: 'conflict',
            Code__c: 'CONFLICT_OPEN',
            Field__c: 'Woo_Sale_Price__c',
            Woo_Value__c: '77',
            Salesforce_Value__c: '99',
            Store__c: 'main',
            Record_Id__c: recordId
        };
        async function told(...issues) {
            const card = await shown();
            graphql.emit(simple, of(PRODUCT));
            await settled();
            const product = find(card, '.head');
            graphql.emit({ uiapi: { query: { Woo_Sync_Issue__c: { edges: issues.map(nodeOf) } } } }, of(ISSUES));
            await settled();
            return { card, before: product };
        }

        beforeEach(() => jest.useFakeTimers());
        afterEach(() => jest.useRealTimers());

        it('shows nothing of Salesforce before it knows them, and then what the shop has', async () => {
            const { card, before } = await told(conflict);
            expect(before).toBeNull();
            expect(find(card, '.price').textContent).toContain('77.00');
            expect(find(card, '.price').textContent).not.toContain('99.00');
            expect(find(card, '.note').textContent).toContain('c.Woo_Stock_Differs');
        });

        it('says that it does not know where something was refused, and nothing where nothing is open', async () => {
            const refused = { ...conflict, Kind__c: 'failed', Code__c: 'TO_WOO_NUMBER', Woo_Value__c: null };
            expect(find((await told(refused)).card, '.note').textContent).toContain('c.Woo_Stock_Unsure');
            document.body.replaceChildren();
            const { card } = await told();
            expect(find(card, '.note')).toBeNull();
            expect(find(card, '.price').textContent).toContain('99.00');
        });

        it('looks what became of a decision, and of a change of the record', async () => {
            await told({ ...conflict, Resolution__c: 'take_salesforce' });
            await jest.advanceTimersByTimeAsync(3000);
            expect(graphql.refresh).toHaveBeenCalledTimes(1);
            graphql.emit({ uiapi: { query: { Woo_Sync_Issue__c: { edges: [] } } } }, of(ISSUES));
            await jest.advanceTimersByTimeAsync(120_000);
            const looked = graphql.refresh.mock.calls.length;
            await jest.advanceTimersByTimeAsync(120_000);
            expect(graphql.refresh).toHaveBeenCalledTimes(looked);
            graphql.emit(simple, of(PRODUCT));
            await jest.advanceTimersByTimeAsync(3000);
            expect(graphql.refresh).toHaveBeenCalledTimes(looked + 1);
        });
    });
});
