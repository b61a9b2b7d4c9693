import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooSyncHealth from 'c/wooSyncHealth';
import running from '../../wooSyncBadge/__tests__/data/running.json';
import empty from './data/empty.json';
import errors from './data/errors.json';
import rich from './data/rich.json';

const settled = () => jest.advanceTimersByTimeAsync(0);
const isHealth = ({ query }) => query?.includes('query WooSyncHealth');
const isCommands = ({ query }) => query?.includes('query WooSyncCommands');

async function shown(data, { isOpen = true, shows = 'all' } = {}) {
    const element = Object.assign(createElement('c-woo-sync-health', { is: WooSyncHealth }), { shows });
    document.body.appendChild(element);
    await settled();
    if (data) graphql.emit(data, isHealth);
    await settled();
    if (isOpen) element.shadowRoot.querySelector('.toggle')?.click();
    await settled();
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    return { all, one: (selector) => all(selector)[0] };
}
const fire = (element, name, detail) => element.dispatchEvent(new CustomEvent(name, { detail }));

/** What is asked of commands alone. */
function commandsWith(state) {
    const [{ node }] = running.uiapi.query.Woo_Command__c.edges;
    const edges = [{ node: { ...node, State__c: { value: state } } }];
    return { uiapi: { query: { Woo_Command__c: { edges } } } };
}

