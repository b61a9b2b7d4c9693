import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { issueOf } from 'c/wooSyncRecords';
import WooSyncIssue from 'c/wooSyncIssue';
import rich from '../../wooSyncHealth/__tests__/data/rich.json';

const [conflict, failed, ambiguous] = rich.uiapi.query.Woo_Sync_Issue__c.edges.map(({ node }) => issueOf(node));
const mockExplain = jest.fn();
jest.mock('c/wooIssueWords', () => ({ __esModule: true, explanationOf: (code) => mockExplain(code) }));

const settled = () => new Promise(process.nextTick);

async function shown(properties) {
    const element = Object.assign(createElement('c-woo-sync-issue', { is: WooSyncIssue }), properties);
    const settle = jest.fn();
    element.addEventListener('settle', ({ detail }) => settle(detail));
    document.body.appendChild(element);
    await settled();
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    return { element, settle, all, text: () => element.shadowRoot.textContent };
}

describe('c-woo-sync-issue', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows both values of a conflict and takes the chosen one', async () => {
        const { all, settle } = await shown({ issue: conflict, mayAct: true });
        expect(all('.value').map((one) => one.textContent)).toEqual(['Blue bean bag (sale)', 'Blue bean bag 青']);
        const [shop, salesforce] = all('lightning-button');
        expect([shop.label, salesforce.label]).toEqual(['c.Woo_Sync_Take_Shop', 'c.Woo_Sync_Take_Salesforce']);
        salesforce.click();
        await settled();
        expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: conflict.id, Resolution__c: 'take_salesforce' } });
        expect(settle).toHaveBeenCalledWith({ issueId: conflict.id, commandId: undefined });
    });

    it('says what was decided, which can still be changed', async () => {
        const { all, text } = await shown({ issue: { ...conflict, resolution: 'take_woo' }, mayAct: true });
        expect(text()).toContain('c.Woo_Sync_Decided_Shop');
        expect(all('lightning-button').map(({ variant }) => variant)).toEqual(['brand', 'neutral']);
    });

    it('lets nobody choose where a rule has decided', async () => {
        const { all } = await shown({ issue: { ...conflict, code: 'CONFLICT_DECIDED' }, mayAct: true });
        expect(all('.value')).toHaveLength(2);
        expect(all('lightning-button')).toHaveLength(0);
    });

    it('says that a side is empty, and cuts a long value', async () => {
        const { all } = await shown({ issue: { ...conflict, wooValue: null, salesforceValue: 'x'.repeat(4000) } });
        expect(all('.value')[0].textContent).toBe('c.Woo_Sync_Empty_Value');
        expect(all('.value')[1].textContent).toHaveLength(301);
    });

    it('tries again by a command about the issue', async () => {
        createRecord.mockResolvedValueOnce({ id: 'a00X' });
        const { all, settle } = await shown({ issue: failed, mayAct: true });
        all('.retry')[0].click();
        await settled();
        expect(createRecord).toHaveBeenCalledWith({
            apiName: 'Woo_Command__c',
            fields: { Type__c: 'retry', Record_Id__c: failed.id }
        });
        expect(settle).toHaveBeenCalledWith({ issueId: failed.id, commandId: 'a00X' });
    });

    it('lets a person dismiss a value that has gone back, by the same command', async () => {
        createRecord.mockResolvedValueOnce({ id: 'a00X' });
        const node = { Id: 'a01', Issue_Key__c: { value: 'order:Woo_Order__c:main:7#Status__c refused' } };
        const { all } = await shown({ issue: issueOf(node), mayAct: true });
        expect(all('lightning-button').map((button) => button.label)).toEqual(['c.Woo_Sync_Dismiss']);
        all('.retry')[0].click();
        await settled();
        expect(createRecord).toHaveBeenCalledWith({
            apiName: 'Woo_Command__c',
            fields: { Type__c: 'retry', Record_Id__c: 'a01' }
        });
        const other = await shown({ issue: failed, mayAct: true });
        expect(other.all('lightning-button').map((button) => button.label)).toEqual([
            'c.Woo_Sync_Try_Again',
            'c.Woo_Sync_Leave'
        ]);
    });

    it('offers no second try while one is under way', async () => {
        const { all, text } = await shown({ issue: failed, mayAct: true, isTried: true });
        expect(all('.retry')).toHaveLength(0);
        expect(text()).toContain('c.Woo_Sync_Tried');
    });

    it('leaves an issue as it is', async () => {
        const { all } = await shown({ issue: failed, mayAct: true });
        all('.leave')[0].click();
        await settled();
        expect(updateRecord.mock.calls[0][0].fields.State__c).toBe('ignored');
    });

    it('says why something could not be done, and nothing of success', async () => {
        updateRecord.mockRejectedValueOnce({ body: { message: 'Locked', statusCode: 400 } });
        const { all, settle } = await shown({ issue: conflict, mayAct: true });
        all('lightning-button')[0].click();
        await settled();
        await settled();
        expect(all('c-woo-error-panel')[0].errors.body.message).toBe('Locked');
        expect(settle).not.toHaveBeenCalled();
        expect(all('lightning-button')[0].disabled).toBe(false);
    });

    it('has no buttons for who may only read', async () => {
        const { all, text } = await shown({ issue: conflict });
        expect(all('lightning-button')).toHaveLength(0);
        expect(text()).not.toContain(conflict.whatToDo);
        expect(text()).toContain('c.Woo_Sync_Ask_Admin');
    });

    it('says what to do to who may do it', async () => {
        const { text } = await shown({ issue: failed, mayAct: true });
        expect(text()).toContain(failed.whatToDo);
        expect(text()).not.toContain('c.Woo_Sync_Ask_Admin');
    });

    it('leads to the records that may be meant', async () => {
        const { all } = await shown({ issue: ambiguous, namesRecord: true });
        const links = all('.slds-list_dotted c-woo-record-link');
        expect(links.map(({ recordId, unnamed }) => [recordId, unnamed])).toEqual([
            ['003Lo0000000001IAA', '003Lo0000000001IAA'],
            ['003Lo0000000002IAA', '003Lo0000000002IAA']
        ]);
        expect(all('.about').map((one) => one.textContent)).toEqual(['Product', 'main', '17']);
    });

    it('says fields by their labels, and names the record', async () => {
        const node = {
            Id: 'a01',
            ...Object.fromEntries(
                Object.entries({
                    Salesforce_Object__c: 'Product2',
                    Record_Id__c: '01tLo0000000001IAA',
                    Woo_Id__c: '17',
                    Field__c: 'Woo_Regular_Price__c',
                    Reason__c: 'Woo_Regular_Price__c was changed on both sides.',
                    What_To_Do__c: 'Correct StockKeepingUnit.'
                }).map(([name, value]) => [name, { value }])
            )
        };
        const { all, text } = await shown({ issue: issueOf(node), namesRecord: true, mayAct: true });
        expect(getObjectInfo.getLastConfig()).toEqual({ objectApiName: 'Product2' });
        const label = (one) => ({ label: one, referenceToInfos: [] });
        getObjectInfo.emit({
            apiName: 'Product2',
            label: 'Product',
            nameFields: ['Name'],
            fields: {
                Name: label('Product Name'),
                Woo_Regular_Price__c: label('Regular Price'),
                StockKeepingUnit: label('Product SKU')
            }
        });
        await settled();
        expect(text()).toContain('Regular Price was changed on both sides.');
        expect(text()).toContain('Correct Product SKU.');
        expect(text()).not.toContain('__c');
        expect(all('.record')[0]).toMatchObject({ recordId: '01tLo0000000001IAA', nameField: 'Product2.Name' });
        expect(all('.about').map((one) => one.textContent)).toEqual(['17', 'c.Woo_Sync_Field']);
    });

    it('asks nothing about configuration, and shows no id of a draft that the shop does not have', async () => {
        await shown({ issue: { ...failed, object: 'Woo_Mapping__mdt' } });
        expect(getObjectInfo.getLastConfig()).toEqual({ objectApiName: undefined });
        const draft = { Id: 'a01', Woo_Id__c: { value: 'Woo_Order__c:a07Lo000000005CIAQ' } };
        const { all } = await shown({ issue: issueOf(draft), namesRecord: true });
        expect(all('.about')).toEqual([]);
        expect(all('.record')[0].recordId).toBe('a07Lo000000005CIAQ');
        const many = { Id: 'a02', Woo_Id__c: { value: '*' } };
        expect((await shown({ issue: issueOf(many), namesRecord: true })).all('.about, .record')).toEqual([]);
    });

    it('says what it is and what to do in the language of the user, with the sentences of the service beside it', async () => {
        mockExplain.mockReturnValue({ meaning: '意味', cure: '対処' });
        const acting = await shown({ issue: failed, mayAct: true });
        const texts = (one, selector) => one.all(selector).map(({ textContent }) => textContent);
        expect(texts(acting, '.meaning')).toEqual(['意味']);
        expect(texts(acting, '.reason')).toEqual([failed.reason]);
        expect(acting.text()).toContain('対処');
        expect(texts(acting, '.cure-said')).toEqual([failed.whatToDo]);
        const reading = await shown({ issue: failed });
        expect(reading.text()).not.toContain('対処');
        expect(reading.all('.cure-said')).toEqual([]);
        const deciding = await shown({ issue: conflict, mayAct: true });
        expect(texts(deciding, '.meaning')).toEqual(['意味']);
        expect(deciding.text()).not.toContain('対処');
        mockExplain.mockReset();
        expect((await shown({ issue: failed, mayAct: true })).all('.meaning, .cure-said')).toEqual([]);
    });
});
