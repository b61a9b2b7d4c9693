import { customerRows, productRows } from '../rows';

describe('rows of the charts', () => {
    it('of 500 products the ten that brought most have a row, and all others one together', () => {
        const products = Array.from({ length: 500 }, (_, at) => ({
            name: `P${at}`,
            currency: 'EUR',
            quantity: 1,
            amount: at
        }));
        const rows = productRows([...products, { name: 'Yen', currency: 'JPY', quantity: 1, amount: 9999 }], 'EUR');
        expect(rows).toHaveLength(11);
        expect(rows[0]).toMatchObject({ name: 'P499', text: '€499.00', note: '1' });
        expect(rows[10].value).toBe((489 * 490) / 2);
        expect(rows[10].note).toBe('490');
    });

    it('tells new customers from those who ordered before', () => {
        const rows = customerRows({ ids: ['a', 'b', 'c'], nobodys: 2 }, ['b']);
        expect(rows.map(({ key, value }) => [key, value])).toEqual([
            ['new', 2],
            ['returning', 1],
            ['nobody', 2]
        ]);
        expect(customerRows({ ids: [], nobodys: 0 }, [])).toEqual([]);
    });
});
