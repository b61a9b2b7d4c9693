import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import * as records from 'c/wooSyncRecords';

const {
    cancelCommand,
    canDecide,
    commandOf,
    decideOn,
    giveCommand,
    isActive,
    isDecided,
    issueOf,
    spentUntil,
    storesOf
} = records;

const now = new Date('2026-11-26T12:05:00Z');
const node = (values) => ({
    Id: values.Id ?? 'a04',
    ...Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value }]))
});

describe('stores', () => {
    const seen = (time, more = {}) => node({ Store__c: 'main', State__c: 'late', Last_Seen__c: time, ...more });
    const stateOf = (...nodes) => storesOf(nodes, now).map(({ state }) => state);

    it('are as the sync has said, as long as it reports', () => {
        expect(stateOf(seen('2026-11-26T11:55:00Z'))).toEqual(['late']);
    });

    it('are down when two reports are missing, or none ever came', () => {
        expect(stateOf(seen('2026-11-26T11:54:59Z'))).toEqual(['down']);
        expect(stateOf(seen(null))).toEqual(['down']);
    });

    it('are not down where the sync has said that it reports later, until it does not', () => {
        const later = (time) => seen('2026-11-26T10:00:00Z', { Next_Seen__c: time });
        expect(stateOf(later('2026-11-26T11:55:00Z'))).toEqual(['late']);
        expect(stateOf(later('2026-11-26T11:54:59Z'))).toEqual(['down']);
    });

    it('have calls of their own for a day where the admin gave them some', () => {
        const of = (values) => storesOf([node(values)], now)[0].day;
        expect(of({ API_Budget__c: 400, API_Budget_Used__c: 120, API_Forecast__c: 240 })).toEqual({
            limit: 400,
            used: 120,
            forecast: 240
        });
        expect(of({ API_Budget__c: null, API_Budget_Used__c: 120, API_Forecast__c: 240 })).toBeNull();
    });

    it('are left when the sync reports on others only', () => {
        expect(stateOf(seen('2026-11-26T12:00:00Z'), seen('2026-11-01T00:00:00Z'))).toEqual(['late', 'left']);
    });

    it('tell which webhooks are not active', () => {
        const of = (Webhooks__c) => storesOf([node({ Webhooks__c })], now)[0].webhooks;
        expect(of('order.created: active\norder.updated: disabled')).toEqual({
            count: 2,
            active: 1,
            others: ['order.updated: disabled'],
            note: null
        });
        const note = 'Not used: PUBLIC_URL is not set, so the shop is asked for changes.';
        expect(of(note)).toMatchObject({ count: 0, note });
        expect(of(null)).toMatchObject({ count: 0, note: null });
    });

    it('have a budget where the org has told it', () => {
        const of = (values) => storesOf([node(values)], now)[0].budget;
        expect(of({ API_Calls_Used__c: 12345, API_Calls_Limit__c: 100000 })).toMatchObject({ percent: 12 });
        expect(of({ API_Calls_Used__c: 200, API_Calls_Limit__c: 100 })).toMatchObject({ percent: 100 });
        expect(of({ API_Calls_Used__c: 5, API_Calls_Limit__c: null })).toBeNull();
        expect(of({ API_Calls_Used__c: 0, API_Calls_Limit__c: 0 })).toBeNull();
    });
});

