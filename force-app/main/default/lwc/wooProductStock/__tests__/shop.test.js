import { needsLabels, wholeInShop } from '../shop';
import simpleData from './data/simple.json';
import variableData from './data/variable.json';

const simple = simpleData.uiapi.query.Product2.edges[0].node;
const variable = variableData.uiapi.query.Product2.edges[0].node;

const issue = (more) => ({
    kind: 'conflict',
    code: 'CONFLICT_OPEN',
    store: 'main',
    recordId: simple.Id,
    field: 'Woo_Regular_Price__c',
    wooValue: '777',
    isRefusedWish: false,
    ...more
});
const failed = (more) => issue({ kind: 'failed', code: 'TO_WOO_NUMBER', wooValue: null, ...more });

describe('a product as the shop has it', () => {
    it('has the values of the shop where a person is to decide, nothing and zero too', () => {
        const { node, differs, isUnsure } = wholeInShop(simple, [
            issue(),
            issue({ field: 'Woo_Sale_Price__c', wooValue: null }),
            issue({ field: 'Woo_Stock__c', wooValue: '0' })
        ]);
        expect(node.Woo_Regular_Price__c).toEqual({ value: 777 });
        expect(node.Woo_Sale_Price__c).toEqual({ value: null });
        expect(node.Woo_Stock__c).toEqual({ value: 0 });
        expect([differs, isUnsure]).toEqual([true, false]);
    });

    it('shows a status by its label, and by its value where there is none', () => {
        const status = issue({ field: 'Woo_Status__c', wooValue: 'draft' });
        const labels = { Woo_Status__c: [{ value: 'draft', label: 'Draft' }] };
        expect(needsLabels([status])).toBe(true);
        expect(wholeInShop(simple, [status], labels).node.Woo_Status__c).toEqual({
            value: 'draft',
            displayValue: 'Draft'
        });
        expect(wholeInShop(simple, [status]).node.Woo_Status__c.value).toBe('draft');
        expect(needsLabels([issue()])).toBe(false);
    });

    it.each([
        ['what a rule has decided', issue({ code: 'CONFLICT_DECIDED' })],
        ['another record', issue({ recordId: '01tLo0000000009IAA' })],
        ['another store', issue({ store: 'outlet' })],
        ['a field that the card does not show', issue({ field: 'Name', wooValue: 'Hat' })],
        ['a wish that has gone back to the value of the shop', failed({ isRefusedWish: true })],
        ['an image', failed({ field: 'Woo_Featured_Image__c' })]
    ])('stays as it is by an issue of %s', (what, one) => {
        expect(wholeInShop(simple, [one])).toEqual({ node: simple, differs: false, isUnsure: false });
    });

    it('does not bring a field that the user may not see', () => {
        const { Woo_Regular_Price__c: hidden, ...rest } = simple;
        expect(hidden).toBeDefined();
        expect(wholeInShop(rest, [issue()]).node).toEqual(rest);
    });

    it.each([
        ['the whole record', { field: null, code: 'EDIT_NOT_SENT' }],
        ['a price', {}]
    ])('may be another one where %s is refused', (what, more) => {
        expect(wholeInShop(simple, [failed(more)])).toEqual({ node: simple, differs: false, isUnsure: true });
    });

    it('may be another one where the value of the shop is no number', () => {
        const { node, differs, isUnsure } = wholeInShop(simple, [issue({ wooValue: 'on request' })]);
        expect([node, differs, isUnsure]).toEqual([simple, false, true]);
    });

    it('looks at each variation', () => {
        const [{ node: first }, { node: second }] = variable.Woo_Variations__r.edges;
        const { node, differs } = wholeInShop(variable, [issue({ recordId: second.Id })]);
        const prices = node.Woo_Variations__r.edges.map((edge) => edge.node.Woo_Regular_Price__c.value);
        expect(prices.slice(0, 2)).toEqual([first.Woo_Regular_Price__c.value, 777]);
        expect(node.Woo_Variations__r.totalCount).toBe(63);
        expect(differs).toBe(true);
    });
});
