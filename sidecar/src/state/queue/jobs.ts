import type { PgBoss } from 'pg-boss';
import type { FollowUp, Rounds } from '../../ports/change-queue.ts';
import type { Queries } from '../db/types.ts';
import { texts } from '../db/texts.ts';
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
  readonly isBulk: boolean;
  readonly rounds?: Rounds;
}

/** Of jobs, the highest first. */
export const SINGLE_PRIORITY = 0;
const BULK_PRIORITY = -1;

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

/** Adds jobs of our own work; one whose key waits already stays as it is, but for its priority. */
export async function insertFollowUps(
  boss: PgBoss,
  queries: Queries,
  name: string,
  followUps: readonly FollowUp[],
): Promise<void> {
  const { counted = [], rest = [] } = Object.groupBy(followUps, ({ rounds }) =>
    rounds === undefined ? 'rest' : 'counted',
  );
  await insertJobs(boss, queries, name, keysOf(rest));
  if (counted.length === 0) return;
  const last = new Map(counted.map((one) => [one.key, one]));
  const jobs = [...last.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key: singletonKey, rounds = null }) => ({
      singletonKey,
      priority: SINGLE_PRIORITY,
      data: { rounds },
    }));
  const added = await boss.insert(name, jobs, { db: bossDatabase(queries), returnId: true });
  if (added?.length === jobs.length) return;
  await unbulk(queries, name, [...last.keys()], '');
  await lowerRounds(queries, name, [...last.values()]);
}

/** Who asks for a job that waits already, and has fewer rounds behind, has news of it: the count goes on from these. */
async function lowerRounds(
  queries: Queries,
  name: string,
  followUps: readonly FollowUp[],
): Promise<void> {
  await queries.query(
    `with fewer as (
       select job.id, given.rounds from ${QUEUE_SCHEMA}.job
       join json_to_recordset($2::json) as given (key text, rounds jsonb) on given.key = job.singleton_key
       where job.name = $1 and job.state = 'created'
         and (job.data->'rounds'->>'count')::integer > (given.rounds->>'count')::integer
       order by job.singleton_key for update of job skip locked)
     update ${QUEUE_SCHEMA}.job set data = jsonb_build_object('rounds', fewer.rounds)
     from fewer where job.name = $1 and job.id = fewer.id`,
    [name, JSON.stringify(followUps.map(({ key, rounds }) => ({ key, rounds })))],
  );
}

/** Adds a job per key, but for those whose key waits already: of these, one in bulk becomes one of its own. */
export async function insertJobs(
  boss: PgBoss,
  queries: Queries,
  name: string,
  keys: readonly string[],
): Promise<void> {
  const wanted = [...new Set(keys)].sort();
  const added = await insert(boss, queries, name, wanted, SINGLE_PRIORITY);
  // Whoever else asks for it begins the count of our own rounds anew.
  if (added < wanted.length) await unbulk(queries, name, wanted, ', data = null');
}

async function unbulk(
  queries: Queries,
  name: string,
  keys: readonly string[],
  besides: '' | ', data = null',
): Promise<void> {
  const which = besides === '' ? '' : ' or data is not null';
  await queries.query(
    // One that is claimed at this moment is worked on. In order of the keys, so that writers never wait in a circle.
    `update ${QUEUE_SCHEMA}.job set priority = $3::integer${besides} where name = $1 and id in (
       select id from ${QUEUE_SCHEMA}.job
       where name = $1 and state = 'created' and (priority < $3::integer${which})
         and singleton_key = any(${texts('$2')})
       order by singleton_key for update skip locked)`,
    [name, JSON.stringify(keys), SINGLE_PRIORITY],
  );
}

/** The same in bulk; what waits already waits on as it does. */
export async function insertBulk(
  boss: PgBoss,
  queries: Queries,
  name: string,
  keys: readonly string[],
): Promise<void> {
  await insert(boss, queries, name, [...new Set(keys)].sort(), BULK_PRIORITY);
}

/** @returns how many there are more */
async function insert(
  boss: PgBoss,
  queries: Queries,
  name: string,
  keys: readonly string[],
  priority: number,
): Promise<number> {
  const jobs = keys.map((singletonKey) => ({ singletonKey, priority }));
  const ids = await boss.insert(name, jobs, { db: bossDatabase(queries), returnId: true });
  return ids?.length ?? 0;
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
     returning id::text, singleton_key, created_on, priority, data`,
    [name, jobs.map(({ id }) => id), jobs.map(({ id, attempt }) => `${id}:${attempt}`)],
  );
  return rows.map((row) => ({
    id: String(row['id']),
    key: String(row['singleton_key']),
    reportedAt: row['created_on'] as Date,
    isBulk: Number(row['priority']) < SINGLE_PRIORITY,
    ...roundsIn(row['data']),
  }));
}

/** Puts jobs back that were taken, no younger than they were. */
export async function returnJobs(
  boss: PgBoss,
  queries: Queries,
  name: string,
  jobs: readonly TakenJob[],
): Promise<void> {
  const { bulk = [], single = [] } = Object.groupBy(jobs, ({ isBulk }) =>
    isBulk ? 'bulk' : 'single',
  );
  if (bulk.length > 0) await insertBulk(boss, queries, name, keysOf(bulk));
  if (single.length > 0) await insertReturned(boss, queries, name, single);
  await queries.query(
    `update ${QUEUE_SCHEMA}.job set created_on = least(created_on, taken.hinted_at)
     from unnest($2::text[], $3::timestamptz[]) as taken (key, hinted_at)
     where name = $1 and state = 'created' and singleton_key = taken.key`,
    [name, keysOf(jobs), jobs.map(({ reportedAt }) => reportedAt.toISOString())],
  );
}

/** With their rounds: that a side is out is no word of a change. What waits already keeps its own. */
async function insertReturned(
  boss: PgBoss,
  queries: Queries,
  name: string,
  jobs: readonly TakenJob[],
): Promise<void> {
  const sorted = jobs.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const made = sorted.map(({ key, rounds }) => ({
    singletonKey: key,
    priority: SINGLE_PRIORITY,
    ...(rounds && { data: { rounds } }),
  }));
  const added = await boss.insert(name, made, { db: bossDatabase(queries), returnId: true });
  if (added?.length !== jobs.length) await unbulk(queries, name, keysOf(jobs), '');
}

/** What a job holds besides its key. */
export function roundsIn(data: unknown): { readonly rounds?: Rounds } {
  const rounds = (data as { readonly rounds?: Rounds } | null)?.rounds;
  return rounds ? { rounds } : {};
}

function keysOf(jobs: readonly { readonly key: string }[]): string[] {
  return jobs.map(({ key }) => key);
}