describe('c-woo-sync-health', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        jest.setSystemTime(new Date('2026-11-26T12:01:00Z'));
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('shows stores, issues and commands of one answer, and asks nothing more', async () => {
        const { all, one } = await shown(rich);
        expect(all('c-woo-sync-store').map(({ store }) => store.state)).toEqual(['unreachable', 'healthy']);
        expect(one('c-woo-sync-issues').issues).toHaveLength(3);
        expect(all('c-woo-sync-command')).toHaveLength(2);
        await jest.advanceTimersByTimeAsync(60_000);
        expect(graphql.refresh).not.toHaveBeenCalled();
    });

    it('says of a store that fell silent since, though a refresh brings nothing that is new', async () => {
        const { all, one } = await shown(rich);
        await jest.advanceTimersByTimeAsync(3_600_000);
        const read = one('lightning-relative-date-time').value;
        one('.refresh').click();
        await settled();
        expect(all('c-woo-sync-store').map(({ store }) => store.state)).not.toContain('healthy');
        expect(one('lightning-relative-date-time').value - read).toBe(3_600_000);
    });

    it('says what to do where nothing is set up', async () => {
        const { one } = await shown(empty);
        expect(one('.nothing').textContent).toContain('c.Woo_Health_Nothing_Cure');
        expect(one('section p').textContent).toBe('c.Woo_Health_No_Commands');
    });

    it('leaves that out for who may not do it', async () => {
        const { Woo_Command__c: hidden, ...query } = empty.uiapi.query;
        expect(hidden).toBeDefined();
        const { one } = await shown({ uiapi: { query } });
        expect(one('.nothing').textContent).toBe('c.Woo_Health_Nothing');
    });

    it('hands errors to the panel, and asks again', async () => {
        const { one } = await shown();
        expect(one('lightning-spinner')).toBeDefined();
        // What is refused as a whole has an empty answer beside its errors.
        graphql.emit({}, isHealth);
        graphql.emitErrors(errors, isHealth);
        await settled();
        expect(one('lightning-spinner')).toBeUndefined();
        fire(one('c-woo-error-panel'), 'retry');
        await settled();
        expect(graphql.refresh).toHaveBeenCalled();
    });

    it.each([
        "Validation error of type FieldUndefined: Field 'Woo_Store_Status__c' in type 'RecordQuery' is undefined",
        "Validation error of type FieldUndefined: Field 'Woo_Sync_Issue__c' in type 'RecordQuery' is undefined"
    ])('is no error for who may not see it: %s', async (message) => {
        const { one } = await shown();
        graphql.emitErrors([{ message }], isHealth);
        await settled();
        expect(one('.not-seen h2').textContent).toBe('c.Woo_Health_Not_Seen');
        expect(one('c-woo-error-panel')).toBeUndefined();
        expect(one('.refresh')).toBeUndefined();
    });

    it('is an error where a field alone is missing', async () => {
        const { one } = await shown();
        const message = "Field 'Budget__c' in type 'Woo_Store_Status__c' is undefined";
        graphql.emitErrors([{ message }], isHealth);
        await settled();
        expect(one('.not-seen')).toBeUndefined();
        expect(one('c-woo-error-panel').errors).toEqual([{ message }]);
    });

    it('has what needs a person before all else, and then the stores', async () => {
        const { all } = await shown(rich);
        expect(all('c-woo-sync-issues, c-woo-sync-store')[0].tagName).toBe('C-WOO-SYNC-ISSUES');
    });

    it('folds the stores that are well, and says so in a line where all are', async () => {
        const { all, one } = await shown(rich, { isOpen: false });
        expect(all('c-woo-sync-store').map(({ store }) => store.state)).toEqual(['unreachable']);
        expect(one('.all-well')).toBeUndefined();
        const [healthy] = rich.uiapi.query.Woo_Store_Status__c.edges;
        const query = { ...rich.uiapi.query, Woo_Store_Status__c: { edges: [healthy] } };
        graphql.emit({ uiapi: { query } }, isHealth);
        await settled();
        expect(all('c-woo-sync-store')).toEqual([]);
        expect(one('.all-well').textContent).toBe('c.Woo_Health_All_Well');
        one('.toggle').click();
        await settled();
        expect(all('c-woo-sync-store.folded').map(({ mayAct }) => mayAct)).toEqual([true]);
    });

    it('folds what is technical where nothing is under way, and opens it by itself for a command', async () => {
        const { all, one } = await shown(rich, { isOpen: false });
        expect(all('c-woo-sync-actions, c-woo-sync-command, .calls')).toEqual([]);
        fire(one('c-woo-sync-issues'), 'settle', { commandId: 'a00Lo0000000001AAA' });
        await settled();
        graphql.emit(commandsWith('running'), isCommands);
        await settled();
        expect(all('c-woo-sync-command')).toHaveLength(1);
        one('.toggle').click();
        await settled();
        graphql.emit(commandsWith('running'), isCommands);
        await settled();
        expect(all('c-woo-sync-command')).toEqual([]);
        graphql.emit(commandsWith('done'), isCommands);
        await settled();
        expect(all('c-woo-sync-command')).toEqual([]);
    });

    it('has the API calls of the org once for all stores', async () => {
        const { all } = await shown(rich);
        expect(all('.budget').map(({ textContent }) => textContent)).toEqual(['c.Woo_Health_API_Used']);
        expect(all('lightning-progress-bar').map(({ value }) => value)).toEqual([12]);
    });

    it('has them as the store says that reported last', async () => {
        const [{ node }] = rich.uiapi.query.Woo_Store_Status__c.edges;
        const report = (Id, at, used) => ({
            node: {
                ...node,
                Id,
                Store__c: { value: Id },
                Last_Seen__c: { value: `2026-11-26T12:0${at}:00Z` },
                API_Calls_Used__c: { value: used },
                API_Calls_Limit__c: { value: 100 }
            }
        });
        const edges = [report('a', 0, 30), report('b', 1, 40), report('c', 0, 20)];
        const query = { ...rich.uiapi.query, Woo_Store_Status__c: { edges } };
        const { one } = await shown({ uiapi: { query } });
        expect(one('lightning-progress-bar').value).toBe(40);
    });

    it('has open attentions before all else, for who may see them', async () => {
        const { all, one } = await shown(rich);
        expect(one('.attentions')).toBeUndefined();
        const node = {
            Id: 'a0aLo0000000001AAA',
            Name: { value: 'WA-000001' },
            Title__c: { value: 'Orders is held' },
            Store__c: { value: 'outlet' },
            Since__c: { value: '2026-11-26T11:00:00Z' },
            Told__c: { value: null }
        };
        const query = { ...rich.uiapi.query, Woo_Attention__c: { totalCount: 7, edges: [{ node }] } };
        graphql.emit({ uiapi: { query } }, isHealth);
        await settled();
        const [first] = all('c-woo-sync-attentions, c-woo-sync-issues, c-woo-sync-store');
        expect(first.attentions).toEqual([
            {
                id: node.Id,
                title: 'Orders is held',
                store: 'Outlet',
                told: null,
                cause: null,
                code: null,
                since: Date.parse('2026-11-26T11:00:00Z')
            }
        ]);
        expect(one('.attentions h3').textContent).toBe('c.Woo_Health_Attentions (7)');
    });

    it('shows the stores alone to who may give no commands', async () => {
        const { Woo_Command__c: left, ...query } = rich.uiapi.query;
        expect(left).toBeDefined();
        const attention = { node: { Id: 'a0aLo0000000001AAA', Title__c: { value: 'Orders is held' } } };
        query.Woo_Attention__c = { totalCount: 1, edges: [attention] };
        const { all, one } = await shown({ uiapi: { query } });
        expect(all('c-woo-sync-store').map(({ store }) => store.state)).toEqual(['healthy', 'unreachable']);
        expect(one('.all-well, .attentions')).toBeUndefined();
        expect(one('c-woo-sync-store').mayAct).toBe(false);
        expect(one('c-woo-sync-actions')).toBeUndefined();
        expect(one('c-woo-sync-issues')).toBeUndefined();
    });

    it('filters and pages by the query', async () => {
        const { one } = await shown(rich);
        const variables = () => graphql.getLastConfig().variables;
        fire(one('c-woo-sync-issues'), 'page', { step: 1 });
        await settled();
        expect(variables()).toMatchObject({ after: 'djE6OQ==', first: 10 });
        expect(one('c-woo-sync-issues').offset).toBe(10);
        fire(one('c-woo-sync-issues'), 'page', { step: -1 });
        await settled();
        expect(variables().after).toBeNull();
        fire(one('c-woo-sync-issues'), 'page', { step: 1 });
        fire(one('c-woo-sync-issues'), 'filter', { kind: 'conflict', store: 'outlet' });
        await settled();
        expect(variables()).toEqual({ kind: 'conflict', store: 'outlet', first: 10, after: null });
        fire(one('c-woo-sync-issues'), 'filter', { kind: '', store: '' });
        await settled();
        expect(variables()).toEqual({ kind: '%', store: '%', first: 10, after: null });
    });

    it('follows a command by commands alone, and reads everything when it is over', async () => {
        const { one, all } = await shown(rich);
        fire(one('c-woo-sync-actions'), 'given', { commandId: 'a00Lo0000000001AAA' });
        await settled();
        expect(isCommands(graphql.getLastConfig())).toBe(true);
        graphql.emit(commandsWith('running'), isCommands);
        await settled();
        expect(all('c-woo-sync-command').map(({ isOpen }) => isOpen)).toEqual([true]);
        await jest.advanceTimersByTimeAsync(3000);
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        graphql.emit(commandsWith('done'), isCommands);
        await settled();
        expect(graphql.refresh).toHaveBeenCalledTimes(2);
    });

    it('asks for commands as no page before it did: an answer that is kept does not know the new one', async () => {
        const queryAt = async (at) => {
            jest.setSystemTime(new Date(at));
            const { one } = await shown(rich);
            fire(one('c-woo-sync-actions'), 'given', { commandId: 'a00Lo0000000001AAA' });
            await settled();
            const { query } = graphql.getLastConfig();
            document.body.replaceChildren();
            return query;
        };
        const asked = [await queryAt('2026-11-26T12:01:00Z'), await queryAt('2026-11-26T12:01:10Z')];
        expect(asked[0]).toContain('query WooSyncCommands');
        expect(asked[1]).not.toBe(asked[0]);
    });

    it('says that nothing happens when the sync is silent, and looks again when asked', async () => {
        const { one } = await shown(rich);
        fire(one('c-woo-sync-actions'), 'given', { commandId: 'a00Lo0000000001AAA' });
        await settled();
        graphql.emit(commandsWith('waiting'), isCommands);
        await jest.advanceTimersByTimeAsync(190_000);
        expect(one('.quiet')).toBeDefined();
        const asked = graphql.refresh.mock.calls.length;
        await jest.advanceTimersByTimeAsync(600_000);
        expect(graphql.refresh).toHaveBeenCalledTimes(asked);
        one('.quiet lightning-button').click();
        await settled();
        expect(one('.quiet')).toBeUndefined();
        expect(graphql.refresh.mock.calls.length).toBeGreaterThan(asked);
    });

    it('says at once that the API calls of the day are used, and not that nothing happens', async () => {
        const spent = JSON.parse(JSON.stringify(rich));
        for (const { node } of spent.uiapi.query.Woo_Store_Status__c.edges) {
            Object.assign(node, { API_Budget__c: { value: 400 }, API_Budget_Used__c: { value: 380 } });
        }
        const { one } = await shown(spent);
        graphql.emit(commandsWith('done'), isCommands);
        await settled();
        expect(one('.spent')).toBeUndefined();
        fire(one('c-woo-sync-actions'), 'given', { commandId: 'a00Lo0000000001AAA' });
        await settled();
        graphql.emit(commandsWith('waiting'), isCommands);
        await settled();
        expect(one('.spent').textContent).toBe('c.Woo_Sync_Spent');
        await jest.advanceTimersByTimeAsync(190_000);
        expect(one('.quiet')).toBeUndefined();
        expect(one('.spent')).toBeDefined();
    });

    it('looks at the issues while a decision waits', async () => {
        const { one } = await shown(rich);
        fire(one('c-woo-sync-issues'), 'settle', { issueId: 'a05' });
        await settled();
        const asked = graphql.refresh.mock.calls.length;
        expect(asked).toBeGreaterThan(0);
        const decided = JSON.parse(JSON.stringify(rich));
        decided.uiapi.query.Woo_Sync_Issue__c.edges[0].node.Resolution__c = { value: 'take_woo' };
        graphql.emit(decided, isHealth);
        await jest.advanceTimersByTimeAsync(3000);
        expect(graphql.refresh).toHaveBeenCalledTimes(asked + 1);
    });

    describe('in two parts of a page', () => {
        const parts = 'c-woo-sync-issues, c-woo-sync-store, .all-well, .toggle, c-woo-sync-actions, .calls, .refresh';
        const tags = (all) => all(parts).map(({ tagName, className }) => `${tagName} ${className}`.toLowerCase());

        it('has what needs a person in one of them, and nothing technical', async () => {
            const { all } = await shown(rich, { shows: 'people' });
            expect(tags(all).sort()).toEqual([
                'c-woo-sync-issues ',
                'c-woo-sync-store ',
                'lightning-button-icon refresh'
            ]);
            expect(all('c-woo-sync-store')[0].store.state).toBe('unreachable');
        });

        it('has the technical part in the other, folded', async () => {
            const folded = await shown(rich, { shows: 'operation', isOpen: false });
            expect(tags(folded.all)).toEqual(['lightning-button toggle']);
            document.body.replaceChildren();
            const { all } = await shown(rich, { shows: 'operation' });
            expect(tags(all).slice(1)).toEqual([
                'c-woo-sync-store folded',
                'dl calls slds-p-vertical_x-small',
                'c-woo-sync-actions '
            ]);
        });

        it('says once that all is well, and once that nothing is there', async () => {
            const [healthy] = rich.uiapi.query.Woo_Store_Status__c.edges;
            const well = { uiapi: { query: { ...rich.uiapi.query, Woo_Store_Status__c: { edges: [healthy] } } } };
            expect((await shown(well, { shows: 'people' })).one('.all-well')).toBeUndefined();
            expect((await shown(well, { shows: 'operation' })).one('.all-well')).toBeDefined();
            expect((await shown(empty, { shows: 'people' })).one('.nothing')).toBeDefined();
            expect((await shown(empty, { shows: 'operation' })).one('.nothing')).toBeUndefined();
        });

        it('shows no technical part to who may give no commands, nor before anything is known', async () => {
            const { Woo_Command__c: left, ...query } = rich.uiapi.query;
            expect(left).toBeDefined();
            expect((await shown({ uiapi: { query } }, { shows: 'operation' })).all('article')).toEqual([]);
            expect((await shown(undefined, { shows: 'operation' })).all('article')).toEqual([]);
            const failed = await shown(undefined, { shows: 'operation' });
            graphql.emitErrors(errors, isHealth);
            await settled();
            expect(failed.all('article')).toEqual([]);
        });

        it('tells the other part of a command that is given where people look', async () => {
            const { one } = await shown(rich, { shows: 'people' });
            fire(one('c-woo-sync-issues'), 'settle', { commandId: 'a00Lo0000000001AAA' });
            await settled();
            // The same question: its answer is given to both.
            expect(graphql.refresh).toHaveBeenCalledTimes(1);
            expect(graphql.getLastConfig().query).toBeUndefined();
        });
    });
});
