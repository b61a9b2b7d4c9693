/**
 * A day in which nothing happens in the shop, as fast as the engine's clock can jump. Prints the API calls of it
 * by what they were for: with webhooks, and where the shop cannot reach us.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ConfigReader } from '../../sidecar/src/app/config-reader.ts';
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import type { EngineParts } from '../../sidecar/src/engine/engine-parts.ts';
import { Engine } from '../../sidecar/src/engine/engine.ts';
import type { ChangeQueue } from '../../sidecar/src/ports/change-queue.ts';
import type { ChangeResource } from '../../sidecar/src/ports/change.ts';
import { DurableCallLedger } from '../../sidecar/src/state/call-ledger.ts';
import { openQueue } from '../../sidecar/src/state/queue/queue.ts';
import { openState } from '../../sidecar/src/state/state.ts';
import { VirtualClock } from '../../sidecar/test/support/virtual-clock.ts';

/** API calls of a day. */
export interface Day {
  /** By purpose, as the sidecar counts them. */
  readonly purposes: Readonly<Record<string, number>>;
  /** As the org counts them. */
  readonly billed: number;
}

/** What `bench/realtime/idle-day.ts` reads. */
export interface Days {
  readonly webhooks: Day;
  readonly asked: Day;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const { config, org } = connect(process.env);
const { publicAccess, state: location, sweepSeconds } = config;
if (publicAccess === null) throw new Error('PUBLIC_URL is not set.');
// The shop asks, before it takes a webhook's address, whether anybody is there.
const receiver = createServer((request, response) => {
  request.resume();
  response.end();
});
receiver.listen(Number(new URL(publicAccess.url).port), '127.0.0.1');
await once(receiver, 'listening');
const state = await openState(location);
const queue = await openQueue(state, {
  onProblem: (problem) => {
    console.error(problem);
  },
});
const clock = new VirtualClock(new Date());
const reader = new ConfigReader({ config, org: clock.watched(org), clock, state });
const say = (fields: object, message: string): void => {
  console.error(message, JSON.stringify(fields));
};

/**
 * The worker looks into its queue 43,200 times a day, which costs no API call and here would cost minutes: while
 * the queue is empty and nobody adds to it, one look of a minute is enough.
 */
function seldomAsked(queue: ChangeQueue): ChangeQueue {
  const askedAgain = new Map<ChangeResource, number>();
  queue.onAdded(({ resource }) => askedAgain.delete(resource));
  return {
    add: (...args) => queue.add(...args),
    claim: async (lane, most) => {
      if (clock.now().getTime() < (askedAgain.get(lane.resource) ?? 0)) return [];
      const jobs = await queue.claim(lane, most);
      if (jobs.length > 0) askedAgain.delete(lane.resource);
      else askedAgain.set(lane.resource, clock.now().getTime() + MINUTE);
      return jobs;
    },
    heartbeat: (jobs) => queue.heartbeat(jobs),
    finish: (outcome) => queue.finish(outcome),
    release: (jobs) => queue.release(jobs),
    queueHeld: (...args) => queue.queueHeld(...args),
    backlog: () => queue.backlog(),
    countOpen: (...args) => queue.countOpen(...args),
    onAdded: (listener) => {
      queue.onAdded(listener);
    },
  };
}

async function day(reach: Pick<EngineParts, 'publicUrl' | 'secrets'>): Promise<Day> {
  const engine = new Engine({
    ...reach,
    ...{ org: clock.watched(org), state: clock.watched(state) },
    ...{ queue: seldomAsked(clock.watched(queue.queue)), issues: clock.watched(queue.issues) },
    calls: clock.watched(new DurableCallLedger(state.database)),
    ...{ leases: clock.watched(queue.leases), clock, sweepSeconds, imageUrl: null },
    log: { info: () => undefined, warn: say, error: say },
    adoptAddress: (key) => reader.adopt(key),
    readSetup: () => clock.watched(reader).read(),
  });
  await engine.start();
  do await clock.pass(MINUTE);
  while (!(await isInStep()));
  await clock.pass(HOUR);
  const before = { calls: new Map(org.callsFor), billed: await billed() };
  await clock.pass(24 * HOUR);
  const purposes = [...org.callsFor].map(
    ([purpose, calls]) => [purpose, calls - (before.calls.get(purpose) ?? 0)] as const,
  );
  const counted = (await billed()) - before.billed;
  await engine.stop();
  return {
    purposes: Object.fromEntries(purposes.filter(([, calls]) => calls > 0)),
    billed: counted,
  };
}

/** Whether everything is loaded, and nothing waits. */
async function isInStep(): Promise<boolean> {
  const lanes = await queue.queue.backlog();
  return (
    (await state.cursor('main', 'loaded')) !== null &&
    lanes.every(({ waiting, active }) => waiting + active === 0)
  );
}

async function billed(): Promise<number> {
  const response = await fetch(new URL('/local/requests', process.env['SF_LOGIN_URL']));
  return ((await response.json()) as { billed: number }).billed;
}

const webhooks = await day({ publicUrl: publicAccess.url, secrets: publicAccess.secrets });
const asked = await day({ publicUrl: null, secrets: null });
console.log(JSON.stringify({ webhooks, asked } satisfies Days));
await queue.close();
await state.close();
receiver.close();
