import type { PgBoss } from 'pg-boss';
import type { Queries } from '../db/types.ts';
import { bossDatabase, QUEUE_SCHEMA } from './boss.ts';

/** A job as far as the queue knows it. */
export interface ClaimedJob {
  readonly id: string;
  readonly attempt: number;
}

export interface TakenJob {
  readonly id: string;
  readonly key: string;
  readonly reportedAt: Date;
}

const DECADE = 10 * 365 * 24 * 3600;

/** Makes a queue unless it is there. Not within a transaction: it uses a connection of its own. */
export function createQueue(boss: PgBoss, name: string): Promise<void> {
  return boss.createQueue(name, {
    // At most one job waits per key, and one is worked on.
    policy: 'stately',
    // A change event never dies: it ends when somebody has looked, however often that fails.
    retryLimit: 2_147_483_647,
    retryDelay: 0,
    retentionSeconds: DECADE,
    heartbeatSeconds: 10,
    expireInSeconds: 15 * 60,
  });
}

/** Adds a job per key, but for those whose key waits already. */
export async function insertJobs(
  boss: PgBoss,
  queries: Queries,
  name: string,
  keys: readonly string[],
): Promise<void> {
  const jobs = [...new Set(keys)].sort().map((singletonKey) => ({ singletonKey }));
  await boss.insert(name, jobs, { db: bossDatabase(queries) });
}

/**
 * Takes jobs off the queue, as far as they are still ours: an attempt that was taken for dead and given to
 * another process is left alone. Deleted, not completed: done jobs would be kept for days, with their keys.
 * @returns those that were ours
 */
export async function takeJobs(
  queries: Queries,
  name: string,
  jobs: readonly ClaimedJob[],
): Promise<readonly TakenJob[]> {
  const rows = await queries.query(
    `delete from ${QUEUE_SCHEMA}.job
     where name = $1 and id = any($2::uuid[]) and state = 'active'
       and id::text || ':' || retry_count = any($3::text[])
     returning id::text, singleton_key, created_on`,
    [name, jobs.map(({ id }) => id), jobs.map(({ id, attempt }) => `${id}:${attempt}`)],
  );
  return rows.map((row) => ({
    id: String(row['id']),
    key: String(row['singleton_key']),
    reportedAt: row['created_on'] as Date,
  }));
}

/** Puts jobs back that were taken, no younger than they were. */
export async function returnJobs(
  boss: PgBoss,
  queries: Queries,
  name: string,
  jobs: readonly TakenJob[],
): Promise<void> {
  const keys = jobs.map(({ key }) => key);
  await insertJobs(boss, queries, name, keys);
  await queries.query(
    `update ${QUEUE_SCHEMA}.job set created_on = least(created_on, taken.hinted_at)
     from unnest($2::text[], $3::timestamptz[]) as taken (key, hinted_at)
     where name = $1 and state = 'created' and singleton_key = taken.key`,
    [name, keys, jobs.map(({ reportedAt }) => reportedAt.toISOString())],
  );
}
