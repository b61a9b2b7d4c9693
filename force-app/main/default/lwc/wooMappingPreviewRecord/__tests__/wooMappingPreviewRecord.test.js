import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingPreviewRecord from 'c/wooMappingPreviewRecord';

jest.mock('lightning/navigation', () => {
    const GenerateUrl = Symbol('GenerateUrl');
    const NavigationMixin = (Base) =>
        class extends Base {
            async [GenerateUrl]({ attributes }) {
                return `/${attributes.recordId}`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { GenerateUrl }) };
});

const RECORD = {
    title: 'order 7',
    key: 'main:7',
    action: 'create',
    why: 'Salesforce has no record with its key.',
    recordId: null,
    met: true,
    logic: null,
    conditions: [],
    rows: []
};
const row = (values) => ({
    place: 'Order_Name',
    field: 'Name',
    kind: 'attribute',
    attribute: 'number',
    source: '1042',
    result: '1042',
    problem: null,
    note: null,
    now: null,
    same: null,
    stays: null,
    ...values
});

const settled = async () => {
    await Promise.resolve();
    await Promise.resolve();
};

async function shown({ described, resource, ...values }) {
    const element = createElement('c-woo-mapping-preview-record', { is: WooMappingPreviewRecord });
    Object.assign(element, { ...(described && { described }), resource });
    element.record = { ...RECORD, ...values };
    document.body.appendChild(element);
    await settled();
    const text = (selector) =>
        [...element.shadowRoot.querySelectorAll(selector)].map((one) => one.textContent.replace(/\s+/g, ' ').trim());
    return { element, text, one: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-mapping-preview-record', () => {
    afterEach(() => document.body.replaceChildren());

    it('says of each condition whether it is met, and what the record has', async () => {
        const condition = { attribute: 'status', operator: 'equals', expected: 'completed', actual: 'failed' };
        const { text, one } = await shown({
            met: false,
            conditions: [
                { ...condition, position: 1, met: false },
                { ...condition, position: 2, met: true, operator: 'is_empty', expected: '', actual: null }
            ]
        });
        expect(text('.condition p')).toEqual([
            '1. status c.Woo_Word_Operator_Equals completed',
            'c.Woo_Preview_Actual',
            '2. status c.Woo_Word_Operator_Is_Empty',
            'c.Woo_Preview_Actual'
        ]);
        expect(one('.condition lightning-icon').alternativeText).toBe('c.Woo_Preview_Not_Met');
        expect(text('.met')).toEqual(['c.Woo_Preview_Not_All_Met']);
    });

    it('shows of each row where its value is from, what comes of it, and what Salesforce has', async () => {
        const { text } = await shown({
            rows: [
                row({ now: '1041', same: false }),
                row({ field: 'Note__c', attribute: 'customer_note', source: '', result: null, now: null, same: true }),
                row({ field: 'Web__c', kind: 'static', attribute: '', source: undefined, result: true })
            ]
        });
        expect(text('.row p')).toEqual([
            'number: 1042 → Name',
            'c.Woo_Preview_Result 1042',
            'c.Woo_Preview_Now: 1041',
            'customer_note: c.Woo_Preview_Blank → Note__c',
            'c.Woo_Preview_Result c.Woo_Preview_Blank',
            'c.Woo_Word_Kind_Static → Web__c',
            'c.Woo_Preview_Result true'
        ]);
    });

    it('names fields and the record as people do, and shows a whole as its values', async () => {
        const described = new Described({
            fields: [{ name: 'City__c', label: 'City', type: 'string' }],
            attributes: []
        });
        const source = '{"city":"Bern","company":"","phone":null}';
        const { text, one } = await shown({
            described,
            resource: 'order',
            rows: [row({ field: 'City__c', attribute: 'billing', source, result: '[1,{"a":2}]' })]
        });
        expect(text('h3')).toEqual(['c.Woo_Word_Resource_Order 7']);
        expect(text('.row p')).toEqual(['billing: Bern → City', 'c.Woo_Preview_Result [1,{"a":2}]']);
        expect(one('.row [title]').title).toBe('City__c');
    });

    it('says of a whole whose values are all empty that it is empty', async () => {
        const source = '{"city":"","phone":null}';
        const { text } = await shown({ rows: [row({ field: 'City__c', attribute: 'billing', source, result: '[]' })] });
        expect(text('.row p')).toEqual([
            'billing: c.Woo_Preview_Blank → City__c',
            'c.Woo_Preview_Result c.Woo_Preview_Blank'
        ]);
    });

    it('says what is wrong with a value, what stays and why, and what goes to the shop', async () => {
        const { text } = await shown({
            rows: [
                row({ problem: { code: 'VALUE_TOO_LONG', message: 'is too long' } }),
                row({ stays: 'A person has edited it.' }),
                row({ result: undefined }),
                row({ direction: 'to_woo', shop: 'old', now: 'new', same: false, result: undefined })
            ]
        });
        expect(text('.problem')).toEqual(['is too long']);
        expect(text('.note')).toEqual(['A person has edited it.']);
        const results = text('.row p:nth-child(2)');
        expect(results[1]).toContain('1042 (c.Woo_Preview_Stays)');
        expect(results[2]).toContain('c.Woo_Preview_Stays');
        expect(results[3]).toContain('c.Woo_Preview_To_Shop');
        expect(text('.row')[3]).toContain('number: old → Name');
    });

    it.each([
        ['create', 'Create', 'success'],
        ['adopt', 'Adopt', 'success'],
        ['update', 'Update', 'success'],
        ['unchanged', 'Unchanged', undefined],
        ['refused', 'Refused', 'error'],
        ['ambiguous', 'Ambiguous', 'warning'],
        ['none', 'None', undefined],
        ['left', 'Left', undefined],
        ['delete_rule', 'Delete_Rule', 'warning'],
        ['unknown', 'Unknown', 'warning'],
        ['unseen', 'Unseen', 'warning']
    ])('says at the end that it would %s, and why', async (action, word, variant) => {
        const { text, one } = await shown({ action });
        expect(text('.action')).toEqual([`c.Woo_Preview_Action_${word}`]);
        expect(one('.action lightning-icon').variant).toBe(variant);
        expect(text('.why')).toEqual([RECORD.why]);
    });

    it('links the record that is there, and none where there is none', async () => {
        const { element, one } = await shown({ recordId: 'a01' });
        expect(one('.link').getAttribute('href')).toBe('/a01');
        element.record = RECORD;
        await settled();
        expect(one('.link')).toBeNull();
    });
});
