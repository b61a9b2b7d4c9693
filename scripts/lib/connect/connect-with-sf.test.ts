import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, file } from '../../../local/org/metadata/test/packages.ts';
import { createOrg } from '../../../local/org/org.ts';
import { AdminSession } from '../install/admin-session.ts';
import { signIn } from '../install/deploy.ts';
import type { SfCli } from '../sf.ts';
import { externalClientApp } from './external-client-app.ts';
import { lookForUser, makeUser } from './integration-user.ts';
import { keyPair } from './key-pair.ts';
import { trySignIn } from './sign-in.ts';

const username = 'woo-new@example.com';
const org = createOrg();
let url: string;
let folder: string;
let sf: SfCli;
let session: AdminSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'woo-connect-'));
  url = await org.listen(0);
  sf = await signIn(org, url, folder);
  session = new AdminSession(url, org.adminUsername, org.adminToken);
  deployFiles(org.data, {
    'permissionsets/Woo_Integration.permissionset': file('PermissionSet', '<label>W</label>'),
  });
});
afterAll(async () => {
  await org.close();
  await rm(folder, { recursive: true });
});

it('connects an org that has nothing, by the real CLI, and a second run finds all of it', async () => {
  const userId = await makeUser(session, await lookForUser(session, username), 'a@example.com');
  await session.request('POST', '/services/data/v66.0/sobjects/PermissionSetAssignment', {
    AssigneeId: userId,
    PermissionSetId: org.data.db.get("SELECT Id FROM PermissionSet WHERE Name LIKE 'Woo%'")?.['Id'],
  });
  const { certificate, keyFile } = await keyPair(join(folder, 'keys'));
  const wanted = { contactEmail: 'a@example.com', certificate, username };
  const app = await externalClientApp(sf, wanted);
  expect(app).toMatchObject({ kind: 'ready', deployed: true });
  if (app.kind !== 'ready') return;
  const privateKey = createPrivateKey(await readFile(keyFile, 'utf8'));
  await trySignIn({ loginUrl: url, clientId: app.consumerKey, username, privateKey });
  expect(await externalClientApp(sf, wanted)).toEqual({ ...app, deployed: false });
});

it('says what the org refuses', async () => {
  const certificate = 'no certificate';
  const wanted = { contactEmail: 'a@example.com', certificate, username };
  expect(await externalClientApp(sf, wanted)).toMatchObject({
    kind: 'by hand',
    reason: expect.stringContaining('Woo_Sync_glbloauth: Invalid certificate') as string,
  });
});
