import { createElement } from 'lwc';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import { commandOf } from 'c/wooSyncRecords';
import WooSyncCommand from 'c/wooSyncCommand';
import rich from '../../wooSyncHealth/__tests__/data/rich.json';
import badge from '../../wooSyncBadge/__tests__/data/running.json';

const [dryRun, failed] = rich.uiapi.query.Woo_Command__c.edges.map(({ node }) => commandOf(node));
const [running] = badge.uiapi.query.Woo_Command__c.edges.map(({ node }) => commandOf(node));
const settled = () => new Promise(process.nextTick);

async function shown(properties) {
    const element = Object.assign(createElement('c-woo-sync-command', { is: WooSyncCommand }), properties);
    document.body.appendChild(element);
    await settled();
    return { element, one: (selector) => element.shadowRoot.querySelector(selector) };
}

describe('c-woo-sync-command', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows how far it is', async () => {
        const { one } = await shown({ command: running });
        expect(one('lightning-progress-bar').value).toBe(40);
        expect(one('.result').textContent).toBe('0 of 1 record looked at.');
        expect(one('.stop')).toBeNull();
    });

    it('stops one that is under way', async () => {
        const { element, one } = await shown({ command: running, mayAct: true });
        const cancelled = jest.fn();
        element.addEventListener('cancelled', cancelled);
        one('.stop').click();
        await settled();
        expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: running.id, State__c: 'cancelled' } });
        expect(cancelled).toHaveBeenCalledTimes(1);
    });

    it('says why it could not be stopped', async () => {
        updateRecord.mockRejectedValueOnce(new Error('no'));
        const { one } = await shown({ command: running, mayAct: true });
        one('.stop').click();
        await settled();
        await settled();
        expect(one('c-woo-error-panel').errors.message).toBe('no');
    });

    it('stops nothing that is over', async () => {
        const { one } = await shown({ command: failed, mayAct: true });
        expect(one('.stop')).toBeNull();
        expect(one('lightning-icon').iconName).toBe('utility:error');
    });

    it('opens and closes a long result as it was written', async () => {
        const { one } = await shown({ command: dryRun });
        expect(one('pre')).toBeNull();
        one('.toggle').click();
        await settled();
        expect(one('pre').textContent).toBe(dryRun.result);
        expect(one('pre').tabIndex).toBe(0);
        one('.toggle').click();
        await settled();
        expect(one('pre')).toBeNull();
    });

    it('shows at once what was asked for here', async () => {
        const { one } = await shown({ command: dryRun, isOpen: true });
        expect(one('pre')).not.toBeNull();
    });

    it('says what became of a record by what it is, and leaves reports as they are', async () => {
        const result = 'order main:7 is in step: Woo_Order__c a07Lo0000000001IAA, Thing__c a08Lo0000000001IAA.';
        const synced = { ...running, kind: 'sync', state: 'done', result };
        const { one } = await shown({ command: synced });
        expect(getObjectInfos.getLastConfig()).toEqual({ objectApiNames: ['Woo_Order__c', 'Thing__c'] });
        const known = { statusCode: 200, result: { apiName: 'Woo_Order__c', label: 'Woo Order' } };
        getObjectInfos.emit({ results: [known, { statusCode: 404, result: [] }] });
        await settled();
        expect(one('.result').textContent).toBe('order main:7 is in step: Woo Order, Thing__c a08Lo0000000001IAA.');
        const explained = await shown({ command: { ...synced, kind: 'explain' } });
        expect(getObjectInfos.getLastConfig()).toEqual({ objectApiNames: undefined });
        expect(explained.one('.result').textContent).toBe(result);
    });
});
