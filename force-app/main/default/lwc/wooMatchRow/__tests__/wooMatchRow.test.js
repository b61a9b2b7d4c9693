import { createElement } from 'lwc';
import WooMatchRow from 'c/wooMatchRow';

const ROW = {
    id: 'Contact main:1',
    key: 'main:1',
    name: 'Ada',
    sign: 'a…@example.com',
    mappingLabel: 'Contacts',
    object: 'Contact',
    keyField: 'Woo_Key__c',
    action: 'adopt',
    records: ['003A'],
    more: 0,
    row: null,
    decided: null,
    error: null
};
const ADA = { id: '003A', name: 'Ada L.', sign: 'ada@example.com', key: null };

async function shown(row, properties = {}) {
    const element = createElement('c-woo-match-row', { is: WooMatchRow });
    Object.assign(element, { row: { ...ROW, ...row }, ...properties });
    const decided = jest.fn();
    element.addEventListener('decide', ({ detail }) => decided(detail));
    document.body.appendChild(element);
    await Promise.resolve();
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    const select = async (value) => {
        one('lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value } }));
        await Promise.resolve();
    };
    const acts = () => all('lightning-menu-item').map(({ value }) => value);
    return { element, one, all, select, acts, decided };
}

afterEach(() => document.body.replaceChildren());

it('shows the record with what the viewer may see of it, and is accepted', async () => {
    const { one, decided, acts } = await shown({}, { names: new Map([['003A', ADA]]) });
    expect(one('.about').textContent).toBe('a…@example.com · main:1');
    expect(one('.record').textContent).toBe('Ada L.ada@example.com');
    expect(one('.record a').getAttribute('href')).toBe('/lightning/r/Contact/003A/view');
    expect(acts()).toEqual(['another', 'create', 'leaveOut']);
    one('.accept').click();
    expect(decided.mock.calls).toEqual([[{ id: ROW.id, act: 'accept', recordId: '003A' }]]);
});

it('of a record that the viewer may not see shows the id, and says so', async () => {
    const { one } = await shown({});
    expect(one('.record').textContent).toBe('003Ac.Woo_Matches_Hidden');
});

it('that matches several offers each of them', async () => {
    const { one, all, decided } = await shown({ action: 'ambiguous', records: ['003A', '003B'], more: 2 });
    expect(one('.accept')).toBeNull();
    expect(one('.more').textContent).toBe('c.Woo_Matches_More');
    all('.candidate')[1].click();
    expect(decided.mock.calls).toEqual([[{ id: ROW.id, act: 'accept', recordId: '003B' }]]);
});

it.each([
    [{ action: 'accepted' }, ['another', 'create', 'leaveOut', 'undo']],
    [{ action: 'create', decided: 'create', row: 'a0M1', records: [] }, ['another', 'leaveOut', 'undo']],
    [{ action: 'leave_out', decided: 'leave_out', row: 'a0M1', records: [] }, ['another', 'create', 'undo']],
    [{ action: 'refused', decided: 'use', row: 'a0M1', why: 'it is gone' }, ['another', 'create', 'leaveOut', 'undo']]
])('of %j offers what can be decided', async (row, expected) => {
    const { acts, one, select, decided } = await shown(row);
    expect(acts()).toEqual(expected);
    expect(one('.accept')).toBeNull();
    expect(one('.why')?.textContent).toBe(row.why);
    await select('undo');
    expect(decided.mock.calls).toEqual([[{ id: ROW.id, act: 'undo' }]]);
});

it('takes another record by a search, which closes with the choice', async () => {
    const { one, select, decided } = await shown({});
    await select('another');
    const pick = one('c-woo-match-pick');
    expect(pick).toMatchObject({ object: 'Contact', keyField: 'Woo_Key__c' });
    pick.dispatchEvent(new CustomEvent('choose', { detail: { id: '003C', key: 'outlet:5' } }));
    await Promise.resolve();
    expect(decided.mock.calls).toEqual([[{ id: ROW.id, act: 'accept', recordId: '003C' }]]);
    expect(one('c-woo-match-pick')).toBeNull();
});

it('marks a record that others would have too, and shows what failed', async () => {
    const error = new Error('A rule says no.');
    const { one } = await shown({ error }, { others: [{ name: 'Bob', key: 'main:2' }] });
    expect(one('.twice').textContent).toBe('c.Woo_Matches_Twice');
    expect(one('c-woo-error-panel').errors).toBe(error);
});
