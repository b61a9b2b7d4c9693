import type { Mapping } from '../../mapping/model/mapping.ts';
import { type FollowUp, type Job, nextRound } from '../../ports/change-queue.ts';
import { isNamedBy } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import { issueOf } from '../../sync/report/issue.ts';

/** So often in a row our own work may queue a record within an hour; more often, nothing will end it. */
export const MOST_ROUNDS = 12;

interface Counted {
  readonly followUps: readonly FollowUp[];
  /** Those that are not to be looked at again. */
  readonly endless: readonly ChangeEvent[];
}

/**
 * Counts how often in a row records were queued by our own work. A record that queues itself comes behind its own job;
 * another one behind the job of the batch that has the fewest rounds, so that what people do begins anew at one.
 */
export function withRounds(
  jobs: readonly Job[],
  found: readonly ChangeEvent[],
  now: Date,
): Counted {
  const nameOf = ({ resource, key }: ChangeEvent) => `${resource} ${key}`;
  const own = new Map(jobs.map((job) => [nameOf(job), job]));
  const fewest = jobs.reduce<Job | undefined>(
    (least, job) => (countOf(job) < countOf(least ?? job) ? job : (least ?? job)),
    undefined,
  );
  const events = new Map(found.map((one) => [nameOf(one), one]));
  const all = [...events].map(([name, { resource, key }]): FollowUp => {
    const before = (own.get(name) ?? fewest)?.rounds;
    return { resource, key, rounds: nextRound(before, now) };
  });
  const isEndless = ({ rounds }: FollowUp) => (rounds?.count ?? 0) > MOST_ROUNDS;
  return { followUps: all.filter((one) => !isEndless(one)), endless: all.filter(isEndless) };
}

function countOf({ rounds }: Job): number {
  return rounds?.count ?? 0;
}

/** What is said of a record that is left alone. */
export function endlessIssues(
  mappings: readonly Mapping[],
  { resource, key }: ChangeEvent,
): readonly IssueSeen[] {
  return mappings
    .filter((mapping) => isNamedBy(mapping, { resource, key }))
    .map((mapping) =>
      issueOf(mapping, {
        key,
        recordKey: key,
        aspect: 'rounds',
        code: 'RECORD_LOOPS',
        message: `The sync had it looked at again ${MOST_ROUNDS} times within an hour, though neither side has told of a change.`,
      }),
    );
}
