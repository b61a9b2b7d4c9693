import { createElement } from 'lwc';
import WooSyncPages from 'c/wooSyncPages';

const navigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const NavigationMixin = (Base) =>
        class extends Base {
            navigate(page) {
                this.dispatchEvent(new CustomEvent('navigated', { detail: page }));
            }
            async generateUrl({ attributes }) {
                return `/lightning/${attributes.apiName ?? attributes.objectApiName}`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate: 'navigate', GenerateUrl: 'generateUrl' }) };
});

const settled = () => new Promise(process.nextTick);

async function shown() {
    const element = createElement('c-woo-sync-pages', { is: WooSyncPages });
    element.addEventListener('navigated', ({ detail }) => navigate(detail));
    document.body.appendChild(element);
    await settled();
    await settled();
    return [...element.shadowRoot.querySelectorAll('a')];
}

describe('c-woo-sync-pages', () => {
    afterEach(() => document.body.replaceChildren());

    it('links to each page, with an address that another tab of the browser can open', async () => {
        const links = await shown();
        expect(links.map(({ textContent }) => textContent)).toContain('c.Woo_Pages_Mappings');
        expect(links).toHaveLength(9);
        for (const { href } of links) expect(href).toMatch(/\/lightning\/Woo_\w+$/);
    });

    it.each([
        ['mappings', 'standard__navItemPage', { apiName: 'Woo_Mappings' }],
        ['issues', 'standard__objectPage', { objectApiName: 'Woo_Sync_Issue__c', actionName: 'list' }]
    ])('goes to the %s within the app', async (key, type, attributes) => {
        const links = await shown();
        const link = links.find(({ dataset }) => dataset.key === key);
        const event = new CustomEvent('click', { cancelable: true });
        link.dispatchEvent(event);
        expect(event.defaultPrevented).toBe(true);
        expect(navigate).toHaveBeenLastCalledWith({ type, attributes });
    });

    it('leaves a click with Ctrl to the browser', async () => {
        const [link] = await shown();
        const event = new CustomEvent('click', { cancelable: true });
        event.ctrlKey = true;
        link.dispatchEvent(event);
        expect(event.defaultPrevented).toBe(false);
    });
});
