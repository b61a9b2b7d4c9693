import { pageOf } from '../lines';
import { groupsOf, productRow, productSum } from '../rows';
import couponFee from './data/coupon-fee.json';
import deletedProduct from './data/deleted-product.json';
import empty from './data/empty.json';
import yen from './data/yen.json';

const read = ({ uiapi }) => pageOf(uiapi);
const rowsOf = (data, thumbnails = new Map()) => {
    const { products, currency } = read(data);
    return products.map((line) => productRow(line, currency, thumbnails));
};
const copyOf = (data) => JSON.parse(JSON.stringify(data));

describe('product lines', () => {
    it('show price before discount, discount and total, as in the shop', () => {
        const [line] = rowsOf(couponFee);
        expect(line).toMatchObject({
            name: '和紙ノート 2 - Blue, S',
            price: '$20.00',
            quantity: '3',
            total: '$51.00',
            tax: '$5.10',
            before: 'c.Woo_Order_Line_Before',
            discount: 'c.Woo_Order_Line_Discount',
            isDeleted: false
        });
    });

    it('show no discount where there is none', () => {
        const [line] = rowsOf(yen);
        expect(line).toMatchObject({ price: '¥22', quantity: '3', total: '¥66' });
        expect([line.before, line.discount]).toEqual([undefined, undefined]);
    });

    it('show the price of the field where quantity or subtotal cannot be seen', () => {
        const data = copyOf(couponFee);
        delete data.uiapi.query.products.edges[0].node.Subtotal__c;
        data.uiapi.query.products.edges[1].node.Quantity__c.value = 0;
        const [first, second] = rowsOf(data);
        expect([first.price, second.price]).toEqual(['$17.00', '$20.40']);
        expect(first.discount).toBeUndefined();
    });

    it('find their image, or that of the whole product', () => {
        expect(read(couponFee).products.map(({ fileId }) => fileId)).toEqual([
            '069000000000001',
            '069000000000002',
            '069000000000003'
        ]);
        const [first, second] = rowsOf(couponFee, new Map([['069000000000001', '/thumbnail']]));
        expect([first.image, second.image]).toEqual(['/thumbnail', undefined]);
    });

    it('know a product that is gone from one that is hidden', () => {
        const gone = rowsOf(deletedProduct).find(({ isDeleted }) => isDeleted);
        expect(gone).toMatchObject({ name: 'Discontinued lamp', productId: undefined });
        const data = copyOf(couponFee);
        const { node } = data.uiapi.query.products.edges[0];
        node.Product__r = null;
        expect(rowsOf(data)[0]).toMatchObject({ isDeleted: false, productId: undefined });
        delete node.Product__c;
        expect(rowsOf(data)[0].isDeleted).toBe(false);
    });

    it('stand in the order of the shop, where 9 comes before 10', () => {
        const data = copyOf(couponFee);
        const [first, second, third] = data.uiapi.query.products.edges.map(({ node }) => node);
        first.Woo_Key__c.value = 'main:10';
        second.Woo_Key__c.value = 'main:9';
        third.Woo_Key__c.value = 'main:11';
        expect(read(data).products.map(({ id }) => id)).toEqual([second.Id, first.Id, third.Id]);
        delete second.Woo_Key__c;
        delete first.Woo_Key__c;
        delete third.Woo_Key__c;
        expect(read(data).products.map(({ id }) => id)).toEqual([first.Id, second.Id, third.Id]);
    });

    it('have the name of the record where the long name is empty', () => {
        const data = copyOf(couponFee);
        data.uiapi.query.products.edges[0].node.Item_Name__c.value = null;
        expect(rowsOf(data)[0].name).toBe('和紙ノート 2 - Blue, S');
    });
});

describe('sums and groups', () => {
    it('sum all product lines', () => {
        expect(productSum(read(couponFee))).toEqual({ count: 3, quantity: '7', total: '$225.29', tax: '$22.53' });
        expect(productSum(read(empty)).count).toBe(0);
    });

    it('group the other lines in the order of the shop', () => {
        const groups = groupsOf(read(couponFee));
        expect(groups.map(({ type }) => type)).toEqual(['shipping', 'fee', 'coupon', 'tax']);
        const [shipping, fee, coupon, tax] = groups.map(({ lines }) => lines[0]);
        expect(shipping).toMatchObject({
            name: 'International & Express',
            code: 'flat_rate',
            total: '$7.50',
            tax: '$0.75'
        });
        expect(fee).toMatchObject({ name: 'Gift wrap & card', code: null, total: '$3.00', tax: '$0.30' });
        expect(coupon).toMatchObject({ name: 'ú-lela 空石', code: undefined, total: '-$39.76', tax: '' });
        expect(tax).toMatchObject({ name: '消費税', total: '', tax: '$23.58' });
        expect(groups[2].note).toBe('c.Woo_Order_Coupons_Included');
        expect(groups.every(({ sum, more }) => !sum && !more)).toBe(true);
    });

    it('sum a group of several lines by all of them, and say how many are not shown', () => {
        const data = copyOf(couponFee);
        const { aggregate } = data.uiapi.aggregate.Woo_Order_Item__c.edges.find(
            ({ node }) => node.aggregate.Type__c.value === 'tax'
        ).node;
        aggregate.Id.count.value = 3;
        aggregate.Total__c.sum.value = 100;
        const tax = groupsOf(read(data)).at(-1);
        expect(tax.sum).toEqual({ total: '', tax: '$100.00' });
        expect(tax.more).toBe('c.Woo_Order_Group_More');
    });

    it('have no groups where there are no lines', () => {
        expect(groupsOf(read(empty))).toEqual([]);
    });
});
