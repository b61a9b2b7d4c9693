import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooOrderItems from 'c/wooOrderItems';
import couponFee from './data/coupon-fee.json';
import deletedProduct from './data/deleted-product.json';
import empty from './data/empty.json';
import images from './data/thumbnails.json';
import rightToLeft from './data/right-to-left.json';

// The parser of jsdom does not know container queries.
jest.mock('../wooOrderItems.css', () => []);

const isImages = ({ query }) => query?.includes('wooOrderImages');
const isLines = ({ query }) => query?.includes('wooOrderItems');
const tick = () => Promise.resolve();
const find = (root, selector) => root.querySelector(selector);
const all = (root, selector) => [...root.querySelectorAll(selector)];
const copyOf = (data) => JSON.parse(JSON.stringify(data));

/** The configuration that a wire had last. */
let configs;
const lastOf = (matches) => configs.filter(matches).at(-1);

async function shown() {
    const card = Object.assign(createElement('c-woo-order-items', { is: WooOrderItems }), {
        recordId: 'a00000000000001AAA'
    });
    document.body.appendChild(card);
    await tick();
    return card;
}
async function given(data) {
    const { shadowRoot } = await shown();
    graphql.emit(data, isLines);
    await tick();
    return shadowRoot;
}

/** A page of an order of 400 lines, of which the first 200 begin at `from`. */
function pageOf400(from) {
    const data = copyOf(couponFee);
    const { products } = data.uiapi.query;
    const [{ node }] = products.edges;
    products.edges = Array.from({ length: 200 }, (_, n) => ({
        node: {
            ...node,
            Id: `a02${String(from + n).padStart(12, '0')}AAA`,
            Item_Name__c: { value: `Line ${from + n}` },
            Woo_Key__c: { value: `main:${1000 + from + n}` }
        }
    }));
    products.pageInfo = { endCursor: `cursor ${from + 199}`, hasNextPage: from + 200 < 400 };
    const [group] = data.uiapi.aggregate.Woo_Order_Item__c.edges;
    group.node.aggregate.Id.count.value = 400;
    return data;
}
const namesOf = (root) => all(root, 'tr.product c-woo-order-link').map(({ label }) => label);
async function clickMore(root, times = 1) {
    if (times === 0) return;
    find(root, '.paging lightning-button').click();
    await tick();
    await tick();
    await clickMore(root, times - 1);
}

