import {
    currenciesOf,
    customersOf,
    daysOf,
    daysQuery,
    isSale,
    orderedBetween,
    partsBetween,
    productsOf,
    salesOf,
    soldBefore,
    statusesOf
} from 'c/wooSalesRecords';

const group = (currency, status, count, total, refunded = 0, counts = null) => ({
    node: {
        aggregate: {
            Currency_Code__c: { value: currency },
            Status__c: { value: status, label: status },
            Counts_As_Sale__c: { value: counts },
            Id: { count: { value: count } },
            Total__c: { sum: { value: total } },
            Refunded_Total__c: { sum: { value: refunded } }
        }
    }
});
const groupsOf = (...edges) => daysOf({ d0: { edges } }, ['2026-11-28'])[0].groups;

describe('c/wooSalesRecords', () => {
    it('counts what is paid, less its refunds, to the cent and in one currency', () => {
        const groups = groupsOf(
            group('EUR', 'completed', 2, 0.1, 0),
            group('EUR', 'shipped', 1, 0.2, 0, 'true'),
            group('EUR', 'packed', 1, 70),
            group('EUR', 'processing', 1, 90, 0, 'false'),
            group('EUR', 'on-hold', 1, 80),
            group('EUR', 'completed', 1, 10, 10),
            group('EUR', 'pending', 5, 500),
            group('EUR', 'refunded', 1, 50, 50),
            group('JPY', 'processing', 1, 1200)
        );
        expect(salesOf(groups, 'EUR')).toEqual({ count: 4, amount: 0.3 });
        expect(salesOf(groups, 'JPY')).toEqual({ count: 1, amount: 1200 });
        expect(salesOf(groups, 'USD')).toEqual({ count: 0, amount: 0 });
        expect(currenciesOf(groups)).toEqual(['EUR', 'JPY']);
        expect(statusesOf(groups, 'EUR')[0]).toEqual({ status: 'pending', label: 'pending', count: 5 });
        // Those that count otherwise are another group of the same status.
        const counts = new Map(statusesOf(groups, 'EUR').map(({ status, count }) => [status, count]));
        expect(counts.get('completed')).toBe(3);
    });

    it('knows nothing of a day without orders, and keeps orders without a currency apart', () => {
        expect(groupsOf()).toEqual([]);
        const mixed = groupsOf(group(null, 'completed', 1, 1), group('EUR', 'completed', 2, 2));
        expect(currenciesOf(mixed)).toEqual(['EUR', '']);
    });

    it('asks by the last write, which is indexed and no earlier than any order, and leaves a day for clocks that differ', () => {
        const [from, until] = [new Date('2026-11-27T15:00:00Z'), new Date('2026-11-28T15:00:00Z')];
        expect(orderedBetween(from, until)).toMatchObject({
            SystemModstamp: { gte: { value: '2026-11-26T15:00:00.000Z' } },
            Created_In_Woo__c: {
                gte: { value: '2026-11-27T15:00:00.000Z' },
                lt: { value: '2026-11-28T15:00:00.000Z' }
            }
        });
        for (const where of Object.values(partsBetween(from, until))) {
            expect(where).toHaveProperty('SystemModstamp');
            // A draft that was made here days before it was placed is an order of the day on which it was placed.
            expect(JSON.stringify(where)).not.toContain('CreatedDate');
        }
        // Shipping and fees are items too, and no products.
        expect(partsBetween(from, until).items.Type__c).toEqual({ eq: 'product' });
        expect(partsBetween(from, until).refunds.Order__r).toEqual({
            Deleted_In_Woo__c: { eq: false }
        });
    });

    it('asks for each day by itself', () => {
        expect(daysQuery(3).match(/d\d: Woo_Order__c\(/g)).toHaveLength(3);
    });

    it('has the rule of the formula field Is_Sale__c, in answers and in filters', () => {
        const rows = [
            [null, 'processing', true],
            [null, 'completed', true],
            ['', 'completed', true],
            [null, 'on-hold', false],
            [null, 'refunded', false],
            [null, 'shipped', false],
            ['true', 'shipped', true],
            ['false', 'completed', false]
        ];
        for (const [counts, status, sale] of rows)
            expect([counts, status, isSale(counts, status)]).toEqual([counts, status, sale]);
        const sold = [
            { Counts_As_Sale__c: { eq: 'true' } },
            {
                and: [{ Counts_As_Sale__c: { eq: null } }, { Status__c: { in: ['processing', 'completed'] } }]
            }
        ];
        const day = new Date('2026-11-27T15:00:00Z');
        const { items, customers } = partsBetween(day, day);
        expect([items.Order__r.or, customers.or, soldBefore(['a'], day).or]).toEqual([sold, sold, sold]);
    });

    it('tells who bought in which currency, and says where there are more than an answer holds', () => {
        const edge = (id, currency, count) => ({
            node: {
                aggregate: {
                    Contact__c: { value: id },
                    Currency_Code__c: { value: currency },
                    Id: { count: { value: count } }
                }
            }
        });
        const edges = [edge('003A', 'EUR', 2), edge(null, 'EUR', 3)];
        const connection = { edges, pageInfo: { hasNextPage: true } };
        expect(customersOf({ Woo_Order__c: connection })).toEqual({
            buyers: [
                { id: '003A', currency: 'EUR', count: 2 },
                { id: null, currency: 'EUR', count: 3 }
            ],
            isCut: true
        });
        expect(
            productsOf({
                Woo_Order_Item__c: connection && { edges: [], pageInfo: { hasNextPage: false } }
            }).isCut
        ).toBe(false);
    });
});
