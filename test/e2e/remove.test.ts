import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { deployProject, signIn } from '../../scripts/lib/install/deploy.ts';
import { deployPackage } from '../../scripts/lib/metadata-package.ts';
import { quietSf, run } from '../../scripts/lib/sf.ts';
import { mustDeploy } from './metadata.ts';
import { ownComponents } from './own-components.ts';
import { openWorld, type World } from './support.ts';

/* An org that the project was deployed into and synced, taken out of it by `npm run remove` as an admin runs it. */

const MINUTES = 600_000;
vi.setConfig({ testTimeout: MINUTES });

let world: World;
let home: string;

beforeAll(async () => {
  world = await openWorld(10, { translations: true }, 'named_credential');
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-remove-'));
  const sf = await signIn(world.org, world.orgUrl, home);
  await sf.must(['project', 'deploy', 'start', '-d', 'config/japanese']);
  expect((await world.backfill()).code).toBe(0);
}, MINUTES);

afterAll(async () => {
  await world.close();
  rmSync(home, { recursive: true, force: true });
});

const removing = (...args: readonly string[]) =>
  run(process.execPath, ['scripts/remove.ts', '--target-org', 'local', ...args], {
    env: { HOME: home, ...quietSf },
  });

const wooComponents = () =>
  world.org.data
    .components()
    .filter(({ fullName }) => /(?:^|[./-])woo|__mdt/i.test(fullName))
    .map(({ type, fullName }) => `${type} ${fullName}`);

/** What the admin made beside ours. */
const ownNames = () =>
  world.org.data
    .components()
    .filter(({ fullName }) => /\bOur_/.test(fullName))
    .map(({ type, fullName }) => ({ type, fullName }));

/** One of this org's service, one of another's, and one of somebody else. */
async function makeWebhooks(): Promise<void> {
  const { PUBLIC_URL: address = '' } = world.env;
  for (const [name, deliveryUrl] of [
    ['Salesforce sync (0a1b)', `${address}/woo/webhooks/main`],
    ['Salesforce sync (9f8e)', 'http://127.0.0.1:21990/woo/webhooks/main'],
    ['Till', 'http://127.0.0.1:21991/'],
  ] as const)
    await world.store.webhooks.add({ name, topic: 'order.created', deliveryUrl, secret: 'x' });
}

const webhookNames = () => [...world.store.webhooks.all.all()].map((one) => one.read().name);

it('looks and says what would go, and does nothing where nobody confirms it', async () => {
  await makeWebhooks();
  const before = wooComponents();
  const looked = await removing('--dry-run');
  expect(looked.code, looked.stderr).toBe(0);
  expect(looked.stdout).toMatch(/Webhooks in the shop: 1 are deleted/);
  expect(looked.stdout).toMatch(/Gone for good: Woo_Order__c: [1-9]\d* records, all of them/);
  expect(looked.stdout).toMatch(/Gone for good: Product2: the values of .*Woo_Key__c/);
  const unasked = await removing('--service-stopped');
  expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('with --yes')]);
  expect(wooComponents()).toEqual(before);
  expect(webhookNames()).toHaveLength(3);
});

it('refuses while a service runs', async () => {
  await world.admin
    .sobject('Woo_Store_Status__c')
    .upsert({ Store__c: 'main', Last_Seen__c: new Date().toISOString() }, 'Store__c');
  const { code, stderr } = await removing('--yes');
  expect([code, stderr]).toEqual([1, expect.stringContaining('looked after main')]);
});

it('stops where the admin’s own needs ours, says what, and goes on once that is away', async () => {
  mustDeploy(world.org, ...ownComponents());
  const stopped = await removing('--yes', '--service-stopped');
  expect(stopped.code).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain('Our_Board');
  expect(webhookNames()).toEqual(['Salesforce sync (9f8e)', 'Till']);
  expect(wooComponents()).toContain('CustomObject Woo_Order__c');
  const own = Map.groupBy(ownNames(), ({ type }) => type);
  const removed = Object.fromEntries(
    [...own].map(([type, all]) => [type, all.map(({ fullName }) => fullName)]),
  );
  const org = new Connection({
    instanceUrl: world.orgUrl,
    accessToken: world.org.adminToken,
    version: '66.0',
  });
  await deployPackage(org, [], {}, removed);
  const done = await removing('--yes', '--service-stopped');
  expect(done.code, done.stdout + done.stderr).toBe(0);
  expect(done.stdout).toContain('The integration user');
  expect(wooComponents()).toEqual([]);
  const products = await world.admin.query('SELECT Id FROM Product2');
  expect(products.totalSize).toBeGreaterThan(0);
});

it('has nothing to do then, and a deploy brings all of it again', async () => {
  const again = await removing('--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Nothing of this')]);
  await deployProject(world.org, { org: world.orgUrl, store: world.storeUrl }, home);
  expect(wooComponents()).toContain('CustomObject Woo_Order__c');
});
