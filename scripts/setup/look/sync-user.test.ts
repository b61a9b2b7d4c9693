import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { deployFiles, failuresOf, file } from '../../../local/org/metadata/test/packages.ts';
import { createOrg } from '../../../local/org/org.ts';
import { defaultUsername, lookForUser, makeUser } from '../../lib/connect/integration-user.ts';
import { AdminSession } from '../../lib/install/admin-session.ts';
import { lookForSyncUser } from './sync-user.ts';

const org = createOrg();
let session: AdminSession;
let usual: string;
beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
  usual = defaultUsername(session.instanceUrl);
});
afterAll(() => org.close());
afterEach(() => {
  vi.unstubAllEnvs();
});

async function look(earlier: string | undefined, named = '') {
  vi.stubEnv('WOO_SYNC_USERNAME', named);
  const env = earlier === undefined ? {} : { SF_USERNAME: earlier };
  const folder = { envFile: '/home/jane/woo/.env', env: () => env };
  const { found, notes } = await lookForSyncUser(session, folder);
  return { username: found.username, notes, problems: found.problems };
}

it('is a new one where nothing is said', async () => {
  expect(await look(undefined)).toEqual({ username: usual, notes: [], problems: [] });
  expect(await look(usual.toUpperCase())).toMatchObject({ notes: [] });
});

it('is not made by a file that names one whom the org does not have', async () => {
  expect(await look('other@example.com')).toEqual({
    username: usual,
    problems: [],
    notes: [
      `SF_USERNAME in /home/jane/woo/.env is other@example.com, and the org has no such user: the integration user is ${usual}. For another one set WOO_SYNC_USERNAME.`,
    ],
  });
});

it('is the one of an earlier set-up, and that is said', async () => {
  await makeUser(session, await lookForUser(session, 'earlier@example.com'), 'a@b.example');
  expect(await look('earlier@example.com')).toEqual({
    username: 'earlier@example.com',
    problems: [],
    notes: [
      `SF_USERNAME in /home/jane/woo/.env is earlier@example.com: this is the integration user, and not ${usual}. For another one set WOO_SYNC_USERNAME.`,
    ],
  });
});

/** Gives users a permission set of that name. */
async function giveRights(...usernames: readonly string[]): Promise<void> {
  const name = 'permissionsets/Woo_Integration.permissionset';
  const set = file('PermissionSet', '<label>Woo Integration</label>');
  expect(failuresOf(deployFiles(org.data, { [name]: set }))).toEqual([]);
  const idOf = (table: string, column: string, value: string) =>
    org.data.db.get(`SELECT Id FROM ${table} WHERE ${column} = ?`, value)?.['Id'];
  const PermissionSetId = idOf('PermissionSet', 'Name', 'Woo_Integration');
  for (const username of usernames) {
    const body = { AssigneeId: idOf('User', 'Username', username), PermissionSetId };
    const path = '/services/data/v66.0/sobjects/PermissionSetAssignment';
    expect(await session.request('POST', path, body)).toMatchObject({ status: 201 });
  }
}

it('is the only one who has the rights, and is asked for where several have them', async () => {
  await giveRights(org.integrationUsername);
  expect(await look(undefined)).toMatchObject({ username: org.integrationUsername });
  await giveRights(org.repUsername);
  const problem = expect.stringMatching(
    /^Several users .* such as .* and .*WOO_SYNC_USERNAME/,
  ) as string;
  expect(await look(undefined)).toMatchObject({ problems: [problem] });
  expect(await look('earlier@example.com')).toMatchObject({
    username: 'earlier@example.com',
    problems: [],
  });
  await makeUser(session, await lookForUser(session, usual), 'a@b.example');
  expect(await look(undefined)).toEqual({ username: usual, notes: [], problems: [] });
});

it('is the one that was named, before all others', async () => {
  expect(await look('other@example.com', 'named@example.com')).toEqual({
    username: 'named@example.com',
    notes: [],
    problems: [],
  });
});
