import { beforeAll, describe, expect, it } from 'vitest';
import { createRecords, updateRecords, upsertRecords, type SaveResult } from '../data/batch.ts';
import { deleteRecords } from '../data/delete.ts';
import type { SaveError } from '../data/errors.ts';
import { makeId, toId18 } from '../data/ids.ts';
import { createOrgData, type OrgData } from '../data/org-data.ts';
import { seed } from '../data/seed.ts';
import type { ObjectDefinition } from '../schema/types.ts';
import { findField } from '../soql/scope.ts';
import { deployTestObjects } from './objects.ts';

let org: OrgData;
let caller: { userId: string };
let orderId: string;

const create = (type: string, record: object): SaveResult => {
  const [result] = createRecords(org, caller, [{ type, record: { ...record } }], false);
  if (!result) throw new Error('no result');
  return result;
};
const created = (type: string, record: object): string => {
  const result = create(type, record);
  if (!result.success) throw new Error(JSON.stringify(result.errors));
  return result.id;
};
const update = (type: string, id: string, record: object): SaveResult | undefined =>
  updateRecords(org, caller, [{ type, record: { ...record, Id: id } }], false)[0];
const firstError = (result: SaveResult | undefined): SaveError | undefined => result?.errors[0];
const value = (id: string, name: string): unknown => {
  const object = org.objectOfId(id);
  return object && org.row(object, id)?.[name];
};
const object = (name: string): ObjectDefinition => {
  const found = org.object(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const upsert = (name: string, key: string, ...records: object[]): readonly SaveResult[] => {
  const field = findField(object(name), key);
  if (!field) throw new Error(`no ${key}`);
  return upsertRecords(
    org,
    caller,
    object(name),
    field,
    records.map((one) => ({ ...one })),
    false,
  );
};

beforeAll(() => {
  org = createOrgData({ now: () => new Date('2026-03-01T10:00:00.789Z') });
  seed(org, { adminUsername: 'a@example.com', integrationUsername: 'b@example.com' });
  caller = { userId: String(org.db.get('SELECT Id FROM User')?.['Id']) };
  deployTestObjects(org);
  orderId = created('Woo_Order__c', { Name: '1', Woo_Key__c: 'main:1' });
});

describe('a value is kept', () => {
  it.each([
    ['Name', '  padded\t', 'padded'],
    ['Name', 12, '12'],
    ['Store__c', '   ', null],
    ['Total__c', '12.5', 12.5],
    ['Total__c', 1.005, 1.01],
    ['Total__c', -2.675, -2.68],
    ['Total__c', 9_999_999_999_999_998, 9_999_999_999_999_998],
    ['Created_In_Woo__c', '2026-01-31T23:30:00+01:00', '2026-01-31T22:30:00.000+0000'],
    ['Created_In_Woo__c', '2026-01-31T23:30:00.123Z', '2026-01-31T23:30:00.000+0000'],
    ['Created_In_Woo__c', '2026-01-31T23:30:00+0130', '2026-01-31T22:00:00.000+0000'],
    ['Day__c', '2028-02-29', '2028-02-29'],
    ['Deleted_In_Woo__c', 'true', 1],
    ['Status__c', 'not in the list', 'not in the list'],
    ['Tags__c', 'new;bulk', 'new;bulk'],
    ['Billing_Email__c', "o'neil+x@sub.example.com", "o'neil+x@sub.example.com"],
    ['Billing_Email__c', '', null],
  ])('%s: %j as %j', (name, given, kept) => {
    const id = created('Woo_Order__c', { [name]: given });
    expect(value(id, name)).toEqual(kept);
  });

  it('in the field whatever the case of its name', () => {
    expect(value(created('woo_order__C', { NAME: 'x' }), 'Name')).toBe('x');
  });

  it('by default where the record says nothing, and not where it says null', () => {
    expect(value(created('Woo_Order__c', {}), 'Status__c')).toBe('pending');
    expect(value(created('Woo_Order__c', { Status__c: null }), 'Status__c')).toBeNull();
  });

  it('as the id where a custom object gets no name', () => {
    const id = created('Woo_Order__c', {});
    expect(value(id, 'Name')).toBe(id.slice(0, 15));
  });

  it('joined for the name of a person, also when a part changes', () => {
    const id = created('Contact', { FirstName: 'Ada', LastName: 'King' });
    expect(value(id, 'Name')).toBe('Ada King');
    update('Contact', id, { LastName: 'Lovelace' });
    expect(value(id, 'Name')).toBe('Ada Lovelace');
  });

  it('counted up for auto numbers', () => {
    const make = (): string => created('Woo_Refund__c', { Order__c: orderId, Amount__c: 1 });
    const [first, second] = [value(make(), 'Name'), value(make(), 'Name')].map(String);
    expect(first).toMatch(/^WR-\d{6}$/);
    expect(Number(second?.slice(3))).toBe(Number(first?.slice(3)) + 1);
  });
});

describe('a record is refused', () => {
  it.each([
    [
      'Woo_Order__c',
      { Nope__c: 1 },
      'INVALID_FIELD',
      "No such column 'Nope__c' on sobject of type Woo_Order__c",
    ],
    ['Woo_Order__c', { Id: 'x' }, 'INVALID_FIELD', 'The Id field should not be specified'],
    ['Nope__c', {}, 'INVALID_TYPE', "sObject type 'Nope__c' is not supported"],
    [
      'Woo_Order__c',
      { Total__c: 'abc' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of double from VALUE_STRING value abc',
    ],
    ['Woo_Order__c', { Total__c: {} }, 'JSON_PARSER_ERROR', 'from START_OBJECT value {'],
    ['Woo_Order__c', { Name: ['a'] }, 'JSON_PARSER_ERROR', 'instance of string from START_ARRAY'],
    ['Woo_Order__c', { Total__c: '10,50' }, 'JSON_PARSER_ERROR', 'VALUE_STRING value 10,50'],
    ['Woo_Order__c', { Deleted_In_Woo__c: 'yes' }, 'JSON_PARSER_ERROR', 'instance of boolean'],
    [
      'Woo_Order__c',
      { Deleted_In_Woo__c: null },
      'JSON_PARSER_ERROR',
      'from VALUE_NULL value null',
    ],
    [
      'Woo_Order__c',
      { Created_In_Woo__c: '2026-01-31T23:30:00' },
      'JSON_PARSER_ERROR',
      'instance of datetime',
    ],
    [
      'Woo_Order__c',
      { Created_In_Woo__c: '2026-01-31 23:30:00' },
      'JSON_PARSER_ERROR',
      'instance of datetime',
    ],
    [
      'Woo_Order__c',
      { Created_In_Woo__c: '2026-13-31T23:30:00Z' },
      'JSON_PARSER_ERROR',
      'instance of datetime',
    ],
    ['Woo_Order__c', { Day__c: '2026-02-30' }, 'JSON_PARSER_ERROR', 'instance of date'],
    ['Woo_Order__c', { Day__c: '2026-02-03T00:00:00Z' }, 'JSON_PARSER_ERROR', 'instance of date'],
    ['Woo_Order__c', { Day__c: '0001-01-01' }, 'JSON_PARSER_ERROR', 'instance of date'],
    ['Woo_Order__c', { Day__c: '4001-01-01' }, 'JSON_PARSER_ERROR', 'instance of date'],
    [
      'Woo_Order__c',
      { Name: 'x'.repeat(81) },
      'STRING_TOO_LONG',
      'Name: data value too large: xxx',
    ],
    [
      'Woo_Order__c',
      { Customer_Note__c: 'x'.repeat(32_769) },
      'STRING_TOO_LONG',
      '(max length=32768)',
    ],
    [
      'Woo_Order__c',
      { Total__c: 1e16 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Total: value outside of valid range on numeric field',
    ],
    [
      'Woo_Order__c',
      { Billing_Email__c: 'a@b' },
      'INVALID_EMAIL_ADDRESS',
      'Billing Email: invalid email address: a@b',
    ],
    [
      'Woo_Order__c',
      { Billing_Email__c: 'a b@example.com' },
      'INVALID_EMAIL_ADDRESS',
      'a b@example.com',
    ],
    [
      'Woo_Order__c',
      { Billing_Email__c: 'a..b@example.com' },
      'INVALID_EMAIL_ADDRESS',
      'a..b@example.com',
    ],
    [
      'Woo_Order__c',
      { Tags__c: 'new;old' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'bad value for restricted picklist field: old',
    ],
    [
      'Woo_Order__c',
      { Contact__c: 'abc' },
      'MALFORMED_ID',
      'Contact: id value of incorrect type: abc',
    ],
    [
      'Woo_Order__c',
      { Contact__c: makeId('001', 1) },
      'FIELD_INTEGRITY_EXCEPTION',
      'Contact: id value of incorrect type',
    ],
    [
      'Woo_Order__c',
      { Contact__c: makeId('003', 999) },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    [
      'Woo_Order__c',
      { Contact__r: { Woo_Key__c: 'main:nobody' } },
      'INVALID_FIELD',
      'Foreign key external ID: main:nobody not found for field Woo_Key__c in entity Contact',
    ],
    [
      'Woo_Order__c',
      { Contact__r: { Email: 'a@example.com' } },
      'INVALID_FIELD',
      'does not match an External ID, Salesforce Id, or indexed field for Contact',
    ],
    ['Woo_Order__c', { Contact__r: 'main:1' }, 'JSON_PARSER_ERROR', 'Contact__r from VALUE_STRING'],
    [
      'Woo_Order__c',
      { Admin_Link__c: 'x' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Admin_Link__c.',
    ],
    [
      'Woo_Order__c',
      { CreatedDate: '2026-01-01T00:00:00Z' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'CreatedDate',
    ],
    ['Woo_Refund__c', { Name: 'mine' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Name'],
    [
      'Woo_Refund__c',
      { Amount__c: 1 },
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Order__c]',
    ],
    [
      'Woo_Refund__c',
      {},
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Order__c, Amount__c]',
    ],
    ['Contact', { FirstName: 'Ada' }, 'REQUIRED_FIELD_MISSING', '[LastName]'],
    ['Contact', { LastName: ' ' }, 'REQUIRED_FIELD_MISSING', '[LastName]'],
    ['Contact', { LastName: 'x', Name: 'y' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Name'],
    [
      'Contact',
      { LastName: 'x', MailingAddress: {} },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'MailingAddress',
    ],
    [
      'Woo_Mapping__mdt',
      {},
      'INVALID_TYPE_FOR_OPERATION',
      'entity type Woo_Mapping__mdt does not support insert',
    ],
    ['User', {}, 'INVALID_TYPE_FOR_OPERATION', 'entity type User does not support insert'],
  ])('%s %j: %s', (type, record, code, message) => {
    const error = firstError(create(type, record));
    expect(error?.statusCode).toBe(code);
    expect(error?.message).toContain(message);
  });

  it('with all its errors at once, each naming its field', () => {
    const { errors } = create('Woo_Order__c', {
      Name: 'x'.repeat(81),
      Billing_Email__c: 'x',
      Code__c: 'y'.repeat(21),
    });
    expect(errors.map((one) => [one.statusCode, ...one.fields])).toEqual([
      ['STRING_TOO_LONG', 'Name'],
      ['INVALID_EMAIL_ADDRESS', 'Billing_Email__c'],
      ['STRING_TOO_LONG', 'Code__c'],
    ]);
  });

  it('when a change empties a required field', () => {
    const id = created('Contact', { LastName: 'x' });
    expect(firstError(update('Contact', id, { LastName: null }))?.statusCode).toBe(
      'REQUIRED_FIELD_MISSING',
    );
    expect(update('Contact', id, { FirstName: 'y' })).toMatchObject({ success: true });
  });

  it('when a change moves a detail that cannot be moved, and not one that can', () => {
    const refund = created('Woo_Refund__c', { Order__c: orderId, Amount__c: 1 });
    expect(firstError(update('Woo_Refund__c', refund, { Order__c: orderId }))?.statusCode).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    const item = created('Woo_Order_Item__c', { Order__c: orderId });
    const other = created('Woo_Order__c', {});
    expect(update('Woo_Order_Item__c', item, { Order__c: other })).toMatchObject({ success: true });
  });

  it('when it points to a deleted record', () => {
    const gone = created('Contact', { LastName: 'gone' });
    deleteRecords(org, caller, [gone], false);
    expect(firstError(create('Woo_Order__c', { Contact__c: gone }))?.statusCode).toBe(
      'ENTITY_IS_DELETED',
    );
    expect(firstError(update('Contact', gone, { LastName: 'back' }))?.statusCode).toBe(
      'ENTITY_IS_DELETED',
    );
  });
});

describe('unique fields', () => {
  it('refuse a value that another record has, naming that record', () => {
    const id = created('Woo_Order__c', { Code__c: 'Abc' });
    expect(firstError(create('Woo_Order__c', { Code__c: 'aBC' }))).toEqual({
      statusCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Code__c duplicates value on record with id: ${id.slice(0, 15)}`,
      fields: [],
    });
    expect(update('Woo_Order__c', id, { Code__c: 'ABC' })).toMatchObject({ success: true });
  });

  it('tell upper from lower case when they are case-sensitive', () => {
    created('Woo_Order__c', { Woo_Key__c: 'case:a' });
    expect(create('Woo_Order__c', { Woo_Key__c: 'case:A' })).toMatchObject({ success: true });
    expect(firstError(create('Woo_Order__c', { Woo_Key__c: 'case:a' }))?.statusCode).toBe(
      'DUPLICATE_VALUE',
    );
  });

  it('take a value again once its record is deleted', () => {
    const id = created('Woo_Order__c', { Woo_Key__c: 'again' });
    deleteRecords(org, caller, [id], false);
    expect(create('Woo_Order__c', { Woo_Key__c: 'again' })).toMatchObject({ success: true });
  });

  it('compare the rows of one call with each other', () => {
    const both = [{ Code__c: 'same' }, { Code__c: 'same' }];
    const results = createRecords(
      org,
      caller,
      both.map((record) => ({ type: 'Woo_Order__c', record })),
      false,
    );
    expect(results.map((one) => one.success)).toEqual([true, false]);
  });
});

describe('an upsert', () => {
  it('names its parent by key', () => {
    const [result] = upsert('Woo_Order_Item__c', 'Woo_Key__c', {
      Woo_Key__c: 'main:1:1',
      Order__r: { Woo_Key__c: 'main:1' },
    });
    expect(result).toMatchObject({ success: true, created: true });
    expect(value(result?.success ? result.id : '', 'Order__c')).toBe(orderId);
  });

  it('does not see a parent that the same call creates', () => {
    const [parent, child] = upsert(
      'Product2',
      'Woo_Key__c',
      { Woo_Key__c: 'main:p', Name: 'Parent' },
      { Woo_Key__c: 'main:v', Name: 'Variation', Woo_Parent_Product__r: { Woo_Key__c: 'main:p' } },
    );
    expect(parent).toMatchObject({ success: true });
    expect(firstError(child)?.message).toContain('Foreign key external ID: main:p not found');
  });

  it('names no parent by a key that several records have', () => {
    created('Woo_Order__c', { Legacy_Number__c: 'same' });
    created('Woo_Order__c', { Legacy_Number__c: 'same' });
    const [result] = upsert('Woo_Order_Item__c', 'Woo_Key__c', {
      Woo_Key__c: 'main:same:1',
      Order__r: { Legacy_Number__c: 'same' },
    });
    expect(firstError(result)?.statusCode).toBe('DUPLICATE_EXTERNAL_ID');
  });

  it.each([
    [{ Name: 'x' }, 'MISSING_ARGUMENT'],
    [{ Woo_Key__c: null }, 'MISSING_ARGUMENT'],
    [{ Woo_Key__c: '' }, 'MISSING_ARGUMENT'],
    [{ Woo_Key__c: 'x'.repeat(256) }, 'STRING_TOO_LONG'],
    [{ Woo_Key__c: 'with id', Id: makeId('a00', 1) }, 'INVALID_FIELD'],
  ])('of %j is refused with %s', (record, code) => {
    expect(firstError(upsert('Woo_Order__c', 'Woo_Key__c', record)[0])?.statusCode).toBe(code);
  });

  it('of a key that is not unique refuses when several records have it', () => {
    created('Woo_Order__c', { Legacy_Number__c: 'twice' });
    created('Woo_Order__c', { Legacy_Number__c: 'twice' });
    expect(
      firstError(upsert('Woo_Order__c', 'Legacy_Number__c', { Legacy_Number__c: 'twice' })[0])
        ?.statusCode,
    ).toBe('DUPLICATE_EXTERNAL_ID');
  });
});

describe('a deletion', () => {
  it('is stopped by a record that cannot be without the other', () => {
    const account = created('Account', { Name: 'a' });
    const order = created('Order', {
      AccountId: account,
      EffectiveDate: '2026-03-01',
      Status: 'Draft',
    });
    const [refused] = deleteRecords(org, caller, [account], false);
    expect(firstError(refused)).toMatchObject({ statusCode: 'DELETE_FAILED' });
    expect(firstError(refused)?.message).toContain(order);
    expect(value(account, 'IsDeleted')).toBe(0);
  });

  it('takes details along and empties lookups', () => {
    const contact = created('Contact', { LastName: 'x' });
    const order = created('Woo_Order__c', { Contact__c: contact });
    const item = created('Woo_Order_Item__c', { Order__c: order });
    deleteRecords(org, caller, [contact], false);
    expect(value(order, 'Contact__c')).toBeNull();
    deleteRecords(org, caller, [order], false);
    expect(value(item, 'IsDeleted')).toBe(1);
  });

  it('of an account takes its contacts along', () => {
    const account = created('Account', { Name: 'a' });
    const contact = created('Contact', { LastName: 'x', AccountId: account });
    deleteRecords(org, caller, [account], false);
    expect(value(contact, 'IsDeleted')).toBe(1);
  });

  it.each([
    ['nonsense', 'MALFORMED_ID'],
    [makeId('001', 4321), 'INVALID_CROSS_REFERENCE_KEY'],
  ])('of %s is refused with %s', (id, code) => {
    expect(firstError(deleteRecords(org, caller, [id], false)[0])?.statusCode).toBe(code);
  });
});

describe('all or none', () => {
  it('writes nothing when one row fails, and says so in the place of the others', () => {
    const rows = [{ Code__c: 'kept?' }, { Total__c: 'x' }].map((record) => ({
      type: 'Woo_Order__c',
      record,
    }));
    const results = createRecords(org, caller, rows, true);
    expect(results.map((one) => one.errors[0]?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'JSON_PARSER_ERROR',
    ]);
    expect(create('Woo_Order__c', { Code__c: 'kept?' })).toMatchObject({ success: true });
  });
});

describe('ids', () => {
  it.each([
    ['001D000000IRFma', '001D000000IRFmaIAH'],
    ['001D000000IRFmaIAH', '001D000000IRFmaIAH'],
    ['001D000000IRFmaIAX', undefined],
    ['001D000000IRFm', undefined],
    ['001D000000IRF-a', undefined],
  ])('%s is %s in 18 characters', (id, full) => {
    expect(toId18(id)).toBe(full);
  });
});

describe('custom metadata', () => {
  it('keeps durable ids for objects and fields, and record ids for records', () => {
    const id = org.putSystemRow(
      'Woo_Mapping__mdt',
      { DeveloperName: 'Order' },
      {
        MasterLabel: 'Order',
        Salesforce_Object__c: 'Woo_Order__c',
        External_Id_Field__c: 'Woo_Key__c',
      },
    );
    expect(value(id, 'Salesforce_Object__c')).toMatch(/^01I\w{12}$/);
    expect(value(id, 'External_Id_Field__c')).toMatch(/^01I\w{12}\.Woo_Key__c$/);
    const row = org.putSystemRow(
      'Woo_Field_Mapping__mdt',
      { DeveloperName: 'X' },
      { Mapping__c: 'Order' },
    );
    expect(value(row, 'Mapping__c')).toBe(id);
    expect(org.putSystemRow('Woo_Mapping__mdt', { DeveloperName: 'Order' }, {})).toBe(id);
  });

  it('refuses a name that the org has not', () => {
    const put = (): string =>
      org.putSystemRow('Woo_Field_Mapping__mdt', { DeveloperName: 'Y' }, { Mapping__c: 'Nope' });
    expect(put).toThrow('the org has no Woo_Mapping__mdt named Nope');
  });
});

describe('a deploy that is rolled back', () => {
  it('leaves schema, rows and components as they were', () => {
    const before = org.components();
    org.begin();
    org.putObjects([{ ...object('Woo_Order__c'), name: 'Temporary__c', keyPrefix: '' }]);
    org.putComponents([{ type: 'CustomObject', fullName: 'Temporary__c', body: {} }]);
    expect(create('Temporary__c', {})).toMatchObject({ success: true });
    org.rollback();
    expect(org.object('Temporary__c')).toBeUndefined();
    expect(org.components()).toEqual(before);
    expect(firstError(create('Temporary__c', {}))?.statusCode).toBe('INVALID_TYPE');
    expect(create('Woo_Order__c', {})).toMatchObject({ success: true });
  });
});
