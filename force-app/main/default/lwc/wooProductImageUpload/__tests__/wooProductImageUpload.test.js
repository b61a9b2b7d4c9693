import { createElement } from 'lwc';
import WooProductImageUpload from 'c/wooProductImageUpload';

const KEY = '069Hp0000000001IAA';

function shown(uploaded) {
    const element = createElement('c-woo-product-image-upload', { is: WooProductImageUpload });
    const told = [];
    for (const name of ['uploaded', 'add', 'close']) {
        element.addEventListener(name, ({ detail }) => told.push([name, detail]));
    }
    document.body.appendChild(Object.assign(element, { recordId: '01tHp000001AbCdIAK', uploaded }));
    return { told, find: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-product-image-upload', () => {
    afterEach(() => document.body.replaceChildren());

    it('uploads images to the product and tells their ids', () => {
        const { told, find } = shown();
        const upload = find('lightning-file-upload');
        expect(upload.recordId).toBe('01tHp000001AbCdIAK');
        expect(upload.accept).toEqual(['.png', '.jpg', '.jpeg', '.gif', '.webp']);
        const files = [{ name: 'Mug.png', documentId: KEY }];
        upload.dispatchEvent(new CustomEvent('uploadfinished', { detail: { files } }));
        expect(told).toEqual([['uploaded', [KEY]]]);
        expect(find('.uploaded')).toBeNull();
    });

    it('offers the new images to the gallery', () => {
        const { told, find } = shown({ count: 2, rest: [KEY], isFeatured: true });
        expect(find('.uploaded p').textContent).toBe('c.Woo_Images_Uploaded_Featured');
        find('.add').click();
        find('.close').click();
        expect(told.map(([name]) => name)).toEqual(['add', 'close']);
    });

    it('offers nothing that the gallery has no room for', () => {
        const { find } = shown({ count: 1, rest: [], isFeatured: false });
        expect(find('.uploaded p').textContent).toBe('c.Woo_Images_Uploaded');
        expect(find('.add')).toBeNull();
    });
});
