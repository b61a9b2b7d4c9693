import { totalsOf } from '../totals';
import overview from './data/overview.json';

const group = (
    currency,
    status,
    count,
    total,
    refunded,
    { deleted = false, newest = null, label = status, counts = null } = {}
) => ({
    node: {
        aggregate: {
            Currency_Code__c: { value: currency },
            Status__c: { value: status, label },
            Counts_As_Sale__c: { value: counts },
            Deleted_In_Woo__c: { value: deleted },
            Id: { count: { value: count } },
            Total__c: { sum: { value: total } },
            Refunded_Total__c: { sum: { value: refunded } },
            Created_In_Woo__c: { max: { value: newest } }
        }
    }
});
const totals = (...edges) => totalsOf({ edges });

describe('totals of a customer', () => {
    it('counts what was paid and kept, each currency by itself, the most used first', () => {
        const { count, currencies } = totalsOf(overview.uiapi.aggregate.Woo_Order__c);
        expect(count).toBe(37);
        expect(currencies).toEqual([
            {
                currency: 'EUR',
                count: 17,
                paidCount: 10,
                spent: 6382.45,
                average: 638.245,
                newest: '2026-11-20T10:00:00.000Z'
            },
            {
                currency: 'USD',
                count: 9,
                paidCount: 5,
                spent: 499.5,
                average: 99.9,
                newest: '2026-11-09T07:36:00.000Z'
            },
            {
                currency: 'JPY',
                count: 7,
                paidCount: 4,
                spent: 51190,
                average: 12797.5,
                newest: '2026-11-13T00:24:00.000Z'
            }
        ]);
    });

    it('counts each status over all currencies, deleted orders too, since the list shows them', () => {
        const { statuses } = totalsOf(overview.uiapi.aggregate.Woo_Order__c);
        expect(statuses[0]).toEqual({ status: 'completed', label: 'Completed', count: 10 });
        expect(statuses.find(({ status }) => status === 'pending')).toEqual({
            status: 'pending',
            label: 'Pending payment',
            count: 4
        });
        expect(statuses.reduce((sum, { count }) => sum + count, 0)).toBe(37);
    });

    it.each(['pending', 'on-hold', 'failed', 'cancelled', 'refunded', 'checkout-draft', 'trash'])(
        'does not count %s as spent',
        (status) => {
            expect(totals(group('EUR', status, 2, 50, 0)).currencies[0]).toMatchObject({
                count: 2,
                paidCount: 0,
                spent: 0,
                average: undefined
            });
        }
    );

    it('counts a status that the store takes for paid, and takes refunds off', () => {
        const shipped = group('EUR', 'shipped', 2, 50, 5, { counts: 'true' });
        const others = [group('EUR', 'packed', 1, 9), group('EUR', 'processing', 1, 8, 0, { counts: 'false' })];
        const [eur] = totals(shipped, ...others, group('EUR', 'completed', 1, 0.3, null)).currencies;
        expect(eur).toMatchObject({ paidCount: 3, spent: 45.3, average: 15.1 });
    });

    it('leaves out of a currency what was deleted in the shop', () => {
        const { count, currencies } = totals(group('EUR', 'completed', 3, 90, 0, { deleted: true }));
        expect({ count, currencies }).toEqual({ count: 3, currencies: [] });
    });

    it('never shows minus zero, and knows orders without currency, status, amount or date', () => {
        const { currencies, statuses } = totals(
            group(null, null, 1, null, null),
            group('EUR', 'completed', 1, 0.1, 0.1 + 1e-9)
        );
        expect(currencies).toEqual([
            { currency: '', count: 1, paidCount: 0, spent: 0, average: undefined, newest: undefined },
            { currency: 'EUR', count: 1, paidCount: 1, spent: 0, average: 0, newest: undefined }
        ]);
        expect(Object.is(currencies[1].spent, 0)).toBe(true);
        expect(statuses[0]).toEqual({ status: '', label: '', count: 1 });
    });
});