describe('issues', () => {
    const issue = (values) => issueOf(node(values));

    it('that ask have a side to choose, others have not', () => {
        const open = issue({ Kind__c: 'conflict', Code__c: 'CONFLICT_OPEN' });
        expect(canDecide(open)).toBe(true);
        expect(isDecided(open)).toBe(false);
        expect(canDecide(issue({ Kind__c: 'conflict', Code__c: 'CONFLICT_DECIDED' }))).toBe(false);
        expect(canDecide(issue({ Kind__c: 'failed', Code__c: 'SHOP_REFUSED' }))).toBe(false);
    });

    it('are decided when a side was chosen', () => {
        const decided = (Resolution__c) => issue({ Kind__c: 'conflict', Code__c: 'CONFLICT_OPEN', Resolution__c });
        expect(['take_woo', 'take_salesforce', 'retry', null].map((one) => isDecided(decided(one)))).toEqual([
            true,
            true,
            false,
            false
        ]);
    });

    it('name the records that may be meant, each once', () => {
        const Reason__c =
            '2 Contact records match: 003Lo0000000001IAA, 003Lo0000000002IAA. Put 003Lo0000000001IAA or AVERYLONGWORDWITHOUT there.';
        expect(issue({ Kind__c: 'ambiguous', Reason__c }).candidates).toEqual([
            '003Lo0000000001IAA',
            '003Lo0000000002IAA'
        ]);
        expect(issue({ Kind__c: 'failed', Reason__c }).candidates).toEqual([]);
    });

    it('are decided by the resolution alone, and left by their state', async () => {
        await decideOn('a05', 'take_woo');
        expect(updateRecord).toHaveBeenLastCalledWith({ fields: { Id: 'a05', Resolution__c: 'take_woo' } });
        await decideOn('a05', 'ignore');
        expect(updateRecord).toHaveBeenLastCalledWith({
            fields: { Id: 'a05', Resolution__c: 'ignore', State__c: 'ignored' }
        });
    });
});

describe('commands', () => {
    it('wait when they lack a state', () => {
        const command = commandOf({ Id: 'a00', State__c: { value: null } });
        expect(command.state).toBe('waiting');
        expect(isActive(command)).toBe(true);
        expect(isActive({ state: 'done' })).toBe(false);
    });

    it('say what they are about, in the words of the org', () => {
        const Resource__c = { value: 'order', displayValue: 'Orders' };
        const { about } = commandOf({ ...node({ Arguments__c: '1042', Store__c: 'main' }), Resource__c });
        expect(about).toBe('Orders · 1042 · main');
        const stores = [{ key: 'main', name: 'Main Store' }];
        const named = commandOf({ ...node({ Arguments__c: '1042', Store__c: 'main' }), Resource__c }, stores);
        expect(named.about).toBe('Orders · 1042 · Main Store');
    });

    it('are records', async () => {
        createRecord.mockResolvedValueOnce({ id: 'a00X' });
        expect(await giveCommand({ Type__c: 'retry' })).toBe('a00X');
        expect(createRecord).toHaveBeenCalledWith({ apiName: 'Woo_Command__c', fields: { Type__c: 'retry' } });
        await cancelCommand('a00X');
        expect(updateRecord).toHaveBeenLastCalledWith({ fields: { Id: 'a00X', State__c: 'cancelled' } });
    });
});

describe('the API calls of the day', () => {
    const status = (limit, used, more = {}) =>
        node({
            State__c: 'paused',
            API_Budget__c: limit,
            API_Budget_Used__c: used,
            Last_Seen__c: '2026-11-26T00:10:00Z',
            ...more
        });
    const left = status(400, 20, { State__c: 'healthy' });
    const unlimited = status(null, 20, { State__c: 'healthy' });

    it('are used up where commands wait for the next day of UTC', () => {
        const until = new Date('2026-11-27T00:00:00Z');
        expect(spentUntil([status(400, 360)], now)).toEqual(until);
        expect(spentUntil([status(10, 9)], now)).toEqual(until);
        expect(spentUntil([status(400, 400), status(null, 0)], now)).toEqual(until);
    });

    it.each([
        ['no store', []],
        ['one that has some', [status(400, 359)]],
        ['a status of another day', [status(400, 400, { Last_Seen__c: '2026-11-25T23:59:00Z' })]],
        ['another store that has some', [status(400, 400), left]],
        ['another store without a budget', [status(400, 400), unlimited]],
        ['stores that are deactivated alone', [status(null, null)]],
        ['a store that never reported', [status(400, null, { Last_Seen__c: null })]]
    ])('are not with %s', (_, nodes) => {
        expect(spentUntil(nodes, now)).toBeNull();
    });
});
