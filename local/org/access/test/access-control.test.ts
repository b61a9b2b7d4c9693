import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import { deployTestObjects } from '../../test/objects.ts';
import { assign, putPermissionSet } from '../../test/permission-sets.ts';
import { AccessControl } from '../access-control.ts';
import { profileRights } from '../profiles.ts';
import type { UserView } from '../user-view.ts';

let org: OrgData;
let access: AccessControl;
let userId: string;
let now: Date;

beforeEach(() => {
  now = new Date('2026-03-01T10:00:00Z');
  org = createOrgData({ now: () => now });
  seed(org, {
    adminUsername: 'a@example.com',
    integrationUsername: 'b@example.com',
    repUsername: 'rep@example.com',
  });
  deployTestObjects(org);
  org.db.run('DELETE FROM PermissionSetAssignment');
  userId = String(org.db.get('SELECT Id FROM User WHERE Username = ?', 'b@example.com')?.['Id']);
  access = new AccessControl(org);
});
afterEach(() => {
  org.close();
});

const view = (): UserView => access.viewOf(userId);
const hasTotal = (): boolean =>
  view()
    .object('Woo_Order__c')
    ?.fields.some(({ name }) => name === 'Total__c') ?? false;
const readsTotal = { objects: { Woo_Order__c: 'read' }, read: ['Woo_Order__c.Total__c'] };

describe('the view of a user', () => {
  it('is worked out once, until rights or schema change', () => {
    const set = putPermissionSet(org, 'One', readsTotal);
    const first = view();
    expect(view()).toBe(first);
    assign(org, set, userId);
    const second = view();
    expect(second).not.toBe(first);
    expect(view()).toBe(second);
    putPermissionSet(org, 'One', {});
    expect(view()).not.toBe(second);
    const object = org.object('Woo_Order__c');
    if (!object) throw new Error('no order');
    const third = view();
    org.putObjects([{ ...object, label: 'Shop Order' }]);
    expect(view()).not.toBe(third);
  });

  it('is as before when a deploy is rolled back', () => {
    assign(org, putPermissionSet(org, 'One', readsTotal), userId);
    expect(hasTotal()).toBe(true);
    org.begin();
    org.putComponents([
      { type: 'PermissionSet', fullName: 'One', body: { ...emptyBody, label: 'One' } },
    ]);
    expect(hasTotal()).toBe(false);
    org.rollback();
    expect(hasTotal()).toBe(true);
  });

  it('loses what an assignment gave when that expires', () => {
    const id = assign(org, putPermissionSet(org, 'One', readsTotal), userId);
    org.db.run(
      'UPDATE PermissionSetAssignment SET ExpirationDate = ? WHERE Id = ?',
      '2026-03-01T11:00:00.000+0000',
      id,
    );
    expect(hasTotal()).toBe(true);
    now = new Date('2026-03-01T11:00:01Z');
    expect(hasTotal()).toBe(false);
  });

  it('has the definitions of the org where nothing is hidden, and others where something is', () => {
    assign(org, putPermissionSet(org, 'One', readsTotal), userId);
    const seen = view().object('woo_order__C');
    expect(seen?.name).toBe('Woo_Order__c');
    expect(seen).not.toBe(org.object('Woo_Order__c'));
    expect(view().objectOfId(`${seen?.keyPrefix ?? ''}Lo0000000001IAA`)).toBe(seen);
    expect(view().object('User')).toBe(org.object('User'));
    expect(view().object('Contact')).toBeUndefined();
  });

  it('adds up what several permission sets give', () => {
    assign(org, putPermissionSet(org, 'One', readsTotal), userId);
    const rights = { objects: { Woo_Order__c: 'create edit' }, edit: ['Woo_Order__c.Total__c'] };
    assign(org, putPermissionSet(org, 'Two', rights), userId);
    const seen = view().object('Woo_Order__c');
    if (!seen) throw new Error('no order');
    expect(view().access.rights(seen)).toMatchObject({
      read: true,
      create: true,
      edit: true,
      delete: false,
      viewAll: false,
      modifyAll: false,
    });
    expect(seen.fields.find(({ name }) => name === 'Total__c')).toMatchObject({
      createable: true,
      updateable: true,
    });
  });
});

it('the permission sets of profiles say who may customize, as the profiles do', () => {
  const sets = org.db.all(
    `SELECT p.Name AS name, s.PermissionsCustomizeApplication AS customizes
       FROM PermissionSet s JOIN Profile p ON p.Id = s.ProfileId ORDER BY p.Name`,
  );
  expect(sets.map(({ name, customizes }) => [name, customizes === 1])).toEqual(
    sets.map(({ name }) => [
      name,
      profileRights(String(name)).permissions.includes('CustomizeApplication'),
    ]),
  );
  expect(sets).toHaveLength(4);
});

const emptyBody = {
  objectPermissions: [],
  fieldPermissions: [],
  customMetadataTypeAccesses: [],
  customPermissions: [],
  tabSettings: [],
  userPermissions: [],
  classAccesses: [],
  flowAccesses: [],
  externalCredentialPrincipalAccesses: [],
};
