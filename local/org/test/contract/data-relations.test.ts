import { beforeAll, expect, it } from 'vitest';
import { createRecords } from '../../write/batch.ts';
import { makeId, toId18 } from '../../model/ids.ts';
import { codeOf, DataOrg, firstError } from './data-org.ts';
import { statement } from './statement.ts';

let org: DataOrg;
let parent: string;

beforeAll(() => {
  org = new DataOrg();
  parent = org.created('Woo_Order__c', { Name: '1', Woo_Key__c: 'main:1' });
});

const order = 'Woo_Order__c';
const item = 'Woo_Order_Item__c';

statement.group(
  'A value of a unique field that another record has is refused: `DUPLICATE_VALUE`, naming that record; case counts only in case-sensitive fields; deleted records do not count.',
  () => {
    it('names the other record, and leaves a record its own value', () => {
      const id = org.created(order, { Code__c: 'Abc' });
      const place = `Code__c duplicates value on record with id: ${id.slice(0, 15)}`;
      expect(firstError(org.create(order, { Code__c: 'aBC' }))).toEqual({
        statusCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: ${place}`,
        fields: [],
      });
      expect(codeOf(org.update(order, id, { Code__c: 'ABC' }))).toBe('ok');
    });

    it('tells upper from lower case in a case-sensitive field', () => {
      org.created(order, { Woo_Key__c: 'case:a' });
      expect(codeOf(org.create(order, { Woo_Key__c: 'case:A' }))).toBe('ok');
      expect(codeOf(org.create(order, { Woo_Key__c: 'case:a' }))).toBe('DUPLICATE_VALUE');
    });

    it('gives the value of a deleted record away', () => {
      org.delete(org.created(order, { Woo_Key__c: 'again' }));
      expect(codeOf(org.create(order, { Woo_Key__c: 'again' }))).toBe('ok');
    });

    it('compares the rows of one call', () => {
      const rows = [{ Code__c: 'same' }, { Code__c: 'same' }];
      const records = rows.map((record) => ({ type: order, record }));
      const results = createRecords(org.data, org.caller, records, false);
      expect(results.map(codeOf)).toEqual(['ok', 'DUPLICATE_VALUE']);
    });
  },
);

statement.group(
  'An id that is none is refused with `MALFORMED_ID`, one of another object with `FIELD_INTEGRITY_EXCEPTION`, one of no record with `INVALID_CROSS_REFERENCE_KEY`, one of a deleted record with `ENTITY_IS_DELETED`.',
  () => {
    it.each([
      ['abc', 'MALFORMED_ID', 'Contact: id value of incorrect type: abc'],
      [makeId('001', 1), 'FIELD_INTEGRITY_EXCEPTION', 'Contact: id value of incorrect type'],
      [makeId('003', 999), 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'],
    ])('%s in a lookup: %s', (id, code, message) => {
      const error = firstError(org.create(order, { Contact__c: id }));
      expect(error?.statusCode).toBe(code);
      expect(error?.message).toContain(message);
    });

    it('a deleted record, in a lookup and as the record to change', () => {
      const gone = org.created('Contact', { LastName: 'gone' });
      org.delete(gone);
      expect(codeOf(org.create(order, { Contact__c: gone }))).toBe('ENTITY_IS_DELETED');
      expect(codeOf(org.update('Contact', gone, { LastName: 'x' }))).toBe('ENTITY_IS_DELETED');
    });

    it.each([
      ['nonsense', 'MALFORMED_ID'],
      [makeId('001', 4321), 'INVALID_CROSS_REFERENCE_KEY'],
    ])('to delete %s: %s', (id, code) => {
      expect(codeOf(org.delete(id))).toBe(code);
    });

    it.each([
      ['nonsense', 'MALFORMED_ID'],
      [makeId('003', 1), 'MALFORMED_ID'],
      [makeId('a00', 4321), 'INVALID_CROSS_REFERENCE_KEY'],
    ])('to change %s: %s', (id, code) => {
      expect(codeOf(org.update(order, id, {}))).toBe(code);
    });
  },
);

statement(
  'Ids of 15 characters are taken for those of 18, whose last three must be their checksum.',
  () => {
    expect(toId18('001D000000IRFma')).toBe('001D000000IRFmaIAH');
    expect(toId18('001D000000IRFmaIAH')).toBe('001D000000IRFmaIAH');
    for (const bad of ['001D000000IRFmaIAX', '001D000000IRFm', '001D000000IRF-a']) {
      expect(toId18(bad)).toBeUndefined();
    }
    const contact = org.created('Contact', { LastName: 'short' });
    const pointing = org.created(order, { Contact__c: contact.slice(0, 15) });
    expect(org.value(pointing, 'Contact__c')).toBe(contact);
  },
);

statement.group(
  'A parent may be named by an external id; an unknown one is refused: `INVALID_FIELD`, `Foreign key external ID: … not found`.',
  () => {
    it('finds the parent', () => {
      const record = { Woo_Key__c: 'main:1:1', Order__r: { Woo_Key__c: 'main:1' } };
      const [result] = org.upsert(item, 'Woo_Key__c', record);
      expect(result).toMatchObject({ success: true, created: true });
      expect(org.value(result?.id ?? '', 'Order__c')).toBe(parent);
    });

    it.each([
      [
        { Woo_Key__c: 'main:nobody' },
        'Foreign key external ID: main:nobody not found for field Woo_Key__c in entity Contact',
      ],
      [
        { Email: 'a@example.com' },
        'does not match an External ID, Salesforce Id, or indexed field for Contact',
      ],
    ])('refuses %j', (related, message) => {
      const error = firstError(org.create(order, { Contact__r: related }));
      expect(error?.statusCode).toBe('INVALID_FIELD');
      expect(error?.message).toContain(message);
    });
  },
);

statement.group(
  'An upsert refuses a record without its key with `MISSING_ARGUMENT`, and a key that several records have with `DUPLICATE_EXTERNAL_ID`, also in a parent.',
  () => {
    it.each([
      [{ Name: 'x' }, 'MISSING_ARGUMENT'],
      [{ Woo_Key__c: null }, 'MISSING_ARGUMENT'],
      [{ Woo_Key__c: '' }, 'MISSING_ARGUMENT'],
      [{ Woo_Key__c: 'x'.repeat(256) }, 'STRING_TOO_LONG'],
      [{ Woo_Key__c: 'with id', Id: makeId('a00', 1) }, 'INVALID_FIELD'],
    ])('%j: %s', (record, code) => {
      expect(codeOf(org.upsert(order, 'Woo_Key__c', record)[0])).toBe(code);
    });

    it('a key that two records have', () => {
      const legacy = { Legacy_Number__c: 'twice' };
      org.created(order, legacy);
      org.created(order, legacy);
      expect(codeOf(org.upsert(order, 'Legacy_Number__c', legacy)[0])).toBe(
        'DUPLICATE_EXTERNAL_ID',
      );
      const child = { Woo_Key__c: 'main:twice', Order__r: legacy };
      expect(codeOf(org.upsert(item, 'Woo_Key__c', child)[0])).toBe('DUPLICATE_EXTERNAL_ID');
    });
  },
);

statement('The parent of a detail cannot be changed unless the field is reparentable.', () => {
  const other = org.created(order, {});
  const refund = org.created('Woo_Refund__c', { Order__c: parent, Amount__c: 1 });
  expect(codeOf(org.update('Woo_Refund__c', refund, { Order__c: other }))).toBe(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
  );
  const line = org.created(item, { Order__c: parent });
  expect(codeOf(org.update(item, line, { Order__c: other }))).toBe('ok');
});

statement(
  'Deleting a master deletes its details; deleting an account deletes its contacts; other lookups are emptied; a required lookup stops the deletion.',
  () => {
    const account = org.created('Account', { Name: 'a' });
    const contact = org.created('Contact', { LastName: 'x', AccountId: account });
    const master = org.created(order, { Contact__c: contact });
    const detail = org.created(item, { Order__c: master });
    const draft = { AccountId: account, EffectiveDate: '2026-03-01', Status: 'Draft' };
    const standardOrder = org.created('Order', draft);
    const stopped = firstError(org.delete(account));
    expect(stopped?.statusCode).toBe('DELETE_FAILED');
    expect(stopped?.message).toContain(standardOrder);
    expect(org.value(account, 'IsDeleted')).toBe(0);
    org.delete(standardOrder);
    expect(codeOf(org.delete(account))).toBe('ok');
    expect(org.value(contact, 'IsDeleted')).toBe(1);
    expect(org.value(master, 'Contact__c')).toBeNull();
    org.delete(master);
    expect(org.value(detail, 'IsDeleted')).toBe(1);
  },
);
