import { ConfigReader } from '../../sidecar/src/app/config-reader.ts';
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import type { EngineParts } from '../../sidecar/src/engine/engine-parts.ts';
import { Engine } from '../../sidecar/src/engine/engine.ts';
import type { Mapping } from '../../sidecar/src/mapping/model/mapping.ts';
import type { ChangeQueue } from '../../sidecar/src/ports/change-queue.ts';
import type { ChangeResource } from '../../sidecar/src/ports/change.ts';
import type { Setup } from '../../sidecar/src/ports/setup.ts';
import { DurableCallLedger } from '../../sidecar/src/state/call-ledger.ts';
import { openQueue } from '../../sidecar/src/state/queue/queue.ts';
import { openState } from '../../sidecar/src/state/state.ts';
import { VirtualClock } from '../../sidecar/test/support/virtual-clock.ts';

export const MINUTE = 60_000;

/** How the shop and people reach the engine; null where they do not. */
export type Reach = Pick<EngineParts, 'publicUrl' | 'secrets'>;

/**
 * The sidecar's engine with a clock that jumps to what is due next, on a real org, store and state.
 * @param isMapped which mappings of the org there are for it
 */
export async function openJumping(
  env: NodeJS.ProcessEnv,
  isMapped: (mapping: Mapping) => boolean = () => true,
) {
  const { config, org } = connect(env);
  const state = await openState(config.state);
  const queue = await openQueue(state, {
    onProblem: (problem) => {
      console.error(problem);
    },
  });
  const clock = new VirtualClock(new Date());
  const reader = new ConfigReader({ config, org: clock.watched(org), clock, state });
  const engineFor = (reach: Reach): Engine =>
    new Engine({
      ...reach,
      org: clock.watched(org),
      state: clock.watched(state),
      queue: seldomAsked(clock.watched(queue.queue), clock),
      issues: clock.watched(queue.issues),
      sweepSeconds: config.sweepSeconds,
      calls: clock.watched(new DurableCallLedger(state.database)),
      leases: clock.watched(queue.leases),
      clock,
      imageUrl: null,
      log: { info: () => undefined, warn: say, error: say },
      adoptAddress: (key) => reader.adopt(key),
      readSetup: async () => withMappings(await clock.watched(reader).read(), isMapped),
    });
  /** Whether everything is loaded, and nothing waits. */
  const isInStep = async (): Promise<boolean> => {
    const lanes = await queue.queue.backlog();
    return (
      (await state.cursor('main', 'loaded')) !== null &&
      lanes.every(({ waiting, active }) => waiting + active === 0)
    );
  };
  const close = async (): Promise<void> => {
    await queue.close();
    await state.close();
  };
  return { config, org, clock, engineFor, isInStep, close };
}

function withMappings(setup: Setup, isMapped: (mapping: Mapping) => boolean): Setup {
  const stores = setup.stores.map((store) => ({
    ...store,
    mappings: store.mappings.filter(isMapped),
  }));
  return { ...setup, stores };
}

function say(fields: object, message: string): void {
  console.error(message, JSON.stringify(fields));
}

/**
 * The worker looks into its queue 43,200 times a day, which costs no API call and here would cost minutes: while
 * the queue is empty and nobody adds to it, one look of a minute is enough.
 */
function seldomAsked(queue: ChangeQueue, clock: VirtualClock): ChangeQueue {
  const askedAgain = new Map<ChangeResource, number>();
  queue.onAdded(({ resource }) => askedAgain.delete(resource));
  return {
    add: (...args) => queue.add(...args),
    claim: async (lane, ...how) => {
      if (clock.now().getTime() < (askedAgain.get(lane.resource) ?? 0)) return [];
      const jobs = await queue.claim(lane, ...how);
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
