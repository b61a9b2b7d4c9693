import { createElement } from 'lwc';
import WooMappingProblems from 'c/wooMappingProblems';

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
