import type { Resource } from '../mapping/model/record.ts';
import { type HeldRecord, type Origin, originName, type OriginStore } from '../ports/state.ts';
import { texts } from './db/texts.ts';
import type { Database, Queries } from './db/types.ts';

/** About 100 bytes for each record; of the shop's values only digests. */
export class DurableOrigins implements OriginStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(resource: Resource, keys: readonly string[]): Promise<ReadonlyMap<string, Origin>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database.query(
      `select key, marks, modified::float8 as modified, is_held, is_another, orders_due
       from woosync.origin
       where resource = $1 and key = any(${texts('$2')})`,
      [resource, JSON.stringify(keys)],
    );
    return new Map(
      rows.map((row) => {
        const key = String(row['key']);
        const modified = row['modified'] === null ? null : Number(row['modified']);
        const marks = String(row['marks']).split(' ');
        const [isHeld, isAnother] = [row['is_held'] === true, row['is_another'] === true];
        const ordersDue = row['orders_due'] === true;
        return [key, { key, marks, modified, isHeld, isAnother, ordersDue }];
      }),
    );
  }

  /** Of two processes that have read a record, the later date stays. */
  async save(resource: Resource, origins: readonly Origin[]): Promise<void> {
    if (origins.length === 0) return;
    await this.#database.query(
      `insert into woosync.origin as held (resource, key, marks, modified, is_held, is_another, orders_due)
       select $1, one ->> 'key', one ->> 'marks', (one ->> 'modified')::bigint, (one ->> 'isHeld')::boolean,
         (one ->> 'isAnother')::boolean, (one ->> 'ordersDue')::boolean
       from json_array_elements($2::json) as one order by 2
       on conflict (resource, key) do update set marks = excluded.marks,
         modified = greatest(held.modified, excluded.modified), is_held = excluded.is_held,
         is_another = excluded.is_another, orders_due = excluded.orders_due
       where (held.marks, held.is_held, held.is_another, held.orders_due)
           is distinct from (excluded.marks, excluded.is_held, excluded.is_another, excluded.orders_due)
         or excluded.modified > coalesce(held.modified, 0)`,
      [resource, JSON.stringify(origins.map((one) => ({ ...one, marks: one.marks.join(' ') })))],
    );
  }

  async others(store: string): Promise<ReadonlySet<string>> {
    const rows = await this.#database.query(
      `select resource, key from woosync.origin where is_another and starts_with(key, $1 || ':')`,
      [store],
    );
    return new Set(rows.map((row) => originName(toRecord(row))));
  }

  async heldOf(resource: Resource, keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const rows = await this.#database.query(
      `select key from woosync.origin
       where resource = $1 and key = any(${texts('$2')}) and is_held`,
      [resource, JSON.stringify(keys)],
    );
    return new Set(rows.map((row) => String(row['key'])));
  }

  async held(store: string): Promise<readonly HeldRecord[]> {
    const rows = await this.#database.query(
      `select resource, key from woosync.origin where is_held and starts_with(key, $1 || ':')`,
      [store],
    );
    return rows.map(toRecord);
  }

  async release(store: string): Promise<readonly HeldRecord[]> {
    // One without a mark and a date is taken for any.
    const rows = await this.#database.query(
      `with gone as (
         delete from woosync.origin where starts_with(key, $1 || ':') and not is_held
       )
       update woosync.origin set marks = '-', modified = null, is_another = false, orders_due = false
       where starts_with(key, $1 || ':') and is_held returning resource, key`,
      [store],
    );
    return rows.map(toRecord);
  }
}

/** The orders of these records are queued, in the transaction of the caller. */
export async function clearOrdersDue(
  queries: Queries,
  records: readonly HeldRecord[],
): Promise<void> {
  for (const [resource, those] of Map.groupBy(records, (one) => one.resource)) {
    const keys = JSON.stringify(those.map(({ key }) => key));
    await queries.query(
      `update woosync.origin set orders_due = false
       where resource = $1 and key = any(${texts('$2')}) and orders_due`,
      [resource, keys],
    );
  }
}

function toRecord(row: Readonly<Record<string, unknown>>): HeldRecord {
  return { resource: row['resource'] as Resource, key: String(row['key']) };
}
