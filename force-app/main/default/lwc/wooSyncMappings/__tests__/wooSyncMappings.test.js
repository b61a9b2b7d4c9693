import { createElement } from 'lwc';
import { mappingsOf } from 'c/wooSyncRecords';
import WooSyncMappings from 'c/wooSyncMappings';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const NavigationMixin = (Base) =>
        class extends Base {
            navigate(page) {
                mockNavigate(page);
            }
            async generateUrl({ state }) {
                return `/mappings?c__mapping=${state.c__mapping}`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate: 'navigate', GenerateUrl: 'generateUrl' }) };
});

const TEXT =
    'Refund held - Refunds\nOrder late 2026-11-28T10:15:00.000Z Orders of a shop\nItem active - Items\nno line';

async function shown() {
    const element = createElement('c-woo-sync-mappings', { is: WooSyncMappings });
    element.mappings = mappingsOf(TEXT);
    document.body.appendChild(element);
    await new Promise(process.nextTick);
    return element.shadowRoot;
}

describe('c-woo-sync-mappings', () => {
    afterEach(() => document.body.replaceChildren());

    it('says of each mapping how it is doing, and when it last wrote', async () => {
        const root = await shown();
        const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent.trim());
        expect(texts('a')).toEqual(['Refunds', 'Orders of a shop', 'Items']);
        expect(texts('.state')).toEqual(['Held', 'Late', 'Active'].map((state) => `c.Woo_Health_Mapping_${state}`));
        expect(texts('.written')).toEqual([
            'c.Woo_Health_Mapping_Never',
            'c.Woo_Health_Mapping_Written',
            'c.Woo_Health_Mapping_Never'
        ]);
        expect(root.querySelector('lightning-relative-date-time').value).toBe(Date.parse('2026-11-28T10:15:00Z'));
    });

    it('leads to the editor of a mapping', async () => {
        const root = await shown();
        const link = root.querySelector('a');
        expect(link.getAttribute('href')).toBe('/mappings?c__mapping=Refund');
        link.click();
        const attributes = { apiName: 'Woo_Mappings' };
        const page = { type: 'standard__navItemPage', attributes, state: { c__mapping: 'Refund' } };
        expect(mockNavigate).toHaveBeenCalledWith(page);
    });
});
