import { createElement } from 'lwc';
import WooProductImageZone from 'c/wooProductImageZone';

const tile = (key) => ({ key, zone: 'gallery', title: key, actions: [], draggable: 'true' });
const zone = { heading: 'Gallery', count: '2 of 13', empty: 'Nothing', tiles: [tile('A'), tile('B')], accepts: true };
const flush = () => new Promise(process.nextTick);

async function shown(more = {}) {
    const element = createElement('c-woo-product-image-zone', { is: WooProductImageZone });
    Object.assign(element, { name: 'gallery', zone: { ...zone, ...more } });
    const told = [];
    for (const name of ['imagedrag', 'imagedrop']) {
        element.addEventListener(name, ({ detail }) => told.push([name, detail]));
    }
    document.body.appendChild(element);
    await flush();
    return { element, told, find: (selector) => element.shadowRoot.querySelector(selector) };
}

/** A drag event as far as jsdom goes: it has no DragEvent. */
function drag(node, type, clientX) {
    const event = new CustomEvent(type, { bubbles: true, cancelable: true });
    const dataTransfer = { setData: jest.fn() };
    node.dispatchEvent(Object.assign(event, { dataTransfer, clientX }));
    return { dataTransfer, isTaken: event.defaultPrevented };
}

function widthOf(node, left, width) {
    node.getBoundingClientRect = () => ({ left, width });
    return node;
}

describe('c-woo-product-image-zone', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows its heading, count, hint and what it is without images', async () => {
        const { find } = await shown({ tiles: [], hint: 'Full' });
        expect([find('h3'), find('.count'), find('.hint'), find('.empty')].map((node) => node.textContent)).toEqual([
            'Gallery',
            '2 of 13',
            'Full',
            'Nothing'
        ]);
    });

    it('tells which image is dragged, and when that ends', async () => {
        const { told, find } = await shown();
        expect(drag(find('[data-key="A"]'), 'dragstart').dataTransfer.setData).toHaveBeenCalledWith('text/plain', 'A');
        drag(find('[data-key="A"]'), 'dragend');
        expect(told).toEqual([
            ['imagedrag', 'A'],
            ['imagedrag', null]
        ]);
    });

    it('takes a drop before an image, behind it, and at the end', async () => {
        const { told, find } = await shown();
        const [first, last] = [widthOf(find('[data-key="A"]'), 0, 100), widthOf(find('[data-key="B"]'), 100, 100)];
        const dropAt = (node, clientX) => {
            expect(drag(node, 'dragover', clientX).isTaken).toBe(true);
            drag(find('.area'), 'drop');
        };
        dropAt(first, 10);
        dropAt(first, 60);
        dropAt(last, 160);
        dropAt(find('.area'), 500);
        expect(told.map(([, { zone: name, before }]) => [name, before])).toEqual([
            ['gallery', 'A'],
            ['gallery', 'B'],
            ['gallery', undefined],
            ['gallery', undefined]
        ]);
    });

    it('shows where a drop would go, until the pointer leaves', async () => {
        const { find } = await shown();
        drag(widthOf(find('[data-key="B"]'), 0, 100), 'dragover', 10);
        await flush();
        expect([find('.area').className, find('[data-key="B"]').className]).toEqual([
            expect.stringContaining('is-over'),
            'item is-before'
        ]);
        drag(find('.area'), 'dragleave');
        await flush();
        expect(find('.area').className).toContain('is-open');
        expect(find('.is-before')).toBeNull();
    });

    it('takes nothing where the image does not fit', async () => {
        const { told, find } = await shown({ accepts: false });
        expect(drag(find('[data-key="A"]'), 'dragover', 0).isTaken).toBe(false);
        drag(find('.area'), 'drop');
        expect(told).toEqual([]);
        expect(find('.area').className).not.toMatch(/is-/);
    });

    it('gives the focus to an image that it has, and else to its heading', async () => {
        const { element, find } = await shown();
        const tiles = [...element.shadowRoot.querySelectorAll('c-woo-product-image-tile')];
        const focused = jest.spyOn(tiles[1], 'focusOn').mockImplementation();
        expect([element.focusOn('C', 'later'), element.focusOn('B', 'later')]).toEqual([false, true]);
        expect(focused).toHaveBeenCalledWith('later');
        const heading = jest.spyOn(find('h3'), 'focus');
        element.focus();
        expect(heading).toHaveBeenCalledTimes(1);
    });
});
