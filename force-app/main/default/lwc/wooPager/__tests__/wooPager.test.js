import { createElement } from 'lwc';
import WooPager from 'c/wooPager';

jest.mock('@salesforce/label/c.Woo_Pager_Range', () => ({ default: '{0}-{1} of {2}' }), { virtual: true });

function shown(properties) {
    const pager = Object.assign(createElement('c-woo-pager', { is: WooPager }), { pageSize: 10, ...properties });
    document.body.appendChild(pager);
    return pager;
}
const buttons = (pager) => [...pager.shadowRoot.querySelectorAll('lightning-button')];
const off = (pager) => buttons(pager).map(({ disabled }) => disabled);
const textOf = (pager, selector) => pager.shadowRoot.querySelector(selector)?.textContent;

describe('c-woo-pager', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows where the rows stand in the list', () => {
        expect(textOf(shown({ before: 20, shown: 7, total: 1027, hasMore: false }), '.range')).toBe('21-27 of 1,027');
    });

    it('has buttons only where there are several pages, each on where it leads somewhere', () => {
        expect(buttons(shown({ shown: 3, total: 3 }))).toEqual([]);
        expect(off(shown({ shown: 10, total: 25, hasMore: true }))).toEqual([true, false]);
        expect(off(shown({ before: 10, shown: 10, total: 25, hasMore: true }))).toEqual([false, false]);
        expect(off(shown({ before: 20, shown: 5, total: 25 }))).toEqual([false, true]);
    });

    it('tells which way to go', () => {
        const pager = shown({ before: 10, shown: 10, total: 25, hasMore: true });
        const told = [];
        for (const name of ['previous', 'next']) pager.addEventListener(name, () => told.push(name));
        buttons(pager).forEach((button) => button.click());
        expect(told).toEqual(['previous', 'next']);
    });

    it('ends where Salesforce stops to page, and says so', () => {
        const last = shown({ before: 3990, shown: 10, total: 5000, hasMore: true });
        expect(off(last)).toEqual([false, true]);
        expect(textOf(last, '.reach')).toBe('c.Woo_Pager_End');
        const nearly = shown({ before: 3980, shown: 10, total: 5000, hasMore: true });
        expect(off(nearly)).toEqual([false, false]);
        expect(textOf(nearly, '.reach')).toBeUndefined();
        expect(off(shown({ before: 3960, shown: 30, total: 5000, pageSize: 30, hasMore: true }))).toEqual([
            false,
            true
        ]);
    });

    it('hands the focus to the other button when the pressed one is switched off', async () => {
        const pager = shown({ before: 10, shown: 10, total: 25, hasMore: true });
        const focused = jest.fn();
        const [previous, next] = buttons(pager);
        previous.focus = focused;
        next.click();
        Object.assign(pager, { before: 20, shown: 5, hasMore: false });
        await Promise.resolve();
        expect(focused).toHaveBeenCalledTimes(1);
    });
});
