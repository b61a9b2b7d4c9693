import { createElement } from 'lwc';
import { Choices } from 'c/wooMappingFit';
import WooMappingPick from 'c/wooMappingPick';

const settled = () => Promise.resolve();
const fields = new Choices(
    Array.from({ length: 500 }, (_, at) => ({ value: `Field_${at}__c`, label: `Field ${at}`, detail: 'Text' }))
);

async function picked(properties = {}) {
    const element = createElement('c-woo-mapping-pick', { is: WooMappingPick });
    Object.assign(element, { label: 'Field', choices: fields, ...properties });
    const chosen = jest.fn();
    const next = jest.fn();
    element.addEventListener('choose', ({ detail }) => chosen(detail.value));
    element.addEventListener('next', next);
    document.body.appendChild(element);
    const root = element.shadowRoot;
    const input = root.querySelector('input');
    const key = async (name) => {
        input.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
        await settled();
    };
    const type = async (text) => {
        input.value = text;
        input.dispatchEvent(new CustomEvent('input'));
        await settled();
    };
    const options = () => [...root.querySelectorAll('[role=option]')];
    return { element, root, input, key, type, options, chosen, next };
}

afterEach(() => document.body.replaceChildren());

it('shows fifty of five hundred, and says that there are more', async () => {
    const { input, options, root } = await picked();
    input.click();
    await settled();
    expect(options()).toHaveLength(50);
    expect(root.querySelector('.note').textContent).toBe('c.Woo_Editor_More');
    expect(input.getAttribute('aria-expanded')).toBe('true');
});

it('finds by typing and takes the first by Enter', async () => {
    const { type, key, options, chosen, root } = await picked();
    await type('eld 49');
    expect(
        options()
            .map(({ dataset }) => dataset.value)
            .slice(0, 2)
    ).toEqual(['Field_49__c', 'Field_490__c']);
    await key('ArrowDown');
    expect(root.querySelector('[aria-selected=true]').dataset.value).toBe('Field_490__c');
    await key('ArrowUp');
    await key('Enter');
    expect(chosen).toHaveBeenCalledWith('Field_49__c');
    expect(options()).toHaveLength(0);
});

it('chooses by a click, and keeps the focus meanwhile', async () => {
    const { input, options, chosen } = await picked({ value: 'Field_1__c' });
    input.click();
    await settled();
    const hold = new CustomEvent('mousedown', { cancelable: true });
    options()[2].dispatchEvent(hold);
    expect(hold.defaultPrevented).toBe(true);
    options()[2].click();
    expect(chosen).toHaveBeenCalledWith('Field_2__c');
});

it('takes what the list does not have only where it may, also when the field is left', async () => {
    const free = await picked({ allowFree: true });
    await free.type('meta_data.ヘッダー😀');
    expect(free.options()).toHaveLength(1);
    free.input.dispatchEvent(new CustomEvent('blur'));
    expect(free.chosen).toHaveBeenCalledWith('meta_data.ヘッダー😀');
    const strict = await picked({ value: 'Field_1__c' });
    await strict.type('nothing like it');
    expect(strict.root.querySelector('.note').textContent).toBe('c.Woo_Editor_None');
    strict.input.dispatchEvent(new CustomEvent('blur'));
    await settled();
    expect(strict.chosen).not.toHaveBeenCalled();
    expect(strict.input.value).toBe('Field 1');
});

it('empties, leaves by Escape, and goes on by Enter', async () => {
    const { type, key, chosen, next, input } = await picked({ value: 'Field_1__c' });
    await type('x');
    await key('Escape');
    expect(input.value).toBe('Field 1');
    await key('Enter');
    expect(next).toHaveBeenCalledTimes(1);
    expect(chosen).not.toHaveBeenCalled();
    await type('');
    await key('Enter');
    expect(chosen).toHaveBeenCalledWith(null);
});
