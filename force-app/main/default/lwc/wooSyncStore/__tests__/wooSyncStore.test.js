import { createElement } from 'lwc';
import { storesOf } from 'c/wooSyncRecords';
import WooSyncStore from 'c/wooSyncStore';
import { formatDuration } from '../duration';
import rich from '../../wooSyncHealth/__tests__/data/rich.json';

jest.mock('@salesforce/label/c.Woo_Health_API_Day', () => ({ default: '{0} of {1}, {2}' }), { virtual: true });
jest.mock('@salesforce/label/c.Woo_Health_API_Used', () => ({ default: '{0} of {1}, {2} %' }), { virtual: true });

const nodes = rich.uiapi.query.Woo_Store_Status__c.edges.map(({ node }) => node);

function shown(now, at = 0, mayAct = true) {
    const store = storesOf(nodes, new Date(now))[at];
    const element = Object.assign(createElement('c-woo-sync-store', { is: WooSyncStore }), { store, mayAct });
    document.body.appendChild(element);
    return element.shadowRoot;
}
const textsOf = (root, selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

describe('c-woo-sync-store', () => {
    afterEach(() => document.body.replaceChildren());

    it('says that a store is healthy, with its numbers', () => {
        const root = shown('2026-11-26T12:01:00Z');
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Healthy');
        expect(textsOf(root, 'dd')).toEqual(expect.arrayContaining(['c.Woo_Health_No_Lag', '1,240', '14']));
        expect(textsOf(root, 'dd')).toContain('c.Woo_Health_Never');
        expect(root.querySelector('lightning-progress-bar').value).toBe(12);
        expect(root.textContent).toContain('order.updated: disabled');
    });

    it('says how many API calls are used, of the day and of the org', () => {
        const calls = { API_Budget__c: 400, API_Budget_Used__c: 120, API_Forecast__c: 240 };
        const given = Object.entries(calls).map(([name, value]) => [name, { value }]);
        const [store] = storesOf([{ ...nodes[0], ...Object.fromEntries(given) }], new Date('2026-11-26T12:01:00Z'));
        const element = Object.assign(createElement('c-woo-sync-store', { is: WooSyncStore }), { store, mayAct: true });
        document.body.appendChild(element);
        expect(textsOf(element.shadowRoot, '.day')).toEqual(['120 of 400, 240']);
        const { API_Calls_Used__c: used, API_Calls_Limit__c: limit } = nodes[0];
        expect(element.shadowRoot.textContent).toContain(
            `${used.value.toLocaleString('en-US')} of ${limit.value.toLocaleString('en-US')}, 12 %`
        );
    });

    it('says what is wrong in the words of the sync', () => {
        const root = shown('2026-11-26T12:01:00Z', 1);
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Unreachable');
        expect(textsOf(root, '.message')).toEqual(['The shop does not answer.']);
    });

    it('tells who may not act whom to ask, and nothing where all is well', () => {
        expect(textsOf(shown('2026-11-26T12:01:00Z', 1, false), '.message')).toEqual(['c.Woo_Health_Ask_Admin']);
        expect(textsOf(shown('2026-11-26T12:01:00Z', 0, false), '.message')).toEqual([]);
    });

    it('does not say healthy where a mapping is held, and says by which configuration it goes', () => {
        const held = { State__c: { value: 'attention' }, Message__c: { value: 'Held: Orders (MAPPING_X).' } };
        const [store] = storesOf([{ ...nodes[0], ...held }], new Date('2026-11-26T12:01:00Z'));
        const element = Object.assign(createElement('c-woo-sync-store', { is: WooSyncStore }), { store, mayAct: true });
        document.body.appendChild(element);
        const root = element.shadowRoot;
        expect(textsOf(root, '.state')[0]).toContain('c.Woo_Health_Attention');
        expect(textsOf(root, '.message')).toEqual(['Held: Orders (MAPPING_X).']);
        expect(root.querySelector('lightning-icon').variant).toBe('warning');
        expect(root.querySelector('.configuration lightning-relative-date-time').value).toBe(
            Date.parse('2026-11-26T11:58:00Z')
        );
    });

    it('says when shop and Salesforce were compared, and what came of it', () => {
        const root = shown('2026-11-26T12:01:00Z');
        expect(textsOf(root, '.note')).toEqual(['1,240 records compared. 3 differed and are read again.']);
    });

    it('says since when the sync was not seen, and not what it said before', () => {
        const root = shown('2026-11-26T13:00:00Z', 1);
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
