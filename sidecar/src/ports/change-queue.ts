import type { ChangeEvent, ChangeResource } from './change.ts';
import type { IssueScope, IssueSeen } from './issues.ts';
import type { HeldRecord } from './state.ts';

/** The queue of one resource of one store. */
export interface QueueName {
  readonly store: string;
  readonly resource: ChangeResource;
}

/** How often in a row a record was queued by our own work, without word of a change from either side. */
export interface Rounds {
  readonly count: number;
  /** When the first of them was queued, as ISO 8601. */
  readonly since: string;
}

const HOUR_MS = 3_600_000;

/** One more round of a record: of the same hour, or the first of another one. */
export function nextRound(before: Rounds | undefined, now: Date): Rounds {
  const isRecent = before && now.getTime() - Date.parse(before.since) < HOUR_MS;
  return isRecent ? { ...before, count: before.count + 1 } : { count: 1, since: now.toISOString() };
}

/** What is to be looked at next. */
export interface FollowUp extends ChangeEvent {
  /** Kept with the job until somebody else queues the record; absent for none. */
  readonly rounds?: Rounds;
}

/** A change event that this process works on. No other one gets its key meanwhile; a newer change event of it waits. */
export interface Job extends ChangeEvent {
  /** Of the job. */
  readonly id: string;
  /** Tells this claim from a later one of the same job, after ours was taken for dead. */
  readonly attempt: number;
  readonly reportedAt: Date;
  /** Absent where word of a change has come. */
  readonly rounds?: Rounds;
}

export interface Backlog extends QueueName {
  readonly waiting: number;
  readonly active: number;
  /** When the oldest of both was queued, those in bulk aside; null where there is none. */
  readonly oldest: Date | null;
  /** The same of those in bulk, which wait where the shop has enough to do. */
  readonly oldestBulk: Date | null;
}

/** A change event that waits for a mapping that is held, or for one that was switched off. */
export interface HeldChange extends ChangeEvent {
  /** DeveloperName of the one that is held; of one that is off what `offName` makes of what it is of. */
  readonly mapping: string;
}

/**
 * How change events are queued. `quiet` wakes nobody: they are taken along with the next change event that does, or
 * within two seconds. `bulk` lets all others go first, and waits where the shop has enough to do.
 */
export type QueuedAs = 'quiet' | 'bulk';

/** From so many on, records that are tried again together let live changes go first. */
export const LEAST_IN_BULK = 1000;

/** How so many records are queued that are tried again together. */
export function queuedAs(count: number): QueuedAs | undefined {
  return count < LEAST_IN_BULK ? undefined : 'bulk';
}

/** What became of a batch of jobs, of any queues. */
export interface BatchResult {
  readonly jobs: readonly Job[];
  readonly failures: readonly IssueSeen[];
  /** Records that were looked at, by object and key: their issues close, unless they are among the failures. */
  readonly seen: readonly { readonly object: string; readonly key: string }[];
  /** Conflicts of which no side is left, as they are to be said of where they close with their record. */
  readonly settled?: readonly IssueSeen[];
  /** What is to be looked at next. */
  readonly followUps: readonly FollowUp[];
  /** Records that are another one, and whose orders are among what is to be looked at next: they are no longer due. */
  readonly ordersQueued?: readonly HeldRecord[];
  /**
   * What the jobs were looked at for. Only issues of these close with the job that looks at their record again:
   * of a mapping that is held nothing was looked at. None where it is left out.
   */
  readonly lookedAt?: readonly IssueScope[];
  /** Where the jobs' records may have been written; anywhere where it is left out. */
  readonly writtenTo?: readonly IssueScope[];
  /** Which of the jobs wait for held mappings: kept apart from the backlog until {@link ChangeQueue.queueHeld}. */
  readonly held?: readonly HeldChange[];
}

/** The durable queue of change events: at most one waits per key, and one is worked on. */
export interface ChangeQueue {
  /**
   * Durable when it resolves; callers that come together share a transaction. One that waits in bulk already and comes
   * in another way waits in bulk no longer.
   */
  add(changes: readonly ChangeEvent[], how?: QueuedAs): Promise<void>;
  /**
   * The oldest change events whose key nobody works on, one of each key, those in bulk last.
   * @param which `single` leaves those in bulk where they are
   */
  claim(queue: QueueName, most: number, which?: 'single'): Promise<readonly Job[]>;
  /** Says that we are still at it; due every few seconds, or another process takes them. */
  heartbeat(jobs: readonly Job[]): Promise<void>;
  /**
   * Takes the jobs off the queue, opens and closes issues, adds `followUps` quietly and clears that `ordersQueued` are
   * due, in one transaction. Where another process took a job over meanwhile, what was written may be old: the hashes of
   * its key's links in `writtenTo` are cleared, and it is queued again, as one more round.
   * @returns whether there is news of issues
   */
  finish(outcome: BatchResult): Promise<boolean>;
  /** Puts jobs back as change events that wait, unharmed; those of a key that waits already are dropped. */
  release(jobs: readonly Job[]): Promise<void>;
  /**
   * Queues the changes of a store again that waited for a mapping which is held no longer.
   * @param isHeld whether changes go on waiting for the mapping of that name
   */
  queueHeld(store: string, isHeld: (mapping: string) => boolean): Promise<void>;
  backlog(): Promise<readonly Backlog[]>;
  /** How many of the records that these name wait to be looked at, or are worked on. */
  countOpen(changes: readonly ChangeEvent[]): Promise<number>;
  /** Calls back when this process adds change events to a queue that are not quiet. */
  onAdded(listener: (queue: QueueName) => void): void;
}
