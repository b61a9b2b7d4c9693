import type { ChangeQueue } from '../../../src/ports/change-queue.ts';
import type { IssueStore } from '../../../src/ports/issues.ts';
import type { State } from '../../../src/ports/state.ts';
import { openQueue } from '../../../src/state/queue/queue.ts';
import { openState } from '../../../src/state/state.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { type Engine, engines } from './engines.ts';

/** A queue and its book of issues to be tried out, with a hand on their time and their claims. */
export interface OpenQueue {
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly state: State;
  /** Lets that much time pass. */
  pass(milliseconds: number): Promise<void>;
  /** All claims wait again, as when the process that holds them has died. */
  lapse(): Promise<void>;
  close(): Promise<void>;
}

async function openEngine(start: () => Promise<Engine>): Promise<OpenQueue> {
  const engine = await start();
  const state = await openState(engine.location);
  const { database } = state;
  const queue = await openQueue(state, {
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
  return {
    ...queue,
    state,
    pass: async (milliseconds) => {
      const earlier = `- interval '${milliseconds} milliseconds'`;
      await database.query(
        `update woosync.issue set first_seen = first_seen ${earlier},
           last_seen = last_seen ${earlier}, said_at = said_at ${earlier},
           retry_at = retry_at ${earlier}`,
      );
    },
    // What pg-boss does with a claim whose process is silent.
    lapse: async () => {
      await database.query(`update woosync_queue.job set state = 'retry' where state = 'active'`);
    },
    close: async () => {
      await queue.close();
      await state.close();
      await engine.stop();
    },
  };
}

function openMemory(): Promise<OpenQueue> {
  let passed = 0;
  const state = new MemoryState();
  const queue = new MemoryChangeQueue(state, () => new Date(Date.now() + passed));
  return Promise.resolve({
    queue,
    issues: queue,
    state,
    pass: (milliseconds) => {
      passed += milliseconds;
      return Promise.resolve();
    },
    lapse: () => {
      queue.lapse();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

/** All that plays a queue: the two databases, and the memory with which the engine is tested. */
export const queuePlaces: readonly {
  readonly name: string;
  readonly open: () => Promise<OpenQueue>;
}[] = [
  ...engines.map(({ name, start }) => ({ name, open: () => openEngine(start) })),
  { name: 'the memory of tests', open: openMemory },
];
