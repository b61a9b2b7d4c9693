import { createElement } from 'lwc';
import WooOrderPicture from 'c/wooOrderPicture';

function shown(properties) {
    const element = Object.assign(createElement('c-woo-order-picture', { is: WooOrderPicture }), properties);
    document.body.appendChild(element);
    return element;
}
const imageOf = ({ shadowRoot }) => shadowRoot.querySelector('img');
const signOf = ({ shadowRoot }) => shadowRoot.querySelector('lightning-icon');

describe('c-woo-order-picture', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows the image when it comes into view', () => {
        const element = shown({ src: '/a.jpg', alt: 'Mug' });
        expect(imageOf(element).getAttribute('src')).toBe('/a.jpg');
        expect(imageOf(element).alt).toBe('Mug');
        expect(imageOf(element).getAttribute('loading')).toBe('lazy');
        expect(signOf(element)).toBeNull();
    });

    it('shows a sign where there is none', () => {
        const element = shown({ alt: 'Mug' });
        expect(imageOf(element)).toBeNull();
        expect(signOf(element)).not.toBeNull();
    });

    it('shows a sign when the image cannot be loaded, and tries again with another', async () => {
        const element = shown({ src: '/gone.jpg', alt: 'Mug' });
        imageOf(element).dispatchEvent(new CustomEvent('error'));
        await Promise.resolve();
        expect(imageOf(element)).toBeNull();
        expect(signOf(element)).not.toBeNull();
        element.src = '/b.jpg';
        await Promise.resolve();
        expect(imageOf(element).getAttribute('src')).toBe('/b.jpg');
    });
});
