import { createElement } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import WooMatches from 'c/wooMatches';

/** What the service answers, by the place that it is asked from; and what it was asked. */
const mockAnswers = [];
const mockAsked = [];
jest.mock('c/wooMappingAsk', () => {
    const { LightningElement, registerDecorators } = jest.requireActual('lwc');
    class Ask extends LightningElement {
        matches(asked) {
            mockAsked.push(asked);
            const answer = mockAnswers.shift();
            if (answer instanceof Error) return Promise.reject(answer);
            if (answer) return Promise.resolve(answer);
            return new Promise((_, reject) => {
                asked.signal.addEventListener('abort', () => reject(Object.assign(new Error(), { code: 'DROPPED' })));
            });
        }
    }
    return { __esModule: true, default: registerDecorators(Ask, { publicMethods: ['matches'] }) };
});

const MAPPINGS = [{ name: 'Contact', label: 'Contacts', object: 'Contact', keyField: 'Woo_Key__c' }];
const suggestion = (id, action, records = [], more = {}) => ({
    ...{ key: `main:${id}`, mapping: 'Contact', action, name: `Customer ${id}`, sign: `c…${id}@example.com` },
    ...(records.length > 0 && { records }),
    ...more
});
const answerOf = (suggestions, more = {}) => ({
    ...{ store: 'main', resource: 'customer', read: suggestions.length, total: 9, failed: 0, held: [], next: null },
    ...{ mappings: MAPPINGS, suggestions, ...more }
});

/** What the org has, by id and by match key; a record that is not named here cannot be seen. */
const mockOrg = { records: {}, choices: {}, errors: null };
/** Questions for records. */
const reads = [];
const record = (Id, key = null) => ({
    ...{ Id, Name: { value: `Name ${Id}` }, Email: { value: null }, Woo_Key__c: { value: key } },
    LastModifiedDate: { value: `modified ${Id}` }
});
const choice = (Id, key, kind, recordId = null) => ({
    ...{ Id, Match_Key__c: { value: key }, Decision__c: { value: kind }, Record_Id__c: { value: recordId } }
});

/** @returns {boolean} whether there was a question that had no answer yet */
function answersReads() {
    let query;
    graphql.emit({}, (config) => {
        if (config.query?.includes('WooMatchRecords')) ({ query } = config);
        return false;
    });
    if (!query || reads.includes(query)) return false;
    reads.push(query);
    if (mockOrg.errors) {
        graphql.emitErrors(mockOrg.errors, (config) => config.query === query);
        return true;
    }
    const parts = [...query.matchAll(/(r\d+_\d+): (\w+)\(where: \{ \w+: \{ in: (\[.*?\]) \} \}/g)];
    const nodes = (object, names) =>
        names.map((name) => (object === 'Woo_Match__c' ? mockOrg.choices : mockOrg.records)[name]).filter(Boolean);
    const found = parts.map(([, alias, object, names]) => [
        alias,
        { edges: nodes(object, JSON.parse(names)).map((node) => ({ node })) }
    ]);
    graphql.emit({ uiapi: { query: Object.fromEntries(found) } }, (config) => config.query === query);
    return true;
}

async function settled() {
    do {
        // eslint-disable-next-line no-await-in-loop
        await jest.advanceTimersByTimeAsync(0);
    } while (answersReads());
}

beforeEach(() => {
    reads.length = 0;
    Object.assign(mockOrg, { records: {}, choices: {}, errors: null });
    jest.useFakeTimers();
    jest.clearAllMocks();
    mockAnswers.length = 0;
    mockAsked.length = 0;
    createRecord.mockResolvedValue({ id: 'a0M1' });
    updateRecord.mockResolvedValue({});
    deleteRecord.mockResolvedValue(undefined);
    LightningConfirm.open = jest.fn().mockResolvedValue(true);
});

afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
});

function storeNode(key, values) {
    const fields = { Store__c: key, Name: key, Last_Seen__c: new Date().toISOString(), ...values };
    return {
        node: { Id: key, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])) }
    };
}

async function shown(answers, stores = [storeNode('main', {})]) {
    mockAnswers.push(...answers);
    const element = createElement('c-woo-matches', { is: WooMatches });
    document.body.appendChild(element);
    await settled();
    graphql.emit({ uiapi: { query: { Woo_Store_Status__c: { edges: stores } } } }, ({ query }) =>
        query?.includes('WooMatchesStores')
    );
    await settled();
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    const press = async (selector) => {
        one(selector).click();
        await settled();
    };
    const choose = async (selector, value) => {
        one(selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await settled();
    };
    const rows = () => all('c-woo-match-row');
    const row = (id) => rows().find((each) => each.row.key === `main:${id}`);
    const decide = async (id, act, more = {}) => {
        const { id: rowId } = row(id).row;
        row(id).dispatchEvent(new CustomEvent('decide', { detail: { id: rowId, act, ...more } }));
        await settled();
    };
    await press('.find');
    return { element, one, all, press, choose, rows, row, decide };
}

/** The org has these records, each with its key. */
function has(keys) {
    mockOrg.records = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, record(id, key)]));
}

