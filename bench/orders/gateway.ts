import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { deployProject, sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { Setting } from '../lib/bench.ts';
import { freePort } from '../lib/programs/free-port.ts';
import { OrgProcess } from '../lib/programs/org.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { endpointAt } from '../lib/programs/service.ts';
import { StoreProcess } from '../lib/programs/store.ts';
import { atMost, countAtMost, type Result, shown } from '../lib/results/results.ts';
import type { Pulled } from './pull.ts';

/** Pulls each way. */
const ROUNDS = 5;

/** A store of so many orders, and an org that keeps its keys and has no records. */
export async function withGateway<T>(
  { processes, folder, stopped }: Setting,
  orders: number,
  use: (pair: Pair) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(folder, 'gateway-'));
  const store = await StoreProcess.start(processes, { orders, port: await freePort() });
  const org = await OrgProcess.start(processes, join(home, 'org.sqlite'));
  const urls = { org: org.url, store: store.listensAt };
  const servicePort = await freePort();
  await deployProject(org, urls, home, { keys: store, endpoint: endpointAt(servicePort), stopped });
  try {
    return await use({ store, org, route: 'named_credential', servicePort });
  } finally {
    await Promise.all([org.stop(), store.stop()]);
  }
}

/**
 * What it costs to read the shop through the org instead of straight: time of a pull of all orders, and API
 * calls of that and of a whole load.
 */
export async function measureGateway(
  { processes, folder, isShort }: Setting,
  { store, org }: Pair,
): Promise<readonly Result[]> {
  const state = join(folder, 'gateway-state');
  const env = sidecarEnv(org, store, org.url, state);
  const pull = { ...env, BENCH_ROUNDS: isShort ? '1' : `${ROUNDS}` };
  const { stdout } = await processes.measure(['bench/orders/pull.ts'], pull);
  const pulled = JSON.parse(stdout) as Pulled;
  if (pulled.orders !== store.orders)
    throw new Error(`${pulled.orders} orders were pulled: ${stdout}`);

  await org.resetRequests();
  const keyless = sidecarEnv(org, null, org.url, state);
  await processes.measure(['sidecar/bin/woo-salesforce.js', 'backfill', '--json'], keyless);
  const { byKind, billed } = await org.requests();
  const reads = byKind['apex'] ?? 0;
  return [
    atMost('Pull of the orders through the org: time ÷ straight', 1.5, '', pulled.ratio),
    countAtMost(
      'Pull through the org: API calls per page of up to 100 orders',
      1,
      pulled.calls / pulled.pages,
    ),
    shown('Backfill through the org: API calls that read the shop', '', reads),
    shown(
      'Backfill through the org: all other API calls, those that write among them',
      '',
      billed - reads,
    ),
  ];
}
