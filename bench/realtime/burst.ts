import { setTimeout as delay } from 'node:timers/promises';
import { deliver } from '../lib/programs/deliveries.ts';
import type { Pair } from '../lib/programs/pair.ts';
import type { Processes } from '../lib/programs/processes.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import { atMost, median, type Result, shown } from '../lib/results/results.ts';

const RUNS = 3;
const WEBHOOKS = 1000;
const LOOK_EVERY_MS = 100;

export interface BurstOptions {
  readonly processes: Processes;
  readonly pair: Pair;
  readonly service: ServiceProcess;
  /** Orders that the org has, and the bodies of their webhooks. */
  readonly orders: readonly number[];
  readonly bodies: string;
  readonly isShort: boolean;
}

interface Burst {
  readonly reads: number;
  readonly calls: number;
  readonly seconds: number;
  readonly peakMB: number;
}

/** What it takes until all is in step after many webhooks for fewer changed orders. */
export async function measureBurst(options: BurstOptions): Promise<readonly Result[]> {
  const idle = await options.service.residentMB();
  const bursts: Burst[] = [];
  const runs = options.isShort ? 1 : RUNS;
  for (let run = 1; run <= runs; run++) bursts.push(await burst(options, `Burst ${run}`));
  const what = `Burst of ${WEBHOOKS} webhooks for ${options.orders.length} orders`;
  const over = (value: (one: Burst) => number) => median(bursts.map(value));
  return [
    // More where webhooks arrive more slowly than they are looked at.
    atMost(
      `${what}: requests to the store`,
      6,
      '',
      over(({ reads }) => reads),
    ),
    atMost(
      `${what}: Salesforce calls`,
      10,
      '',
      over(({ calls }) => calls),
    ),
    shown(
      `${what}: until all is in step`,
      's',
      over(({ seconds }) => seconds),
    ),
    atMost('Resident memory on PostgreSQL, idle', 150, 'MB', idle),
    atMost(
      'Resident memory on PostgreSQL, in the burst',
      250,
      'MB',
      Math.max(...bursts.map(({ peakMB }) => peakMB)),
    ),
  ];
}

/** @param city what the orders are changed to */
async function burst(options: BurstOptions, city: string): Promise<Burst> {
  const { processes, pair, service, orders, bodies } = options;
  const { store, org } = pair;
  await store.changeQuietly(orders, { billing: { city } });
  await Promise.all([store.control('DELETE', 'requests'), org.resetRequests()]);
  const begun = performance.now();
  const peakMB = await peakMemory(service, async () => {
    await deliver(processes, service.receiver, { bodies, count: WEBHOOKS });
    await service.settled();
  });
  const seconds = (performance.now() - begun) / 1000;
  const { total: reads } = (await store.control('GET', 'requests')) as { total: number };
  const { billed: calls } = await org.requests();
  const changed = await org.count(`Woo_Order__c WHERE Billing_City__c = '${city}'`);
  if (changed !== orders.length) throw new Error(`${changed} orders are in step after the burst.`);
  return { reads, calls, seconds, peakMB };
}

/** @returns MB, the most that was seen while `run` ran */
async function peakMemory(service: ServiceProcess, run: () => Promise<void>): Promise<number> {
  const over = new AbortController();
  let peak = 0;
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      peak = Math.max(peak, await service.residentMB());
      await delay(LOOK_EVERY_MS);
    }
  };
  const running = run().finally(() => {
    over.abort();
  });
  await Promise.all([running, watch()]);
  return peak;
}
