import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import WooMappingAsk from 'c/wooMappingAsk';

const LONGEST = 131072;
const asked = { object: 'Woo_Order__c', resource: 'order' };
const draft = { mapping: { name: 'Order' }, fields: [], conditions: [] };

/** What the org holds, by id. */
let commands;
/** Of the stores, in the same answer. */
let statuses;
/** Whether there are more stores than one answer holds. */
let isCut;

function give({ fields }) {
    const id = `a00${commands.size + 1}`;
    expect(fields.Arguments__c.length).toBeLessThanOrEqual(LONGEST);
    commands.set(id, { State__c: 'waiting', ...fields });
    return Promise.resolve({ id });
}

const become = (id, State__c, result) =>
    Object.assign(commands.get(id), {
        State__c,
        Result__c: result === undefined || typeof result === 'string' ? result : JSON.stringify(result)
    });

/** The wire answers with what it was asked for. */
function answer() {
    const { query, variables } = graphql.getLastConfig() ?? {};
    if (!query) return;
    const edges = variables.ids
        .filter((id) => commands.has(id))
        .map((Id) => {
            const { State__c, Result__c } = commands.get(Id);
            return { node: { Id, State__c: { value: State__c }, Result__c: { value: Result__c ?? null } } };
        });
    const Woo_Store_Status__c = {
        edges: statuses.map((node) => ({ node })),
        pageInfo: { hasNextPage: isCut }
    };
    graphql.emit({ uiapi: { query: { Woo_Command__c: { edges }, Woo_Store_Status__c } } });
}

/** Time passes; what the page asks is answered. */
async function pass(seconds) {
    await jest.advanceTimersByTimeAsync(1000);
    answer();
    await jest.advanceTimersByTimeAsync(0);
    if (seconds > 1) await pass(seconds - 1);
}

function opened() {
    const element = createElement('c-woo-mapping-ask', { is: WooMappingAsk });
    document.body.appendChild(element);
    return element;
}

/** How a promise ends, without waiting for it. */
function ending(promise) {
    const end = {};
    promise.then(
        (value) => Object.assign(end, { value }),
        (error) => Object.assign(end, { error })
    );
    return end;
}

