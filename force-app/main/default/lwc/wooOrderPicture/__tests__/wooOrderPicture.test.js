import { createElement } from 'lwc';
import WooOrderPicture from 'c/wooOrderPicture';

function shown(properties) {
    const picture = Object.assign(createElement('c-woo-order-picture', { is: WooOrderPicture }), properties);
    document.body.appendChild(picture);
    return picture;
}
const imageOf = ({ shadowRoot }) => shadowRoot.querySelector('img');
const signOf = ({ shadowRoot }) => shadowRoot.querySelector('lightning-icon');

describe('c-woo-order-picture', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows the image when it comes into view', () => {
        const picture = shown({ src: '/a.jpg', alt: 'Mug' });
        expect(imageOf(picture).getAttribute('src')).toBe('/a.jpg');
        expect(imageOf(picture).alt).toBe('Mug');
        expect(imageOf(picture).getAttribute('loading')).toBe('lazy');
        expect(signOf(picture)).toBeNull();
    });

    it('shows a sign where there is none', () => {
        const picture = shown({ alt: 'Mug' });
        expect(imageOf(picture)).toBeNull();
        expect(signOf(picture)).not.toBeNull();
    });

    it('shows a sign when the image cannot be loaded, and tries again with another', async () => {
        const picture = shown({ src: '/gone.jpg', alt: 'Mug' });
        imageOf(picture).dispatchEvent(new CustomEvent('error'));
        await Promise.resolve();
        expect(imageOf(picture)).toBeNull();
        expect(signOf(picture)).not.toBeNull();
        picture.src = '/b.jpg';
        await Promise.resolve();
        expect(imageOf(picture).getAttribute('src')).toBe('/b.jpg');
    });
});
