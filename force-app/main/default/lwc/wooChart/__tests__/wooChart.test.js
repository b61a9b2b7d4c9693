import { createElement } from 'lwc';
import WooChart from 'c/wooChart';

const row = (key, value) => ({ key, name: `Day ${key}`, value, text: `€${value}` });

function shown(properties) {
    const texts = { heading: 'Sales', empty: 'Nothing', nameLabel: 'Day', valueLabel: 'Amount' };
    const element = Object.assign(createElement('c-woo-chart', { is: WooChart }), { ...texts, ...properties });
    document.body.appendChild(element);
    return (selector) => [...element.shadowRoot.querySelectorAll(selector)];
}
const heights = (all) => all('rect').map((bar) => Number(bar.getAttribute('height')));

describe('c-woo-chart', () => {
    afterEach(() => document.body.replaceChildren());

    it('says so where there is nothing', () => {
        const all = shown({ rows: [] });
        expect(all('.empty')[0].textContent).toBe('Nothing');
        expect(all('svg, table')).toEqual([]);
    });

    it('has a bar and a line of the table for each row, and says all of it to who hears it', () => {
        const all = shown({ isUpright: true, rows: [row('1', 10), row('2', 5), row('3', 0)] });
        expect(heights(all)).toEqual([160, 80, 0]);
        expect(all('.value').map(({ textContent }) => textContent)).toEqual(['€10', '€5', '€0']);
        expect(all('[role="img"]')[0].getAttribute('aria-label')).toBe('Sales: Day 1 €10; Day 2 €5; Day 3 €0');
        expect(all('.numbers')[0].getAttribute('tabindex')).toBe('0');
    });

    it('shows one day, and days on which more was given back than sold', () => {
        expect(heights(shown({ isUpright: true, rows: [row('1', 7)] }))).toEqual([160]);
        document.body.replaceChildren();
        expect(heights(shown({ isUpright: true, rows: [row('1', -7), row('2', 0)] }))).toEqual([0, 0]);
    });

    it('has no bar that is wider than one of a week, in the middle where it is alone', () => {
        const bar = shown({ isUpright: true, rows: [row('1', 7)] });
        const [x, width] = ['x', 'width'].map((name) => Number(bar('rect')[0].getAttribute(name)));
        expect(width).toBeCloseTo((600 / 7) * 0.8);
        expect(x + width / 2).toBeCloseTo(300);
        expect(bar('.ends span').map(({ textContent }) => textContent)).toEqual(['Day 1']);
        expect(bar('.ends')[0].className).toContain('slds-grid_align-center');
    });

    it('lays bars below each other in shares of the longest', () => {
        const all = shown({ rows: [row('1', 4), row('2', 1)] });
        expect(all('rect').map((bar) => bar.getAttribute('width'))).toEqual(['100%', '25%']);
    });
});
