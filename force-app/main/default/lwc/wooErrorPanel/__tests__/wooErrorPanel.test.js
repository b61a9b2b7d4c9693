import { createElement } from 'lwc';
import WooErrorPanel from 'c/wooErrorPanel';

function shown(properties) {
    const panel = Object.assign(createElement('c-woo-error-panel', { is: WooErrorPanel }), properties);
    document.body.appendChild(panel);
    return panel;
}
const sentencesOf = (panel) => [...panel.shadowRoot.querySelectorAll('.sentence')].map((node) => node.textContent);

describe('c-woo-error-panel', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows nothing while nothing failed', () => {
        expect(shown({}).shadowRoot.textContent).toBe('');
    });

    it('shows each sentence once, and tells when somebody tries again', () => {
        const panel = shown({ errors: [{ message: 'Slow' }, { message: 'Slow' }, { message: 'Broken' }] });
        expect(sentencesOf(panel)).toEqual(['Slow', 'Broken']);
        const retry = jest.fn();
        panel.addEventListener('retry', retry);
        panel.shadowRoot.querySelector('lightning-button').click();
        expect(retry).toHaveBeenCalledTimes(1);
    });

    it('offers no second try where there is none', () => {
        const panel = shown({ errors: 'Gone', noRetry: true, heading: 'No image' });
        expect(panel.shadowRoot.querySelector('lightning-button')).toBeNull();
        expect(panel.shadowRoot.querySelector('[role="alert"]').textContent).toContain('No image');
    });
});
