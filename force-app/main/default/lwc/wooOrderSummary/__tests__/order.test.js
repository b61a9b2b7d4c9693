import { orderOf } from '../order';
import couponFee from './data/coupon-fee.json';
import guest from './data/guest.json';
import none from './data/none.json';
import refund from './data/refund.json';

const nodeOf = ({ uiapi }) => uiapi.query.Woo_Order__c.edges[0].node;
const read = ({ uiapi }) => orderOf(uiapi, 'no reason');

/** The data with some fields of the order replaced; undefined stands for a field that the user may not see. */
function changed(data, fields) {
    const node = { ...nodeOf(data), ...fields };
    return { uiapi: { ...data.uiapi, query: { Woo_Order__c: { edges: [{ node }] } } } };
}

describe('an order from GraphQL', () => {
    it('takes fees from the sums of the lines', () => {
        expect(read(couponFee).amounts.fees).toBe(3);
        expect(read(refund).amounts.fees).toBe(0);
    });

    it('does not know the fees of lines that are hidden', () => {
        const { query } = couponFee.uiapi;
        expect(read({ uiapi: { query, aggregate: {} } }).amounts.fees).toBeUndefined();
        const edges = [{ node: { aggregate: { Type__c: { value: 'fee' } } } }];
        expect(read({ uiapi: { query, aggregate: { Woo_Order_Item__c: { edges } } } }).amounts.fees).toBeUndefined();
    });

    it('calls the store by its name, and by its key where its status is not there or hidden', () => {
        const status = (key, name) => ({ node: { Store__c: { value: key }, Name: { value: name } } });
        const named = (...edges) => {
            const { query } = couponFee.uiapi;
            return orderOf({ query: { ...query, Woo_Store_Status__c: { edges } } }, '').store;
        };
        expect(named(status('outlet', 'Outlet'), status('main', 'Main Store'))).toBe('Main Store');
        expect(named(status('outlet', 'Outlet'))).toBe('main');
        expect(read(couponFee).store).toBe('main');
    });

    it('takes an empty amount for nothing, and a hidden one for unknown', () => {
        const order = read(changed(couponFee, { Discount_Total__c: { value: null }, Tax_Total__c: undefined }));
        expect(order.amounts.discount).toBe(0);
        expect(order.amounts.tax).toBeUndefined();
    });

    it('tells whether both addresses are the same', () => {
        expect(read(couponFee).isSameAddress).toBe(true);
        expect(read(changed(couponFee, { Shipping_City__c: { value: 'Kyoto' } })).isSameAddress).toBe(false);
        expect(read(changed(couponFee, { Shipping_Phone__c: { value: '1' } })).isSameAddress).toBe(false);
        expect(read(changed(couponFee, { Shipping_Company__c: { value: '' } })).isSameAddress).toBe(true);
    });

    it('links pages of the web only', () => {
        expect(read(couponFee).adminUrl).toMatch(/^https:/);
        expect(read(changed(couponFee, { Admin_URL__c: { value: 'data:text/html,hello' } })).adminUrl).toBeUndefined();
        expect(read(changed(couponFee, { Admin_URL__c: { value: 'ftp://shop.example' } })).adminUrl).toBeUndefined();
        expect(read(changed(couponFee, { Admin_URL__c: { value: '/wp-admin' } })).adminUrl).toBeUndefined();
    });

    it('knows an order without a contact from one whose contact is hidden', () => {
        expect(read(guest).lacksContact).toBe(true);
        expect(read(changed(guest, { Contact__c: undefined })).lacksContact).toBe(false);
        expect(read(couponFee)).toMatchObject({
            lacksContact: false,
            contact: { id: '003000000000001AAA', name: 'Rñgov 花山' }
        });
    });

    it('shows a status without a label as the shop names it', () => {
        const Status__c = { value: 'awaiting-pickup', displayValue: null };
        expect(read(changed(couponFee, { Status__c })).statusLabel).toBe('awaiting-pickup');
    });

    it('lists refunds with a word where there is no reason', () => {
        expect(read(refund).refunds).toEqual([
            {
                id: 'a01000000000001AAA',
                amount: 59.55,
                reason: 'Arrived broken',
                hasReason: true,
                at: '2026-11-23T10:00:00.000Z'
            }
        ]);
        const edges = [{ node: { Id: 'a01000000000002AAA', Amount__c: { value: 1 }, Reason__c: { value: null } } }];
        const [silent] = read(changed(refund, { Refunds__r: { edges, pageInfo: { hasNextPage: true } } })).refunds;
        expect(silent).toMatchObject({ reason: 'no reason', hasReason: false });
    });

    it('lists no refund whose amount is hidden, and makes up no reason', () => {
        const edges = [{ node: { Id: '1', Amount__c: { value: 1 } } }, { node: { Id: '2' } }];
        const { refunds } = read(changed(refund, { Refunds__r: { edges, pageInfo: { hasNextPage: false } } }));
        expect(refunds).toMatchObject([{ id: '1', reason: undefined }]);
    });

    it('lists the newest refund first', () => {
        const refundAt = (Id, at) => ({ node: { Id, Amount__c: { value: 1 }, Refunded_At__c: { value: at } } });
        const edges = [
            refundAt('1', '2026-01-01T00:00:00.000Z'),
            refundAt('2', null),
            refundAt('3', '2026-02-01T00:00:00.000Z')
        ];
        const { refunds } = read(changed(refund, { Refunds__r: { edges, pageInfo: { hasNextPage: false } } }));
        expect(refunds.map(({ id }) => id)).toEqual(['3', '1', '2']);
    });

    it('finds nothing where there is nothing', () => {
        expect(read(none)).toBeUndefined();
        expect(orderOf({ query: { Woo_Order__c: null } }, '')).toBeUndefined();
    });
});
