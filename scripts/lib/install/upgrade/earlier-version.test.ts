import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrg } from '../../../../local/org/org.ts';
import { deployFiles, failuresOf } from '../../../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../../../local/org/metadata/test/project.ts';
import { AdminSession } from '../admin-session.ts';
import { changesSinceEarlier } from './earlier-version.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(() => org.close());

/** Deploys the custom metadata types, but for what a path names. */
function deployTypes(without: string): void {
  const kept = Object.entries(projectSource()).filter(
    ([path]) => /^objects\/\w+__mdt\//.test(path) && !path.endsWith(`/${without}`),
  );
  expect(failuresOf(deployFiles(org.data, packageOf(Object.fromEntries(kept))))).toEqual([]);
}

const STORE = 'customMetadata/Woo_Store.Main_Store.md';

/** The main store and another one. */
function deployStores(): void {
  const main = packageOf(projectSource())[STORE] ?? '';
  const outlet = main.replace('>Main Store<', '>Outlet<').replace('>main<', '>outlet<');
  const files = { [STORE]: main, 'customMetadata/Woo_Store.Outlet.md': outlet };
  expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
}

const says = (text: string): unknown => expect.stringContaining(text);
const commands = says('need the custom permission Woo Run Commands');

it('what changes is said of an org with an earlier version alone', async () => {
  expect(await changesSinceEarlier(session, false)).toEqual([]);
  deployTypes('Edits_To_All_Stores__c.field-meta.xml');
  const kept = says('Your field mappings keep their Write When');
  expect(await changesSinceEarlier(session, true)).toEqual([kept, commands]);
  const follow = says('Customers now follow the shop');
  expect(await changesSinceEarlier(session, false)).toEqual([follow, commands]);
});

it('stores are named, and an admin without rights of ours is told how to see which records', async () => {
  deployStores();
  const [shared, customers, webhooks] = await changesSinceEarlier(session, true);
  expect(shared).toContain('belongs to the store whose key it carries');
  for (const note of [shared, customers]) expect(note).toContain('permission set Woo_Admin');
  expect(webhooks).toContain('It is empty for 2, Main Store, Outlet:');
});

it('nothing is said once this version is there', async () => {
  deployTypes('nothing');
  expect(await changesSinceEarlier(session, true)).toEqual([]);
});

it('an org that does not answer stops the deploy', async () => {
  const stranger = new AdminSession(session.instanceUrl, session.username, 'no token');
  await expect(changesSinceEarlier(stranger, true)).rejects.toThrow('INVALID_SESSION_ID');
});
