import { expect, it } from 'vitest';
import { DataOrg } from './contract/data-org.ts';

it('custom metadata keeps durable ids for objects and fields, and record ids for records', () => {
  const org = new DataOrg();
  const names = { Salesforce_Object__c: 'Woo_Order__c', External_Id_Field__c: 'Woo_Key__c' };
  const put = (type: string, name: string, values: object): string =>
    org.data.putSystemRow(type, { DeveloperName: name }, { ...values });
  const id = put('Woo_Mapping__mdt', 'Order', { MasterLabel: 'Order', ...names });
  expect(org.value(id, 'Salesforce_Object__c')).toMatch(/^01I\w{12}$/);
  expect(org.value(id, 'External_Id_Field__c')).toMatch(/^01I\w{12}\.Woo_Key__c$/);
  const row = put('Woo_Field_Mapping__mdt', 'X', { Mapping__c: 'Order' });
  expect(org.value(row, 'Mapping__c')).toBe(id);
  expect(put('Woo_Mapping__mdt', 'Order', {})).toBe(id);
  expect(() => put('Woo_Field_Mapping__mdt', 'Y', { Mapping__c: 'Nope' })).toThrow(
    'the org has no Woo_Mapping__mdt named Nope',
  );
});

it('a deploy that is rolled back leaves schema, rows and components as they were', () => {
  const org = new DataOrg();
  const before = org.data.components();
  org.data.begin();
  org.data.putObjects([{ ...org.object('Woo_Order__c'), name: 'Temporary__c', keyPrefix: '' }]);
  org.data.putComponents([{ type: 'CustomObject', fullName: 'Temporary__c', body: {} }]);
  expect(org.create('Temporary__c', {})).toMatchObject({ success: true });
  org.data.rollback();
  expect(org.data.object('Temporary__c')).toBeUndefined();
  expect(org.data.components()).toEqual(before);
  expect(org.create('Temporary__c', {})).toMatchObject({
    errors: [{ statusCode: 'INVALID_TYPE' }],
  });
  expect(org.create('Woo_Order__c', {})).toMatchObject({ success: true });
});
