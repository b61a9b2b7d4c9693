import { rowsOf } from '../orders';
import overview from './data/overview.json';

const node = {
    Id: 'a00000000000001AAA',
    Name: { value: '1001' },
    Status__c: { value: 'completed', displayValue: 'Completed' },
    Created_In_Woo__c: { value: '2026-11-20T10:00:00.000Z' },
    Total__c: { value: 1200 },
    Refunded_Total__c: { value: 0 },
    Currency_Code__c: { value: 'JPY' },
    Deleted_In_Woo__c: { value: false }
};
const row = (changes) => rowsOf({ edges: [{ node: { ...node, ...changes } }] })[0];

describe('rows of the order list', () => {
    it('writes each amount in the currency of its order', () => {
        const rows = rowsOf(overview.uiapi.query.Woo_Order__c);
        expect(rows.slice(0, 4).map(({ amount }) => amount)).toEqual(['€45.50', '€1,234.99', '¥12,800', '$99.90']);
        expect(rows[0].refund).toBe('c.Woo_Orders_Refunded');
        expect(rows[1].refund).toBeUndefined();
        expect(rows.map(({ isDeleted }) => isDeleted)).toContain(true);
    });

    it('colours the statuses of WooCommerce and shows those of plugins as they are', () => {
        expect(row({}).badge).toBe('slds-badge slds-theme_success');
        expect(row({ Status__c: { value: 'מוכן 📦', displayValue: null } })).toMatchObject({
            status: 'מוכן 📦',
            badge: 'slds-badge'
        });
        expect(row({ Status__c: { value: null, displayValue: null } }).status).toBeNull();
    });

    it('shows an order without amount or date', () => {
        const bare = row({
            Total__c: { value: null },
            Refunded_Total__c: { value: null },
            Created_In_Woo__c: { value: null }
        });
        expect(bare).toMatchObject({ amount: '', refund: undefined, orderedAt: null });
    });
});
