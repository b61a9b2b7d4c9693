import { createElement } from 'lwc';
import WooMappingOff from 'c/wooMappingOff';
import { download } from 'c/wooZip';

jest.mock('c/wooZip', () => ({ download: jest.fn() }));

const row = (name, more) => ({ name, label: name, active: false, ...more });
const draft = (name, off, isRemoved = false) => ({ mapping: { name, label: `${name}s` }, off, isRemoved });
const order = draft('Order', {
    fields: [row('Order_Note', { attribute: 'customer_note', field: 'Note__c' })],
    conditions: [row('Order_2', { attribute: 'total', operator: 'greater_than', value: '5' })]
});
const refund = draft('Refund', { fields: [row('Refund_Reason', { field: 'Reason__c' })], conditions: [] }, true);
const whole = draft('Product', { fields: [], conditions: [] });

function shown(properties) {
    const element = createElement('c-woo-mapping-off', { is: WooMappingOff });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return {
        element,
        one: (selector) => element.shadowRoot.querySelector(selector),
        all: (selector) => [...element.shadowRoot.querySelectorAll(selector)]
    };
}

afterEach(() => document.body.replaceChildren());

describe('what is off', () => {
    it('is said by mapping, with the files that remove it', () => {
        const { all, one } = shown({ drafts: [order, refund, whole] });
        expect(all('.group h4').map(({ textContent }) => textContent)).toEqual([
            'Orders',
            'c.Woo_Mappings_Off_Mapping'
        ]);
        expect(all('.row').map(({ textContent }) => textContent)).toEqual([
            'Order_Note: customer_note → Note__c',
            'Order_2: total greater_than 5'
        ]);
        const members = [...one('.xml').textContent.matchAll(/<members>(.*)<\/members>/g)].map(([, name]) => name);
        expect(members).toEqual([
            'Woo_Condition.Order_2',
            'Woo_Field_Mapping.Order_Note',
            'Woo_Field_Mapping.Refund_Reason',
            'Woo_Mapping.Refund'
        ]);
        expect(one('.line').textContent).toContain('destructiveChanges.xml');
        one('.files').click();
        expect(download.mock.calls.map(([name]) => name)).toEqual(['destructiveChanges.xml', 'package.xml']);
    });

    it('brings a removed mapping back, for who may', () => {
        const { element, all } = shown({ drafts: [order, refund] });
        const acts = jest.fn();
        element.addEventListener('act', ({ detail }) => acts(detail));
        expect(all('.back')).toHaveLength(1);
        all('.back')[0].click();
        expect(acts).toHaveBeenCalledWith({ act: 'back', name: 'Refund' });
        expect(shown({ drafts: [refund], readOnly: true }).all('.back')).toEqual([]);
    });

    it('is nothing while all is on', () => {
        expect(shown({ drafts: [whole] }).one('section')).toBeNull();
    });
});
