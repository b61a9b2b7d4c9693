import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createOrg, type Org } from '../../local/org/org.ts';
import {
  deployFiles,
  file,
  metadataType,
  record,
  text,
  value,
} from '../../local/org/metadata/test/packages.ts';
import { AdminSession } from '../lib/install/admin-session.ts';
import { ChangedSetup, RULE_PREFIX } from './changed-setup.ts';
import { OwnTraces } from './own-traces.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'woo-salesforce-traces-'));
const shop = (url: string) => record('One', value('URL__c', 'string', url));
const rule = (name: string) =>
  file(
    'CustomObject',
    `<validationRules><fullName>${name}</fullName><active>true</active>
     <errorConditionFormula>Name = &quot;Unicorn&quot;</errorConditionFormula>
     <errorMessage>No unicorns.</errorMessage></validationRules>`,
  );
const PATH = 'customMetadata/Shop.One.md';

let org: Org;
let admin: Connection;
let session: AdminSession;

beforeAll(async () => {
  org = createOrg();
  const url = await org.listen(0);
  const deployed = deployFiles(org.data, {
    'objects/Shop__mdt.object': metadataType('Shop', text('URL__c')),
    [PATH]: shop('https://before.example'),
  });
  expect(deployed.success).toBe(true);
  admin = new Connection({ instanceUrl: url, accessToken: org.adminToken, version: '66.0' });
  session = new AdminSession(url, org.adminUsername, org.adminToken);
});

afterAll(async () => {
  await org.close();
  rmSync(FOLDER, { recursive: true, force: true });
});

const makes = async (name: string) => (await admin.sobject('Product2').create({ Name: name })).id;

it('makes the setup as it was, though it was changed twice, by another run than the one that changed it', async () => {
  const urls = async () => (await admin.query('SELECT URL__c FROM Shop__mdt')).records;
  const setup = new ChangedSetup(admin, FOLDER);
  await setup.deploy([
    [PATH, shop('https://once.example')],
    ['objects/Product2.object', rule(`${RULE_PREFIX}Refuses`)],
  ]);
  await setup.deploy([[PATH, shop('https://twice.example')]]);
  expect(await urls()).toMatchObject([{ URL__c: 'https://twice.example' }]);
  await expect(makes('Unicorn')).rejects.toThrow('No unicorns.');

  await new ChangedSetup(admin, FOLDER).restore();
  expect(await urls()).toMatchObject([{ URL__c: 'https://before.example' }]);
  expect(await makes('Unicorn')).toBeTypeOf('string');
});

it('deploys nothing that it could not take back', async () => {
  const setup = new ChangedSetup(admin, FOLDER);
  await expect(setup.deploy([['objects/Product2.object', rule('Of_Somebody')]])).rejects.toThrow(
    'objects/Product2.object is neither a record nor has it rules named Woo_Journey_… alone.',
  );
  await expect(
    setup.deploy([['customMetadata/Shop.Two.md', shop('https://x.example')]]),
  ).rejects.toThrow('The org has no record Shop.Two');
  expect(await makes('Unicorn')).toBeTypeOf('string');
});

it('tells whether a run has left anything, and takes back setup where records are refused', async () => {
  const traces = new OwnTraces({ folder: join(FOLDER, 'run') }, session, admin);
  expect(traces.areThere).toBe(false);
  traces.begin();
  await traces.setup.deploy([[PATH, shop('https://run.example')]]);
  expect(new OwnTraces({ folder: join(FOLDER, 'run') }, session, admin).areThere).toBe(true);
  // The project's objects are not in this org.
  await expect(traces.remove()).rejects.toThrow('Woo_Order__c');
  expect((await admin.query('SELECT URL__c FROM Shop__mdt')).records).toMatchObject([
    { URL__c: 'https://before.example' },
  ]);
  traces.end();
  expect(traces.areThere).toBe(false);
});
