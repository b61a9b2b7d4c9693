import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingField from 'c/wooMappingField';

const settled = () => Promise.resolve();
const described = new Described(
    {
        fields: [
            { name: 'Total__c', label: 'Total', type: 'currency', length: 0, required: true, createable: true },
            { name: 'Name', label: 'Name', type: 'string', length: 80, createable: false, updateable: false },
            { name: 'Contact__c', label: 'Contact', type: 'reference', referenceTo: ['Contact'], createable: true },
            { name: 'Stage__c', label: 'Stage', type: 'picklist', values: ['Open'], createable: true }
        ],
        attributes: [
            { name: 'total', example: '12.00', refersTo: null },
            { name: 'customer', example: 7, refersTo: 'customer' },
            { name: 'customer_note', example: '', refersTo: null }
        ]
    },
    { customer: ['Contact'] }
);
const plain = { name: 'A', attribute: 'total', field: 'Total__c', kind: 'attribute' };

function shown(row, more = {}) {
    const element = createElement('c-woo-mapping-field', { is: WooMappingField });
    Object.assign(element, { row: { ...plain, ...row }, described, direction: 'to_salesforce', ...more });
    const heard = jest.fn();
    element.addEventListener('change', ({ detail }) => heard(detail.changes));
    element.addEventListener('remove', () => heard('remove'));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const text = (selector) => one(selector)?.textContent ?? null;
    return { element, one, text, heard };
}

const choose = (value) => new CustomEvent('choose', { detail: { value } });

afterEach(() => document.body.replaceChildren());

it('says what the field is, and what the attribute holds', () => {
    const { text } = shown({});
    expect(text('.about')).toBe('Total__c · c.Woo_Word_Type_Currency · c.Woo_Editor_Required');
    expect(text('.example')).toBe('c.Woo_Editor_Example');
    expect(shown({ field: 'Name' }).text('.about')).toContain('c.Woo_Editor_Not_Writable');
    expect(shown({ attribute: 'customer_note' }).text('.example')).toBe('c.Woo_Editor_No_Example');
});

it('says nothing of a record where the shop does not answer', () => {
    const { fields, attributes } = described;
    const silent = new Described({ fields, attributes, problem: { code: 'WOO_UNAVAILABLE' } });
    expect(shown({ attribute: 'customer_note' }, { described: silent }).text('.example')).toBeNull();
});

it('shows what the record gives, and what is wrong with it', () => {
    const result = shown({}, { shown: { source: '12.00', result: 12 } });
    expect(result.text('.result')).toContain('12');
    expect(shown({}, { shown: { source: 12, result: 12 } }).one('.result')).toBeNull();
    expect(shown({}, { shown: { source: '' } }).text('.result')).toContain('c.Woo_Editor_Untouched');
    const problem = { message: 'is no number', cure: 'mend it' };
    const { one } = shown({}, { shown: { source: 'a', problem }, problems: [{ message: 'lossy', fatal: false }] });
    expect(one('.result')).toBeNull();
    expect(one('c-woo-mapping-problems').problems.map(({ message }) => message)).toEqual(['lossy', 'is no number']);
    expect(one('.target').hasError).toBe(true);
});

it('says that a field is gone, and keeps the row', () => {
    const { one } = shown({ field: 'Deleted__c' });
    expect(one('.target').value).toBe('Deleted__c');
    expect(one('c-woo-mapping-problems').problems).toEqual([{ message: 'c.Woo_Editor_Gone', fatal: true }]);
});

it('takes a lookup for a field that refers, and offers what fits it alone', () => {
    const { one, heard } = shown({});
    one('.target').dispatchEvent(choose('Contact__c'));
    expect(heard).toHaveBeenLastCalledWith({ field: 'Contact__c', kind: 'lookup' });
    const lookup = shown({ kind: 'lookup', field: 'Contact__c' });
    expect(lookup.one('.source').choices.options.map(({ value }) => value)).toEqual(['customer']);
    lookup.one('.target').dispatchEvent(choose('Total__c'));
    expect(lookup.heard).toHaveBeenLastCalledWith({ field: 'Total__c', kind: 'attribute' });
});

it('asks for a static value as the field takes it', () => {
    const { one, heard } = shown({ kind: 'static', attribute: null, field: 'Stage__c' });
    expect(one('.static').kind).toMatchObject({ input: 'pick', values: [{ value: 'Open' }] });
    one('.static').dispatchEvent(new CustomEvent('change', { detail: { value: 'Open' } }));
    expect(heard).toHaveBeenLastCalledWith({ staticValue: 'Open' });
    one('.target').dispatchEvent(choose('Total__c'));
    expect(heard).toHaveBeenLastCalledWith({ field: 'Total__c' });
});

it('shows the options when asked to, and is removed', async () => {
    const { one, heard } = shown({});
    expect(one('c-woo-mapping-field-options')).toBeNull();
    one('.options').click();
    await settled();
    const changes = { transform: 'number' };
    one('c-woo-mapping-field-options').dispatchEvent(new CustomEvent('change', { detail: { changes } }));
    expect(heard.mock.calls).toEqual([[changes]]);
    one('.remove').click();
    expect(heard).toHaveBeenLastCalledWith('remove');
    expect(shown({}, { readOnly: true }).one('.remove')).toBeNull();
});
