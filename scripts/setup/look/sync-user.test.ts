import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

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
  return { username: found.username, notes };
}

it('is a new one where nothing is said', async () => {
  expect(await look(undefined)).toEqual({ username: usual, notes: [] });
  expect(await look(usual.toUpperCase())).toMatchObject({ notes: [] });
});

it('is not made by a file that names one whom the org does not have', async () => {
  expect(await look('other@example.com')).toEqual({
    username: usual,
    notes: [
      `SF_USERNAME in /home/jane/woo/.env is other@example.com, and the org has no such user: the integration user is ${usual}. For another one set WOO_SYNC_USERNAME.`,
    ],
  });
});

it('is the one of an earlier set-up, and that is said', async () => {
  await makeUser(session, await lookForUser(session, 'earlier@example.com'), 'a@b.example');
  expect(await look('earlier@example.com')).toEqual({
    username: 'earlier@example.com',
    notes: [
      `SF_USERNAME in /home/jane/woo/.env is earlier@example.com: this is the integration user, and not ${usual}. For another one set WOO_SYNC_USERNAME.`,
    ],
  });
});

it('is the one that was named, before all others', async () => {
  expect(await look('other@example.com', 'named@example.com')).toEqual({
    username: 'named@example.com',
    notes: [],
  });
});
