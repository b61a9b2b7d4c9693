import { expect, it } from 'vitest';
import { createRecords, updateRecords } from '../../write/batch.ts';
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
