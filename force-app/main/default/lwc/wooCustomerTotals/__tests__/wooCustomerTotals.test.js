import { createElement } from 'lwc';
import WooCustomerTotals from 'c/wooCustomerTotals';

const eur = {
    currency: 'EUR',
    count: 12,
    paidCount: 10,
    spent: 1234.5,
    average: 123.45,
    newest: '2026-11-20T10:00:00.000Z'
};

function shown(currencies) {
    const totals = Object.assign(createElement('c-woo-customer-totals', { is: WooCustomerTotals }), { currencies });
    document.body.appendChild(totals);
    return (selector) => [...totals.shadowRoot.querySelectorAll(selector)].map((node) => node.textContent.trim());
}

describe('c-woo-customer-totals', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows currencies side by side, each in its own', () => {
        const texts = shown([eur, { ...eur, currency: 'JPY', spent: 51190, average: 12797.5 }]);
        expect(texts('.spent')).toEqual(['€1,234.50', '¥51,190']);
        expect(texts('.average')).toEqual(['€123.45', '¥12,798']);
    });

    it('says once why the fields of the customer may tell more', () => {
        expect(shown([eur, { ...eur, currency: 'JPY' }])('.counted')).toEqual(['c.Woo_Orders_Counted']);
        document.body.replaceChildren();
        expect(shown([])('.counted')).toEqual([]);
    });

    it('says how many of the orders were paid where that differs', () => {
        expect(shown([eur])('.paid')).toEqual(['c.Woo_Orders_Paid_Count']);
        document.body.replaceChildren();
        expect(shown([{ ...eur, paidCount: 12 }])('.paid')).toEqual([]);
    });

    it('shows what is known of orders without currency and of none paid', () => {
        const texts = shown([
            { currency: '', count: 1, paidCount: 0, spent: 0, average: undefined, newest: undefined }
        ]);
        expect([texts('.heading'), texts('.spent'), texts('.average')]).toEqual([
            ['c.Woo_Orders_No_Currency'],
            ['0.00'],
            ['–']
        ]);
    });
});