const written = () => updateRecord.mock.calls.map(([{ fields }]) => fields);

describe('the list', () => {
    it('goes on from answer to answer, in pages of the screen, with names that the viewer may see', async () => {
        const many = (from) =>
            Array.from({ length: 60 }, (_, at) => suggestion(from + at, 'adopt', [`003${from + at}`]));
        const next = { list: 'customers', cursor: { by: 'id' } };
        has({ '0031': null });
        const { rows, row, one } = await shown([answerOf(many(1), { next }), answerOf(many(61))]);
        expect(mockAsked.map(({ from, resource, store }) => [from, resource, store])).toEqual([
            [null, 'customer', 'main'],
            [next, 'customer', 'main']
        ]);
        expect(rows()).toHaveLength(50);
        expect(one('c-woo-pager')).toMatchObject({ total: 120, hasMore: true });
        expect(row(1).names.get('0031').name).toBe('Name 0031');
        one('c-woo-pager').dispatchEvent(new CustomEvent('next'));
        await settled();
        expect(row(51)).toBeDefined();
        expect(reads.at(-1)).toContain('"00351"');
        expect(reads.at(-1)).not.toContain('Woo_Match__c');
    });

    it('holds 5,000 at once, and goes on when it is told', async () => {
        const next = { list: 'customers', cursor: { by: 'id' } };
        const many = Array.from({ length: 2500 }, (_, at) => at);
        const part = (at) =>
            answerOf(
                many.map((id) => suggestion(`${at}${id}`, 'create')),
                { next }
            );
        const { one, rows, press } = await shown([part(1), part(2)]);
        expect(mockAsked).toHaveLength(2);
        expect(one('c-woo-pager').total).toBe(5000);
        expect(rows()).toHaveLength(50);
        mockAnswers.push(answerOf([suggestion(1, 'create')]));
        await press('.more');
        expect(one('c-woo-pager').total).toBe(5001);
        expect(one('.more')).toBeNull();
    });

    it('of a record that thousands would go to names five others', async () => {
        const many = Array.from({ length: 5000 }, (_, id) => suggestion(id, 'adopt', ['003A']));
        const { row } = await shown([answerOf(many)]);
        expect(row(7).others.map(({ key }) => key)).toEqual(['main:0', 'main:1', 'main:2', 'main:3', 'main:4']);
    });

    it('says what is wrong, keeps what was found, and stops when it is told', async () => {
        const { one, rows, press } = await shown([
            answerOf([suggestion(1, 'create')], { next: {}, held: ['Contacts is held.'], failed: 2 }),
            Object.assign(new Error('The service is silent.'), { code: 'SILENT' })
        ]);
        expect(one('c-woo-error-panel').errors[0].message).toBe('The service is silent.');
        expect(rows()).toHaveLength(1);
        expect(one('.note').textContent).toBe('Contacts is held.');
        await press('.find');
        expect(one('.find').disabled).toBe(true);
        await press('.stop');
        expect(mockAsked.at(-1).signal.aborted).toBe(true);
        expect(one('.find').disabled).toBe(false);
        expect(one('c-woo-error-panel')).toBeNull();
    });

    it('says why nothing is written yet, and which store it is of', async () => {
        const stores = [storeNode('main', { State__c: 'paused', Message__c: 'Waits.' }), storeNode('outlet', {})];
        const { one, choose, press } = await shown([answerOf([])], stores);
        expect(one('.notice').textContent).toBe('Waits.');
        expect(one('.empty')).not.toBeNull();
        await choose('.store', 'outlet');
        expect(one('.notice')).toBeNull();
        mockAnswers.push(answerOf([]));
        await press('.find');
        expect(mockAsked.at(-1).store).toBe('outlet');
    });

    it('marks records that several would go to, and filters', async () => {
        const { row, rows, choose, one } = await shown([
            answerOf([
                suggestion(1, 'adopt', ['003A']),
                suggestion(2, 'adopt', ['003A']),
                suggestion(3, 'ambiguous', ['003A', '003B']),
                suggestion(4, 'leave_out', [], { row: 'a0M9', decided: 'leave_out' })
            ])
        ]);
        expect(row(1).others.map(({ key }) => key)).toEqual(['main:2']);
        expect(row(3).others).toEqual([]);
        const shows = async (filter) => {
            await choose('.filter', filter);
            return rows().map((each) => each.row.key);
        };
        expect(await shows('twice')).toEqual(['main:1', 'main:2']);
        expect(await shows('unclear')).toEqual(['main:3']);
        expect(await shows('leftOut')).toEqual(['main:4']);
        expect(await shows('failed')).toEqual([]);
        expect(one('.nothing')).not.toBeNull();
        expect(one('.filter').options.map(({ label }) => /\d+/.exec(label)[0])).toEqual([
            ...['4', '1', '2', '0', '0', '1', '2', '0']
        ]);
    });
});

