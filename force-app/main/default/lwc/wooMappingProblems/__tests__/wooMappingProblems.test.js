import { createElement } from 'lwc';
import WooMappingProblems from 'c/wooMappingProblems';

afterEach(() => document.body.replaceChildren());

it('tells what holds the mapping from what is only warned of, each with what to do', () => {
    const element = createElement('c-woo-mapping-problems', { is: WooMappingProblems });
    element.problems = [
        { message: 'It is wrong.', cure: 'Correct it.', fatal: true },
        { message: 'It is lossy.', cure: '', fatal: false }
    ];
    document.body.appendChild(element);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    expect(all('lightning-icon').map(({ variant, alternativeText }) => [variant, alternativeText])).toEqual([
        ['error', 'c.Woo_Editor_Error'],
        ['warning', 'c.Woo_Editor_Warning']
    ]);
    expect(all('.sentence').map(({ textContent }) => textContent.trim())).toEqual([
        'It is wrong. Correct it.',
        'It is lossy.'
    ]);
});

it('says what the editor itself can do where nothing is mapped, not what Setup can', () => {
    const element = createElement('c-woo-mapping-problems', { is: WooMappingProblems });
    const cure = 'Add field mappings to it (Setup › Custom Metadata Types › Woo Field Mapping).';
    element.problems = [{ code: 'MAPPING_NO_FIELDS', message: 'It has none.', cure, fatal: true }];
    document.body.appendChild(element);
    const [sentence] = element.shadowRoot.querySelectorAll('.sentence');
    expect(sentence.textContent.trim()).toBe('It has none. c.Woo_Editor_No_Fields_Cure');
});
