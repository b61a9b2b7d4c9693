import type { QueueName, Rounds } from '../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';

/** A job of the queue in memory. */
export interface QueuedJob extends ChangeEvent {
  readonly id: string;
  readonly attempt: number;
  readonly reportedAt: Date;
  readonly active: boolean;
  readonly isBulk: boolean;
  readonly rounds?: Rounds | undefined;
}

export const storeOf = ({ key }: ChangeEvent): string => key.slice(0, key.indexOf(':'));
export const laneOf = (change: ChangeEvent): QueueName => ({
  store: storeOf(change),
  resource: change.resource,
});
export const isIn = (lane: QueueName) => (change: ChangeEvent) =>
  change.resource === lane.resource && storeOf(change) === lane.store;
export const isOf = (one: ChangeEvent) => (other: ChangeEvent) =>
  one.resource === other.resource && one.key === other.key;

export function oldestOf(jobs: readonly QueuedJob[], isBulk: boolean): Date | null {
  const times = jobs.filter((job) => job.isBulk === isBulk).map((job) => job.reportedAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** The oldest first, those in bulk last. */
export const inOrder = (a: QueuedJob, b: QueuedJob): number =>
  Number(a.isBulk) - Number(b.isBulk) || a.reportedAt.getTime() - b.reportedAt.getTime();