describe('a decision', () => {
    it('accepts by the key on the record, and is undone by taking it off', async () => {
        has({ '003A': null });
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord.mock.calls).toEqual([
            [{ fields: { Id: '003A', Woo_Key__c: 'main:1' } }, { ifUnmodifiedSince: 'modified 003A' }]
        ]);
        expect(row(1).row).toMatchObject({ action: 'accepted', error: null });
        has({ '003A': 'main:1' });
        await decide(1, 'undo');
        expect(written()[1]).toEqual({ Id: '003A', Woo_Key__c: null });
        expect(row(1).row).toMatchObject({ action: 'adopt', records: ['003A'] });
        expect([createRecord, deleteRecord].map((one) => one.mock.calls.length)).toEqual([0, 0]);
    });

    it('never takes a record from another of the store; one of another store is used with the key that it has', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'ambiguous', ['003A', '003B'])])]);
        // Written since the list was made.
        has({ '003A': 'main:7', '003B': 'outlet:3' });
        await decide(1, 'accept', { recordId: '003A' });
        expect(row(1).row).toMatchObject({ action: 'ambiguous' });
        expect(row(1).row.error.message).toBe('c.Woo_Matches_Taken');
        await decide(1, 'accept', { recordId: '003B' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(createRecord.mock.calls).toEqual([
            [
                {
                    apiName: 'Woo_Match__c',
                    fields: { Match_Key__c: 'Contact main:1', Decision__c: 'use', Record_Id__c: '003B' }
                }
            ]
        ]);
        expect(row(1).row).toMatchObject({ action: 'use', records: ['003B'], row: 'a0M1', error: null });
    });

    it.each([
        { status: 412 },
        { status: 400, body: { output: { errors: [{ errorCode: 'CollisionDetectedException' }] } } }
    ])('is refused where the record was changed between the look and the write: %j', async (error) => {
        has({ '003A': null });
        updateRecord.mockRejectedValue(error);
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(row(1).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Changed' } });
    });

    it('is refused where the record is gone or cannot be seen', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Unreadable' } });
    });

    it('shows what somebody else has decided meanwhile, which stays, and can be decided anew', async () => {
        has({ '003A': null });
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        mockOrg.choices = { 'Contact main:1': choice('a0M7', 'Contact main:1', 'leave_out') };
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({
            ...{ action: 'leave_out', decided: 'leave_out', row: 'a0M7', records: [] },
            error: { message: 'c.Woo_Matches_Decided_Meanwhile' }
        });
        await decide(1, 'create');
        expect(written()).toEqual([{ Id: 'a0M7', Decision__c: 'create', Record_Id__c: null }]);
        mockOrg.choices = {};
        await decide(1, 'leaveOut');
        expect(row(1).row).toMatchObject({ action: 'open', row: null, decided: null });
        expect(updateRecord).toHaveBeenCalledTimes(1);
    });

    it('to create and to leave out is one record, changed and taken back', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'ambiguous', ['003A', '003B'])])]);
        await decide(1, 'create');
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'create') };
        await decide(1, 'leaveOut');
        expect(createRecord).toHaveBeenCalledTimes(1);
        expect(written()).toEqual([{ Id: 'a0M1', Decision__c: 'leave_out', Record_Id__c: null }]);
        expect(row(1).row).toMatchObject({ action: 'leave_out', decided: 'leave_out', records: [] });
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'leave_out') };
        await decide(1, 'undo');
        expect(deleteRecord.mock.calls).toEqual([['a0M1']]);
        expect(row(1).row).toMatchObject({ action: 'ambiguous', records: ['003A', '003B'], row: null });
    });

    it('takes the key off a record that was accepted, since a key wins over it', async () => {
        has({ '003A': 'main:1' });
        const { row, decide } = await shown([answerOf([suggestion(1, 'accepted', ['003A'])])]);
        await decide(1, 'leaveOut');
        expect(createRecord).toHaveBeenCalledTimes(1);
        expect(written()).toEqual([{ Id: '003A', Woo_Key__c: null }]);
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'leave_out') };
        await decide(1, 'undo');
        // What the match fields say was never known.
        expect(row(1).row).toMatchObject({ action: 'open', records: [] });
    });

    it('leaves a key alone that another has got meanwhile', async () => {
        has({ '003A': 'main:9' });
        const { row, decide } = await shown([answerOf([suggestion(1, 'accepted', ['003A'])])]);
        await decide(1, 'undo');
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({ action: 'open', error: null });
    });

    it('changes nothing where the org does not answer', async () => {
        const { one, row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        mockOrg.errors = [{ message: 'The org is silent.' }];
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(one('c-woo-error-panel').errors).toEqual([{ message: 'The org is silent.' }]);
        expect(row(1).disabled).toBe(false);
    });
});

