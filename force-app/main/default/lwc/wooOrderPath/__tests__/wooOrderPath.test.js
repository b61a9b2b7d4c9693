import { createElement } from 'lwc';
import WooOrderPath from 'c/wooOrderPath';

function shown(properties) {
    const path = Object.assign(createElement('c-woo-order-path', { is: WooOrderPath }), properties);
    document.body.appendChild(path);
    return path.shadowRoot;
}
const itemsOf = (root) => [...root.querySelectorAll('li')];
const currentOf = (root) => root.querySelector('[aria-current="step"]');

describe('c-woo-order-path', () => {
    afterEach(() => document.body.replaceChildren());

    it('marks where the order is, with a tick on what is done', () => {
        const root = shown({ status: 'processing', paid: true });
        expect(itemsOf(root)).toHaveLength(3);
        expect(currentOf(root).textContent).toBe('c.Woo_Order_Status_Processing');
        expect(root.querySelectorAll('lightning-icon')).toHaveLength(1);
        expect(root.querySelector('p')).toBeNull();
    });

    it('shows a completed order as won, and a refunded one as ended', () => {
        expect(currentOf(shown({ status: 'completed', completed: true })).className).toContain('slds-is-won');
        const ended = currentOf(shown({ status: 'refunded', paid: true, completed: true }));
        expect(ended.className).toContain('slds-is-lost');
        expect(ended.title).toBe('c.Woo_Order_Step_Ended');
    });

    it("shows a status of the shop's own as the shop names it, and says so", () => {
        const root = shown({ status: 'awaiting-pickup', statusLabel: 'Awaiting pickup' });
        expect(currentOf(root).textContent).toBe('Awaiting pickup');
        expect(root.querySelector('p').textContent).toBe('c.Woo_Order_Path_Own_Status');
        expect(currentOf(shown({ status: 'awaiting-pickup' })).textContent).toBe('awaiting-pickup');
    });
});