describe('c-woo-order-items', () => {
    beforeEach(() => {
        configs = [];
        const { update } = graphql.prototype;
        jest.spyOn(graphql.prototype, 'update').mockImplementation(function record(config) {
            configs.push(config);
            return update.call(this, config);
        });
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.restoreAllMocks();
        graphql.refresh.mockClear();
    });

    it('asks for the lines, and for no images as long as it knows of none', async () => {
        const { shadowRoot } = await shown();
        expect(lastOf(isLines).variables).toEqual({ id: 'a00000000000001AAA', after: null });
        expect(lastOf(isImages)).toBeUndefined();
        expect(find(shadowRoot, 'lightning-spinner').alternativeText).toBe('c.Woo_Order_Lines_Loading');
    });

    it('shows lines, their sum and the other groups', async () => {
        const root = await given(couponFee);
        expect(find(root, 'lightning-spinner')).toBeNull();
        expect(namesOf(root)).toEqual(['和紙ノート 2 - Blue, S', 'Variable Shirt 9 - Red, S', 'Widget model 41']);
        expect(find(root, 'c-woo-order-link').recordId).toBe('01t000000020023AAA');
        expect(all(root, 'tr.product:first-child td').map(({ textContent }) => textContent)).toEqual([
            '$20.00',
            '3',
            '$51.00c.Woo_Order_Line_Discount',
            '$5.10'
        ]);
        expect(find(root, '.products .sum').textContent).toContain('$225.29');
        expect(all(root, 'tbody.group').map(({ dataset }) => dataset.type)).toEqual([
            'shipping',
            'fee',
            'coupon',
            'tax'
        ]);
        expect(find(root, '.paging')).toBeNull();
    });

    it('asks for the images of its lines once, and shows those that there are', async () => {
        const root = await given(couponFee);
        expect(lastOf(isImages).variables).toEqual({
            ids: ['069000000000001', '069000000000002', '069000000000003']
        });
        graphql.emit(images, isImages);
        await tick();
        const [first, second, third] = all(root, 'c-woo-order-picture');
        expect(first.src).toContain('versionId=068000000000001AAA');
        expect(first.alt).toBe('和紙ノート 2 - Blue, S');
        expect(second.src).toBeUndefined();
        expect(third.src).toContain('versionId=068000000000003AAA');
    });

    it('says when images fail, and keeps the lines', async () => {
        const root = await given(couponFee);
        graphql.emitErrors([{ message: 'Slow' }], isImages);
        await tick();
        expect(namesOf(root)).toHaveLength(3);
        find(root, '.images-error').dispatchEvent(new CustomEvent('retry'));
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
    });

    it('shows name and SKU of a product that is gone, and marks it', async () => {
        const root = await given(deletedProduct);
        const row = find(root, '.deleted').closest('tr');
        expect(find(row, '.name').textContent).toBe('Discontinued lamp');
        expect(find(row, 'c-woo-order-link')).toBeNull();
        expect(all(root, '.deleted')).toHaveLength(1);
    });

    it('shows names of 200 characters that are written from right to left', async () => {
        const root = await given(rightToLeft);
        expect([...namesOf(root)[0]]).toHaveLength(200);
    });

    it('shows 50 of 400 lines at first, and the sum of all', async () => {
        const root = await given(pageOf400(0));
        expect(namesOf(root)).toHaveLength(50);
        expect(find(root, '.shown').textContent).toBe('c.Woo_Order_Shown');
        await clickMore(root);
        expect(namesOf(root)).toHaveLength(100);
        expect(lastOf(isLines).variables.after).toBeNull();
    });

    it('asks for the next page when its own lines are all shown', async () => {
        const root = await given(pageOf400(0));
        await clickMore(root, 4);
        expect(lastOf(isLines).variables.after).toBe('cursor 199');
        expect(find(root, '.paging lightning-spinner').alternativeText).toBe('c.Woo_Order_Loading_More');
        expect(find(root, '.paging lightning-button')).toBeNull();
        graphql.emit(pageOf400(200), isLines);
        await tick();
        expect(namesOf(root)).toHaveLength(250);
        expect(namesOf(root).at(-1)).toBe('Line 249');
        expect(find(root, '.paging lightning-spinner')).toBeNull();
        await clickMore(root, 3);
        expect(namesOf(root)).toHaveLength(400);
        expect(find(root, '.paging lightning-button')).toBeNull();
        expect(root.activeElement).toBe(find(root, '.shown'));
    });

    it('keeps what it shows when the next page fails, and asks again on request', async () => {
        const root = await given(pageOf400(0));
        await clickMore(root, 4);
        graphql.emitErrors([{ message: 'Slow' }], isLines);
        await tick();
        expect(namesOf(root)).toHaveLength(200);
        expect(find(root, '.paging lightning-spinner')).toBeNull();
        find(root, '.lines-error').dispatchEvent(new CustomEvent('retry'));
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        graphql.emit(pageOf400(200), isLines);
        await tick();
        expect(namesOf(root)).toHaveLength(250);
        expect(find(root, '.lines-error')).toBeNull();
    });

    it.each([
        ['lines', isLines],
        ['images', isImages]
    ])('shows why %s could not be asked for again, and tries once more', async (what, matches) => {
        const root = await given(couponFee);
        graphql.emitErrors([{ message: 'Slow' }], matches);
        await tick();
        const panel = find(root, `.${what}-error`);
        graphql.refresh.mockRejectedValueOnce({ message: 'Offline' });
        panel.dispatchEvent(new CustomEvent('retry'));
        await tick();
        await tick();
        expect(panel.errors).toEqual([{ message: 'Offline' }]);
        expect(namesOf(root)).toHaveLength(3);
        panel.dispatchEvent(new CustomEvent('retry'));
        graphql.emit(what === 'lines' ? couponFee : images, matches);
        await tick();
        expect(graphql.refresh).toHaveBeenCalledTimes(2);
        expect(find(root, `.${what}-error`)).toBeNull();
    });

    it('replaces a page that comes again, and starts anew with another order', async () => {
        const card = await shown();
        graphql.emit(couponFee, isLines);
        graphql.emit(couponFee, isLines);
        await tick();
        expect(namesOf(card.shadowRoot)).toHaveLength(3);
        card.recordId = 'a00000000000002AAA';
        await tick();
        expect(find(card.shadowRoot, 'lightning-spinner')).not.toBeNull();
        expect(lastOf(isLines).variables).toEqual({ id: 'a00000000000002AAA', after: null });
    });

    it('says when an order has no lines, or none of products', async () => {
        const root = await given(empty);
        expect(find(root, '.empty').textContent).toBe('c.Woo_Order_Lines_None');
        expect(find(root, 'table')).toBeNull();
        const data = copyOf(couponFee);
        data.uiapi.query.products.edges = [];
        data.uiapi.aggregate.Woo_Order_Item__c.edges.shift();
        expect((await given(data)).textContent).toContain('c.Woo_Order_Lines_No_Products');
    });

    it('shows errors in place of lines, and says when there is no such order', async () => {
        const { shadowRoot: root } = await shown();
        graphql.emitErrors([{ message: "Field 'X__c' is undefined" }], isLines);
        await tick();
        expect(find(root, '.lines-error').errors).toEqual([{ message: "Field 'X__c' is undefined" }]);
        expect(find(root, 'lightning-spinner')).toBeNull();
        const data = copyOf(empty);
        data.uiapi.query.Woo_Order__c.edges = [];
        const missing = await given(data);
        expect(find(missing, '.lines-error').errors).toEqual([{ status: 404 }]);
        expect(find(missing, '.empty')).toBeNull();
    });
});
