import { guestKeyPart, wooKey } from '../mapping/keys/keys.ts';
import type { Queries } from './db/types.ts';

export interface Guest {
  readonly store: string;
  readonly email: string;
}

/** What the state keeps under the key of a guest, which holds an e-mail address. */
export interface KeptOfGuest {
  /** Records of Salesforce that are the guest's. */
  readonly records: readonly { readonly object: string; readonly recordId: string }[];
  /** How many rows of each table. */
  readonly tables: Readonly<Record<string, number>>;
  /** Other stores that the state has the address of. */
  readonly otherStores: readonly string[];
}

/** The column of each table that may hold the key of a guest as it is. */
export const GUEST_COLUMNS: readonly { readonly table: string; readonly column: string }[] = [
  { table: 'link', column: 'key' },
  { table: 'agreement', column: 'key' },
  { table: 'origin', column: 'key' },
  { table: 'customer_order', column: 'customer' },
  { table: 'former_customer', column: 'customer' },
  { table: 'waiting_lookup', column: 'key' },
  { table: 'held_change', column: 'key' },
  { table: 'picture_use', column: 'key' },
  { table: 'edit', column: 'key' },
  { table: 'match_claim', column: 'key' },
];

export async function keptOfGuest(queries: Queries, guest: Guest): Promise<KeptOfGuest> {
  const key = guestKey(guest);
  const records = await queries.query(
    'select object, record_id from woosync.link where key = $1 order by object',
    [key],
  );
  const counted = await queries.query(
    GUEST_COLUMNS.map(
      ({ table, column }) =>
        `select '${table}' as name, count(*)::integer as rows from woosync.${table} where ${column} = $1`,
    ).join(' union all '),
    [key],
  );
  const others = await queries.query(
    `${GUEST_COLUMNS.map(
      ({ table, column }) =>
        `select split_part(${column}, ':', 1) as store from woosync.${table} where right(${column}, length($1)) = $1`,
    ).join(' union ')} order by store`,
    [guestKey({ ...guest, store: '' })],
  );
  return {
    records: records.map((row) => ({
      object: String(row['object']),
      recordId: String(row['record_id']),
    })),
    tables: Object.fromEntries(
      counted
        .filter(({ rows }) => Number(rows) > 0)
        .map(({ name, rows }) => [String(name), Number(rows)]),
    ),
    otherStores: others.map((row) => String(row['store'])).filter((other) => other !== guest.store),
  };
}

export async function eraseGuest(queries: Queries, guest: Guest): Promise<void> {
  const key = guestKey(guest);
  for (const { table, column } of GUEST_COLUMNS)
    await queries.query(`delete from woosync.${table} where ${column} = $1`, [key]);
}

export function guestKey({ store, email }: Guest): string {
  return wooKey(store, guestKeyPart(email));
}
