import { format, formatMoney, formatNumber, statusBadge } from 'c/wooFormat';

describe('c/wooFormat', () => {
    it('writes an amount in its own currency, with the decimals of that currency', () => {
        expect(formatMoney(1234.5, 'EUR')).toBe('€1,234.50');
        expect(formatMoney('1200', 'JPY')).toBe('¥1,200');
        expect(formatMoney(-3, 'usd')).toBe('-$3.00');
    });

    it('shows an amount whose currency nobody knows', () => {
        expect(formatMoney(12, 'COINS')).toBe('12.00 COINS');
        expect(formatMoney(12, undefined)).toBe('12.00');
    });

    it('writes nothing where there is nothing, and zero where there is zero', () => {
        expect([formatMoney(null, 'EUR'), formatMoney(undefined), formatNumber('')]).toEqual(['', '', '']);
        expect(formatMoney(0, 'EUR')).toBe('€0.00');
        expect(formatNumber(1234.25)).toBe('1,234.25');
    });

    it('colours the statuses of WooCommerce, and those of plugins not', () => {
        expect(statusBadge('failed')).toBe('slds-badge slds-theme_error');
        expect([statusBadge('picking'), statusBadge(undefined)]).toEqual(['slds-badge', 'slds-badge']);
    });

    it('fills the places of a label', () => {
        expect(format('{0} of {1}', 3, 12)).toBe('3 of 12');
        expect(format('{0} of {1}', 'x')).toBe('x of {1}');
    });
});
