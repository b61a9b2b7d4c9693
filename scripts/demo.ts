/**
 * `npm run demo`: a local org and a local store, the project deployed with the real Salesforce CLI, the store's
 * data synced by the sidecar, and then kept in step by it. Everything lives in a temporary folder and is gone
 * afterwards.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Store } from '../local/store/store.ts';
import { reportFailure } from '../local/shared/failure.ts';
import { stopSignal } from '../local/shared/stop-signal.ts';
import { startPair, type Pair } from './lib/demo/pair.ts';
import { compareStores } from './lib/compare-stores.ts';
import { readSettings, usage, type DemoSettings } from './lib/demo/demo-settings.ts';
import { deployProject, sidecarEnv } from './lib/install/deploy.ts';
import { PagesOfTwo, pagesOf, type PageAddresses } from './lib/lightning.ts';
import { openInBrowser } from './lib/machine/browser.ts';
import { lookAround } from './lib/demo/look-around.ts';
import { assignSales } from './lib/install/install.ts';
import { endpointOf } from './lib/install/outbound.ts';
import { showPooledStock } from './lib/demo/pooled-stock.ts';
import { showProductEdits } from './lib/demo/product-edits.ts';
import { showRealTime, stockBeanBags } from './lib/demo/real-time.ts';
import { showRegisteredCustomer } from './lib/demo/registered-customer.ts';
import { addSecondStore, createSecondShop, SECOND_STORE } from './lib/demo/second-store.ts';
import { priceInOutlet, showStorePrices } from './lib/demo/store-prices.ts';
import { claimPort, startService, type Service } from './lib/demo/service.ts';
import { programPorts } from './lib/program-settings.ts';
import { run, type SfCli } from './lib/sf.ts';
import { refuseTakenPorts } from './lib/taken-ports.ts';
import { until } from './lib/until.ts';
import type { BackfillResult } from '../sidecar/src/sync/pipeline/backfill.ts';

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

/** Starts the second store and adds it to the org that has the first one. */
async function openSecond(
  sf: SfCli,
  { org }: Pair,
  second: Store,
  endpoint: string,
  stopped: AbortSignal,
): Promise<void> {
  const { url } = second;
  console.log(`\nSecond WooCommerce store, ${SECOND_STORE.key}: ${url}`);
  console.log(`Adding it with ${SECOND_STORE.folder} …`);
  const options = { show: 'all', stopped } as const;
  await addSecondStore(sf, org.integrationUsername, { url, keys: second, endpoint }, options);
}

/** What the demo works with. */
interface Stage {
  readonly pair: Pair;
  readonly second: Store | undefined;
  /** A temporary folder. */
  readonly home: string;
  /** What the sidecar is given. */
  readonly env: Record<string, string>;
  readonly stopped: AbortSignal;
}

interface Loaded {
  readonly results: readonly BackfillResult[];
  readonly agrees: boolean;
}

/** Deploys, brings everything over, and compares. */
async function load({ pair, second, home, env, stopped }: Stage): Promise<Loaded> {
  const { org, orgUrl, store, storeUrl } = pair;
  console.log(`Salesforce org: ${orgUrl}\nWooCommerce store: ${storeUrl}\n`);
  console.log('Deploying force-app and config/org with the Salesforce CLI …');
  const urls = { org: orgUrl, store: storeUrl };
  const endpoint = endpointOf(env);
  const sf = await deployProject(org, urls, home, { show: 'all', stopped, keys: store, endpoint });
  await assignSales(sf, org.repUsername, { show: 'all', stopped });
  if (second) await openSecond(sf, pair, second, endpoint, stopped);
  console.log('\nSyncing …');
  const results = await sync(env, stopped);
  const { text, agrees } = await compareStores(pair, second, results);
  console.log(`\n${text}`);
  const { billed } = org.requestLog.totals();
  console.log(`\nSalesforce API calls, deploy and all: ${billed}`);
  console.log(agrees ? 'Both sides agree, to the cent.' : 'The two sides DIFFER.');
  return { results, agrees };
}

/** Runs the service on what the load knows, until the shops tell it of their changes. */
async function open({ second, env, stopped }: Stage, logFile: string): Promise<Service> {
  console.log('\nStarting the service (npm start) …');
  const show = (text: string) => {
    console.log(`  ${text}`);
  };
  const service = await startService({ env, logFile, show, stopped });
  const msg = 'webhooks were set right; sweeping';
  for (const store of ['main', ...(second ? [SECOND_STORE.key] : [])]) {
    await service.logged({ msg, store });
  }
  return service;
}

