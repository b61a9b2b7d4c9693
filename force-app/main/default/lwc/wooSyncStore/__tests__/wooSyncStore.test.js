import { createElement } from 'lwc';
import { storesOf } from 'c/wooSyncRecords';
import WooSyncStore from 'c/wooSyncStore';
import { formatDuration } from '../duration';
import rich from '../../wooSyncHealth/__tests__/data/rich.json';

jest.mock('@salesforce/label/c.Woo_Health_API_Day', () => ({ default: '{0} of {1}, {2}' }), { virtual: true });

const nodes = rich.uiapi.query.Woo_Store_Status__c.edges.map(({ node }) => node);

async function shownStore(store, { mayAct = true, isOpen = true } = {}) {
    const element = Object.assign(createElement('c-woo-sync-store', { is: WooSyncStore }), { store, mayAct });
    document.body.appendChild(element);
    const root = element.shadowRoot;
    if (isOpen && !root.querySelector('dl')) root.querySelector('.toggle')?.click();
    await Promise.resolve();
    return root;
}
const shown = (now, at = 0, options = {}) => shownStore(storesOf(nodes, new Date(now))[at], options);
const textsOf = (root, selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

describe('c-woo-sync-store', () => {
    afterEach(() => document.body.replaceChildren());

    it('says that a store is healthy, with its numbers', async () => {
        const root = await shown('2026-11-26T12:01:00Z');
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Healthy');
        expect(textsOf(root, 'dd')).toEqual(expect.arrayContaining(['c.Woo_Health_No_Lag', '1,240', '14']));
        expect(textsOf(root, 'dd')).toContain('c.Woo_Health_Never');
        expect(root.textContent).toContain('order.updated: disabled');
    });

    it('says how many API calls the store has used of its own, and nothing of those of the org', async () => {
        const calls = { API_Budget__c: 400, API_Budget_Used__c: 120, API_Forecast__c: 240 };
        const given = Object.entries(calls).map(([name, value]) => [name, { value }]);
        const [store] = storesOf([{ ...nodes[0], ...Object.fromEntries(given) }], new Date('2026-11-26T12:01:00Z'));
        expect(textsOf(await shownStore(store), '.day')).toEqual(['120 of 400, 240']);
    });

    it('is a line where it is well, and open where it is not', async () => {
        const well = await shown('2026-11-26T12:01:00Z', 0, { isOpen: false });
        expect(textsOf(well, '.state')[0]).toContain('c.Woo_Health_Healthy');
        expect(well.querySelector('dl')).toBeNull();
        const bad = await shown('2026-11-26T12:01:00Z', 1, { isOpen: false });
        expect(bad.querySelector('dl')).not.toBeNull();
    });

    it('says what is wrong in the words of the sync', async () => {
        const root = await shown('2026-11-26T12:01:00Z', 1);
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Unreachable');
        expect(textsOf(root, '.message')).toEqual(['The shop does not answer.']);
    });

    it('tells who may not act whom to ask, and nothing where all is well', async () => {
        const mayAct = false;
        const bad = await shown('2026-11-26T12:01:00Z', 1, { mayAct });
        expect(textsOf(bad, '.message')).toEqual(['c.Woo_Health_Ask_Admin']);
        const well = await shown('2026-11-26T12:01:00Z', 0, { mayAct });
        expect(textsOf(well, '.message')).toEqual([]);
        for (const root of [bad, well]) expect(root.querySelector('dl, .toggle')).toBeNull();
    });

    it('does not say healthy where a mapping is held, and says when the mappings were read', async () => {
        const held = { State__c: { value: 'attention' }, Message__c: { value: 'Held: Orders (MAPPING_X).' } };
        const [store] = storesOf([{ ...nodes[0], ...held }], new Date('2026-11-26T12:01:00Z'));
        const root = await shownStore(store);
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Attention');
        expect(textsOf(root, '.message')).toEqual(['Held: Orders (MAPPING_X).']);
        expect(root.querySelector('lightning-icon').variant).toBe('warning');
        expect(root.querySelector('.configuration lightning-relative-date-time').value).toBe(
            Date.parse('2026-11-26T11:58:00Z')
        );
    });

    it('says when shop and Salesforce were compared, and what came of it', async () => {
        const root = await shown('2026-11-26T12:01:00Z');
        expect(textsOf(root, '.note')).toEqual(['1,240 records compared. 3 differed and are read again.']);
    });

    it('says since when the sync was not seen, and not what it said before', async () => {
        const root = await shown('2026-11-26T13:00:00Z', 1);
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Down');
        expect(textsOf(root, '.message')).toEqual(['c.Woo_Health_Down_Cure']);
        const [since] = root.querySelectorAll('lightning-relative-date-time');
        expect(since.value).toBe(Date.parse('2026-11-26T12:00:00Z'));
    });
});

describe('formatDuration', () => {
    it.each([
        [0, '0 seconds'],
        [59, '59 seconds'],
        [60, '1 minute'],
        [3599, '59 minutes'],
        [7200, '2 hours'],
        [200_000, '2 days']
    ])('of %d seconds is %s', (seconds, text) => {
        expect(formatDuration(seconds)).toBe(text);
    });
});
