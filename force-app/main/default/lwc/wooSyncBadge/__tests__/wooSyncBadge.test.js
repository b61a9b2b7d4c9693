import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { createRecord, getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import WooSyncBadge from 'c/wooSyncBadge';
import absent from './data/absent.json';
import errors from './data/errors.json';
import inStep from './data/inStep.json';
import rich from './data/rich.json';
import running from './data/running.json';

const recordId = '01tLo0000000001IAA';
const settled = () => jest.advanceTimersByTimeAsync(0);

async function shown(data, objectApiName = 'Product2') {
    const element = createElement('c-woo-sync-badge', { is: WooSyncBadge });
    Object.assign(element, { recordId, objectApiName });
    document.body.appendChild(element);
    if (data) graphql.emit(data);
    await settled();
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    return { element, all, one: (selector) => all(selector)[0], state: () => all('.state')[0]?.textContent };
}

/** The same data with other nodes. */
function withNodes(data, connection, nodes) {
    const copy = JSON.parse(JSON.stringify(data));
    copy.uiapi.query[connection] = { edges: nodes.map((node) => ({ node })) };
    return copy;
}
const without = (data, connection) => {
    const { [connection]: left, ...query } = data.uiapi.query;
    return left && { uiapi: { query } };
};

describe('c-woo-sync-badge', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('loads in one request about this record', async () => {
        const { one } = await shown();
        expect(one('lightning-spinner')).toBeDefined();
        const { query, variables } = graphql.getLastConfig();
        expect(query).toContain('Product2(where: { Id: { eq: $recordId } }');
        expect(variables).toEqual({ recordId, aboutIds: [recordId] });
    });

    it('is in step, and asks nothing more', async () => {
        const { state, one } = await shown(inStep);
        expect(state()).toBe('c.Woo_Sync_In_Step');
        expect(one('lightning-icon').iconName).toBe('utility:success');
        await jest.advanceTimersByTimeAsync(60_000);
        expect(graphql.refresh).not.toHaveBeenCalled();
    });

    const saved = (at, id = recordId) =>
        getRecord.emit({ id, apiName: 'Product2', fields: { LastModifiedDate: { value: at } } });

    it('looks for half a minute at what comes of a change of the record, and lets the page read it again', async () => {
        getFieldValue.mockImplementation(({ fields }, name) => fields[name.split('.')[1]].value);
        const { state } = await shown(inStep);
        expect(getRecord.getLastConfig()).toEqual({ recordId, fields: ['Product2.LastModifiedDate'] });
        saved('2026-12-01T10:00:00Z');
        await jest.advanceTimersByTimeAsync(60_000);
        expect(graphql.refresh).not.toHaveBeenCalled();
        saved('2026-12-01T10:01:00Z');
        await jest.advanceTimersByTimeAsync(3000);
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        expect(notifyRecordUpdateAvailable.mock.calls).toEqual([[[{ recordId }]]]);
        // The shop has refused it.
        graphql.emit(rich);
        await settled();
        expect(state()).toBe('c.Woo_Sync_Conflict');
        await jest.advanceTimersByTimeAsync(600_000);
        expect(graphql.refresh.mock.calls.length).toBeLessThan(20);
    });

    it('takes another record for no change of this one', async () => {
        getFieldValue.mockImplementation(({ fields }, name) => fields[name.split('.')[1]].value);
        await shown(inStep);
        saved('2026-12-01T10:00:00Z');
        saved('2026-12-01T10:01:00Z', '01tLo0000000002IAA');
        await jest.advanceTimersByTimeAsync(60_000);
        expect(graphql.refresh).not.toHaveBeenCalled();
    });

    it('is not in the shop, where only a product may be made', async () => {
        const product = await shown(absent);
        expect(product.state()).toBe('c.Woo_Sync_Absent');
        expect(product.one('.sync')).toBeDefined();
        document.body.replaceChildren();
        const renamed = { uiapi: { query: { ...absent.uiapi.query, Contact: absent.uiapi.query.Product2 } } };
        const contact = await shown(renamed, 'Contact');
        expect(contact.state()).toBe('c.Woo_Sync_Absent');
        expect(contact.one('.sync')).toBeUndefined();
    });

    it('does not take a key that the user may not see for none', async () => {
        const { state } = await shown(withNodes(inStep, 'Product2', [{ Id: recordId }]));
        expect(state()).toBe('c.Woo_Sync_In_Step');
    });

    it('lists all issues, the conflict first in words', async () => {
        const { state, all, one } = await shown(rich);
        expect(state()).toBe('c.Woo_Sync_Conflict');
        expect(one('.detail').textContent).toBe('c.Woo_Sync_Conflict_Detail');
        expect(all('c-woo-sync-issue').map(({ issue }) => issue.kind)).toEqual(['conflict', 'failed']);
        expect(all('c-woo-sync-issue').every(({ mayAct }) => mayAct)).toBe(true);
    });

    it('is failed by an issue that nobody can decide', async () => {
        const failed = rich.uiapi.query.Woo_Sync_Issue__c.edges
            .map(({ node }) => node)
            .filter(({ Kind__c }) => Kind__c.value === 'failed');
        expect(failed).toHaveLength(1);
        const { state } = await shown(withNodes(rich, 'Woo_Sync_Issue__c', failed));
        expect(state()).toBe('c.Woo_Sync_Failed');
    });

    it('is not kept waiting by a retry of all issues where it has none', async () => {
        const [command] = running.uiapi.query.Woo_Command__c.edges.map(({ node }) => node);
        const all = { ...command, Type__c: { value: 'retry', displayValue: 'Retry' }, Record_Id__c: { value: null } };
        const { state } = await shown(withNodes(inStep, 'Woo_Command__c', [all]));
        expect(state()).toBe('c.Woo_Sync_In_Step');
        graphql.emit(withNodes(rich, 'Woo_Command__c', [all]));
        await settled();
        expect(state()).toBe('c.Woo_Sync_Waiting');
    });

    it('shows the state without buttons to who may see no commands', async () => {
        const { state, all, one } = await shown(without(rich, 'Woo_Command__c'));
        expect(state()).toBe('c.Woo_Sync_Conflict');
        // Who may not choose is not told to.
        expect(one('.detail').textContent).toBe('c.Woo_Sync_Conflict_Ask');
        expect(one('.sync')).toBeUndefined();
        expect(all('c-woo-sync-issue').some(({ mayAct }) => mayAct)).toBe(false);
    });

    it('hands errors to the panel, and asks again', async () => {
        const { one } = await shown();
        // What is refused as a whole has an empty answer beside its errors.
        graphql.emit({});
        graphql.emitErrors(errors);
        await settled();
        expect(one('c-woo-error-panel').errors).toEqual(errors);
        one('c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
    });

    it('looks again while a decision waits, until the issue is closed', async () => {
        const [conflict] = rich.uiapi.query.Woo_Sync_Issue__c.edges.map(({ node }) => node);
        const decided = { ...conflict, Resolution__c: { value: 'take_woo', displayValue: '' } };
        const { state } = await shown(withNodes(rich, 'Woo_Sync_Issue__c', [decided]));
        expect(state()).toBe('c.Woo_Sync_Waiting');
        await jest.advanceTimersByTimeAsync(6000);
        expect(graphql.refresh).toHaveBeenCalledTimes(2);
        graphql.emit(inStep);
        await settled();
        expect(state()).toBe('c.Woo_Sync_In_Step');
        await jest.advanceTimersByTimeAsync(600_000);
        expect(graphql.refresh.mock.calls.length).toBeLessThan(20);
    });

    it('lets the page read the record again once an issue is closed or a command is over, not before', async () => {
        await shown(running);
        const [node] = running.uiapi.query.Woo_Command__c.edges.map((edge) => edge.node);
        graphql.emit(withNodes(running, 'Woo_Command__c', [{ ...node, Progress__c: { value: 60 } }]));
        await settled();
        expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
        graphql.emit(withNodes(running, 'Woo_Command__c', [{ ...node, State__c: { value: 'done' } }]));
        await settled();
        expect(notifyRecordUpdateAvailable.mock.calls).toEqual([[[{ recordId }]]]);
        graphql.emit(rich);
        await settled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(1);
        graphql.emit(inStep);
        await settled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(2);
    });

    it('says that nothing happens when the sync is silent for minutes', async () => {
        const { one, all } = await shown(running);
        expect(all('c-woo-sync-command')).toHaveLength(1);
        expect(one('.sync').disabled).toBe(true);
        await jest.advanceTimersByTimeAsync(190_000);
        expect(one('.quiet').textContent).toContain('c.Woo_Sync_Quiet');
        const asked = graphql.refresh.mock.calls.length;
        await jest.advanceTimersByTimeAsync(600_000);
        expect(graphql.refresh).toHaveBeenCalledTimes(asked);
        one('.quiet lightning-button').click();
        await settled();
        expect(one('.quiet')).toBeUndefined();
        expect(graphql.refresh).toHaveBeenCalledTimes(asked + 1);
    });

    it('syncs the record now, and shows what came of it', async () => {
        const { one, all, state } = await shown(inStep);
        createRecord.mockResolvedValueOnce({ id: 'a00Lo0000000001AAA' });
        one('.sync').click();
        await settled();
        const fields = { Type__c: 'sync', Record_Id__c: recordId };
        expect(createRecord).toHaveBeenCalledWith({ apiName: 'Woo_Command__c', fields });
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        graphql.emit(running);
        await settled();
        expect(state()).toBe('c.Woo_Sync_Waiting');
        const [node] = running.uiapi.query.Woo_Command__c.edges.map((edge) => edge.node);
        graphql.emit(withNodes(inStep, 'Woo_Command__c', [{ ...node, State__c: { value: 'done' } }]));
        await settled();
        expect(state()).toBe('c.Woo_Sync_In_Step');
        expect(all('c-woo-sync-command')).toHaveLength(1);
    });

    it('says why the sync could not be asked', async () => {
        const { one } = await shown(inStep);
        createRecord.mockRejectedValueOnce({ status: 403, body: { message: 'no' } });
        one('.sync').click();
        await settled();
        expect(one('c-woo-error-panel').errors.status).toBe(403);
        expect(one('.sync').disabled).toBe(false);
    });

    it('follows the retry of an issue by its id', async () => {
        const { one, all } = await shown(rich);
        const issueId = all('c-woo-sync-issue')[1].issue.id;
        one('c-woo-sync-issue').dispatchEvent(
            new CustomEvent('settle', { detail: { issueId, commandId: 'a00Lo0000000001AAA' } })
        );
        await settled();
        expect(graphql.getLastConfig().variables.aboutIds).toEqual([recordId, issueId]);
        const [node] = running.uiapi.query.Woo_Command__c.edges.map((edge) => edge.node);
        const retry = { ...node, Type__c: { value: 'retry' }, Record_Id__c: { value: issueId } };
        const other = { ...retry, Id: 'a00Lo0000000009AAA', Record_Id__c: { value: 'a05Lo0000000009AAA' } };
        graphql.emit(withNodes(rich, 'Woo_Command__c', [retry, other]));
        await settled();
        expect(all('c-woo-sync-command').map(({ command }) => command.id)).toEqual([retry.Id]);
        expect(all('c-woo-sync-issue').map(({ isTried }) => isTried)).toEqual([false, true]);
    });
});
