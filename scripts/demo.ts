/**
 * `npm run demo`: a local org and a local store, the project deployed with the real Salesforce CLI, and the
 * store's data synced by the sidecar. Everything lives in a temporary folder and is gone afterwards.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Store } from '../local/store/store.ts';
import { reportFailure } from '../local/failure.ts';
import { stopSignal } from '../local/stop-signal.ts';
import { wholeNumber } from '../local/whole-number.ts';
import { startPair, type Pair } from './lib/pair.ts';
import { compare } from './lib/compare.ts';
import { deployProject, ORG_ALIAS, sidecarEnv } from './lib/deploy.ts';
import { expectedOf, type Expected } from './lib/expected.ts';
import { readOrgSide } from './lib/org-side.ts';
import {
  addSecondStore,
  createSecondShop,
  SECOND_STORE,
  secondStoreWishes,
} from './lib/second-store.ts';
import { quietSf, run, type SfCli } from './lib/sf.ts';
import type { BackfillResult } from '../sidecar/src/sync/backfill.ts';

const usage = `Shows the whole thing on this machine, with no account anywhere.

  npm run demo [-- options]

  --orders N     orders that the store generates, beside the recorded ones (default 300)
  --org-port N   where the org listens (default 8090; 0 takes a free port)
  --store-port N where the store listens (default 8095; 0 takes a free port)
  --second-store a second, smaller store with other orders and a mapping of its own, on a free port
  --exit         stop when done; exit code 0 only if both sides agree to the cent
`;

interface Settings {
  readonly orders: number;
  readonly orgPort: number;
  readonly storePort: number;
  readonly secondStore: boolean;
  readonly exit: boolean;
}

function readSettings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '300' },
      'org-port': { type: 'string', default: '8090' },
      'store-port': { type: 'string', default: '8095' },
      'second-store': { type: 'boolean', default: false },
      exit: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    orders: wholeNumber('--orders', values.orders, 100_000),
    orgPort: wholeNumber('--org-port', values['org-port'], 65_535),
    storePort: wholeNumber('--store-port', values['store-port'], 65_535),
    secondStore: values['second-store'],
    exit: values.exit,
  };
}

/** Runs the sidecar's own command, its progress shown, and returns what it reports. */
async function sync(
  env: Record<string, string>,
  stopped: AbortSignal,
): Promise<readonly BackfillResult[]> {
  const { stdout, code } = await run(
    'node',
    ['sidecar/bin/woo-salesforce.js', 'backfill', '--json'],
    { env, show: 'stderr', stopped },
  );
  if (code > 1)
    throw new Error(`The sidecar could not run (exit code ${code}); it says why above.`);
  return (JSON.parse(stdout) as { results: BackfillResult[] }).results;
}

function whatToOpen(
  { org, orgUrl, storeUrl }: Pair,
  second: Store | undefined,
  home: string,
): string {
  return `
Both keep running; Ctrl-C stops them. Look around from a second terminal, in this folder:

  export HOME=${home} WOO_STORE_URL=${storeUrl} ${Object.entries(quietSf)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}
  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Status__c, Total__c, Currency_Code__c, Contact__r.Name FROM Woo_Order__c LIMIT 5"
  npx sf project deploy start -o ${ORG_ALIAS} -d force-app -d config/org

The store's side of it:       curl -s ${storeUrl}/local/totals${second ? `\n  and the second store's:     curl -s ${second.url}/local/totals` : ''}
API calls the org counted:    curl -s ${orgUrl}/local/requests
Sync again (nothing to do):   SF_LOGIN_URL=${orgUrl} SF_CLIENT_ID=${org.clientId} SF_CLIENT_SECRET=${org.clientSecret} \\
                              DATA_DIR=${join(home, 'state')} npx woo-salesforce backfill
`;
}

/** Starts the second store and adds it to the org that has the first one. */
async function openSecond(
  sf: SfCli,
  { org }: Pair,
  second: Store,
  stopped: AbortSignal,
): Promise<void> {
  const url = await second.listen(0);
  console.log(`\nSecond WooCommerce store, ${SECOND_STORE.key}: ${url}`);
  console.log(`Adding it with ${SECOND_STORE.folder} …`);
  const options = { show: 'all', stopped } as const;
  await addSecondStore(sf, org.integrationUsername, { url, keys: second }, options);
}

/** Prints one store beside what it brought into the org. */
async function compareStore(
  { org, orgUrl }: Pair,
  { store, mappings }: BackfillResult,
  expected: Expected,
): Promise<boolean> {
  const objects = mappings.map(({ object }) => object);
  const side = await readOrgSide(orgUrl, org.adminToken, objects, store);
  const { text, agrees } = compare(expected, mappings, side);
  console.log(`\nStore ${store}:\n${text}`);
  return agrees;
}

async function demo(
  pair: Pair,
  second: Store | undefined,
  home: string,
  stopped: AbortSignal,
): Promise<boolean> {
  const { org, orgUrl, store, storeUrl } = pair;
  console.log(`Salesforce org: ${orgUrl}\nWooCommerce store: ${storeUrl}\n`);
  console.log('Deploying force-app and config/org with the Salesforce CLI …');
  const urls = { org: orgUrl, store: storeUrl };
  const sf = await deployProject(org, urls, home, { show: 'all', stopped, keys: store });
  if (second) await openSecond(sf, pair, second, stopped);
  console.log('\nSyncing …');
  const results = await sync(sidecarEnv(org, null, orgUrl, join(home, 'state')), stopped);
  const first = expectedOf(store.shop);
  const expected = new Map([['main', first]]);
  if (second) expected.set(SECOND_STORE.key, expectedOf(second.shop, secondStoreWishes(first)));
  let agree = results.length === expected.size;
  for (const result of results) {
    const wanted = expected.get(result.store);
    if (!wanted || !(await compareStore(pair, result, wanted))) agree = false;
  }
  const { billed } = org.requestLog.totals();
  console.log(`\nSalesforce API calls, deploy and all: ${billed}`);
  console.log(agree ? 'Both sides agree, to the cent.' : 'The two sides DIFFER.');
  return agree;
}

async function main(): Promise<void> {
  const settings = readSettings();
  if (!settings) {
    console.log(usage);
    return;
  }
  const { orders, orgPort, storePort, secondStore, exit } = settings;
  const stopped = stopSignal();
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-demo-'));
  try {
    const pair = await startPair({ orders, orgPort, storePort });
    const second = secondStore ? createSecondShop() : undefined;
    try {
      if (!(await demo(pair, second, home, stopped))) process.exitCode = 1;
      if (!exit) {
        console.log(whatToOpen(pair, second, home));
        await aborted(stopped);
      }
    } finally {
      await Promise.all([pair.close(), second?.close()]);
    }
  } catch (error) {
    if (!stopped.aborted) throw error;
    console.error('Stopped before both sides were compared.');
    process.exitCode = 130;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

main().catch(reportFailure);
