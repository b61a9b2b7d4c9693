import { createElement } from 'lwc';
import WooMappingChanges from 'c/wooMappingChanges';

const differences = [
    {
        kind: 'mapping',
        place: 'Order',
        label: 'Orders',
        change: 'changed',
        word: 'direction',
        from: 'to_salesforce',
        to: 'both'
    },
    {
        kind: 'field',
        place: 'Order_A',
        label: 'Total',
        change: 'removed',
        word: null,
        from: 'total → Total__c',
        to: null
    },
    { kind: 'condition', place: 'C', label: 'Completed', change: 'changed', word: 'active', from: null, to: true }
];

function shown(properties) {
    const element = createElement('c-woo-mapping-changes', { is: WooMappingChanges });
    Object.assign(element, { differences, isChecked: true, ...properties });
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const texts = () => [...element.shadowRoot.querySelectorAll('.line')].map(({ textContent }) => textContent);
    return { element, one, texts };
}

afterEach(() => document.body.replaceChildren());

it('names what a mapping lacks that Salesforce takes none without, and saves none such', () => {
    const { element, one } = shown({ mapping: { label: 'Orders', resource: '', object: 'Woo_Order__c' } });
    expect(one('.warning').textContent).toContain('c.Woo_Editor_Incomplete');
    expect(one('.save').disabled).toBe(true);
    element.mapping = { label: 'Orders', resource: 'order', object: 'Woo_Order__c', externalIdField: 'Woo_Key__c' };
    return Promise.resolve().then(() => {
        expect(one('.warning')).toBeNull();
        expect(one('.save').disabled).toBe(false);
    });
});

it('says in words what changes', () => {
    const { texts, one } = shown({ count: 1200 });
    const [direction, removed, active] = texts();
    expect(direction).toContain('c.Woo_Editor_Of_Mapping');
    expect(direction).toContain('c.Woo_Word_Direction_To_Salesforce');
    expect(direction).toContain('c.Woo_Word_Direction_Both');
    expect(removed).toContain('total → Total__c');
    expect(active).toContain('Completed');
    expect(active).toContain('c.Woo_Editor_Blank');
    expect(active).toContain('c.Woo_Editor_Yes');
    expect(one('.concerns').textContent).toContain('c.Woo_Editor_Concerns');
    expect(one('.warning')).toBeNull();
    expect(shown({ count: 0 }).one('.concerns')).not.toBeNull();
    expect(shown({ count: null }).one('.concerns')).toBeNull();
});

it('says that what is removed is switched off, but not of what somebody else has removed', () => {
    const said = ({ element }) => element.shadowRoot.textContent.includes('c.Woo_Editor_Off_Note');
    expect([said(shown({})), said(shown({ readOnly: true })), said(shown({ differences: [differences[0]] }))]).toEqual([
        true,
        false,
        false
    ]);
});

it('warns of what holds the mapping, and of what nobody has checked', () => {
    expect(shown({ held: 2 }).one('.warning').textContent).toContain('c.Woo_Editor_Held');
    expect(shown({ isChecked: false }).one('.warning').textContent).toContain('c.Woo_Editor_Unchecked');
});

it('saves when asked to, and has nothing to save where nothing differs', () => {
    const { element, one } = shown({});
    const heard = jest.fn();
    element.addEventListener('save', heard);
    one('.save').click();
    expect(heard).toHaveBeenCalledTimes(1);
    const nothing = shown({ differences: [] });
    expect(nothing.one('.save')).toBeNull();
    expect(nothing.one('.nothing')).not.toBeNull();
    expect(shown({ readOnly: true }).one('.save')).toBeNull();
});
