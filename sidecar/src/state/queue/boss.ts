import type { Db, PgBoss } from 'pg-boss';
import packageJson from 'pg-boss/package.json' with { type: 'json' };
import { CodedError } from '../../errors/coded-error.ts';
import type { Database, Queries, SqlValue } from '../db/types.ts';

/** The schema of pg-boss, beside our own. */
export const QUEUE_SCHEMA = 'woosync_queue';

const lockNumber = 7_305_413;

/** Told what goes wrong in the background: a sentence without any data of jobs. */
export type OnProblem = (problem: string) => void;

/**
 * Starts pg-boss on our own connections. The first time in a database it makes its tables, which takes seconds
 * in a directory.
 * @throws CodedError `STATE_TOO_NEW` when a newer version has been here
 */
export async function startBoss(database: Database, onProblem: OnProblem): Promise<PgBoss> {
  // Here, since a backfill has no queue: a third of all modules come with it.
  const { PgBoss: Boss } = await import('pg-boss');
  const boss = new Boss({
    db: bossDatabase(database),
    backend: database.kind === 'directory' ? 'pglite' : 'postgres',
    schema: QUEUE_SCHEMA,
    // Every few seconds, so that the jobs of a process that died come back soon.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    // What we have no use for: timetables, jobs that wait for jobs, a list of processes, a word about long queues.
    schedule: false,
    flowIntervalSeconds: 3600,
    registerInstance: false,
    warningQueueSize: 1_000_000,
  });
  // Their details may quote a statement's values: only the sentence is passed on.
  boss.on('error', ({ message }) => {
    onProblem(message);
  });
  boss.on('warning', ({ message }) => {
    onProblem(message);
  });
  try {
    await refuseNewer(boss);
    if (database.kind === 'directory') await startAndTakeBack(database, boss);
    else await startAlone(database, boss);
  } catch (error) {
    await boss.stop({ graceful: false, close: false });
    throw error;
  }
  return boss;
}

/** Runs a call of pg-boss on these connections, or in this transaction. */
export function bossDatabase(queries: Queries): Db {
  return {
    executeSql: async (text, values = []) => ({
      rows: [...(await queries.query(text, values as readonly SqlValue[]))],
    }),
  };
}

/** pg-boss itself would go on as if nothing were different. */
async function refuseNewer(boss: PgBoss): Promise<void> {
  if (!(await boss.isInstalled())) return;
  const found = (await boss.schemaVersion()) ?? 0;
  const known = packageJson.pgboss.schema;
  if (found <= known) return;
  throw new CodedError(
    'STATE_TOO_NEW',
    `The queue was written by a newer version (schema ${found}; this one knows ${known}).`,
    'Start the newer version, or point DATABASE_URL or DATA_DIR to an empty place and load again: nothing in the state is the only copy.',
  );
}

/** Of several processes that make the tables at once, all but one would fail: each waits for the one before. */
async function startAlone(database: Database, boss: PgBoss): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${lockNumber})`);
    await boss.start();
  });
}

/** Nobody else can be in a directory: jobs that lie there are of a process that died, and need no wait. */
async function startAndTakeBack(database: Database, boss: PgBoss): Promise<void> {
  await boss.start();
  await database.query(
    `update ${QUEUE_SCHEMA}.job set heartbeat_on = to_timestamp(0) where state = 'active';
     update ${QUEUE_SCHEMA}.queue set monitor_claim_on = to_timestamp(0)`,
  );
  await boss.supervise();
}
