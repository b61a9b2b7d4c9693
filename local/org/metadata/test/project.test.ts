import { expect, it } from 'vitest';
import { createRecords, updateRecords } from '../../write/batch.ts';
import { deleteRecords } from '../../write/delete.ts';
import { deployFiles, failuresOf } from './packages.ts';
import { additions, orgForProject, packageOf, projectSource } from './project.ts';

const messagesOf = (org: ReturnType<typeof orgForProject>): number =>
  Number(org.db.get('SELECT count(*) AS many FROM "-outbound"')?.['many']);

it("this project's own metadata deploys, and again without a change", () => {
  const org = orgForProject();
  const files = packageOf(projectSource());
  expect(failuresOf(deployFiles(org, files))).toEqual([]);
  const again = deployFiles(org, files);
  const changed = again.details.componentSuccesses.filter(({ changed }) => changed);
  expect(changed.map(({ fullName }) => fullName)).toEqual(['package.xml']);
});

it('the second store and every recipe deploy beside it', () => {
  const org = orgForProject({ personAccounts: true });
  const files = packageOf(projectSource(additions()));
  expect(failuresOf(deployFiles(org, files))).toEqual([]);
  const sets = Object.keys(files).filter((path) => path.startsWith('permissionsets/Woo_Recipe_'));
  expect(sets.length).toBeGreaterThan(8);

  // A message that cannot be sent takes back nobody's save, of whatever the flows are about.
  const before = messagesOf(org);
  org.outbound.refusal = 'No more messages.';
  const { Id: userId } = org.db.get("SELECT Id FROM User WHERE Alias = 'aadmin'") ?? {};
  const given = [
    { type: 'Product2', record: { Name: 'Mug' } },
    { type: 'Woo_Command__c', record: { Type__c: 'sync', Store__c: 'main' } },
    { type: 'Woo_Order__c', record: { Name: '7' } },
    { type: 'Woo_Sync_Issue__c', record: {} },
  ];
  const saved = createRecords(org, { userId: String(userId) }, given, false);
  expect(saved.flatMap((one) => (one.success ? [] : one.errors))).toEqual([]);
  const edits = [
    { Description: 'Blue' },
    { Type__c: 'retry' },
    { Status__c: 'completed' },
    { Resolution__c: 'retry' },
  ];
  const changed = updateRecords(
    org,
    { userId: String(userId) },
    given.map(({ type }, at) => {
      const made = saved[at];
      return { type, record: { ...edits[at], Id: made?.success === true ? made.id : '' } };
    }),
    false,
  );
  expect(changed.flatMap((one) => (one.success ? [] : one.errors))).toEqual([]);
  expect(messagesOf(org)).toBe(before);
});

it('a person account has details of its contact', () => {
  const org = orgForProject({ personAccounts: true });
  expect(failuresOf(deployFiles(org, packageOf(projectSource())))).toEqual([]);
  const { Id: userId } = org.db.get("SELECT Id FROM User WHERE Alias = 'aadmin'") ?? {};
  const caller = { userId: String(userId) };
  const [person] = createRecords(
    org,
    caller,
    [{ type: 'Account', record: { LastName: 'Ada' } }],
    false,
  );
  const account = person?.success === true ? person.id : '';
  const contact = String(
    org.db.get('SELECT PersonContactId AS id FROM Account WHERE Id = ?', account)?.['id'],
  );
  const total = { Contact__c: contact, Woo_Key__c: 'main:7:EUR' };
  const [detail] = createRecords(
    org,
    caller,
    [{ type: 'Woo_Contact_Currency__c', record: total }],
    false,
  );
  expect(detail).toMatchObject({ success: true });
  const kept = () =>
    org.db.get('SELECT count(*) AS n FROM "Woo_Contact_Currency__c" WHERE IsDeleted = 0')?.['n'];
  expect(kept()).toBe(1);
  expect(deleteRecords(org, caller, [account], false)).toMatchObject([{ success: true }]);
  expect(kept()).toBe(0);
});
