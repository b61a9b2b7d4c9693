import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import { Findings } from 'c/wooMappingFit';
import WooMappingFields from 'c/wooMappingFields';

const settled = () => Promise.resolve();
const field = (name, type = 'string', more = {}) => ({
    name,
    label: name.replace(/__c$/, '').replace(/_/g, ' '),
    type,
    createable: true,
    updateable: true,
    ...more
});
const described = new Described(
    {
        fields: [
            field('Name', 'string', { required: true }),
            field('Status__c', 'picklist', { required: true, values: ['Open', 'Done'] }),
            field('Contact__c', 'reference', { referenceTo: ['Contact'] }),
            field('Total__c', 'currency'),
            field('Woo_Key__c', 'string', { required: true, externalId: true })
        ],
        attributes: [
            { name: 'number', example: '1042' },
            { name: 'status', example: 'completed' },
            { name: 'customer', example: 7, kind: 'text', refersTo: 'customer' },
            { name: 'total', example: '12.00' },
            { name: 'order_key', example: 'wc_order_7' }
        ]
    },
    { customer: ['Contact'] }
);
const mapping = { externalIdField: 'Woo_Key__c', direction: 'to_salesforce' };
const row = (name, attribute = null, to = null, kind = 'attribute') => ({ name, attribute, field: to, kind });

function shown(properties) {
    const element = createElement('c-woo-mapping-fields', { is: WooMappingFields });
    Object.assign(element, { mapping, described, rows: [], ...properties });
    const edited = jest.fn();
    element.addEventListener('edit', ({ detail }) => edited(detail));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    return { element, one, all, edited };
}

const change = (detail) => new CustomEvent('change', { detail });

afterEach(() => document.body.replaceChildren());

it('offers the required fields that are missing, each with what likely fills it', () => {
    const { all, edited } = shown({ rows: [row('A', 'total', 'Total__c')] });
    expect(all('.required').map(({ dataset }) => dataset.name)).toEqual(['Name', 'Status__c']);
    all('.required')[0].click();
    all('.required')[1].click();
    expect(edited.mock.calls.map(([{ rows }]) => rows[0])).toEqual([
        { attribute: 'number', field: 'Name', kind: 'attribute' },
        { attribute: 'status', field: 'Status__c', kind: 'attribute' }
    ]);
});

it('fills a required field that no attribute suits by a static value', () => {
    const { all, edited } = shown({ rows: [row('A', 'status', 'Other__c')] });
    all('.required')[1].click();
    expect(edited.mock.calls[0][0].rows).toEqual([{ attribute: null, field: 'Status__c', kind: 'static' }]);
});

it('suggests the key, which the sync fills, to no row', async () => {
    const { one, edited } = shown({ rows: [row('A')] });
    one('[data-name=A]').dispatchEvent(change({ changes: { attribute: 'order_key' } }));
    expect(edited.mock.calls[0][0].changes).toEqual({ attribute: 'order_key' });
    one('.several').click();
    await settled();
    expect(one('c-woo-mapping-add').taken).toContain('woo_key__c');
});

it('suggests the field where a row has none, and takes a lookup for one', () => {
    const { one, edited } = shown({ rows: [row('A'), row('B', 'total', 'Total__c')] });
    one('[data-name=A]').dispatchEvent(change({ changes: { attribute: 'customer' } }));
    expect(edited).toHaveBeenLastCalledWith({
        act: 'change',
        kind: 'fields',
        name: 'A',
        changes: { attribute: 'customer', field: 'Contact__c', kind: 'lookup' }
    });
    one('[data-name=B]').dispatchEvent(change({ changes: { attribute: 'number' } }));
    expect(edited).toHaveBeenLastCalledWith(expect.objectContaining({ changes: { attribute: 'number' } }));
});

it('draws fifty of two hundred rows, finds others, and shows those that are wrong', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => row(`R${at}`, `meta_data.🎁${at}`, `F${at}__c`));
    const findings = new Findings({ problems: [{ place: 'R150', message: 'unknown', fatal: true }] });
    const { one, all } = shown({ rows, findings });
    const names = () => all('c-woo-mapping-field').map(({ dataset }) => dataset.name);
    expect(names()).toHaveLength(50);
    one('.more').click();
    await settled();
    expect(names()).toHaveLength(100);
    one('.only-wrong').dispatchEvent(change({ checked: true }));
    await settled();
    expect(names()).toEqual(['R150']);
    one('.only-wrong').dispatchEvent(change({ checked: false }));
    one('.filter').dispatchEvent(change({ value: '🎁199' }));
    await settled();
    expect(names()).toEqual(['R199']);
    one('.filter').dispatchEvent(change({ value: 'nothing' }));
    await settled();
    expect(one('.unmatched')).not.toBeNull();
});

it('goes to the next row by Enter, and behind the last one to a new one', async () => {
    const { element, all, edited } = shown({ rows: [row('A'), row('B')] });
    all('c-woo-mapping-field')[0].dispatchEvent(new CustomEvent('next'));
    expect(edited).not.toHaveBeenCalled();
    all('c-woo-mapping-field')[1].dispatchEvent(new CustomEvent('next'));
    expect(edited).toHaveBeenCalledWith({ act: 'fields', rows: [{ kind: 'attribute' }] });
    element.rows = [row('A'), row('B'), row('C')];
    await settled();
    const last = all('c-woo-mapping-field')[2];
    expect(element.shadowRoot.activeElement).toBe(last);
});

it('adds several at once', async () => {
    const { one, edited } = shown({});
    one('.several').click();
    await settled();
    one('c-woo-mapping-add').dispatchEvent(new CustomEvent('add', { detail: { rows: [{ attribute: 'total' }] } }));
    await settled();
    expect(edited).toHaveBeenCalledWith({ act: 'fields', rows: [{ attribute: 'total' }] });
    expect(one('c-woo-mapping-add')).toBeNull();
});

it('offers nothing to who may only read', () => {
    const { one, all } = shown({ rows: [row('A')], readOnly: true });
    expect([one('.several'), one('.row'), one('.missing')]).toEqual([null, null, null]);
    expect(all('c-woo-mapping-field')[0].readOnly).toBe(true);
});
