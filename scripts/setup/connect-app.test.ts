import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { createOrg, type Org } from '../../local/org/org.ts';
import { keyPair, type KeyPair } from '../lib/connect/key-pair.ts';
import { AdminSession } from '../lib/install/admin-session.ts';
import { SfCli, type Ran } from '../lib/sf.ts';
import { connectApp } from './connect-app.ts';
import { ServiceFolder } from './service/folder.ts';

/** Of an org that lets no app be made by its API. */
class Refusing extends SfCli {
  override run(): Promise<Ran> {
    const stdout = JSON.stringify({ message: 'Not available for your organization' });
    return Promise.resolve({ code: 1, stdout, stderr: '' });
  }
}

let folder: ServiceFolder;
let pair: KeyPair;
let org: Org;
let session: AdminSession;
const said: string[] = [];

beforeAll(async () => {
  folder = new ServiceFolder(mkdtempSync(join(tmpdir(), 'woo-salesforce-app-')));
  pair = await keyPair(folder.path);
  org = createOrg({ clientId: '3MVG9', certificate: pair.certificate });
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(async () => {
  await org.close();
  rmSync(folder.path, { recursive: true, force: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  said.length = 0;
});

/** Connects by an app that somebody has made by hand. @param onLine is told each line that is said */
function connect(consumerKey: string, onLine: (line: string) => void = () => undefined) {
  vi.stubEnv('SF_CLIENT_ID', consumerKey);
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    said.push(line);
    onLine(line);
  });
  const username = org.integrationUsername;
  return connectApp(new Refusing('/nowhere'), { session, username, folder, pair });
}

it('takes the app that was made by hand, and signs in by it', async () => {
  expect(await connect('3MVG9')).toEqual({
    SF_LOGIN_URL: session.instanceUrl,
    SF_CLIENT_ID: '3MVG9',
    SF_USERNAME: org.integrationUsername,
    SF_JWT_KEY_FILE: pair.keyFile,
    SF_CLIENT_SECRET: null,
  });
  expect(said[0]).toContain('Not available for your organization');
  expect(said[0]).toContain(join(folder.path, 'salesforce-jwt.crt'));
  expect(said[0]).toContain(`${session.instanceUrl}/lightning/setup/ManageExternalClient`);
});

it('signs in as the service will, with all that its folder says', async () => {
  folder.writeEnv({ SF_JWT_AUDIENCE: 'https://login.example.gov', SF_CLIENT_SECRET: 'old' });
  await expect(connect('3MVG9')).rejects.toThrow('audience');
  folder.writeEnv({ SF_JWT_AUDIENCE: null });
  await connect('3MVG9');
});

it('can be stopped while it waits for a new app', async () => {
  const stopping = connect('unknown', (line) => {
    if (line.includes('Trying again')) process.emit('SIGINT', 'SIGINT');
  });
  await expect(stopping).rejects.toThrow('Stopped. Run it again');
  process.removeAllListeners('SIGINT');
});
