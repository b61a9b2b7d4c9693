import { createElement } from 'lwc';
import WooProductImageTile from 'c/wooProductImageTile';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const GenerateUrl = Symbol('GenerateUrl');
    const NavigationMixin = (Base) =>
        class extends Base {
            [Navigate](page) {
                mockNavigate(page);
            }
            async [GenerateUrl]({ attributes }) {
                return `/${attributes.recordId}`;
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }) };
});

const KEY = '069Hp0000000001IAA';
const action = (kind, disabled = false) => ({
    kind,
    label: kind,
    icon: 'utility:add',
    disabled,
    isQuick: kind !== 'remove'
});
const tile = {
    key: KEY,
    zone: 'gallery',
    title: 'Blue mug',
    isFile: true,
    thumbnail: '/thumb',
    icon: 'doctype:image',
    actions: [action('earlier', true), action('later'), action('remove')]
};
const flush = () => new Promise(process.nextTick);

async function shown(more = {}) {
    const element = createElement('c-woo-product-image-tile', { is: WooProductImageTile });
    element.tile = { ...tile, ...more };
    const acted = jest.fn();
    element.addEventListener('imageaction', ({ detail }) => acted(detail));
    document.body.appendChild(element);
    await flush();
    return { element, acted, find: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-product-image-tile', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what was chosen in the menu or by a button', async () => {
        const { acted, find } = await shown();
        find('lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value: 'remove' } }));
        find('[data-kind="later"]').click();
        expect(acted.mock.calls).toEqual([
            [{ kind: 'remove', key: KEY, zone: 'gallery' }],
            [{ kind: 'later', key: KEY, zone: 'gallery' }]
        ]);
        expect(find('[data-kind="remove"]')).toBeNull();
    });

    it('moves by Alt and an arrow, as far as it can, and leaves other keys alone', async () => {
        const { acted, find } = await shown();
        const press = (key, altKey) => {
            const event = new KeyboardEvent('keydown', { key, altKey, bubbles: true, cancelable: true });
            find('.title').dispatchEvent(event);
            return event.defaultPrevented;
        };
        expect([press('ArrowRight', true), press('ArrowLeft', true)]).toEqual([true, true]);
        expect([press('ArrowRight', false), press('Enter', true)]).toEqual([false, false]);
        expect(acted.mock.calls).toEqual([[{ kind: 'later', key: KEY, zone: 'gallery' }]]);
    });

    it('offers nothing where nothing may be done', async () => {
        const { acted, find } = await shown({ actions: [] });
        expect(find('lightning-button-menu')).toBeNull();
        find('.title').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true }));
        expect(acted).not.toHaveBeenCalled();
    });

    it('shows an icon when the image cannot be loaded, and tries a new version', async () => {
        const { element, find } = await shown();
        find('img').dispatchEvent(new CustomEvent('error'));
        await flush();
        expect(find('img')).toBeNull();
        expect(find('lightning-icon').iconName).toBe('doctype:image');
        element.tile = { ...tile, thumbnail: '/thumb2' };
        await flush();
        expect(find('img').getAttribute('src')).toBe('/thumb2');
    });

    it('shows the file itself where its thumbnail is not there yet', async () => {
        const { find } = await shown({ original: '/original' });
        find('img').dispatchEvent(new CustomEvent('error'));
        await flush();
        expect(find('img').getAttribute('src')).toBe('/original');
        find('img').dispatchEvent(new CustomEvent('error'));
        await flush();
        expect(find('img')).toBeNull();
    });

    it('opens the file, and lets the browser open it elsewhere', async () => {
        const { find } = await shown();
        find('a').dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
        expect(find('a').getAttribute('href')).toBe(`/${KEY}`);
        expect(mockNavigate).not.toHaveBeenCalled();
        find('a').dispatchEvent(new MouseEvent('click', { cancelable: true }));
        expect(mockNavigate).toHaveBeenCalledWith({
            type: 'standard__recordPage',
            attributes: { recordId: KEY, objectApiName: 'ContentDocument', actionName: 'view' }
        });
    });

    it('says what is wrong with what is no image', async () => {
        const { find } = await shown({ isFile: false, thumbnail: undefined, badge: 'Missing', reason: 'It is gone.' });
        expect(find('a')).toBeNull();
        expect([find('lightning-badge').label, find('.reason').textContent]).toEqual(['Missing', 'It is gone.']);
    });

    it('gives the focus to the button that was used, or to the menu', async () => {
        const { element, find } = await shown();
        const focused = [];
        for (const selector of ['[data-kind="later"]', '[data-kind="earlier"]', 'lightning-button-menu']) {
            find(selector).focus = () => focused.push(selector);
        }
        for (const kind of ['later', 'earlier', 'remove', 'feature']) element.focusOn(kind);
        const menu = 'lightning-button-menu';
        expect(focused).toEqual(['[data-kind="later"]', menu, menu, menu]);
    });
});
