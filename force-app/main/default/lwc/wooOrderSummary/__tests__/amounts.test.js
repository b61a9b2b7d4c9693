import { amountLines } from '../amounts';

const couponAndFee = {
    subtotal: 265.05,
    discount: 39.76,
    shipping: 7.5,
    fees: 3,
    tax: 23.58,
    total: 259.37,
    refunded: 0
};
const textsOf = (amounts, currency = 'USD') => amountLines(amounts, currency).map(({ key, text }) => `${key} ${text}`);

describe('amounts of an order', () => {
    it('lists what adds up to the total', () => {
        expect(textsOf(couponAndFee)).toEqual([
            'subtotal $265.05',
            'discount -$39.76',
            'shipping $7.50',
            'fees $3.00',
            'tax $23.58',
            'total $259.37'
        ]);
    });

    it('leaves out what there is none of, but never the subtotal or the total', () => {
        const nothing = { subtotal: 0, discount: 0, shipping: 0, fees: 0, tax: 0, total: 0, refunded: 0 };
        expect(textsOf(nothing)).toEqual(['subtotal $0.00', 'total $0.00']);
    });

    it('says what was refunded and what remains', () => {
        const lines = textsOf({ ...couponAndFee, refunded: 59.55 });
        expect(lines.slice(-3)).toEqual(['total $259.37', 'refunded -$59.55', 'net $199.82']);
    });

    it('shows what the shop counts beyond the lines, so that they add up', () => {
        expect(textsOf({ ...couponAndFee, total: 259.38 })).toContain('other $0.01');
        expect(textsOf({ ...couponAndFee, fees: undefined })).toContain('other $3.00');
        expect(textsOf({ ...couponAndFee, fees: -5, total: 251.37 })).toContain('fees -$5.00');
    });

    it('shows what the user may see, and makes up no remainder', () => {
        expect(textsOf({ ...couponAndFee, tax: undefined, subtotal: undefined })).toEqual([
            'discount -$39.76',
            'shipping $7.50',
            'fees $3.00',
            'total $259.37'
        ]);
        expect(textsOf({ ...couponAndFee, total: undefined, refunded: 5 })).not.toContain('refunded -$5.00');
    });

    it('writes yen without decimals', () => {
        expect(textsOf({ ...couponAndFee, subtotal: 66, total: 76 }, 'JPY')[0]).toBe('subtotal ¥66');
    });
});
