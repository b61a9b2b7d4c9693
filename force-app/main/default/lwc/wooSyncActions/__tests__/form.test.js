import { fieldsOf } from '../form';

const one = [{ key: 'main' }];
const two = [{ key: 'main' }, { key: 'outlet' }];
const form = (which, text, store = '') => ({ which, text, store });

describe('fieldsOf', () => {
    it('takes every store where none was chosen', () => {
        expect(fieldsOf('backfill', form('order', ''), two)).toEqual({ fields: { Type__c: 'backfill' } });
        expect(fieldsOf('dry_run', form('order', '', 'outlet'), two)).toEqual({
            fields: { Type__c: 'dry_run', Store__c: 'outlet' }
        });
        expect(fieldsOf('retry', form('order', '99'), one)).toEqual({ fields: { Type__c: 'retry' } });
    });

    it('takes ids as people write them', () => {
        expect(fieldsOf('sync', form('order', ' 1042,1043\n7 '), one)).toEqual({
            fields: { Type__c: 'sync', Resource__c: 'order', Arguments__c: '1042, 1043, 7' }
        });
    });

    it.each(['', ' , ', '12a', '-1', '0', '#1042', '1.5'])('refuses %j as ids', (text) => {
        expect(fieldsOf('sync', form('order', text), one)).toEqual({ problem: 'badIds' });
        expect(fieldsOf('explain', form('order', text), one)).toEqual({ problem: 'badId' });
    });

    it('explains one record, or a guest', () => {
        expect(fieldsOf('explain', form('product', '1, 2'), one)).toEqual({ problem: 'badId' });
        expect(fieldsOf('explain', form('customer', 'guest:ada@example.com'), one)).toEqual({
            fields: { Type__c: 'explain', Resource__c: 'customer', Arguments__c: 'guest:ada@example.com' }
        });
        expect(fieldsOf('explain', form('order', 'guest:ada@example.com'), one)).toEqual({ problem: 'badId' });
        expect(fieldsOf('sync', form('customer', 'guest:ada@example.com'), one)).toEqual({ problem: 'badIds' });
    });

    it('needs the store of ids where there are several', () => {
        expect(fieldsOf('sync', form('order', '7'), two)).toEqual({ problem: 'noStore' });
        expect(fieldsOf('sync', form('order', '7', 'outlet'), two).fields).toMatchObject({ Store__c: 'outlet' });
    });

    it.each([
        ['01tLo0000000001', '01tLo0000000001'],
        ['01tLo0000000001IAA', '01tLo0000000001IAA'],
        ['https://x.lightning.force.com/lightning/r/Product2/01tLo0000000001IAA/view', '01tLo0000000001IAA']
    ])('finds the id in %s', (text, id) => {
        expect(fieldsOf('explain', form('record', text, 'outlet'), two)).toEqual({
            fields: { Type__c: 'explain', Record_Id__c: id }
        });
    });

    it.each(['', 'Blue bean bag', '01tLo00000000', 'abcdefghijklmnopqr'])('refuses %j as a record', (text) => {
        expect(fieldsOf('sync', form('record', text), one)).toEqual({ problem: 'badRecord' });
    });
});
