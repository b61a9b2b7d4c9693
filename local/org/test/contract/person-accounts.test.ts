import { beforeEach, expect } from 'vitest';
import { recordTypeInfos } from '../../rest/record-types.ts';
import { mergeRecords } from '../../write/merge.ts';
import { codeOf, DataOrg, firstError } from './data-org.ts';
import { statement } from './statement.ts';

let org: DataOrg;

beforeEach(() => {
  org = new DataOrg({ features: { personAccounts: true } });
});

const ada = { FirstName: 'Ada', LastName: 'King', PersonEmail: 'ada@example.com' };
const contactOf = (account: string): string => String(org.value(account, 'PersonContactId'));
const notWritable = 'INVALID_FIELD_FOR_INSERT_UPDATE';

statement(
  'Without Person Accounts, `IsPersonAccount` and the fields of persons do not exist.',
  () => {
    const plain = new DataOrg();
    const has = (one: DataOrg, name: string): boolean =>
      one.object('Account').fields.some((field) => field.name === name);
    for (const name of ['IsPersonAccount', 'PersonEmail', 'LastName', 'Woo_Key__pc']) {
      expect([has(plain, name), has(org, name)]).toEqual([false, true]);
    }
    expect(codeOf(plain.create('Account', ada))).toBe('INVALID_FIELD');
  },
);

statement(
  'A describe answer names the record types of an object with `developerName`, `recordTypeId`, `active` and `available`, the master last.',
  () => {
    const named = (one: DataOrg) =>
      recordTypeInfos(one.data, one.object('Account')).map((info) => [
        info['developerName'],
        info['available'],
      ]);
    expect(named(org)).toEqual([
      ['Business_Account', true],
      ['PersonAccount', true],
      ['Master', true],
    ]);
    expect(named(new DataOrg())).toEqual([['Master', true]]);
  },
);

statement(
  'A new account with a last name, or with the record type of persons, is a person account; its name is joined from its parts, and `Name` cannot be written: `INVALID_FIELD_FOR_INSERT_UPDATE`.',
  () => {
    const types = new Map(
      org.data.db
        .all('SELECT DeveloperName, Id FROM RecordType')
        .map((row) => [row['DeveloperName'], row['Id']]),
    );
    const person = types.get('PersonAccount');
    for (const more of [{}, { RecordTypeId: person }]) {
      const id = org.created('Account', { ...ada, ...more });
      const values = ['IsPersonAccount', 'Name', 'RecordTypeId'];
      expect(values.map((name) => org.value(id, name))).toEqual([1, 'Ada King', person]);
      org.update('Account', id, { FirstName: 'Augusta' });
      expect(org.value(id, 'Name')).toBe('Augusta King');
      expect(codeOf(org.update('Account', id, { Name: 'x' }))).toBe(notWritable);
    }
    expect(codeOf(org.create('Account', { ...ada, Name: 'x' }))).toBe(notWritable);
    const business = org.created('Account', { Name: 'A' });
    expect(org.value(business, 'IsPersonAccount')).toBe(0);
    expect(org.value(business, 'RecordTypeId')).toBe(types.get('Business_Account'));
  },
);

statement(
  'A person account without a last name is refused, and so are the fields of persons on a business account.',
  () => {
    const type = org.data.db.get("SELECT Id FROM RecordType WHERE DeveloperName = 'PersonAccount'");
    const nameless = org.create('Account', { FirstName: 'Ada', RecordTypeId: type?.['Id'] });
    expect(firstError(nameless)).toMatchObject({
      statusCode: 'REQUIRED_FIELD_MISSING',
      fields: ['LastName'],
    });
    const id = org.created('Account', ada);
    expect(codeOf(org.update('Account', id, { LastName: null }))).toBe('REQUIRED_FIELD_MISSING');
    const mixed = org.create('Account', { Name: 'A', PersonEmail: 'a@example.com' });
    expect(firstError(mixed)).toMatchObject({ statusCode: notWritable, fields: ['PersonEmail'] });
    const business = org.created('Account', { Name: 'A' });
    expect(codeOf(org.update('Account', business, { PersonTitle: 'x' }))).toBe(notWritable);
  },
);

statement(
  'A person account has a contact, `PersonContactId`, which follows it with e-mail address, phones, addresses and custom fields.',
  () => {
    const id = org.created('Account', {
      ...ada,
      Phone: '1',
      PersonMobilePhone: '2',
      PersonMailingCity: 'London',
      Woo_Key__pc: 'main:7',
    });
    const contact = contactOf(id);
    const values = (...names: string[]): unknown => names.map((name) => org.value(contact, name));
    expect(values('AccountId', 'IsPersonAccount', 'Name')).toEqual([id, 1, 'Ada King']);
    expect(values('Email', 'Phone', 'MobilePhone', 'MailingCity', 'Woo_Key__c')).toEqual([
      'ada@example.com',
      '1',
      '2',
      'London',
      'main:7',
    ]);
    org.update('Account', id, { LastName: 'Lovelace', PersonEmail: null });
    expect(values('Name', 'Email')).toEqual(['Ada Lovelace', null]);
    org.delete(id);
    expect(values('IsDeleted')).toEqual([1]);
  },
);

statement(
  'The contact of a person account cannot be changed or deleted by itself, and no other contact can belong to the account.',
  () => {
    const id = org.created('Account', ada);
    const contact = contactOf(id);
    const refused = 'INVALID_PERSON_ACCOUNT_OPERATION';
    expect(codeOf(org.update('Contact', contact, { Title: 'x' }))).toBe(refused);
    expect(codeOf(org.delete(contact))).toBe(refused);
    expect(codeOf(org.create('Contact', { LastName: 'x', AccountId: id }))).toBe(
      'FIELD_INTEGRITY_EXCEPTION',
    );
    const order = org.created('Woo_Order__c', { Account__c: id, Contact__c: contact });
    expect(org.value(order, 'Contact__c')).toBe(contact);
  },
);

statement(
  'Custom fields of Contact stand on Account as `__pc`; they are no external ids there.',
  () => {
    const field = org.object('Account').fields.find((one) => one.name === 'Woo_Key__pc');
    expect(field).toMatchObject({ type: 'string', length: 255, externalId: false, unique: false });
    const order = { Account__r: { Woo_Key__pc: 'main:7' } };
    expect(firstError(org.create('Woo_Order__c', order))?.message).toContain(
      'Woo_Key__pc does not match an External ID',
    );
  },
);

statement('Duplicate rules do not look at persons, and persons are not merged.', () => {
  const [first, second] = [1, 2].map(() => org.created('Account', { ...ada, Phone: '1' }));
  const merge = (master?: string, merged?: string): void => {
    mergeRecords(org.data, org.caller.userId, master, [merged]);
  };
  expect(() => {
    merge(first, second);
  }).toThrow(`master ${first ?? ''} is a person`);
  const business = org.created('Account', { Name: 'A' });
  expect(() => {
    merge(business, second);
  }).toThrow(`merged[0] ${second ?? ''} is a person`);
});
