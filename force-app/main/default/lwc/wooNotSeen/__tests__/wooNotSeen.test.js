import { createElement } from 'lwc';
import WooNotSeen from 'c/wooNotSeen';

const settled = () => new Promise(process.nextTick);
const shown = () => document.body.appendChild(createElement('c-woo-not-seen', { is: WooNotSeen }));
const texts = () =>
    [...document.body.children].map((element) => element.shadowRoot.querySelector('h2')?.textContent ?? '');

describe('c-woo-not-seen', () => {
    afterEach(() => document.body.replaceChildren());

    it('says it once on a page, and goes on saying it when the first one has gone', async () => {
        const [first] = [shown(), shown(), shown()];
        await settled();
        expect(texts()).toEqual(['c.Woo_Not_Seen_Heading', '', '']);
        first.remove();
        await settled();
        expect(texts()).toEqual(['c.Woo_Not_Seen_Heading', '']);
    });

    it('says it again on the next page', async () => {
        shown();
        await settled();
        expect(texts()).toEqual(['c.Woo_Not_Seen_Heading']);
    });
});