describe('a rule for all', () => {
    it('accepts what is clear, past what fails, and never what two would have or another has got', async () => {
        const records = Array.from({ length: 12 }, (_, at) => suggestion(at, 'adopt', [`003${at}`]));
        has(Object.fromEntries(records.map(({ records: [id] }) => [id, id === '0034' ? 'main:99' : null])));
        const { row, press, one, choose, rows } = await shown([
            answerOf([
                ...records,
                suggestion(20, 'adopt', ['003X']),
                suggestion(21, 'adopt', ['003X']),
                suggestion(22, 'ambiguous', ['003Y', '003Z']),
                suggestion(23, 'share', ['003S'])
            ])
        ]);
        updateRecord.mockImplementation(async ({ fields: { Id } }) => {
            if (Id === '0037') throw new Error('A rule says no.');
        });
        await press('.accept-all');
        expect(LightningConfirm.open).toHaveBeenCalledTimes(1);
        expect(written().map(({ Id }) => Id)).toEqual(
            records.map(({ records: [id] }) => id).filter((id) => id !== '0034')
        );
        expect(row(7).row).toMatchObject({ action: 'adopt', error: { message: 'A rule says no.' } });
        expect(row(4).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Taken' } });
        expect(one('c-woo-error-panel').errors).toEqual(['c.Woo_Matches_Failed']);
        await choose('.filter', 'failed');
        expect(rows().map((each) => each.row.key)).toEqual(['main:4', 'main:7']);
        await choose('.filter', 'accepted');
        expect(rows()).toHaveLength(10);
    });

    it('asks for the records once in two hundred, just before they are written', async () => {
        const some = Array.from({ length: 250 }, (_, at) => suggestion(at, 'adopt', [`003${at}`]));
        has(Object.fromEntries(some.map(({ records: [id] }) => [id, null])));
        const { press } = await shown([answerOf(some)]);
        reads.length = 0;
        await press('.accept-all');
        const asked = reads.filter((query) => query.includes('Woo_Match__c'));
        expect(asked.map((query) => query.match(/"003\d+"/g).length)).toEqual([200, 50]);
        expect(updateRecord).toHaveBeenCalledTimes(250);
    });

    it('creates those that match several, and is stopped', async () => {
        const some = Array.from({ length: 12 }, (_, at) => suggestion(at, 'ambiguous', ['003A', '003B']));
        const { press, one, rows } = await shown([answerOf(some)]);
        let release;
        createRecord.mockImplementation(
            () =>
                new Promise((resolve) => {
                    release = [...(release ?? []), () => resolve({ id: 'a0M' })];
                })
        );
        await press('.create-all');
        expect(createRecord).toHaveBeenCalledTimes(5);
        await press('.stop');
        for (const go of release) go();
        await settled();
        expect(createRecord).toHaveBeenCalledTimes(5);
        expect(rows().filter(({ row }) => row.decided === 'create')).toHaveLength(5);
        expect(one('.create-all').disabled).toBe(false);
    });

    it('of the last page shows the one before, once nothing is left of it', async () => {
        const some = Array.from({ length: 51 }, (_, at) => suggestion(at, 'ambiguous', ['003A', '003B']));
        const { one, choose, decide, rows } = await shown([answerOf(some)]);
        await choose('.filter', 'unclear');
        one('c-woo-pager').dispatchEvent(new CustomEvent('next'));
        await settled();
        expect(rows()).toHaveLength(1);
        await decide(50, 'create');
        expect(rows()).toHaveLength(50);
        expect(one('c-woo-pager')).toMatchObject({ before: 0, total: 50, hasMore: false });
    });

    it('does nothing that was not confirmed', async () => {
        LightningConfirm.open.mockResolvedValue(false);
        const { press } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await press('.accept-all');
        expect(updateRecord).not.toHaveBeenCalled();
    });
});
