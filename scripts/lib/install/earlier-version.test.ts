import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { deployFiles, failuresOf } from '../../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../../local/org/metadata/test/project.ts';
import { AdminSession } from './admin-session.ts';
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

it('what changes is said of an org with an earlier version alone', async () => {
  expect(await changesSinceEarlier(session, false)).toEqual([]);
  deployTypes('Edits_To_All_Stores__c.field-meta.xml');
  const shared: unknown = expect.stringContaining('to the store whose key it carries');
  const kept: unknown = expect.stringContaining('your field mappings keep their Write When');
  expect(await changesSinceEarlier(session, true)).toEqual([shared, kept]);
  const follow: unknown = expect.stringContaining('Customers now follow the shop');
  expect(await changesSinceEarlier(session, false)).toEqual([shared, follow]);
  deployTypes('nothing');
  expect(await changesSinceEarlier(session, true)).toEqual([]);
});

it('an org that does not answer stops the deploy', async () => {
  const stranger = new AdminSession(session.instanceUrl, session.username, 'no token');
  await expect(changesSinceEarlier(stranger, true)).rejects.toThrow('INVALID_SESSION_ID');
});
