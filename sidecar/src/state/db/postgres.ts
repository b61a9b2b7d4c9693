import pg from 'pg';
import { CodedError } from '../../errors/coded-error.ts';
import { networkFault } from '../../lib/network-fault.ts';
import type { Secret } from '../../lib/secret.ts';
import type { Database, Queries, SqlValue } from './types.ts';

/** @throws CodedError `STATE_UNREACHABLE` when the server does not let us in */
export async function openPostgres(url: Secret): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    max: 10,
    connectionTimeoutMillis: 10_000,
    // None of ours takes seconds; a connection whose other end is gone would be waited for without an end.
    query_timeout: 120_000,
    keepAlive: true,
    application_name: 'woo-salesforce',
  });
  // A connection that breaks while nobody uses it: the pool replaces it, and the next query shows what is wrong.
  pool.on('error', () => undefined);
  const place = describePlace(url);
  const queries: Queries = {
    query: (sql, values) => explained(place, () => queriesOn(pool).query(sql, values)),
  };
  const database: Database = {
    kind: 'postgres',
    ...queries,
    // Each has a connection of its own.
    urgent: queries,
    transaction: (work) => explained(place, () => inTransaction(pool, work)),
    close: () => pool.end(),
  };
  try {
    await database.query('select 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return database;
}

function queriesOn(runner: pg.Pool | pg.PoolClient): Queries {
  return {
    query: async (sql, values: readonly SqlValue[] = []) => {
      // One result for each statement where the text holds several, which the types of pg do not know.
      const results = [await runner.query<Record<string, unknown>>(sql, [...values])].flat();
      return results.flatMap(({ rows }) => rows);
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens only while a client is idle: without this, a server that goes away between two statements
  // ends the process. The first error says why; those behind it only that the connection is gone.
  const onError = (error: Error): void => {
    broken ??= error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(queriesOn(client));
    await client.query('commit');
    return result;
  } catch (error) {
    const reason = broken ?? error;
    // Where even the rollback fails, the connection is gone and the server rolls back by itself.
    await client.query('rollback').catch((failure: unknown) => {
      broken ??= failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw reason;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Host and database, never user or password. */
function describePlace(url: Secret): string {
  const { host, pathname } = new URL(url.reveal());
  return `the PostgreSQL database "${decodeURIComponent(pathname.slice(1))}" at ${host}`;
}

/** SQLSTATE classes that say that we are not let in, with what to check. */
const refusals: Readonly<Record<string, string>> = {
  '28000':
    'Check the user in DATABASE_URL, and that the server lets it in from this machine (pg_hba.conf).',
  '28P01': 'Check the user and the password in DATABASE_URL (special characters percent-encoded).',
  '3D000': 'Create that database, or put the name of one that exists in DATABASE_URL.',
  '42501': 'Grant the user in DATABASE_URL the right CREATE on the database.',
  '53300': 'The server has no connection left: raise max_connections, or stop other clients.',
  '57P01': 'The server is stopping, or somebody ended our connection: try again in a moment.',
  '57P03': 'The server is starting or stopping: try again in a moment.',
};

async function explained<T>(place: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw explain(place, error);
  }
}

function explain(place: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CodedError) return error;
  const state = error instanceof pg.DatabaseError ? error.code : undefined;
  const cure = state === undefined ? undefined : refusals[state];
  if (state !== undefined && cure !== undefined)
    return new CodedError(
      'STATE_UNREACHABLE',
      `${sentence(place)} refuses us (SQLSTATE ${state}).`,
      cure,
    );
  if (state !== undefined || !isConnectionFault(error)) return error;
  return new CodedError(
    'STATE_UNREACHABLE',
    `${sentence(place)} cannot be reached: ${networkFault(error).reason}.`,
    'Check host and port in DATABASE_URL, and that the server runs; or leave DATABASE_URL unset to keep the state in DATA_DIR.',
  );
}

/** Errors of sockets have a code; those of pg about a connection that ended only a text. */
function isConnectionFault(error: Error): boolean {
  return (
    ('code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code)) ||
    /^Connection terminated|timeout exceeded when trying to connect|^Query read timeout|does not support SSL/.test(
      error.message,
    )
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
