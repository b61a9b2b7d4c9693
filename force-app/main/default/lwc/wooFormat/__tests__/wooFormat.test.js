import { format, formatList, formatMoney, formatNumber, readable, statusBadge } from 'c/wooFormat';

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

    it('separates what stands side by side as the language of the user does', () => {
        expect(formatList(['Completed', 'Draft', 'Failed'])).toBe('Completed, Draft, Failed');
        expect([formatList(['Draft']), formatList([])]).toEqual(['Draft', '']);
    });

    it('fills the places of a label', () => {
        expect(format('{0} of {1}', 3, 12)).toBe('3 of 12');
        expect(format('{0} of {1}', 'x')).toBe('x of {1}');
    });

    it('shows characters that turn text round, and leaves the marks that right-to-left names need', () => {
        expect(readable('\u202Eevil\u202C \u2067x\u2069')).toBe('[U+202E]evil[U+202C] [U+2067]x[U+2069]');
        const marks = 'محمد\u200F (2) \u200E1';
        expect(readable(marks)).toBe(marks);
    });

    it('shows them in all texts of an answer, and gives back one that has none', () => {
        const answer = {
            edges: [{ node: { Id: 'a', Name: { value: 'Zoë' }, Total__c: { value: 1 }, Contact__r: null } }]
        };
        expect(readable(answer)).toBe(answer);
        expect([readable(undefined), readable(null)]).toEqual([undefined, null]);
        const turned = { ...answer, edges: [...answer.edges, { node: { Name: { value: '\u202Eevil' } } }] };
        const shown = readable(turned);
        expect(shown.edges[0]).toBe(answer.edges[0]);
        expect(shown.edges[1].node.Name.value).toBe('[U+202E]evil');
        expect(turned.edges[1].node.Name.value).toBe('\u202Eevil');
    });
});
