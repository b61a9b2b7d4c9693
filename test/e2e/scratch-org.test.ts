import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createOrg, type Org } from '../../local/org/org.ts';
import type { Store } from '../../local/store/store.ts';
import { sidecarEnv, signIn } from '../../scripts/lib/install/deploy.ts';
import { loadSampleData, sampleShop } from '../../scripts/scratch-org/sample-data.ts';
import { setUp } from '../../scripts/scratch-org/set-up.ts';
import type { SfCli } from '../../scripts/lib/sf.ts';
import { emptyState } from './support.ts';

const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-scratch-'));
const { signal } = new AbortController();

let org: Org;
let sf: SfCli;
let store: Store;
let shop: { readonly url: string; readonly route: 'direct' };
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  org = createOrg();
  const url = await org.listen(0);
  sf = await signIn(org, url, home);
  store = sampleShop(5);
  shop = { url: await store.listen(0), route: 'direct' };
  env = sidecarEnv(org, null, url, emptyState(home));
});

afterAll(async () => {
  await Promise.all([org.close(), store.close()]);
  rmSync(home, { recursive: true, force: true });
});

it('an empty org is set up and filled, a second time nothing is written', async () => {
  const session = await setUp(sf, shop, org.integrationUsername, signal);
  expect(await loadSampleData(store, session, env, signal)).toMatch(
    /Orders → Woo_Order__c.*agrees/,
  );
  const { writes } = org.requestLog.totals();
  expect(writes).toBeGreaterThan(0);
  await loadSampleData(store, session, env, signal);
  expect(org.requestLog.totals().writes).toBe(writes);
});

it('an org with another shop is refused before anything is deployed', async () => {
  const { billed } = org.requestLog.totals();
  const other = { ...shop, url: 'http://127.0.0.1:9' };
  await expect(setUp(sf, other, org.integrationUsername, signal)).rejects.toThrow(
    `The store main of the org is ${shop.url}, not http://127.0.0.1:9. Nothing was changed. Give its port with --store-port`,
  );
  expect(org.requestLog.totals().billed - billed, 'API calls').toBeLessThan(8);
});
