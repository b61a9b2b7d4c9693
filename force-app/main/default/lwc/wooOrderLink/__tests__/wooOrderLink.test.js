import { createElement } from 'lwc';
import WooOrderLink from 'c/wooOrderLink';

const navigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const NavigationMixin = (Base) =>
        class extends Base {
            navigate(page) {
                this.dispatchEvent(new CustomEvent('navigated', { detail: page.attributes.recordId }));
            }
            async generateUrl(page) {
                return `/lightning/r/${page.attributes.recordId}/view`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate: 'navigate', GenerateUrl: 'generateUrl' }) };
});

async function shown(properties) {
    const link = Object.assign(createElement('c-woo-order-link', { is: WooOrderLink }), properties);
    link.addEventListener('navigated', ({ detail }) => navigate(detail));
    document.body.appendChild(link);
    await Promise.resolve();
    await Promise.resolve();
    return link;
}

const anchorOf = (link) => link.shadowRoot.querySelector('a');

function click(link, options) {
    const event = new MouseEvent('click', { cancelable: true, bubbles: true, ...options });
    anchorOf(link).dispatchEvent(event);
    return event;
}

describe('c-woo-order-link', () => {
    beforeEach(() => navigate.mockClear());
    afterEach(() => document.body.replaceChildren());

    it('has the real address of the record', async () => {
        const link = await shown({ recordId: '003000000000001AAA', label: 'مريم الحداد' });
        expect(anchorOf(link).getAttribute('href')).toBe('/lightning/r/003000000000001AAA/view');
        expect(anchorOf(link).textContent).toBe('مريم الحداد');
        expect(anchorOf(link).getAttribute('dir')).toBe('auto');
    });

    it('follows the record that it is given', async () => {
        const link = await shown({ recordId: '003000000000001AAA', label: 'A' });
        link.recordId = '003000000000002AAA';
        await Promise.resolve();
        await Promise.resolve();
        expect(anchorOf(link).getAttribute('href')).toBe('/lightning/r/003000000000002AAA/view');
    });

    it('goes to the record on a click', async () => {
        const link = await shown({ recordId: '003000000000001AAA', label: 'A' });
        expect(click(link).defaultPrevented).toBe(true);
        expect(navigate).toHaveBeenCalledWith('003000000000001AAA');
    });

    it.each(['ctrlKey', 'metaKey', 'shiftKey'])('leaves a click with %s to the browser', async (key) => {
        const link = await shown({ recordId: '003000000000001AAA', label: 'A' });
        expect(click(link, { [key]: true }).defaultPrevented).toBe(false);
        expect(navigate).not.toHaveBeenCalled();
    });
});
