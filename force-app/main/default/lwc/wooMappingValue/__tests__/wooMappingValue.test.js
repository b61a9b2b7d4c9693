import { createElement } from 'lwc';
import WooMappingValue from 'c/wooMappingValue';

const settled = () => Promise.resolve();
const statuses = {
    input: 'pick',
    values: [{ value: 'completed', label: 'Completed' }, { value: 'processing' }],
    isOpen: true
};

function typed(properties) {
    const element = Object.assign(createElement('c-woo-mapping-value', { is: WooMappingValue }), { label: 'Value' });
    Object.assign(element, properties);
    const changed = jest.fn();
    element.addEventListener('change', ({ detail }) => changed(detail.value));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    return { element, one, changed };
}

const change = (value) => new CustomEvent('change', { detail: { value }, bubbles: true });
const choose = (value) => new CustomEvent('choose', { detail: { value } });

afterEach(() => document.body.replaceChildren());

it('asks yes or no for a checkbox, a day for a date, else a text', () => {
    const flag = typed({ kind: { input: 'yes_no' }, value: 'true' });
    expect(flag.one('lightning-combobox').options.map(({ value }) => value)).toEqual(['true', 'false']);
    flag.one('lightning-combobox').dispatchEvent(change('false'));
    expect(flag.changed.mock.calls).toEqual([['false']]);
    expect(typed({ kind: { input: 'date' } }).one('lightning-input').type).toBe('date');
    const text = typed({ value: 'a' });
    text.one('lightning-input').dispatchEvent(change(''));
    expect(text.changed.mock.calls).toEqual([[null]]);
});

it('offers the values that there are; of a restricted picklist no others', () => {
    const open = typed({ kind: statuses, value: 'completed' });
    expect(open.one('c-woo-mapping-pick')).toMatchObject({ allowFree: true, value: 'completed' });
    open.one('c-woo-mapping-pick').dispatchEvent(choose('processing'));
    expect(open.changed).toHaveBeenCalledWith('processing');
    expect(typed({ kind: { ...statuses, isOpen: false } }).one('c-woo-mapping-pick').allowFree).toBe(false);
});

it('collects several, each once, and takes them away again', async () => {
    const { element, one, changed } = typed({ kind: statuses, value: 'completed', several: true });
    one('c-woo-mapping-pick').dispatchEvent(choose('processing; completed'));
    expect(changed).toHaveBeenLastCalledWith('completed;processing');
    element.value = 'completed;processing';
    await settled();
    expect(element.shadowRoot.querySelectorAll('li')).toHaveLength(2);
    one('[data-value=completed]').click();
    expect(changed).toHaveBeenLastCalledWith('processing');
});
