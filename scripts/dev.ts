/**
 * `npm run dev`: a local org, a local store, the Lightning pages and the service, each in a process of its own that
 * starts again when its source changes. Everything lives in a temporary folder and is gone afterwards.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { reportFailure } from '../local/shared/failure.ts';
import { stopSignal } from '../local/shared/stop-signal.ts';
import { claimPort, inWords, logLineOf } from './lib/demo/service.ts';
import { readDevSettings, usage } from './lib/dev/dev-settings.ts';
import { programPorts, type ProgramSettings } from './lib/program-settings.ts';
import { DEV_VARIABLES, readOrgFacts, type OrgFacts } from './lib/dev/org-facts.ts';
import { WatchedProcess, type WatchedOptions } from './lib/dev/watched-process.ts';
import { deployProject, sidecarEnv } from './lib/install/deploy.ts';
import { assignSales } from './lib/install/install.ts';
import { endpointOf } from './lib/install/outbound.ts';
import type { StoreKeys } from './lib/install/store-keys.ts';
import { refuseTakenPorts } from './lib/taken-ports.ts';

/** Starts a process, which is stopped with the others. */
type Start = (options: Omit<WatchedOptions, 'stopped'>) => WatchedProcess;

const HOST = 'http://127.0.0.1';
const random = (bytes: number): string => randomBytes(bytes).toString('hex');
const app = { clientId: `dev.${random(24)}`, clientSecret: random(32) };
const keys: StoreKeys = { consumerKey: `ck_${random(20)}`, consumerSecret: `cs_${random(20)}` };

/** Ports that stay when a process starts again. */
async function claimPorts(settings: ProgramSettings): Promise<ProgramSettings> {
  const { orgPort, storePort, lightningPort, repPort, port } = settings;
  await refuseTakenPorts(programPorts(settings));
  return {
    ...settings,
    orgPort: await claimPort(orgPort),
    storePort: await claimPort(storePort),
    lightningPort: await claimPort(lightningPort),
    repPort: await claimPort(repPort),
    port: await claimPort(port),
  };
}

/** @returns what it says of itself, once it runs */
async function startOrg(start: Start, home: string, port: number): Promise<OrgFacts> {
  const facts = join(home, 'org.json');
  const org = start({
    name: 'org',
    args: ['scripts/lib/dev/org-process.ts'],
    env: {
      [DEV_VARIABLES.facts]: facts,
      [DEV_VARIABLES.file]: join(home, 'org.sqlite'),
      [DEV_VARIABLES.clientId]: app.clientId,
      [DEV_VARIABLES.clientSecret]: app.clientSecret,
      [DEV_VARIABLES.consumerKey]: keys.consumerKey,
      [DEV_VARIABLES.consumerSecret]: keys.consumerSecret,
      [DEV_VARIABLES.port]: String(port),
    },
  });
  await org.said('Salesforce org: ');
  return readOrgFacts(facts);
}

async function startStore(start: Start, { orders, storePort }: ProgramSettings): Promise<string> {
  const store = start({
    name: 'store',
    args: [
      'local/store/main.ts',
      '--orders',
      String(orders),
      '--port',
      String(storePort),
      '--tls-proxy',
      '--allow-host',
      '127.0.0.1',
    ],
    env: { WOO_CONSUMER_KEY: keys.consumerKey, WOO_CONSUMER_SECRET: keys.consumerSecret },
  });
  await store.said('WooCommerce store with ');
  return `${HOST}:${String(storePort)}`;
}

async function startService(start: Start, env: Readonly<Record<string, string>>): Promise<void> {
  const service = start({
    name: 'service',
    args: ['sidecar/bin/woo-salesforce.js', 'start'],
    env,
    inWords: (line) => inWords(logLineOf(line)),
  });
  await service.said('woo-salesforce runs');
}

async function startPages(
  start: Start,
  home: string,
  { lightningPort, repPort }: ProgramSettings,
): Promise<void> {
  const pages = start({
    name: 'pages',
    args: ['scripts/lib/dev/pages-process.ts'],
    env: {
      [DEV_VARIABLES.facts]: join(home, 'org.json'),
      [DEV_VARIABLES.port]: String(lightningPort),
      [DEV_VARIABLES.repPort]: String(repPort),
    },
  });
  await pages.said('Lightning pages: ');
}

/** Starts everything; the org has the project before the service and the pages come. */
async function startAll(
  start: Start,
  { settings, home, stopped }: { settings: ProgramSettings; home: string; stopped: AbortSignal },
): Promise<string> {
  const { orgPort, lightningPort, repPort, port } = settings;
  const org = await startOrg(start, home, orgPort);
  const store = await startStore(start, settings);
  const publicUrl = `${HOST}:${String(port)}`;
  const env = {
    ...sidecarEnv(app, null, org.url, join(home, 'state')),
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    SIDECAR_SECRET: random(32),
  };
  console.log('Deploying force-app and config/org with the Salesforce CLI …');
  const endpoint = endpointOf(env);
  const urls = { org: org.url, store };
  const sf = await deployProject(org, urls, home, { stopped, keys, endpoint });
  await assignSales(sf, org.repUsername, { stopped });
  await Promise.all([startService(start, env), startPages(start, home, settings)]);
  return `
All run, and start again when their source changes; Ctrl-C stops them.

  Lightning pages   ${HOST}:${String(lightningPort)}/lightning/page/home
  as a sales rep    ${HOST}:${String(repPort)}/lightning/page/home
  Salesforce org    ${org.url}   (its records stay when it starts again)
  WooCommerce store ${store}   (its data begins anew)
  service           ${publicUrl}/readyz, ${publicUrl}/metrics
  all their files   ${home}   (gone afterwards)
`;
}

async function main(): Promise<void> {
  const given = readDevSettings();
  if (!given) {
    console.log(usage);
    return;
  }
  const stopped = stopSignal();
  const settings = await claimPorts(given);
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-dev-'));
  const started: WatchedProcess[] = [];
  const start: Start = (options) => {
    stopped.throwIfAborted();
    const process = new WatchedProcess({ ...options, stopped });
    started.push(process);
    return process;
  };
  try {
    console.log(await startAll(start, { settings, home, stopped }));
    if (!stopped.aborted) await once(stopped, 'abort');
  } catch (error) {
    if (!stopped.aborted) throw error;
  } finally {
    // Those that started last need the others.
    for (const process of started.toReversed()) await process.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

main().catch(reportFailure);
