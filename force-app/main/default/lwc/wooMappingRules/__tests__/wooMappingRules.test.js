import { createElement } from 'lwc';
import WooMappingRules from 'c/wooMappingRules';

const mapping = { direction: 'to_salesforce', sweepMinutes: 15, deleteRule: null, conflictRule: null };

async function minutes() {
    const element = createElement('c-woo-mapping-rules', { is: WooMappingRules });
    element.mapping = mapping;
    const edits = [];
    element.addEventListener('edit', ({ detail }) => edits.push(detail));
    const typed = [];
    element.addEventListener('typed', ({ detail }) => typed.push(detail));
    document.body.appendChild(element);
    element.shadowRoot.querySelector('.toggle')?.click();
    await Promise.resolve();
    const input = element.shadowRoot.querySelector('lightning-input.minutes');
    input.reportValidity = jest.fn();
    const type = (value, validity) => {
        Object.assign(input, { validity });
        input.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    };
    return { edits, typed, input, type };
}

describe('minutes between sweeps', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['30', 30],
        ['0.5', 0.5],
        ['', null]
    ])('that are typed as "%s" are %s', async (text, sweepMinutes) => {
        const { edits, input, type } = await minutes();
        type(text, { badInput: false });
        expect(edits).toEqual([{ act: 'mapping', changes: { sweepMinutes } }]);
        expect(input.reportValidity).not.toHaveBeenCalled();
    });

    it('that are no number are refused at the field, and are not the usual interval', async () => {
        const { edits, typed, input, type } = await minutes();
        type('', { badInput: true });
        expect(edits).toEqual([]);
        expect(input.reportValidity).toHaveBeenCalledTimes(1);
        type('20', { badInput: false });
        expect(typed).toEqual([{ isUnreadable: true }, { isUnreadable: false }]);
    });
});
