import { deliver } from '../lib/programs/deliveries.ts';
import type { Pair } from '../lib/programs/pair.ts';
import type { Processes } from '../lib/programs/processes.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import { until } from '../lib/programs/until.ts';
import { atMost, type Result } from '../lib/results/results.ts';

/** What one read of the store names. */
const ACTIVE = 100;
/** The store's answer to another order, while the hundred come in. */
const BUSY_MS = 5000;
/** Longer than anybody waits here. */
const NEVER_MS = 60_000;

export interface KillOptions {
  readonly processes: Processes;
  readonly pair: Pair;
  readonly service: ServiceProcess;
  readonly engine: string;
  /** Orders that the org has, by the bodies of their webhooks: one, and a hundred others. */
  readonly one: string;
  readonly others: { readonly ids: readonly number[]; readonly bodies: string };
}

/** kill -9 while a hundred change events are worked on: from the next start until all is in step. */
export async function measureKill(options: KillOptions): Promise<Result> {
  const { processes, pair, service, engine, one, others } = options;
  const { store, org } = pair;
  await service.settled();
  await store.changeQuietly(others.ids, { billing: { city: 'Killed' } });
  for (const milliseconds of [BUSY_MS, NEVER_MS]) {
    await store.control('POST', 'faults', { kind: 'slow_answer', on: 'GET orders', milliseconds });
  }
  await deliver(processes, service.receiver, { bodies: one, count: 1 });
  await until('the service waits for the one order', 10, async () => (await faults(pair)) === 1);
  await deliver(processes, service.receiver, { bodies: others.bodies, count: ACTIVE });
  if ((await faults(pair)) !== 1) throw new Error('The hundred did not come in time.');
  await until('the hundred are worked on', 20, async () => (await faults(pair)) === 0);
  // More where products that the one order names are among them.
  const active = await service.backlog();
  if (active < ACTIVE) throw new Error(`${active} jobs were worked on, not ${ACTIVE}.`);
  await service.kill();
  const begun = performance.now();
  await service.start();
  await service.settled();
  const seconds = (performance.now() - begun) / 1000;
  const changed = await org.count(`Woo_Order__c WHERE Billing_City__c = 'Killed'`);
  if (changed !== ACTIVE) throw new Error(`${changed} of ${ACTIVE} orders are in step.`);
  const name = `kill -9 with ${ACTIVE} active jobs → all in step after the restart, ${engine}`;
  return atMost(name, 20, 's', seconds);
}

/** How many slow answers are still to come. */
async function faults({ store }: Pair): Promise<number> {
  return ((await store.control('GET', 'faults')) as readonly unknown[]).length;
}
