import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrgData } from '../../data/org-data.ts';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { outcome, RightsOrg, type User } from '../../test/contract/rights-org.ts';

const own = [
  'Woo_Order__c',
  'Woo_Order_Item__c',
  'Woo_Refund__c',
  'Woo_Sync_Issue__c',
  'Woo_Command__c',
  'Woo_Store_Status__c',
];
let at: RightsOrg;

function deployProject(org: OrgData): void {
  expect(failuresOf(deployFiles(org, packageOf(projectSource())))).toEqual([]);
}

beforeAll(async () => {
  at = await RightsOrg.start(
    { sharing: { Account: 'Private', Contact: 'Private' }, features: { translations: true } },
    deployProject,
  );
});
afterAll(async () => {
  await at.close();
});
beforeEach(() => {
  at.org.data.db.run('DELETE FROM PermissionSetAssignment');
});

const namesOf = (object: string): readonly string[] =>
  (at.org.data.object(object)?.fields ?? []).map(({ name }) => name);

const create = (user: User, object: string, record: object): ReturnType<User['rest']> =>
  user.rest('POST', `/sobjects/${object}`, record);

async function created(user: User, object: string, record: object): Promise<string> {
  const reply = await create(user, object, record);
  expect(outcome(reply)).toBe('201');
  return (reply.body as { id: string }).id;
}

describe('Woo_Integration', () => {
  it.each(own)('lets its user read all of %s, and write what can be written', async (object) => {
    const user = at.integration.assign('Woo_Integration');
    const { fields, ...rights } = await user.describe(object);
    expect(fields.map(({ name }) => name)).toEqual(namesOf(object));
    expect(rights).toMatchObject({ createable: true, updateable: true, deletable: true });
    const whole = at.org.data.object(object)?.fields ?? [];
    const locked = fields.filter(({ name, updateable, calculated, autoNumber, custom }) => {
      const field = whole.find((one) => one.name === name);
      return (
        custom === true && field?.updateable === true && !updateable && !calculated && !autoNumber
      );
    });
    expect(locked).toEqual([]);
  });

  it('reaches accounts and contacts that reps own, however private', async () => {
    const user = at.integration.assign('Woo_Integration');
    const OwnerId = at.admin.id;
    const account = at.insert('Account', { Name: 'A', OwnerId, Woo_Key__c: 'main:1' });
    at.insert('Contact', { LastName: 'B', OwnerId, AccountId: account, Woo_Key__c: 'main:1' });
    const upsert = (object: string, record: object): ReturnType<User['rest']> =>
      user.rest('PATCH', `/sobjects/${object}/Woo_Key__c/main:1`, record);
    expect(outcome(await upsert('Account', { Name: 'C' }))).toBe('200');
    expect(outcome(await upsert('Contact', { LastName: 'D', AccountId: account }))).toBe('200');
    const order = { Name: '7', Account__c: account, Woo_Key__c: 'main:7' };
    expect(outcome(await create(user, 'Woo_Order__c', order))).toBe('201');
  });

  it('reads the configuration and what callouts need, and nothing that it has no business with', async () => {
    const user = at.integration.assign('Woo_Integration');
    for (const object of ['Woo_Store__mdt', 'Woo_Mapping__mdt', 'UserExternalCredential']) {
      expect(outcome(await user.query(`SELECT Id FROM ${object}`))).toBe('200');
    }
    for (const object of ['Lead', 'PermissionSet']) {
      expect(outcome(await user.query(`SELECT Id FROM ${object}`))).toBe('400 INVALID_TYPE');
    }
  });
});

describe('Woo_Admin', () => {
  it('lets people delete an attention of a store that is gone, and write nothing in it', async () => {
    const user = at.person('keeper@example.com', 'Standard User').assign('Woo_Admin');
    const attention = { Cause_Key__c: 'gone:service_silent:1', Title__c: 'Gone' };
    const id = at.insert('Woo_Attention__c', { ...attention, OwnerId: at.integration.id });
    const path = `/sobjects/Woo_Attention__c/${id}`;
    expect(outcome(await user.rest('PATCH', path, { Title__c: 'Mine' }))).toMatch(/^400 /);
    expect(outcome(await user.rest('DELETE', path))).toBe('204');
  });

  it.each(own)('shows the administrator all of %s', async (object) => {
    const user = at.admin;
    expect(await user.fieldNames(object)).not.toEqual(namesOf(object));
    user.assign('Woo_Admin');
    expect(await user.fieldNames(object)).toEqual(namesOf(object));
  });
});

describe('Woo_Sales', () => {
  it('reads orders, items and refunds, and writes none', async () => {
    const user = at.person('rep@example.com', 'Standard User').assign('Woo_Sales');
    for (const object of ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c']) {
      expect(await user.fieldNames(object)).toEqual(namesOf(object));
      const { createable, updateable, deletable } = await user.describe(object);
      expect([createable, updateable, deletable]).toEqual([false, false, false]);
    }
    expect(outcome(await create(user, 'Woo_Order__c', { Name: '1' }))).toBe(
      '400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
    const contact = at.insert('Contact', { LastName: 'B', OwnerId: user.id });
    const key = { Woo_Key__c: 'main:9' };
    expect(outcome(await user.rest('PATCH', `/sobjects/Contact/${contact}`, key))).toBe(
      '400 INVALID_FIELD_FOR_INSERT_UPDATE',
    );
  });

  it('sees whether the sync is in step, and gives it nothing to do', async () => {
    const user = at.person('looker@example.com', 'Standard User').assign('Woo_Sales');
    for (const object of ['Woo_Sync_Issue__c', 'Woo_Store_Status__c']) {
      expect(outcome(await user.query(`SELECT Id FROM ${object}`))).toBe('200');
      const { createable, updateable, deletable } = await user.describe(object);
      expect([createable, updateable, deletable]).toEqual([false, false, false]);
    }
    expect(outcome(await user.query('SELECT Id FROM Woo_Command__c'))).toBe('400 INVALID_TYPE');
  });
});

describe('Woo_Products', () => {
  it('changes prices and images, but not what the shop decides', async () => {
    const user = at.person('buyer@example.com', 'Standard User').assign('Woo_Products');
    const product = at.insert('Product2', { Name: 'Mug' });
    const change = async (record: object): Promise<string> =>
      outcome(await user.rest('PATCH', `/sobjects/Product2/${product}`, record));
    expect(
      await change({ Woo_Regular_Price__c: 9.5, Woo_Featured_Image__c: '069000000000001AAA' }),
    ).toBe('204');
    expect(await change({ Woo_Stock__c: 3 })).toBe('400 INVALID_FIELD_FOR_INSERT_UPDATE');
  });

  it('solves the issues that the sync opened, and gives commands of its own', async () => {
    const sync = at.integration.assign('Woo_Integration');
    const issue = await created(sync, 'Woo_Sync_Issue__c', { Issue_Key__c: 'a', State__c: 'open' });
    const user = at.person('buyer@example.com', 'Standard User').assign('Woo_Products');
    const path = `/sobjects/Woo_Sync_Issue__c/${issue}`;
    expect(outcome(await user.rest('PATCH', path, { State__c: 'resolved' }))).toBe('204');
    expect(outcome(await user.rest('DELETE', path))).toBe('403 INSUFFICIENT_ACCESS_OR_READONLY');
    const command = await created(user, 'Woo_Command__c', { Type__c: 'sync', Store__c: 'main' });
    const progress = { Progress__c: 50 };
    const changed = await sync.rest('PATCH', `/sobjects/Woo_Command__c/${command}`, progress);
    expect(outcome(changed)).toBe('204');
  });
});
