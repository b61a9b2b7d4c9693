import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooOrderSummary from 'c/wooOrderSummary';
import couponFee from './data/coupon-fee.json';
import guest from './data/guest.json';
import none from './data/none.json';
import refund from './data/refund.json';
import rightToLeft from './data/right-to-left.json';
import yen from './data/yen.json';

function shown() {
    const card = Object.assign(createElement('c-woo-order-summary', { is: WooOrderSummary }), {
        recordId: 'a00000000000001AAA'
    });
    document.body.appendChild(card);
    return card.shadowRoot;
}
async function given(data) {
    const root = shown();
    graphql.emit(data);
    await Promise.resolve();
    return root;
}
const find = (root, selector) => root.querySelector(selector);
const linesOf = (root) =>
    [...root.querySelectorAll('[data-line]')].map((line) => `${line.dataset.line} ${find(line, 'dd').textContent}`);
const withFields = (data, fields) => {
    const copy = JSON.parse(JSON.stringify(data));
    Object.assign(copy.uiapi.query.Woo_Order__c.edges[0].node, fields);
    return copy;
};

describe('c-woo-order-summary', () => {
    afterEach(() => document.body.replaceChildren());

    it('asks for its order once, and says that it is loading', async () => {
        const root = shown();
        await Promise.resolve();
        expect(graphql.getLastConfig().variables).toEqual({ id: 'a00000000000001AAA' });
        expect(find(root, 'lightning-spinner').alternativeText).toBe('c.Woo_Order_Loading');
        expect(find(root, 'c-woo-error-panel')).toBeNull();
    });

    it('shows an order with coupon and fee', async () => {
        const root = await given(couponFee);
        expect(find(root, 'lightning-spinner')).toBeNull();
        expect(linesOf(root)).toContain('discount -$39.76');
        expect(linesOf(root).at(-1)).toBe('total $259.37');
        const { status, paid, completed } = find(root, 'c-woo-order-path');
        expect([status, paid, completed]).toEqual(['completed', true, true]);
        expect([...root.querySelectorAll('c-woo-order-link')].map(({ recordId }) => recordId)).toEqual([
            '003000000000001AAA',
            '001000000000001AAA'
        ]);
        expect(find(root, 'lightning-formatted-email').value).toBe('cawol55366@xxxx.example');
        expect(find(root, '.shipping').textContent).toContain('c.Woo_Order_Same_As_Billing');
        expect(find(root, '.deleted')).toBeNull();
        expect(find(root, '.refunds')).toBeNull();
    });

    it('links into the administration of the shop, in a new tab', async () => {
        const link = find(await given(couponFee), 'header a');
        expect(link.href).toBe('https://shop.example/wp-admin/admin.php?page=wc-orders&action=edit&id=100354');
        expect(link.rel).toContain('noopener');
        const without = await given(withFields(couponFee, { Admin_URL__c: { value: 'data:text/html,hello' } }));
        expect(find(without, 'header a')).toBeNull();
    });

    it('shows yen without decimals, and the name of an emoji', async () => {
        const root = await given(yen);
        expect(linesOf(root)).toEqual(['subtotal ¥66', 'shipping ¥8', 'fees ¥3', 'total ¥77']);
        expect(find(root, 'c-woo-order-address').address.name).toBe('😀 Rgenup Rákcul');
    });

    it('shows refunds with their reason, and what remains', async () => {
        const root = await given(refund);
        expect(linesOf(root).slice(-2)).toEqual(['refunded -$59.55', 'net $67.68']);
        expect(find(root, '.refund').textContent).toContain('$59.55');
        expect(find(root, '.reason').textContent).toBe('Arrived broken');
    });

    it('shows names that are written from right to left', async () => {
        const root = await given(rightToLeft);
        expect(find(root, 'c-woo-order-address').address.name).toBe('لردق مافبنع');
        expect(find(root, '.shipping c-woo-order-address')).not.toBeNull();
    });

    it('says when nobody is linked to the order', async () => {
        const root = await given(guest);
        expect(find(root, '.customer').textContent).toContain('c.Woo_Order_No_Contact');
        expect(find(root, 'c-woo-order-link')).toBeNull();
    });

    it('shows the note of the customer and that the order was deleted', async () => {
        const root = await given(
            withFields(couponFee, { Deleted_In_Woo__c: { value: true }, Customer_Note__c: { value: 'Ring\ntwice' } })
        );
        expect(find(root, '.deleted').textContent).toContain('c.Woo_Order_Deleted_Hint');
        expect(find(root, '.note').textContent).toBe('Ring\ntwice');
    });

    it('says when an order is not paid yet, but not when that is hidden', async () => {
        const unpaid = await given(withFields(couponFee, { Paid_In_Woo__c: { value: null } }));
        expect(unpaid.textContent).toContain('c.Woo_Order_Not_Paid');
        const hidden = await given(withFields(couponFee, { Paid_In_Woo__c: undefined }));
        expect(hidden.textContent).not.toContain('c.Woo_Order_Not_Paid');
    });

    it('shows an order of which the user sees no more than the name', async () => {
        const { Id, Name, LastModifiedDate } = couponFee.uiapi.query.Woo_Order__c.edges[0].node;
        const root = await given({
            uiapi: { query: { Woo_Order__c: { edges: [{ node: { Id, Name, LastModifiedDate } }] } }, aggregate: {} }
        });
        expect(linesOf(root)).toEqual([]);
        expect(find(root, 'c-woo-order-path')).toBeNull();
        expect(find(root, '.customer')).toBeNull();
    });

    it('shows errors, and asks again on request', async () => {
        const root = shown();
        graphql.emitErrors([{ message: 'Slow' }]);
        await Promise.resolve();
        const panel = find(root, 'c-woo-error-panel');
        expect(panel.errors).toEqual([{ message: 'Slow' }]);
        expect(find(root, 'lightning-spinner')).toBeNull();
        panel.dispatchEvent(new CustomEvent('retry'));
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
    });

    it('says when there is no such order', async () => {
        expect(find(await given(none), 'c-woo-error-panel').errors).toEqual([{ status: 404 }]);
    });
});
