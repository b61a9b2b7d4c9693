import { productOf } from '../product';
import simpleData from './data/simple.json';
import variableData from './data/variable.json';
import variationData from './data/variation.json';

const nodeOf = (data) => data.uiapi.query.Product2.edges[0].node;
const simple = nodeOf(simpleData);
const variable = nodeOf(variableData);
const variation = nodeOf(variationData);

describe('a product as the shop sells it', () => {
    it('shows stock, sale and status', () => {
        expect(productOf(simple)).toMatchObject({
            isInShop: true,
            stock: { isCounted: true, text: '1,216' },
            status: 'In stock',
            badge: 'slds-badge slds-theme_success',
            price: { now: '99.00', before: '129.90', isOnSale: true },
            shopStatus: 'Published',
            address: 'https://shop.example/bean-bag',
            parent: null,
            variations: [],
            more: undefined
        });
    });

    it('tells stock that is zero or owed from stock that is not counted', () => {
        const stock = (value) => productOf({ ...simple, Woo_Stock__c: { value } }).stock;
        expect(stock(0)).toEqual({ isCounted: true, text: '0' });
        expect(stock(-3).text).toBe('-3');
        expect(stock(null)).toEqual({ isCounted: false, text: 'c.Woo_Stock_Not_Tracked' });
        expect(productOf(variable).stock.text).toBe('c.Woo_Stock_Per_Variation');
    });

    it('shows a sale only where it is cheaper', () => {
        const price = (regular, sale) =>
            productOf({ ...simple, Woo_Regular_Price__c: { value: regular }, Woo_Sale_Price__c: { value: sale } })
                .price;
        expect(price(20, null)).toEqual({ now: '20.00', before: undefined, isOnSale: false });
        expect(price(20, 20).isOnSale).toBe(false);
        expect(price(20, 0)).toEqual({ now: '0.00', before: '20.00', isOnSale: true });
        expect(price(null, 15)).toEqual({ now: '15.00', before: undefined, isOnSale: true });
        expect(price(null, null).now).toBe('');
    });

    it('lists variations and says how many more there are', () => {
        const { variations, variationCount, more } = productOf(variable);
        expect(variations).toHaveLength(5);
        expect(variations[0]).toMatchObject({ status: expect.any(String), price: { now: expect.any(String) } });
        expect([variationCount, more]).toEqual([63, 'c.Woo_Stock_Variations_More']);
        expect(productOf(variation).parent.name).toBe('Hoodie');
    });

    // eslint-disable-next-line no-script-url -- what must not become a link
    it.each(['javascript:alert(1)', ' https://x', 'shop.example/x', '//shop.example', 'data:text/html,x', '', null])(
        'makes no link of %p',
        (value) => {
            expect(productOf({ ...simple, Woo_Permalink__c: { value } }).address).toBeUndefined();
        }
    );

    it('hides what the user may not see', () => {
        const { Woo_Stock__c, Woo_Stock_Status__c, Woo_Variations__r, Woo_Permalink__c, ...rest } = simple;
        expect([Woo_Stock__c, Woo_Stock_Status__c, Woo_Variations__r, Woo_Permalink__c]).not.toContain(undefined);
        expect(productOf(rest)).toMatchObject({
            stock: undefined,
            status: undefined,
            variations: [],
            address: undefined
        });
    });
});
