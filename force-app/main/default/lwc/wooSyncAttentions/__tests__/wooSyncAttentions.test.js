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

const mockWords = { explanationOf: jest.fn(), isTranslated: false };
jest.mock('c/wooIssueWords', () => ({
    __esModule: true,
    explanationOf: (code) => mockWords.explanationOf(code),
    get isTranslated() {
        return mockWords.isTranslated;
    }
}));

const attentions = [
    { id: 'a0a1', title: 'Orders is held', store: 'Outlet', since: 1_700_000_000_000, told: 'admin@example.com' },
    { id: 'a0a2', title: 'The service is silent', store: null, since: null, told: null }
];

async function shown(given = attentions) {
    const element = Object.assign(createElement('c-woo-sync-attentions', { is: WooSyncAttentions }), {
        attentions: given
    });
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

    it('says the cause in the language of the user, with what the service has written beside it', async () => {
        mockWords.isTranslated = true;
        mockWords.explanationOf.mockImplementation((code) => (code ? { meaning: `意味 ${code}` } : undefined));
        const [first, second] = attentions;
        const root = await shown([
            { ...first, cause: 'マッピング保留', code: 'MAPPING_NO_FIELDS' },
            { ...second, cause: 'サービスの応答なし', code: null },
            { ...second, id: 'a0a3', cause: null }
        ]);
        const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
        expect(texts('a')).toEqual(['マッピング保留', 'サービスの応答なし', 'The service is silent']);
        expect(texts('.meaning')).toEqual(['意味 MAPPING_NO_FIELDS']);
        expect(texts('.said')).toEqual(['Orders is held', 'The service is silent']);
        mockWords.isTranslated = false;
    });
});
