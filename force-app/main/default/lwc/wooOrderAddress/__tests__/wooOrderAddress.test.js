import { createElement } from 'lwc';
import WooOrderAddress from 'c/wooOrderAddress';

function shown(address) {
    const element = Object.assign(createElement('c-woo-order-address', { is: WooOrderAddress }), { address });
    document.body.appendChild(element);
    return element.shadowRoot;
}
const placeOf = (root) => root.querySelector('lightning-formatted-address');

describe('c-woo-order-address', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows who and where, with the name of the country', () => {
        const root = shown({
            name: 'Rñgov 花山',
            company: 'ACME',
            street: '83 Feal Cw\n2nd floor',
            city: '花木',
            state: 'JP13',
            postalCode: '616-0252',
            country: 'JP',
            phone: '+3 737 0648'
        });
        expect(root.querySelector('.name').textContent).toBe('Rñgov 花山');
        expect(root.querySelector('.company').textContent).toBe('ACME');
        const { street, city, province, postalCode, country } = placeOf(root);
        expect([street, city, province, postalCode, country]).toEqual([
            '83 Feal Cw\n2nd floor',
            '花木',
            'JP13',
            '616-0252',
            'Japan'
        ]);
        expect(root.querySelector('lightning-formatted-phone').value).toBe('+3 737 0648');
    });

    it('has the order of its own country in the language of who reads it', () => {
        expect(placeOf(shown({ city: 'Kyoto', country: 'JP' })).locale).toBe('en-JP');
        expect(placeOf(shown({ city: 'Somewhere', country: 'Wonderland' })).locale).toBe('en-US');
    });

    it('leaves a country that is no code as it was typed', () => {
        expect(placeOf(shown({ country: 'Wonderland' })).country).toBe('Wonderland');
    });

    it('says when nothing was given', () => {
        const root = shown({ name: null, street: '', city: undefined });
        expect(root.textContent).toBe('c.Woo_Order_No_Address');
        expect(placeOf(root)).toBeNull();
    });
});
