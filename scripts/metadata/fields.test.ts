import { describe, expect, it } from 'vitest';
import { base, fieldOf, fields, fullName, isType, read, texts } from './project-metadata.ts';

/* Fields are of the types, and keys unique, as the code that reads them takes for granted. */

/** Types whose records no page reads or saves. */
const setInSetup = ['Woo_Recipient__mdt'];

describe('values that pages read and save by Apex', () => {
  it('are of types that a deploy by Apex takes, and numbers are whole', () => {
    const types = [
      'Checkbox',
      'LongTextArea',
      'MetadataRelationship',
      'Number',
      'Picklist',
      'Text',
    ];
    const others = fields
      .filter(({ object }) => isType(object) && !setInSetup.includes(object))
      .filter(
        ({ type, body }) =>
          ![...types, 'Url'].includes(type) || !['0', undefined].includes(body['scale'] as string),
      );
    expect(others.map(fullName)).toEqual([]);
  });
});

describe('keys', () => {
  it.each(['Account', 'Contact', 'Product2', 'Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c'])(
    '%s can be upserted by Woo_Key__c',
    (object) => {
      expect(fieldOf(object, 'Woo_Key__c')?.body).toMatchObject({
        caseSensitive: 'true',
        externalId: 'true',
        length: '255',
        type: 'Text',
        unique: 'true',
      });
    },
  );

  it('lets an upsert name the master, such as the order of items', () => {
    const details = fields.filter(({ type }) => type === 'MasterDetail');
    expect(details.map(fullName)).toEqual([
      'Woo_Refund__c.Order__c',
      'Woo_Order_Item__c.Order__c',
      'Woo_Contact_Currency__c.Contact__c',
      'Woo_Account_Currency__c.Account__c',
    ]);
    for (const { body } of details) expect(body['reparentableMasterDetail']).toBe('true');
  });
});

describe('list views of issues', () => {
  const views = read(`${base}/objects/Woo_Sync_Issue__c/listViews/*.xml`, 'ListView');

  it('lead to the record that an issue is about', () => {
    expect(views).toHaveLength(3);
    for (const { name, body } of views)
      expect([name, texts(body['columns'])]).toEqual([
        name,
        expect.arrayContaining(['Record_Link__c']),
      ]);
  });
});
