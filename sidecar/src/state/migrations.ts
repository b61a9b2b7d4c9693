import { CodedError } from '../errors.ts';
import type { Database, Queries } from './database.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** In order, never changed once released. */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    name: 'links and cursors',
    statements: [
      `create table woosync.link (
         object text not null,
         key text collate "C" not null,
         record_id text not null,
         hash text,
         parent_key text collate "C",
         read_at timestamptz not null,
         primary key (object, key)
       )`,
      `create index link_parent on woosync.link (object, parent_key) where parent_key is not null`,
      `create table woosync.cursor (
         store text not null,
         name text not null,
         value jsonb not null,
         primary key (store, name)
       )`,
    ],
  },
  {
    number: 2,
    name: 'links to records that carry another key',
    statements: ['alter table woosync.link add column by_id boolean not null default false'],
  },
];

/** Held while one process migrates, so that another waits and then finds nothing left to do. */
const lockNumber = 7_305_412;

/**
 * Brings the schema `woosync` up to what this version knows, in one transaction.
 * @throws CodedError `STATE_TOO_NEW` when a newer version has been here
 */
export async function migrate(
  database: Database,
  known: readonly Migration[] = migrations,
): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${lockNumber})`);
    const applied = await appliedSoFar(queries);
    const newest = known.at(-1)?.number ?? 0;
    if (applied > newest)
      throw new CodedError(
        'STATE_TOO_NEW',
        `The state was written by a newer version (schema ${applied}; this one knows ${newest}).`,
        'Start the newer version, or point DATABASE_URL or DATA_DIR to an empty place and load again: nothing in the state is the only copy.',
      );
    for (const migration of known.filter(({ number }) => number > applied)) {
      for (const statement of migration.statements) await queries.query(statement);
      await queries.query('insert into woosync.migration (number, name) values ($1, $2)', [
        migration.number,
        migration.name,
      ]);
    }
  });
}

async function appliedSoFar(queries: Queries): Promise<number> {
  const [found] = await queries.query(`select to_regclass('woosync.migration')::text as name`);
  if (found?.['name'] === null) {
    await queries.query('create schema if not exists woosync');
    await queries.query(
      `create table woosync.migration (
         number integer primary key,
         name text not null,
         applied_at timestamptz not null default now()
       )`,
    );
    return 0;
  }
  const [row] = await queries.query(
    'select coalesce(max(number), 0)::integer as newest from woosync.migration',
  );
  return Number(row?.['newest']);
}