describe('c-woo-mapping-ask', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        commands = new Map();
        statuses = [];
        isCut = false;
        createRecord.mockImplementation(give);
        updateRecord.mockImplementation(({ fields: { Id, State__c } }) => {
            become(Id, State__c);
            return Promise.resolve();
        });
        graphql.refresh.mockImplementation(async () => answer());
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.resetAllMocks();
        jest.useRealTimers();
    });

    it('gives a command, waits for it, and asks nothing once it is over', async () => {
        const end = ending(opened().describe({ ...asked, store: 'main' }));
        await pass(2);
        expect(commands.get('a001')).toMatchObject({ Type__c: 'describe_mapping', Store__c: 'main' });
        expect(JSON.parse(commands.get('a001').Arguments__c)).toEqual({ ...asked, part: 1 });
        become('a001', 'running');
        await pass(2);
        expect(end).toEqual({});
        const fields = [{ name: 'Name' }];
        become('a001', 'done', { parts: 1, fields, attributes: [], values: {} });
        await pass(1);
        expect(end.value).toMatchObject({ fields });
        graphql.refresh.mockClear();
        await pass(60);
        expect(graphql.refresh).not.toHaveBeenCalled();
        expect(graphql.getLastConfig().query).toBeUndefined();
    });

    it('says within seconds that the API calls of the day are used, until when, and takes the question back', async () => {
        jest.setSystemTime(new Date('2026-11-28T22:00:00Z'));
        statuses = [
            {
                State__c: { value: 'paused' },
                Last_Seen__c: { value: '2026-11-28T09:00:00Z' },
                API_Budget__c: { value: 400 },
                API_Budget_Used__c: { value: 360 }
            }
        ];
        const end = ending(opened().describe(asked));
        await pass(2);
        expect(end.error).toMatchObject({ code: 'SPENT', message: 'c.Woo_Ask_Spent' });
        expect(commands.get('a001').State__c).toBe('cancelled');
    });

    it('waits on where stores that were not read may have calls left', async () => {
        jest.setSystemTime(new Date('2026-11-28T22:00:00Z'));
        const used = { API_Budget__c: { value: 400 }, API_Budget_Used__c: { value: 400 } };
        const status = { State__c: { value: 'paused' }, Last_Seen__c: { value: '2026-11-28T09:00:00Z' }, ...used };
        statuses = Array.from({ length: 50 }, () => status);
        isCut = true;
        const end = ending(opened().describe(asked));
        await pass(2);
        expect(end).toEqual({});
        expect(commands.get('a001').State__c).toBe('waiting');
        isCut = false;
        await pass(3);
        expect(end.error).toMatchObject({ code: 'SPENT' });
    });

    it('takes an answer that is there, whatever the status says of API calls', async () => {
        jest.setSystemTime(new Date('2026-11-28T22:00:00Z'));
        const used = { API_Budget__c: { value: 400 }, API_Budget_Used__c: { value: 400 } };
        statuses = [{ State__c: { value: 'paused' }, Last_Seen__c: { value: '2026-11-28T09:00:00Z' }, ...used }];
        const end = ending(opened().describe(asked));
        await jest.advanceTimersByTimeAsync(500);
        become('a001', 'done', { parts: 1, fields: [], attributes: [], values: {} });
        await pass(2);
        expect(end.value).toBeDefined();
    });

    it('joins the parts of an answer in their order, each as long as the field takes', async () => {
        const end = ending(opened().describe(asked));
        await pass(1);
        const long = 'x'.repeat(LONGEST - 200);
        const part = (number) => ({
            part: number,
            parts: 3,
            fields: [{ name: `F${number}`, label: long }],
            attributes: [{ name: `a${number}` }],
            values: { [`v${number}`]: [{ value: 'x' }] }
        });
        become('a001', 'done', part(1));
        await pass(1);
        const partOf = (id) => JSON.parse(commands.get(id).Arguments__c).part;
        expect([partOf('a002'), partOf('a003')]).toEqual([2, 3]);
        become('a003', 'done', part(3));
        await pass(2);
        become('a002', 'done', part(2));
        await pass(2);
        const { fields, attributes, values } = end.value;
        expect(fields.map(({ name }) => name)).toEqual(['F1', 'F2', 'F3']);
        expect(fields[2].label).toBe(long);
        expect(attributes).toHaveLength(3);
        expect(Object.keys(values)).toEqual(['v1', 'v2', 'v3']);
    });

    it('lists matches from a place, and joins the parts of what it finds', async () => {
        const from = { list: 'customers', cursor: { by: 'id' } };
        const end = ending(opened().matches({ resource: 'customer', from, store: 'main' }));
        await pass(1);
        expect(commands.get('a001')).toMatchObject({ Type__c: 'list_matches', Store__c: 'main' });
        expect(JSON.parse(commands.get('a001').Arguments__c)).toEqual({ resource: 'customer', from, part: 1 });
        const part = (number) => ({ part: number, parts: 2, read: 9, next: null, suggestions: [number] });
        become('a001', 'done', part(1));
        await pass(1);
        become('a002', 'done', part(2));
        await pass(2);
        expect(end.value).toMatchObject({ read: 9, next: null, suggestions: [1, 2] });
    });

    it('joins the parts of a preview, all of the same record', async () => {
        const end = ending(opened().preview({ draft }));
        await pass(2);
        const part = (number) => ({
            part: number,
            parts: 2,
            record: '7',
            held: true,
            problems: [number],
            more: 1,
            records: [
                { title: 'order 7', conditions: number === 1 ? ['c'] : [], rows: [`r${number}`] },
                { title: 'refund 8', conditions: [], rows: number === 1 ? [] : ['s'] }
            ]
        });
        become('a001', 'done', part(1));
        await pass(1);
        expect(JSON.parse(commands.get('a002').Arguments__c)).toMatchObject({ ...draft, record: '7', part: 2 });
        become('a002', 'done', part(2));
        await pass(2);
        expect(end.value).toMatchObject({
            record: '7',
            held: true,
            problems: [1, 2],
            more: 1,
            records: [
                { title: 'order 7', conditions: ['c'], rows: ['r1', 'r2'] },
                { title: 'refund 8', conditions: [], rows: ['s'] }
            ]
        });
    });

    it('reads all that it waits for with one request', async () => {
        const element = opened();
        const ends = [ending(element.describe(asked)), ending(element.preview({ draft }))];
        await pass(2);
        expect(graphql.getLastConfig().variables.ids).toEqual(['a001', 'a002']);
        become('a001', 'done', { parts: 1, fields: [], attributes: [], values: {} });
        become('a002', 'done', { parts: 1, problems: [], records: [] });
        await pass(1);
        expect(ends.map(({ value }) => value)).toMatchObject([{ fields: [] }, { records: [] }]);
    });

    it('gives a draft that is too long in parts, which nobody carries out and no emoji is cut by', async () => {
        const long = { ...draft, fields: Array.from({ length: 3000 }, (_, at) => ({ name: `"${at}"\n🙂`.repeat(9) })) };
        opened()
            .preview({ draft: long, record: '7' })
            .catch(() => undefined);
        await pass(1);
        const [head] = [...commands.values()].filter(({ State__c }) => State__c === 'waiting');
        const { argumentsIn } = JSON.parse(head.Arguments__c);
        const pieces = argumentsIn.map((id) => commands.get(id));
        expect(pieces.length).toBeGreaterThan(2);
        expect(new Set(pieces.map(({ State__c }) => State__c))).toEqual(new Set(['done']));
        const text = pieces.map(({ Arguments__c }) => JSON.parse(Arguments__c));
        expect(text.every((piece) => encodeURIComponent(piece))).toBe(true);
        expect(JSON.parse(text.join(''))).toEqual({ ...long, record: '7', part: 1 });
    });

    it('asks once while somebody types, drops the one before, and cancels it', async () => {
        const element = opened();
        const ends = ['1', '2', '3'].map((record) => ending(element.preview({ draft, record })));
        await pass(2);
        expect(ends.map(({ error }) => error?.code)).toEqual(['DROPPED', 'DROPPED', undefined]);
        expect([...commands.values()].map(({ Arguments__c }) => JSON.parse(Arguments__c).record)).toEqual(['3']);
        ends.push(ending(element.preview({ draft, record: '4' })));
        await pass(2);
        expect(ends[2].error.code).toBe('DROPPED');
        expect(commands.get('a001').State__c).toBe('cancelled');
        become('a002', 'done', { parts: 1, record: '4', problems: [], records: [] });
        await pass(1);
        expect(ends[3].value).toMatchObject({ record: '4' });
    });

    it('drops and cancels by a signal, by stop, and with its page', async () => {
        const element = opened();
        const controller = new AbortController();
        const bySignal = ending(element.describe({ ...asked, signal: controller.signal }));
        const byPage = ending(element.describe(asked));
        await pass(1);
        controller.abort();
        await pass(1);
        expect(bySignal.error.code).toBe('DROPPED');
        expect(byPage).toEqual({});
        element.remove();
        await pass(1);
        expect(byPage.error.code).toBe('DROPPED');
        expect([...commands.values()].map(({ State__c }) => State__c)).toEqual(['cancelled', 'cancelled']);
    });

    it('says what the command failed with', async () => {
        const end = ending(opened().describe(asked));
        await pass(1);
        become('a001', 'failed', 'OBJECT_NOT_VISIBLE: The org does not have "X". Grant read.');
        await pass(1);
        expect(end.error).toMatchObject({ code: 'FAILED', failure: 'OBJECT_NOT_VISIBLE' });
        expect(end.error.message).toContain('Grant read.');
    });

    it.each([
        ['CANCELLED', 'c.Woo_Ask_Cancelled', () => become('a001', 'cancelled')],
        ['GONE', 'c.Woo_Ask_Gone', () => commands.delete('a001')],
        ['UNREADABLE', 'c.Woo_Ask_Unreadable', () => become('a001', 'done', '{"fields":[{"na')]
    ])('says %s with words for the user', async (code, message, happens) => {
        const end = ending(opened().describe(asked));
        await pass(1);
        happens();
        await pass(1);
        expect(end.error).toMatchObject({ code, message });
    });

    it('says that the service is silent after some minutes, and leaves it nothing to do', async () => {
        const end = ending(opened().describe(asked));
        await pass(100);
        expect(end).toEqual({});
        await pass(120);
        expect(end.error).toMatchObject({ code: 'SILENT', message: 'c.Woo_Ask_Silent' });
        expect(commands.get('a001').State__c).toBe('cancelled');
    });

    it('looks over a request that fails, and gives up after three in a row', async () => {
        const errors = [{ message: 'INVALID_SESSION_ID' }];
        const element = opened();
        const end = ending(element.describe(asked));
        await pass(2);
        graphql.refresh.mockImplementation(async () => graphql.emitErrors(errors));
        await jest.advanceTimersByTimeAsync(2000);
        expect(end).toEqual({});
        await jest.advanceTimersByTimeAsync(2000);
        expect(end.error).toMatchObject({ code: 'UNREAD', message: 'c.Woo_Ask_Unread', cause: errors });
    });

    it('gives the error of Salesforce where it does not take the command', async () => {
        const refused = { body: { message: 'no access' } };
        createRecord.mockRejectedValue(refused);
        await expect(opened().describe(asked)).rejects.toBe(refused);
    });
});
