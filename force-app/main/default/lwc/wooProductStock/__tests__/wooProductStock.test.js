import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooProductStock from 'c/wooProductStock';
import { PRODUCT } from '../query';
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
        expect(graphql.getLastConfig()).toEqual({ query: PRODUCT, variables: { recordId } });
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
        graphql.emitErrors([{ message: 'Slow' }]);
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
});
