import { createElement } from 'lwc';
import WooProductImageStatus from 'c/wooProductImageStatus';

function shown(edit) {
    const element = createElement('c-woo-product-image-status', { is: WooProductImageStatus });
    document.body.appendChild(Object.assign(element, { edit }));
    return { element, find: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-product-image-status', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['idle', ''],
        ['saving', 'c.Woo_Images_Saving'],
        ['saved', 'c.Woo_Images_Saved']
    ])('says how far a change is: %s', (phase, text) => {
        const { find } = shown({ phase, canUndo: false });
        expect(find('[role="status"] .text').textContent).toBe(text);
        expect(find('lightning-button')).toBeNull();
    });

    it('takes the last change back', () => {
        const { element, find } = shown({ phase: 'saved', canUndo: true });
        const undone = jest.fn();
        element.addEventListener('undo', undone);
        find('lightning-button').click();
        expect(undone).toHaveBeenCalledTimes(1);
    });
});
