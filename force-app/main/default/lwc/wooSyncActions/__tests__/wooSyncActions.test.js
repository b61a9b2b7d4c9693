import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import WooSyncActions from 'c/wooSyncActions';

const settled = () => new Promise(process.nextTick);
const change = (value) => new CustomEvent('change', { detail: { value } });

async function opened(type, stores = [{ key: 'main', name: 'Main shop' }]) {
    const element = Object.assign(createElement('c-woo-sync-actions', { is: WooSyncActions }), { stores });
    const given = jest.fn();
    element.addEventListener('given', ({ detail }) => given(detail));
    document.body.appendChild(element);
    const one = (selector) => element.shadowRoot.querySelector(selector);
    one(`[data-type="${type}"]`).click();
    await settled();
    const start = async () => {
        one('.start').click();
        await settled();
        await settled();
    };
    return { one, given, start };
}

jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: true }), { virtual: true });

describe('c-woo-sync-actions', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows who may run commands all of them', () => {
        const element = createElement('c-woo-sync-actions', { is: WooSyncActions });
        document.body.appendChild(element);
        const buttons = [...element.shadowRoot.querySelectorAll('.action')];
        expect(buttons.map(({ dataset }) => dataset.type)).toEqual([
            'retry',
            'sync',
            'explain',
            'dry_run',
            'backfill',
            'reconcile',
            'reload'
        ]);
    });

    it('gives a command that needs nothing, tells of it and closes the form', async () => {
        createRecord.mockResolvedValueOnce({ id: 'a00X' });
        const { one, given, start } = await opened('dry_run');
        expect(one('.text')).toBeNull();
        await start();
        expect(createRecord).toHaveBeenCalledWith({ apiName: 'Woo_Command__c', fields: { Type__c: 'dry_run' } });
        expect(given).toHaveBeenCalledWith({ commandId: 'a00X' });
        expect(one('.form')).toBeNull();
    });

    it('says what is wrong with the ids, and sends nothing', async () => {
        const { one, start } = await opened('explain');
        one('.text').dispatchEvent(change('1, 2'));
        await start();
        expect(one('.problem').textContent).toBe('c.Woo_Action_Bad_Id');
        expect(createRecord).not.toHaveBeenCalled();
        one('.text').dispatchEvent(change('1042'));
        await settled();
        expect(one('.problem')).toBeNull();
        await start();
        expect(createRecord.mock.calls[0][0].fields).toMatchObject({ Type__c: 'explain', Arguments__c: '1042' });
    });

    it('asks for the store of ids where there are several', async () => {
        const stores = [
            { key: 'main', name: 'Main shop' },
            { key: 'outlet', name: 'Outlet' }
        ];
        const { one, start } = await opened('sync', stores);
        one('.which').dispatchEvent(change('product'));
        one('.text').dispatchEvent(change('17'));
        await start();
        expect(one('.problem').textContent).toBe('c.Woo_Action_No_Store');
        one('.store').dispatchEvent(change('outlet'));
        await start();
        expect(createRecord.mock.calls[0][0].fields).toEqual({
            Type__c: 'sync',
            Resource__c: 'product',
            Arguments__c: '17',
            Store__c: 'outlet'
        });
    });

    it('needs no store for a record of Salesforce', async () => {
        const { one } = await opened('sync', [{ key: 'a' }, { key: 'b' }]);
        one('.which').dispatchEvent(change('record'));
        await settled();
        expect(one('.store')).toBeNull();
        expect(one('.text').label).toBe('c.Woo_Action_Record_Id');
    });

    it('keeps the form and says why where Salesforce refuses', async () => {
        createRecord.mockRejectedValueOnce({ body: { message: 'No access', statusCode: 403 }, status: 403 });
        const { one, given, start } = await opened('backfill');
        await start();
        expect(one('c-woo-error-panel').errors.status).toBe(403);
        expect(one('.start').disabled).toBe(false);
        expect(given).not.toHaveBeenCalled();
    });

    it('closes again', async () => {
        const { one } = await opened('retry');
        one('.close').click();
        await settled();
        expect(one('.form')).toBeNull();
    });
});
