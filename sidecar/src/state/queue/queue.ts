import type { IssueStore } from '../../ports/issues.ts';
import { startBoss } from './boss.ts';
import type { OnProblem } from './boss.ts';
import { DurableChangeQueue } from './change-queue.ts';
import { bringBackDates } from './future-dates.ts';
import { DurableIssues } from './issues.ts';
import { DurableLeases } from '../leases.ts';
import type { DurableState } from '../state.ts';

const BRING_BACK_EVERY_MS = 3_600_000;

/** What is to be looked at, what could not be synced, and who does what: in the same database as the state. */
export interface Queue {
  readonly queue: DurableChangeQueue;
  readonly issues: DurableIssues;
  readonly leases: DurableLeases;
  /** Waits for what is being added. Jobs that are not settled by now come back by themselves. */
  close(): Promise<void>;
}

/** The issues of a state alone, to be read and closed by who works on no queue. */
export function issuesOf({ database }: DurableState): Pick<IssueStore, 'find' | 'resolve'> {
  return new DurableIssues(database, () => Promise.reject(new Error('No queue is open.')));
}

/**
 * Opens the queue of a state that is open and stays the caller's to close, afterwards.
 * @throws CodedError `STATE_TOO_NEW` when the queue was used by a newer version, `STATE_UNREACHABLE`
 */
export async function openQueue(
  state: DurableState,
  { onProblem }: { readonly onProblem: OnProblem },
): Promise<Queue> {
  const { database } = state;
  const boss = await startBoss(database, onProblem);
  const queue = new DurableChangeQueue(database, boss);
  const leases = new DurableLeases(database);
  await leases.open();
  const bringBack = async () => {
    const counts = [...(await bringBackDates(database))];
    if (counts.length === 0) return;
    const found = counts.map(([what, count]) => `${what}: ${count}`).join(', ');
    onProblem(
      `The clock was ahead: what it dated in the future is brought back to now (${found}).`,
    );
  };
  await bringBack();
  let underWay = Promise.resolve();
  const hourly = setInterval(() => {
    // Where it fails it is done an hour later.
    underWay = bringBack().catch(() => undefined);
  }, BRING_BACK_EVERY_MS);
  return {
    queue,
    issues: new DurableIssues(database, (changes, how) => queue.add(changes, how)),
    leases,
    close: async () => {
      clearInterval(hourly);
      await underWay;
      await queue.idle();
      await leases.close();
      await boss.stop({ close: false });
    },
  };
}
