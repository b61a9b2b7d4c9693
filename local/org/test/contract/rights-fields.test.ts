import { afterEach, beforeEach, expect } from 'vitest';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

const all = 'read create edit delete';
let at: RightsOrg;
let user: User;

beforeEach(async () => {
  at = await RightsOrg.start();
  user = at.integration;
});
afterEach(async () => {
  await at.close();
});

const notRead = (field: string): string => `No such column '${field}'`;

statement(
  'A field that the user may not read does not exist for it: describe leaves it out, SOQL answers `INVALID_FIELD`, a write `INVALID_FIELD`, a key in the address 404 `NOT_FOUND`.',
  async () => {
    user.grant({ objects: { Woo_Order__c: all }, edit: ['Woo_Order__c.Total__c'] });
    const names = await user.fieldNames('Woo_Order__c');
    expect(names).toContain('Total__c');
    expect(names).not.toContain('Store__c');
    for (const soql of [
      'SELECT Store__c FROM Woo_Order__c',
      "SELECT Id FROM Woo_Order__c WHERE Store__c = 'main'",
      'SELECT Id FROM Woo_Order__c ORDER BY Store__c',
      'SELECT COUNT(Id) FROM Woo_Order__c GROUP BY Store__c',
      'SELECT Order__r.Store__c FROM Woo_Order_Item__c',
    ]) {
      user.grant({ objects: { Woo_Order_Item__c: all, Woo_Order__c: all } }, soql);
      const refused = await user.query(soql);
      expect(outcome(refused)).toBe('400 INVALID_FIELD');
      expect(JSON.stringify(refused.body)).toContain(notRead('Store__c'));
    }
    const write = { Name: '1', Store__c: 'main' };
    expect(outcome(await user.rest('POST', '/sobjects/Woo_Order__c', write))).toBe(
      '400 INVALID_FIELD',
    );
    const upsert = await user.rest('PATCH', '/sobjects/Woo_Order__c/Woo_Key__c/main:1', {});
    expect(outcome(upsert)).toBe('404 NOT_FOUND');
    const id = at.insert('Woo_Order__c', { Name: '1', Store__c: 'main', OwnerId: user.id });
    const { body } = await user.rest('GET', `/sobjects/Woo_Order__c/${id}`);
    expect(body).not.toHaveProperty('Store__c');
  },
);

statement(
  'A field that the user may only read is neither createable nor updateable; a write is refused with `INVALID_FIELD_FOR_INSERT_UPDATE`.',
  async () => {
    user.grant({ objects: { Woo_Order__c: all }, read: ['Woo_Order__c.Total__c'] });
    const { fields } = await user.describe('Woo_Order__c');
    const total = fields.find(({ name }) => name === 'Total__c');
    expect(total).toMatchObject({ createable: false, updateable: false, permissionable: true });
    const created = await user.rest('POST', '/sobjects/Woo_Order__c', { Total__c: 1 });
    expect(outcome(created)).toBe('400 INVALID_FIELD_FOR_INSERT_UPDATE');
    expect(created.body).toMatchObject([{ fields: ['Total__c'] }]);
    const id = at.insert('Woo_Order__c', { Name: '1', Total__c: 7, OwnerId: user.id });
    const changed = await user.rest('PATCH', `/sobjects/Woo_Order__c/${id}`, { Total__c: 1 });
    expect(outcome(changed)).toBe('400 INVALID_FIELD_FOR_INSERT_UPDATE');
    expect(await user.values('SELECT Total__c FROM Woo_Order__c')).toEqual([7]);
  },
);

statement(
  'Required fields, names, owners, master-detail fields, system fields and `Product2.IsActive` need no grant; that of an address holds for its parts.',
  async () => {
    user.grant({
      objects: { Contact: all, Product2: all, Woo_Order__c: all, Woo_Refund__c: all },
      edit: ['Contact.MailingAddress'],
    });
    expect(await user.fieldNames('Contact')).toEqual(
      expect.arrayContaining(['Id', 'Name', 'FirstName', 'LastName', 'OwnerId', 'CreatedDate']),
    );
    const contact = await user.fieldNames('Contact');
    expect(contact).toEqual(
      expect.arrayContaining(['MailingAddress', 'MailingStreet', 'MailingCity', 'MailingCountry']),
    );
    expect(contact).not.toEqual(expect.arrayContaining(['OtherCity']));
    expect(contact).not.toContain('Email');
    expect(await user.fieldNames('Woo_Refund__c')).toEqual(
      expect.arrayContaining(['Name', 'Order__c', 'Amount__c']),
    );
    expect(await user.fieldNames('Product2')).toContain('IsActive');
    expect(await user.fieldNames('Product2')).not.toContain('ProductCode');
    const made = await user.rest('POST', '/sobjects/Contact', {
      LastName: 'Bo',
      MailingCity: 'Riga',
    });
    expect(outcome(made)).toBe('201');
  },
);

statement(
  'Custom fields come by permission sets only: not even the administrator sees what was deployed until one gives it.',
  async () => {
    const { admin } = at;
    expect(await admin.fieldNames('Woo_Order__c')).not.toContain('Total__c');
    expect(await admin.fieldNames('Contact')).toContain('Email');
    expect(outcome(await admin.query('SELECT Total__c FROM Woo_Order__c'))).toBe(
      '400 INVALID_FIELD',
    );
    admin.grant({ read: ['Woo_Order__c.Total__c'] });
    expect(outcome(await admin.query('SELECT Total__c FROM Woo_Order__c'))).toBe('200');
  },
);

statement(
  'Fields of a person account that are its contact’s are given with the contact’s fields.',
  async () => {
    const persons = await RightsOrg.start({ features: { personAccounts: true } });
    try {
      const someone = persons.integration;
      someone.grant({
        objects: { Account: all },
        edit: ['Contact.Email', 'Contact.MailingAddress'],
      });
      const names = await someone.fieldNames('Account');
      expect(names).toEqual(
        expect.arrayContaining(['IsPersonAccount', 'PersonEmail', 'PersonMailingCity', 'LastName']),
      );
      expect(names).not.toContain('PersonTitle');
      expect(names).not.toContain('Woo_Key__pc');
      someone.grant({ edit: ['Contact.Woo_Key__c'] }, 'More');
      expect(await someone.fieldNames('Account')).toContain('Woo_Key__pc');
    } finally {
      await persons.close();
    }
  },
);

statement('Defaults fill fields that the user does not see, too.', async () => {
  user.grant({ objects: { Woo_Order__c: all } });
  const { body } = await user.rest('POST', '/sobjects/Woo_Order__c', { Name: '1' });
  const { id } = body as { id: string };
  expect(at.value('Woo_Order__c', id, 'Status__c')).toBe('pending');
  expect(await user.fieldNames('Woo_Order__c')).not.toContain('Status__c');
});
