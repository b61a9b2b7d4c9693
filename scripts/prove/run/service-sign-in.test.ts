import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createOrg, type Org } from '../../../local/org/org.ts';
import { deployFiles, failuresOf, file } from '../../../local/org/metadata/test/packages.ts';
import { keyPair, type KeyPair } from '../../lib/connect/key-pair.ts';
import { AdminSession } from '../../lib/install/admin-session.ts';
import { World } from './world.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'woo-salesforce-prove-'));

let pair: KeyPair;
let org: Org;
let session: AdminSession;

beforeAll(async () => {
  pair = await keyPair(FOLDER);
  org = createOrg({ certificate: pair.certificate });
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
  const deployed = deployFiles(org.data, {
    'permissionsets/Woo_Integration.permissionset': file('PermissionSet', '<label>Sync</label>'),
  });
  expect(failuresOf(deployed)).toEqual([]);
});

afterAll(async () => {
  await org.close();
  rmSync(FOLDER, { recursive: true, force: true });
});

const service = (env: Readonly<Record<string, string>>) =>
  new World({ session, store: 'main', receiver: null, env }).service();
const bySecret = () => ({ SF_CLIENT_ID: org.clientId, SF_CLIENT_SECRET: org.clientSecret });
const byKey = () => ({
  SF_CLIENT_ID: org.clientId,
  SF_USERNAME: org.integrationUsername,
  SF_JWT_KEY_FILE: pair.keyFile,
});

it('takes no user for that of the sync who has not its rights', async () => {
  await expect(service(bySecret())).rejects.toThrow(
    /^SF_CLIENT_ID signs in as the user 005\w{12}, who has no Woo_Integration/,
  );
});

it('signs in by a secret, and by a key as npm run setup leaves it', async () => {
  const { db } = org.data;
  const idOf = (soql: string) => db.get(soql)?.['Id'];
  const path = '/services/data/v66.0/sobjects/PermissionSetAssignment';
  const assigned = await session.request('POST', path, {
    AssigneeId: idOf(`SELECT Id FROM User WHERE Username = '${org.integrationUsername}'`),
    PermissionSetId: idOf("SELECT Id FROM PermissionSet WHERE Name = 'Woo_Integration'"),
  });
  expect(assigned.status).toBe(201);
  const ids = [await service(bySecret()), await service(byKey())].map(({ id }) => id);
  expect(ids[0]).toMatch(/\/id\/00D\w+\/005\w+$/);
  expect(ids[1]).toBe(ids[0]);
});

it('says which variables are missing, and why it was refused', async () => {
  await expect(service({})).rejects.toThrow('No sign-in of the integration user is set');
  const { SF_CLIENT_ID, SF_USERNAME } = byKey();
  await expect(service({ SF_CLIENT_ID, SF_USERNAME })).rejects.toThrow(
    'SF_JWT_KEY_FILE is not set',
  );
  await expect(service({ ...bySecret(), SF_CLIENT_SECRET: 'wrong' })).rejects.toThrow(
    /was answered with 400: invalid_client/,
  );
});
