import { createElement } from 'lwc';
import WooMappingCard from 'c/wooMappingCard';

const mapping = {
    name: 'Order',
    label: 'Orders',
    about: 'Order → Woo Order',
    direction: 'Woo to Salesforce',
    isActive: true,
    state: { text: 'On', badge: 'slds-theme_success' },
    held: null,
    lastWritten: null,
    numbers: [{ name: 'Fields', value: '39' }]
};

function shown(properties) {
    const element = createElement('c-woo-mapping-card', { is: WooMappingCard });
    Object.assign(element, { mapping, ...properties });
    document.body.appendChild(element);
    const acts = [];
    element.addEventListener('act', ({ detail }) => acts.push(detail));
    return {
        acts,
        one: (selector) => element.shadowRoot.querySelector(selector),
        values: [...element.shadowRoot.querySelectorAll('lightning-menu-item')].map(({ value }) => value)
    };
}

afterEach(() => document.body.replaceChildren());

describe('a mapping', () => {
    it('says how it is, and what can be done with it', () => {
        const { one, values, acts } = shown();
        expect(one('.state').textContent).toBe('On');
        expect(one('.held')).toBeNull();
        expect(one('.written')).toBeNull();
        expect(values).toEqual(['copy', 'off', 'download', 'undo', 'delete']);
        one('.open').click();
        one('lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value: 'off' } }));
        expect(acts).toEqual([
            { act: 'edit', name: 'Order' },
            { act: 'off', name: 'Order' }
        ]);
    });

    it('that is held says why and what to do', () => {
        const held = { reason: 'The mapping Orders is held.\nOrder_X: no field X__c', cure: 'Make the field.' };
        const { one } = shown({ mapping: { ...mapping, held, isActive: false, lastWritten: 1_800_000_000_000 } });
        expect([...one('.held').querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual([
            'The mapping Orders is held.',
            'Order_X: no field X__c',
            'Make the field.'
        ]);
        expect(one('.written lightning-relative-date-time').value).toBe(1_800_000_000_000);
    });

    it('is only looked at by who may not change it', () => {
        const { one, values } = shown({ readOnly: true });
        expect(one('.open').label).toBe('c.Woo_Mappings_View');
        expect(values).toEqual(['download']);
    });
});
