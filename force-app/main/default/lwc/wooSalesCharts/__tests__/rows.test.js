import { customerRows, dayRows, productRows } from '../rows';

const products = (count) =>
    Array.from({ length: count }, (_, at) => ({ name: `P${at}`, currency: 'EUR', quantity: 1, amount: at }));
const yen = { name: 'Yen', currency: 'JPY', quantity: 1, amount: 9999 };

jest.mock('@salesforce/label/c.Woo_Sales_Others', () => ({ default: '{0} other products' }), { virtual: true });
jest.mock('@salesforce/label/c.Woo_Sales_At_Least', () => ({ default: 'at least {0}' }), { virtual: true });

describe('rows of the charts', () => {
    it('of 500 products the ten that brought most have a row, and all others one together, with their number', () => {
        const rows = productRows({ sold: [...products(500), yen], isCut: false }, 'EUR');
        expect(rows).toHaveLength(11);
        expect(rows[0]).toMatchObject({ name: 'P499', text: '€499.00', note: '1' });
        expect(rows[10]).toMatchObject({ name: '490 other products', value: (489 * 490) / 2, note: '490' });
        expect(rows[10].text).toBe('€119,805.00');
    });

    it('say that numbers are the least where there are more products than a query gives', () => {
        const rows = productRows({ sold: products(12), isCut: true }, 'EUR');
        expect(rows[10]).toMatchObject({
            name: 'at least 2 other products',
            note: 'at least 2',
            text: 'at least €1.00',
            value: 1
        });
        expect(rows[0].text).toBe('€11.00');
    });

    it('are none of products where nothing was sold, and have no others where all have one', () => {
        expect(productRows({ sold: [], isCut: false }, 'EUR')).toEqual([]);
        expect(productRows({ sold: products(10), isCut: false }, 'EUR').map(({ key }) => key)).not.toContain('others');
    });

    it('have one for a single day', () => {
        const groups = [{ currency: 'EUR', status: 'completed', isSale: true, count: 2, kept: 5 }];
        const rows = dayRows([{ day: '2026-11-28', groups }], 'EUR');
        expect(rows).toEqual([expect.objectContaining({ key: '2026-11-28', value: 5, text: '€5.00', note: '2' })]);
    });

    it('tell new customers from those who bought before, of the chosen currency alone', () => {
        const buyers = [
            { id: 'a', currency: 'EUR', count: 3 },
            { id: 'b', currency: 'EUR', count: 1 },
            { id: 'c', currency: 'EUR', count: 1 },
            { id: null, currency: 'EUR', count: 2 },
            { id: 'a', currency: 'JPY', count: 1 },
            { id: 'd', currency: 'JPY', count: 1 },
            { id: null, currency: 'JPY', count: 7 }
        ];
        const numbers = (currency) => customerRows(buyers, ['b', 'd'], currency).map(({ key, value }) => [key, value]);
        expect(numbers('EUR')).toEqual([
            ['new', 2],
            ['returning', 1],
            ['nobody', 2]
        ]);
        expect(numbers('JPY')).toEqual([
            ['new', 1],
            ['returning', 1],
            ['nobody', 7]
        ]);
        expect(numbers('CHF')).toEqual([]);
    });
});