/** @returns the addresses of the Lightning pages, which were built meanwhile */
async function showPages(listening: Promise<PageAddresses>): Promise<PageAddresses> {
  const addresses = await listening;
  for (const url of [addresses.admin, addresses.rep]) {
    const home = await fetch(`${url}/lightning/page/home`);
    if (!home.ok) throw new Error(`The Lightning pages answer ${home.status}; they say why above.`);
  }
  return addresses;
}

/** @returns whether both sides agreed */
async function demo(
  stage: Stage,
  listening: Promise<PageAddresses>,
  exit: boolean,
): Promise<boolean> {
  const { pair, home } = stage;
  const product = stockBeanBags(pair.store);
  if (stage.second) priceInOutlet(pair.store, stage.second);
  const { results, agrees } = await load(stage);
  const logFile = join(home, 'service.log');
  const service = await open(stage, logFile);
  const stopped = AbortSignal.any([stage.stopped, service.ended]);
  try {
    await showRealTime(pair, product, stopped);
    await showPooledStock(pair, stopped);
    await showRegisteredCustomer(pair, stopped);
    await showProductEdits(pair, product, stopped);
    if (stage.second) await showStorePrices(pair, stage.second, stopped);
    await agreeAgain({ ...stage, stopped }, results);
    const addresses = await showPages(listening);
    const pages = await pagesOf(pair, addresses.admin, product);
    const repPages = `${addresses.rep}/lightning/page/home`;
    if (!exit) {
      const { pid } = service;
      console.log(lookAround({ ...stage, ...pair, pid, logFile, product, pages, repPages }));
      openInBrowser(pages.home);
      await aborted(stage.stopped);
    }
  } finally {
    await service.stop();
  }
  return agrees;
}

/** @throws Error where what happened since the load leaves the two sides apart */
async function agreeAgain(
  { pair, second, stopped }: Stage,
  results: readonly BackfillResult[],
): Promise<void> {
  const agreed = async () => {
    const { text, agrees } = await compareStores(pair, second, results);
    return agrees ? text : undefined;
  };
  const what = 'Both sides alike after all of that';
  console.log(`\nAfter all of that:\n${await until(agreed, { what, seconds: 30, stopped })}`);
}

/** The Lightning pages take a while to build, and need nothing of what the demo does before it shows them. */
async function withPages(
  stage: Stage,
  { lightningPort, repPort, exit }: Pick<DemoSettings, 'lightningPort' | 'repPort' | 'exit'>,
): Promise<boolean> {
  const { orgUrl, org } = stage.pair;
  const pages = new PagesOfTwo(orgUrl, org, (line) => {
    console.log(line);
  });
  const listening = pages.listen({ admin: lightningPort, rep: repPort });
  // Whoever awaits it is told; until then a failure is nobody's.
  listening.catch(() => undefined);
  try {
    return await demo(stage, listening, exit);
  } finally {
    await pages.close();
  }
}

async function main(): Promise<void> {
  const settings = readSettings();
  if (!settings) {
    console.log(usage);
    return;
  }
  const { orders, orgPort, storePort, secondStore } = settings;
  await refuseTakenPorts({
    ...programPorts(settings),
    ...(secondStore ? { '--second-store-port': settings.secondStorePort } : {}),
  });
  const stopped = stopSignal();
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-demo-'));
  try {
    const pair = await startPair({ orders, orgPort, storePort, asksApexLs: true });
    const second = secondStore ? createSecondShop() : undefined;
    try {
      await second?.listen(settings.secondStorePort);
      const env = serviceEnv(pair, home, await claimPort(settings.port));
      const stage = { pair, second, home, env, stopped };
      if (!(await withPages(stage, settings))) process.exitCode = 1;
    } finally {
      await Promise.all([pair.close(), second?.close()]);
    }
  } catch (error) {
    if (!stopped.aborted) throw error;
    console.error('Stopped before all was shown.');
    process.exitCode = 130;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The variables that `npm start` needs; the shop reaches it on this machine. */
function serviceEnv({ org, orgUrl }: Pair, home: string, port: number): Record<string, string> {
  return {
    ...sidecarEnv(org, null, orgUrl, join(home, 'state')),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SIDECAR_SECRET: randomBytes(32).toString('hex'),
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

main().catch(reportFailure);
