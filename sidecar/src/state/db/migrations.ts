import { CodedError } from '../../errors/coded-error.ts';
import type { Database, Queries } from './types.ts';

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
  {
    number: 3,
    name: 'issues and leases',
    statements: [
      // `news` is the last version that is worth saying at once; `said_version` the last one that was said.
      `create table woosync.issue (
         key text collate "C" primary key,
         kind text not null,
         store text not null,
         resource text not null,
         record_key text collate "C" not null,
         object text not null,
         record_id text,
         code text not null,
         reason text not null,
         cure text not null,
         field text,
         hint_resource text,
         hint_key text collate "C",
         retry text not null,
         attempts integer not null,
         first_seen timestamptz not null,
         last_seen timestamptz not null,
         state text not null,
         version integer not null,
         news integer not null,
         said_version integer,
         said_at timestamptz,
         retry_at timestamptz
       )`,
      `create index issue_retry on woosync.issue (retry_at) where retry_at is not null`,
      `create table woosync.lease (
         name text primary key,
         holder text not null,
         until timestamptz not null
       )`,
    ],
  },
  {
    number: 4,
    name: 'records that go both ways, and pictures',
    statements: [
      `create table woosync.agreement (
         object text not null,
         key text collate "C" not null,
         record_id text not null,
         base jsonb not null,
         pending jsonb not null,
         primary key (object, key)
       )`,
      `create table woosync.edit (
         key text collate "C" primary key,
         times bigint not null
       )`,
      `create index link_record on woosync.link (record_id)`,
      `create table woosync.creation (
         key text collate "C" primary key,
         begun_at timestamptz not null
       )`,
      `create table woosync.picture (
         store text not null,
         hash text not null,
         media_id bigint not null,
         primary key (store, hash)
       )`,
      `create table woosync.file (
         document_id text primary key,
         version_id text not null,
         hash text not null
       )`,
      `alter table woosync.issue add column woo_value text, add column salesforce_value text`,
    ],
  },
  {
    number: 5,
    name: 'which records show which files',
    statements: [
      `create table woosync.picture_use (
         object text not null,
         key text collate "C" not null,
         document_id text collate "C" not null,
         primary key (object, key, document_id)
       )`,
      `create index picture_use_document on woosync.picture_use (document_id)`,
    ],
  },
  {
    number: 6,
    name: 'equal failures that are said as one issue',
    // The key of the issue that counts this one; while it is set, Salesforce shows only the other.
    statements: ['alter table woosync.issue add column absorbed_by text collate "C"'],
  },
  {
    number: 7,
    name: 'state of a link',
    // Two states were kept as if they were hashes.
    statements: [
      `alter table woosync.link add column state text not null default 'verified'
         check (state in ('verified', 'unverified', 'soft_deleted'))`,
      `update woosync.link set state = 'unverified', hash = null where hash = 'found in the org'`,
      `update woosync.link set state = 'soft_deleted', hash = null where hash = 'flagged as deleted'`,
    ],
  },
  {
    number: 8,
    name: 'changes that wait for held mappings',
    statements: [
      `create table woosync.held_change (
         store text collate "C" not null,
         mapping text collate "C" not null,
         resource text not null,
         key text collate "C" not null,
         primary key (store, mapping, resource, key)
       )`,
    ],
  },
  {
    number: 9,
    name: 'API calls of a day',
    statements: [
      // Those that were made for all stores together have an empty store.
      `create table woosync.api_call (
         day date not null,
         store text collate "C" not null,
         calls bigint not null,
         primary key (day, store)
       )`,
    ],
  },
  {
    number: 10,
    name: 'what shops have shown of records',
    statements: [
      `create table woosync.origin (
         resource text collate "C" not null,
         key text collate "C" not null,
         marks text collate "C" not null,
         modified bigint,
         is_held boolean not null,
         primary key (resource, key)
       )`,
    ],
  },
  {
    number: 11,
    name: 'what customers ordered',
    statements: [
      // Every order with a customer, by its key; `counts` where its status is a paid one of its store.
      `create table woosync.customer_order (
         key text collate "C" primary key,
         customer text collate "C" not null,
         status text not null,
         counts boolean not null,
         currency text collate "C" not null,
         total numeric not null,
         refunded numeric not null,
         placed_at timestamptz,
         read_at timestamptz not null
       )`,
      `create index customer_order_customer on woosync.customer_order (customer)`,
      // What records of the org hold of it: an empty currency for the customer's own fields, else the record of that
      // currency. A digest of null is that of a write whose outcome is not known.
      `create table woosync.customer_total (
         record_id text collate "C" not null,
         currency text collate "C" not null,
         object text not null,
         digest text,
         child_id text,
         claimed_until timestamptz,
         primary key (record_id, currency)
       )`,
    ],
  },
  {
    number: 12,
    name: 'records of an object in the order of their ids',
    statements: [
      // Customers are counted by pages at night.
      `create index link_in_order on woosync.link (object, record_id collate "C")`,
      `create index customer_total_in_order on woosync.customer_total (object, record_id) where currency = ''`,
    ],
  },
  {
    number: 13,
    name: 'records that are another one',
    statements: [
      'alter table woosync.origin add column is_another boolean not null default false',
      'create index origin_another on woosync.origin (key) where is_another',
    ],
  },
  {
    number: 14,
    name: 'orders to look at again for a record that is another one',
    statements: [
      'alter table woosync.origin add column owes_orders boolean not null default false',
    ],
  },
  {
    number: 15,
    name: 'lookups whose record is not there yet',
    statements: [
      `create table woosync.waiting_lookup (
         object text not null,
         key text not null,
         resource text not null,
         change text not null,
         primary key (object, key, resource, change)
       )`,
    ],
  },
  {
    number: 16,
    name: 'one word for orders that are due',
    statements: [
      // States that went through other wordings of 14 and 15 have the column by its new name.
      `do $$ begin
         if exists (
           select from information_schema.columns
           where table_schema = 'woosync' and table_name = 'origin' and column_name = 'owes_orders'
         ) then
           alter table woosync.origin rename column owes_orders to orders_due;
         end if;
       end $$`,
    ],
  },
  {
    number: 17,
    name: "numbers of readings in place of the shop's time",
    statements: [
      // What was read before has 0, so that whatever is read next is newer, be its time one of a clock that was ahead.
      // The old columns stay for processes of the version before, which may still run.
      'create sequence woosync.reading',
      `alter table woosync.link add column read_number bigint not null default 0,
         alter column read_at drop not null`,
      `alter table woosync.customer_order add column read_number bigint not null default 0,
         alter column read_at drop not null`,
    ],
  },
  {
    number: 18,
    name: 'refunds of orders that count',
    statements: [
      `alter table woosync.customer_order add column refunds bigint[] not null default '{}'`,
      `create index customer_order_refunds on woosync.customer_order using gin (refunds)
         where refunds <> '{}'`,
    ],
  },
  {
    number: 19,
    name: 'what was in step with a record that a store has lost',
    statements: [`create index agreement_record on woosync.agreement (record_id)`],
  },
  {
    number: 20,
    name: 'issues of a record, and of a change event',
    statements: [
      'create index issue_record on woosync.issue (record_key)',
      'create index issue_hint on woosync.issue (hint_key) where hint_key is not null',
    ],
  },
  {
    number: 21,
    name: 'variations that wait for their product',
    statements: [
      `alter table woosync.issue add column whole_key text collate "C"`,
      'create index issue_whole on woosync.issue (whole_key) where whole_key is not null',
    ],
  },
  {
    number: 22,
    name: 'when leases were taken',
    statements: ['alter table woosync.lease add column taken timestamptz not null default now()'],
  },
  {
    number: 23,
    name: 'whether issues have changed since they were grouped',
    statements: [
      // A row for each time; they go with the grouping that has seen it.
      'create table woosync.issue_change (at timestamptz not null default now())',
    ],
  },
  {
    number: 24,
    name: 'whose orders were, until those are told',
    statements: [
      `create table woosync.former_customer (
        order_key text collate "C",
        customer text collate "C",
        primary key (order_key, customer)
      )`,
    ],
  },
  {
    number: 25,
    name: 'match values of customers who are being made',
    statements: [
      `create table woosync.match_claim (
        place text collate "C" primary key,
        object text collate "C" not null,
        key text collate "C" not null,
        until timestamptz not null
      )`,
      'create index match_claim_owner on woosync.match_claim (object, key)',
    ],
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
