import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/state/db/database.ts';
import { migrate } from '../../src/state/db/migrations.ts';
import type { Database } from '../../src/state/db/types.ts';
import { eraseGuest, GUEST_COLUMNS, guestKey, keptOfGuest } from '../../src/state/guest.ts';

const ADA = { store: 'main', email: 'ada@example.com' };
const BOB = { store: 'main', email: 'bob@example.com' };

/** Columns of text that never hold the key of a guest or an address, and what they hold. */
const WITHOUT_GUESTS: Readonly<Record<string, string>> = {
  'agreement.base': 'fingerprints of values',
  'agreement.object': 'name of an object',
  'agreement.pending': 'fingerprints of values',
  'agreement.record_id': 'id of Salesforce',
  'api_call.store': 'key of a store',
  'creation.key': 'id of Salesforce: what is made in the shop for it',
  'cursor.name': 'name of a list',
  'cursor.store': 'key of a store',
  'cursor.value': 'place in a list, and what mappings there were',
  'customer_order.currency': 'currency',
  'customer_order.key': 'number of an order',
  'customer_order.status': 'status',
  'customer_total.child_id': 'id of Salesforce',
  'customer_total.currency': 'currency',
  'customer_total.digest': 'fingerprint of sums',
  'customer_total.object': 'name of an object',
  'customer_total.record_id': 'id of Salesforce',
  'file.document_id': 'id of Salesforce',
  'file.hash': 'fingerprint of a file',
  'file.version_id': 'id of Salesforce',
  'former_customer.order_key': 'number of an order',
  'held_change.mapping': 'name of a mapping',
  'held_change.resource': 'name of a resource',
  'held_change.store': 'key of a store',
  'issue.absorbed_by': 'key of an issue',
  'issue.code': 'code',
  'issue.cure': 'text without addresses',
  'issue.field': 'name of a field',
  'issue.hint_key': 'number of the order that brings a guest',
  'issue.hint_resource': 'name of a resource',
  'issue.key': 'a guest is a fingerprint in it',
  'issue.kind': 'kind',
  'issue.object': 'name of an object',
  'issue.reason': 'text without addresses',
  'issue.record_id': 'id of Salesforce',
  'issue.record_key': 'a guest is a fingerprint in it',
  'issue.resource': 'name of a resource',
  'issue.retry': 'kind of retry',
  'issue.salesforce_value': 'left out for personal fields',
  'issue.state': 'state',
  'issue.store': 'key of a store',
  'issue.whole_key': 'number of the order or product that is waited for',
  'issue.woo_value': 'left out for personal fields',
  'lease.holder': 'name of a process',
  'lease.name': 'name of a task',
  'link.hash': 'fingerprint of values',
  'link.object': 'name of an object',
  'link.parent_key': 'number of the order of an item',
  'link.record_id': 'id of Salesforce',
  'link.state': 'state',
  'match_claim.object': 'name of an object',
  'match_claim.place': 'fingerprint of a value',
  'migration.name': 'name of a migration',
  'origin.marks': 'fingerprints of values',
  'origin.resource': 'name of a resource',
  'picture.hash': 'fingerprint of a file',
  'picture.store': 'key of a store',
  'picture_use.document_id': 'id of Salesforce',
  'picture_use.object': 'name of an object',
  'waiting_lookup.change': 'number of the record whose lookup is empty',
  'waiting_lookup.object': 'name of an object',
  'waiting_lookup.resource': 'name of a resource',
};

const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-guest-'));
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ kind: 'directory', path: join(folder, 'state') });
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the key of a guest', () => {
  it('is known to stand in a column, or not to, of every column of the state that takes text', async () => {
    const rows = await database.query(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'woosync' and data_type in ('text', 'character varying', 'json', 'jsonb')`,
    );
    const known = GUEST_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => String(name)).toSorted()).toEqual(
      [...known, ...Object.keys(WITHOUT_GUESTS)].toSorted(),
    );
  });

  it.each(GUEST_COLUMNS)('leaves table $table, and nobody else does', async ({ table, column }) => {
    for (const guest of [ADA, BOB]) await fill(table, column, guestKey(guest));
    expect((await keptOfGuest(database, ADA)).tables).toEqual({ [table]: 1 });
    await eraseGuest(database, ADA);
    expect((await keptOfGuest(database, ADA)).tables).toEqual({});
    expect((await keptOfGuest(database, BOB)).tables).toEqual({ [table]: 1 });
    await eraseGuest(database, BOB);
  });
});

/** A row whose other columns, where one is needed, hold anything that is different in each row. */
async function fill(table: string, column: string, key: string): Promise<void> {
  const needed = await database.query(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'woosync' and table_name = $1 and column_name <> $2
       and is_nullable = 'NO' and column_default is null`,
    [table, column],
  );
  const columns = needed.map(({ name, type }) => ({
    name: String(name),
    value: ANYTHING[String(type)] ?? '0',
  }));
  await database.query(
    `insert into woosync.${table} (${[column, ...columns.map(({ name }) => name)].join(', ')})
     values ($1, ${columns.map(({ value }) => value).join(', ')})`,
    [key],
  );
}

const ANYTHING: Readonly<Record<string, string>> = {
  text: 'gen_random_uuid()::text',
  jsonb: `'{}'`,
  boolean: 'false',
  'timestamp with time zone': 'now()',
};
