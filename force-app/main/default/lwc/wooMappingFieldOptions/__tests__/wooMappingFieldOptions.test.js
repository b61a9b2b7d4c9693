import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingFieldOptions from 'c/wooMappingFieldOptions';

const described = new Described({
    fields: [
        { name: 'Total__c', label: 'Total', type: 'currency' },
        { name: 'Stage__c', label: 'Stage', type: 'picklist', values: ['Open'] },
        { name: 'Contact__c', label: 'Contact', type: 'reference' }
    ],
    attributes: [{ name: 'status', also: ['order_status'] }],
    values: { status: [{ value: 'completed' }] }
});

function shown(row, more = {}) {
    const element = createElement('c-woo-mapping-field-options', { is: WooMappingFieldOptions });
    Object.assign(element, { row: { kind: 'attribute', field: 'Total__c', ...row }, described, ...more });
    const heard = jest.fn();
    element.addEventListener('change', ({ detail }) => heard(detail.changes));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const words = () => [...element.shadowRoot.querySelectorAll('.choice')].map(({ dataset }) => dataset.word);
    const set = (word, value) =>
        one(`[data-word=${word}]`).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    return { one, words, set, heard };
}

afterEach(() => document.body.replaceChildren());

it('offers what the kind, the field and the direction of the mapping have', () => {
    expect(shown({}).words()).toEqual(['kind', 'transform', 'writeWhen']);
    expect(shown({ field: 'Stage__c' }).words()).toEqual(['kind', 'transform', 'overflow', 'writeWhen']);
    expect(shown({ kind: 'static' }).words()).toEqual(['kind', 'writeWhen']);
    expect(shown({}, { direction: 'both' }).words()).toEqual(['kind', 'transform', 'writeWhen', 'direction']);
    const kinds = (row) =>
        shown(row)
            .one('[data-word=kind]')
            .options.map(({ value }) => value);
    expect(kinds({})).toEqual(['attribute', 'static', 'translation']);
    expect(kinds({ field: 'Contact__c' })).toContain('lookup');
});

it('leaves nothing behind that another kind has no use for', () => {
    const { set, heard } = shown({ attribute: 'status', transform: 'first' });
    set('kind', 'static');
    expect(heard).toHaveBeenLastCalledWith({
        kind: 'static',
        attribute: null,
        valueTable: null,
        transform: 'none',
        transformArgument: null,
        defaultValue: null
    });
    set('writeWhen', 'on_create');
    expect(heard).toHaveBeenLastCalledWith({ writeWhen: 'on_create' });
    const both = shown({}, { direction: 'both' });
    both.set('direction', '');
    expect(both.heard).toHaveBeenLastCalledWith({ direction: null });
});

it('shows a value before and after its transform', () => {
    const { one } = shown({ transform: 'number' }, { shown: { source: '12 kg', transformed: '12' } });
    expect(one('.steps').textContent).toMatch(/12 kg.*12/s);
    expect(shown({}, { shown: { source: 'a', transformed: 'a' } }).one('.steps')).toBeNull();
});

it('edits the table of a translation with the values of the shop, whatever the attribute is called', () => {
    const row = { kind: 'translation', attribute: 'order_status', field: 'Stage__c', valueTable: 'completed = Open' };
    const { one, heard } = shown(row);
    expect(one('.table')).toMatchObject({ value: 'completed = Open', values: [{ value: 'completed' }] });
    one('.table').dispatchEvent(new CustomEvent('change', { detail: { defaultValue: 'Open' } }));
    expect(heard).toHaveBeenLastCalledWith({ defaultValue: 'Open' });
    expect(one('.default')).toBeNull();
});

it('asks for the argument of a transform that takes one, and drops that of another', () => {
    const { one, set, heard } = shown({ transform: 'slice', transformArgument: '0,10' });
    expect(one('.argument')).toMatchObject({ label: 'c.Woo_Editor_Argument_Slice', value: '0,10' });
    one('.argument').dispatchEvent(new CustomEvent('change', { detail: { value: '-4' } }));
    expect(heard).toHaveBeenLastCalledWith({ transformArgument: '-4' });
    set('transform', 'regex');
    expect(heard).toHaveBeenLastCalledWith({ transform: 'regex', transformArgument: null });
    expect(shown({ transform: 'regex' }).one('.argument').label).toBe('c.Woo_Editor_Argument_Regex');
    expect(shown({ transform: 'template' }).one('.argument').label).toBe('c.Woo_Editor_Argument_Template');
    expect(shown({ transform: 'number' }).one('.argument')).toBeNull();
    expect(shown({ kind: 'static', transform: 'slice' }).one('.argument')).toBeNull();
});
