import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../../errors/coded-error.ts';
import { closeToOthers, prepareDataDirectory } from './data-directory.ts';
import { openFailure } from './open-failure.ts';
import { Embedded } from './pglite.ts';
import { PriorityMutex } from './priority-mutex.ts';
import { preparePrivateDirectory } from './private-directory.ts';
import type { Database, Queries } from './types.ts';
import { WalSync } from './wal-sync.ts';

/** Rows that are gone make the queue slower before they cost much room. */
const CLEANED_MS = 10 * 60_000;

/**
 * PostgreSQL inside this process, on a directory. Safe against a crash of the process, not against a power cut
 * in the middle of a checkpoint.
 * @throws CodedError `STATE_LOCKED`, `STATE_NOT_PRIVATE`, `STATE_UNREACHABLE`, `STATE_NOT_OPENED` or
 *   `STATE_UNREADABLE`
 */
export async function openDirectory(path: string): Promise<Database> {
  const lock = await takeLock(path);
  const data = join(path, 'pglite');
  let lite: Embedded;
  try {
    await prepareDataDirectory(data);
    lite = await Embedded.open(data);
    await closeToOthers(data);
  } catch (error) {
    lock.close();
    throw openFailure(data, error);
  }
  const wal = new WalSync(join(data, 'pg_wal'));
  // A server clears rows away that are long gone; here nobody does, and the queue makes many.
  const turns = new PriorityMutex();
  const clean = () => turns.take(() => lite.query('vacuum'));
  const cleaning = setInterval(() => void clean().catch(() => undefined), CLEANED_MS);
  cleaning.unref();
  const queriesIn = (how?: 'urgent'): Queries => ({
    query: async (sql, values) => {
      const rows = await turns.take(() => rolledBack(lite, () => lite.query(sql, values)), how);
      if (!/^\s*select\b/i.test(sql)) await wal.sync();
      return rows;
    },
  });
  return {
    kind: 'directory',
    ...queriesIn(),
    urgent: queriesIn('urgent'),
    transaction: async (work) => {
      const result = await turns.take(() => inTransaction(lite, work));
      await wal.sync();
      return result;
    },
    close: async () => {
      clearInterval(cleaning);
      await lite.close();
      await wal.close();
      lock.close();
    },
  };
}

function inTransaction<T>(lite: Embedded, work: (queries: Queries) => Promise<T>): Promise<T> {
  return rolledBack(lite, async () => {
    await lite.query('begin');
    const result = await work(lite);
    await lite.query('commit');
    return result;
  });
}

/**
 * A transaction, or a text that holds one, that fails halfway would leave the only connection in it, and every
 * later statement refused.
 */
async function rolledBack<T>(lite: Embedded, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    await lite.query('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * PGlite does not guard its directory: two processes on one would destroy each other's rows. The lock lies on a
 * file beside it and goes with the process, however that ends.
 */
async function takeLock(path: string): Promise<DatabaseSync> {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(await preparePrivateDirectory(path));
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CodedError(
      'STATE_UNREACHABLE',
      `The directory ${path} for the state cannot be written (${code}).`,
      'Put a directory that this user may write in DATA_DIR.',
    );
  }
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw lockUnusable(path, error);
    throw new CodedError(
      'STATE_LOCKED',
      `The state in ${path} is in use by another process.`,
      'Stop the other one. Is it the service of this org, give a Woo Command in Salesforce instead. On PostgreSQL (DATABASE_URL) any number share the work; another org has a DATA_DIR of its own.',
    );
  }
}

/** SQLITE_BUSY, with whatever else SQLite says in the higher bits. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === 5
  );
}

function lockUnusable(path: string, cause: unknown): CodedError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new CodedError(
    'STATE_NOT_OPENED',
    `The lock of the state in ${path} cannot be used (${said}).`,
    `See that no sidecar runs on the directory, remove ${join(path, 'lock')} and start again: it holds nothing. Keep the rest.`,
    { cause },
  );
}
