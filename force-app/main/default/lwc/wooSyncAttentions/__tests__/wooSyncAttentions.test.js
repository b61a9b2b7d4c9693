import { createElement } from 'lwc';
import WooSyncAttentions from 'c/wooSyncAttentions';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const NavigationMixin = (Base) =>
        class extends Base {
            navigate(page) {
                mockNavigate(page);
            }
            async generateUrl({ attributes }) {
                return `/record/${attributes.recordId}`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate: 'navigate', GenerateUrl: 'generateUrl' }) };
});

const attentions = [
    { id: 'a0a1', title: 'Orders is held', store: 'Outlet', since: 1_700_000_000_000, told: 'admin@example.com' },
    { id: 'a0a2', title: 'The service is silent', store: null, since: null, told: null }
];

async function shown() {
    const element = Object.assign(createElement('c-woo-sync-attentions', { is: WooSyncAttentions }), { attentions });
    document.body.appendChild(element);
    await new Promise(process.nextTick);
    return element.shadowRoot;
}

describe('c-woo-sync-attentions', () => {
    afterEach(() => document.body.replaceChildren());

    it('says what is the matter, where, since when, and who was told', async () => {
        const root = await shown();
        const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
        expect(texts('a')).toEqual(['Orders is held', 'The service is silent']);
        expect(texts('.store')).toEqual(['Outlet']);
        expect(texts('.told')).toEqual(['admin@example.com']);
        expect(root.querySelector('lightning-relative-date-time').value).toBe(1_700_000_000_000);
    });

    it('leads to the record that says what to do', async () => {
        const root = await shown();
        const link = root.querySelector('a');
        expect(link.getAttribute('href')).toBe('/record/a0a1');
        link.click();
        const attributes = { recordId: 'a0a1', actionName: 'view' };
        expect(mockNavigate).toHaveBeenCalledWith({ type: 'standard__recordPage', attributes });
    });
});
