import { createElement } from 'lwc';
import { TEMPLATES } from 'c/wooMappingDraft';
import WooMappingTemplates from 'c/wooMappingTemplates';

function shown() {
    const element = createElement('c-woo-mapping-templates', { is: WooMappingTemplates });
    element.objects = [{ name: 'Woo_Order__c', label: 'Woo Order' }];
    document.body.appendChild(element);
    return { element, all: (selector) => [...element.shadowRoot.querySelectorAll(selector)] };
}

afterEach(() => document.body.replaceChildren());

describe('templates', () => {
    it('are all there, with the names of objects that the org has', () => {
        const { all } = shown();
        const buttons = all('.template');
        expect(buttons.map(({ dataset }) => dataset.key).sort()).toEqual(TEMPLATES.map(({ key }) => key).sort());
        expect(buttons[0].label).toBe('c.Woo_Word_Resource_Order → Woo Order');
        expect(all('.recipe').length).toBeGreaterThan(2);
        const content = buttons.find(({ dataset }) => dataset.key === 'Content');
        expect(content.label).toBe('c.Woo_Word_Resource_Content (post) → Woo_Content__c');
    });

    it('tell which is chosen, and take the keyboard', () => {
        const { element, all } = shown();
        const chosen = jest.fn();
        element.addEventListener('choose', ({ detail }) => chosen(detail.template));
        element.focus();
        expect(element.shadowRoot.activeElement).toBe(all('section')[0]);
        all('.template')
            .find(({ dataset }) => dataset.key === 'Refund')
            .click();
        expect(chosen).toHaveBeenCalledWith('Refund');
        const closed = jest.fn();
        element.addEventListener('close', closed);
        all('.close')[0].click();
        expect(closed).toHaveBeenCalledTimes(1);
    });
});
