import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingAdd from 'c/wooMappingAdd';

const settled = () => Promise.resolve();
const field = (name, type = 'string') => ({ name, label: name, type, createable: true, updateable: true });
const described = new Described({
    fields: [field('Name'), field('Status__c', 'picklist'), field('Total__c', 'currency')],
    attributes: [
        ...Array.from({ length: 200 }, (_, at) => ({ name: `meta_data.acf_${at}`, example: `値 ${at} 🎁` })),
        { name: 'number', example: '1042' },
        { name: 'status', example: 'completed' },
        { name: 'total', example: '12.00' },
        { name: 'billing', kind: 'object' }
    ]
});

function shown(properties = {}) {
    const element = createElement('c-woo-mapping-add', { is: WooMappingAdd });
    Object.assign(element, { described, rows: [], ...properties });
    const added = jest.fn();
    element.addEventListener('add', ({ detail }) => added(detail.rows));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const names = () => [...element.shadowRoot.querySelectorAll('input')].map(({ dataset }) => dataset.name);
    return { one, names, added };
}

afterEach(() => document.body.replaceChildren());

it('shows first what has a field, fifty in all, and says that there are more', () => {
    const { one, names } = shown();
    expect(names().slice(0, 3)).toEqual(['number', 'status', 'total']);
    expect(names()).toHaveLength(50);
    expect(one('.note').textContent).toBe('c.Woo_Editor_More');
});

it('ticks all that have a field at once', async () => {
    const { one, added } = shown({ rows: [{ attribute: 'status', field: 'Status__c' }], taken: ['status__c'] });
    one('.all').click();
    await settled();
    one('.add').click();
    expect(added).toHaveBeenCalledWith([
        { attribute: 'number', field: 'Name', kind: 'attribute' },
        { attribute: 'total', field: 'Total__c', kind: 'attribute' }
    ]);
});

it('keeps what was ticked while one searches on, by Enter too', async () => {
    const { one, names, added } = shown();
    const search = async (value) => {
        one('.search').dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await settled();
    };
    await search('acf 199');
    expect(names()).toEqual(['meta_data.acf_199']);
    one('.search').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    await settled();
    expect(names()).toHaveLength(50);
    const total = one('[data-name=total]');
    total.checked = true;
    total.dispatchEvent(new CustomEvent('change'));
    await settled();
    one('.add').click();
    expect(added).toHaveBeenCalledWith([
        { attribute: 'total', field: 'Total__c', kind: 'attribute' },
        { attribute: 'meta_data.acf_199', field: null, kind: 'attribute' }
    ]);
});
