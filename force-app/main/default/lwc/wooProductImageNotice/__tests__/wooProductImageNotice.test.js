import { createElement } from 'lwc';
import WooProductImageNotice from 'c/wooProductImageNotice';

function shown(edit) {
    const element = createElement('c-woo-product-image-notice', { is: WooProductImageNotice });
    const told = [];
    for (const name of ['applymine', 'dismiss']) element.addEventListener(name, () => told.push(name));
    document.body.appendChild(Object.assign(element, { edit }));
    return { told, find: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-product-image-notice', () => {
    afterEach(() => document.body.replaceChildren());

    it('is not there while nothing is wrong', () => {
        const { find } = shown({});
        expect([find('.conflict'), find('c-woo-error-panel')]).toEqual([null, null]);
    });

    it('says that somebody else was there, and lets people choose', () => {
        const { told, find } = shown({ conflict: { by: 'Ada', changes: [{}] } });
        expect(find('.conflict p').textContent).toBe('c.Woo_Images_Conflict');
        find('.apply').click();
        find('.keep').click();
        expect(told).toEqual(['applymine', 'dismiss']);
    });

    it('offers to make nothing again where nothing can be', () => {
        expect(shown({ conflict: { by: undefined, changes: [] } }).find('.apply')).toBeNull();
    });

    it('says why a save failed', () => {
        const { told, find } = shown({ errors: { body: { message: 'No' } } });
        expect(find('c-woo-error-panel').errors).toEqual({ body: { message: 'No' } });
        find('.close').click();
        expect(told).toEqual(['dismiss']);
    });
});
