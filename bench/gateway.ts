import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { deployProject, sidecarEnv } from '../scripts/lib/deploy.ts';
import { freePort, type Setting } from './lib/bench.ts';
import { OrgProcess } from './lib/org.ts';
import type { Result } from './lib/results.ts';
import { StoreProcess } from './lib/store.ts';
import type { Pulled } from './pull.ts';

/**
 * What it costs to read the shop through the org instead of straight: time of a pull of all orders, and API
 * calls of that and of a whole load.
 */
export async function measureGateway(
  { processes, folder, stopped }: Omit<Setting, 'postgresUrl'>,
  orders: number,
): Promise<readonly Result[]> {
  const home = join(folder, 'gateway');
  mkdirSync(home);
  const store = await StoreProcess.start(processes, { orders, port: await freePort() });
  const org = await OrgProcess.start(processes, join(home, 'org.sqlite'));
  const urls = { org: org.url, store: store.listensAt };
  await deployProject(org, urls, home, { keys: store, stopped });
  const env = sidecarEnv(org, store, org.url, join(home, 'state'));
  const { stdout } = await processes.measure(['bench/pull.ts'], env);
  const pulled = JSON.parse(stdout) as Pulled;
  if (pulled.orders !== orders) throw new Error(`${pulled.orders} orders were pulled: ${stdout}`);

  await org.resetRequests();
  const keyless = sidecarEnv(org, null, org.url, join(home, 'state'));
  await processes.measure(['sidecar/bin/woo-salesforce.js', 'backfill', '--json'], keyless);
  const { byKind, billed } = await org.requests();
  const reads = byKind['apex'] ?? 0;
  await Promise.all([org.stop(), store.stop()]);

  const shown = (name: string, value: number, target: number | null = null): Result => ({
    ...{ name, value, unit: '', target, better: 'lower' },
  });
  return [
    shown('Pull of the orders through the org: time ÷ straight', pulled.ratio, 1.5),
    shown(
      'Pull through the org: API calls per page of up to 100 orders',
      pulled.calls / pulled.pages,
      1,
    ),
    shown('Load through the org: API calls that read the shop', reads),
    shown('Load through the org: all other API calls, those that write among them', billed - reads),
  ];
}
