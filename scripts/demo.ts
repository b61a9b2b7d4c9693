/**
 * `npm run demo`: a local org and a local store, the project deployed with the real Salesforce CLI, and the
 * store's data synced by the sidecar. Everything lives in a temporary folder and is gone afterwards.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { reportFailure } from '../local/failure.ts';
import { stopSignal } from '../local/stop-signal.ts';
import { wholeNumber } from '../local/whole-number.ts';
import { startPair, type Pair } from './lib/pair.ts';
import { compare } from './lib/compare.ts';
import { deployProject, ORG_ALIAS, sidecarEnv } from './lib/deploy.ts';
import { expectedOf } from './lib/expected.ts';
import { readOrgSide } from './lib/org-side.ts';
import { quietSf, run } from './lib/sf.ts';
import type { BackfillResult } from '../sidecar/src/sync/backfill.ts';

const usage = `Shows the whole thing on this machine, with no account anywhere.

  npm run demo [-- options]

  --orders N     orders that the store generates, beside the recorded ones (default 300)
  --org-port N   where the org listens (default 8090; 0 takes a free port)
  --store-port N where the store listens (default 8095; 0 takes a free port)
  --exit         stop when done; exit code 0 only if both sides agree to the cent
`;

interface Settings {
  readonly orders: number;
  readonly orgPort: number;
  readonly storePort: number;
  readonly exit: boolean;
}

function readSettings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '300' },
      'org-port': { type: 'string', default: '8090' },
      'store-port': { type: 'string', default: '8095' },
      exit: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    orders: wholeNumber('--orders', values.orders, 100_000),
    orgPort: wholeNumber('--org-port', values['org-port'], 65_535),
    storePort: wholeNumber('--store-port', values['store-port'], 65_535),
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

function whatToOpen({ org, orgUrl, storeUrl }: Pair, home: string): string {
  return `
Both keep running; Ctrl-C stops them. Look around from a second terminal, in this folder:

  export HOME=${home} WOO_STORE_URL=${storeUrl} ${Object.entries(quietSf)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}
  npx sf data query -o ${ORG_ALIAS} -q "SELECT Name, Status__c, Total__c, Currency_Code__c, Contact__r.Name FROM Woo_Order__c LIMIT 5"
  npx sf project deploy start -o ${ORG_ALIAS} -d force-app -d config/org

The store's side of it:       curl -s ${storeUrl}/local/totals
API calls the org counted:    curl -s ${orgUrl}/local/requests
Sync again (nothing to do):   SF_LOGIN_URL=${orgUrl} SF_CLIENT_ID=${org.clientId} SF_CLIENT_SECRET=${org.clientSecret} \\
                              DATA_DIR=${join(home, 'state')} npx woo-salesforce backfill
`;
}

async function demo(pair: Pair, home: string, stopped: AbortSignal): Promise<boolean> {
  const { org, orgUrl, store, storeUrl } = pair;
  console.log(`Salesforce org: ${orgUrl}\nWooCommerce store: ${storeUrl}\n`);
  console.log('Deploying force-app and config/org with the Salesforce CLI …');
  await deployProject(org, { org: orgUrl, store: storeUrl }, home, {
    show: 'all',
    stopped,
    keys: store,
  });
  console.log('\nSyncing …');
  const results = await sync(sidecarEnv(org, null, orgUrl, join(home, 'state')), stopped);
  const reports = results.flatMap(({ mappings }) => mappings);
  const side = await readOrgSide(
    orgUrl,
    org.adminToken,
    reports.map(({ object }) => object),
  );
  const { text, agrees } = compare(expectedOf(store.shop), reports, side);
  const { billed } = org.requestLog.totals();
  console.log(`\n${text}\nSalesforce API calls, deploy and all: ${billed}`);
  console.log(agrees ? 'Both sides agree, to the cent.' : 'The two sides DIFFER.');
  return agrees;
}

async function main(): Promise<void> {
  const settings = readSettings();
  if (!settings) {
    console.log(usage);
    return;
  }
  const { orders, orgPort, storePort, exit } = settings;
  const stopped = stopSignal();
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-demo-'));
  try {
    const pair = await startPair({ orders, orgPort, storePort });
    try {
      if (!(await demo(pair, home, stopped))) process.exitCode = 1;
      if (!exit) {
        console.log(whatToOpen(pair, home));
        await aborted(stopped);
      }
    } finally {
      await pair.close();
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
