import { createElement } from 'lwc';
import WooMappingTable from 'c/wooMappingTable';

const settled = () => Promise.resolve();
const field = { type: 'picklist', values: ['In progress', 'Done'], restricted: true };
const values = [{ value: 'processing' }, { value: 'completed' }, { value: 'cancelled' }];

function table(properties = {}) {
    const element = createElement('c-woo-mapping-table', { is: WooMappingTable });
    Object.assign(element, { field, values, ...properties });
    const changed = jest.fn();
    element.addEventListener('change', ({ detail }) => changed(detail));
    document.body.appendChild(element);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    const one = (selector) => element.shadowRoot.querySelector(selector);
    return { element, all, one, changed };
}

const choose = (value) => new CustomEvent('choose', { detail: { value } });
const change = (value) => new CustomEvent('change', { detail: { value } });

afterEach(() => document.body.replaceChildren());

it('fills a line from both lists', async () => {
    const { one, changed } = table();
    one('.shop').dispatchEvent(choose('processing'));
    expect(changed).toHaveBeenLastCalledWith({ valueTable: 'processing = ' });
    await settled();
    expect(one('.salesforce').kind).toEqual({
        input: 'pick',
        values: [{ value: 'In progress' }, { value: 'Done' }],
        isOpen: false
    });
    one('.salesforce').dispatchEvent(change('In progress'));
    expect(changed).toHaveBeenLastCalledWith({ valueTable: 'processing = In progress' });
});

it('adds the other values of the shop at once, and takes lines away', async () => {
    const { one, all, changed } = table({ value: 'processing = In progress' });
    one('.all').click();
    await settled();
    expect(all('.shop').map(({ value }) => value)).toEqual(['processing', 'completed', 'cancelled']);
    expect(one('.all')).toBeNull();
    all('.remove')[1].click();
    expect(changed).toHaveBeenLastCalledWith({ valueTable: 'processing = In progress\ncancelled = ' });
    one('.rest').dispatchEvent(change('Done'));
    expect(changed).toHaveBeenLastCalledWith({ defaultValue: 'Done' });
});

it('keeps an empty line while its own text comes back, and shows another table', async () => {
    const { element, one, all } = table({ value: 'processing = In progress' });
    one('.add').click();
    element.value = 'processing = In progress';
    await settled();
    expect(all('.shop')).toHaveLength(2);
    element.value = 'a = b';
    await settled();
    expect(all('.shop').map(({ value }) => value)).toEqual(['a']);
});

it('cannot be changed by who may not', () => {
    const { one } = table({ disabled: true });
    expect([one('.add'), one('.all'), one('.remove')]).toEqual([null, null, null]);
    expect(one('.shop').disabled).toBe(true);
});
