import { parseNewKey } from '../mapping/keys/new-record-key.ts';
import {
  REFUSED,
  type SyncBase,
  type Base,
  type Pair,
  type SharedRecords,
  type TwoWayState,
} from '../ports/two-way-state.ts';
import { texts } from './db/texts.ts';
import type { Database } from './db/types.ts';
import { JointLookups } from './joint-lookups.ts';

/** What both sides held when they were last in step, and what Salesforce has reported. */
export class DurableTwoWayState implements TwoWayState {
  readonly #database: Database;
  readonly #bases: JointLookups<SyncBase>;

  constructor(database: Database) {
    this.#database = database;
    this.#bases = new JointLookups(database, {
      table: 'woosync.agreement',
      column: 'key',
      columns: ['key', 'record_id', 'base', 'pending'],
      read: syncBase,
    });
  }

  async syncBases(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, SyncBase>> {
    const found = await this.#bases.find(object, keys);
    return new Map(found.map((one) => [one.key, one]));
  }

  async basesOf(recordIds: readonly string[]): Promise<readonly SyncBase[]> {
    if (recordIds.length === 0) return [];
    const rows = await this.#database.query(
      `select object, key, record_id, base, pending from woosync.agreement
       where record_id = any(${texts('$1')})`,
      [JSON.stringify(recordIds)],
    );
    return rows.map(syncBase);
  }

  /** Of another record than before, nothing is known. */
  async savePending(coming: readonly (Pair & { readonly pending: Base })[]): Promise<void> {
    if (coming.length === 0) return;
    await this.#database.query(
      `insert into woosync.agreement as held (object, key, record_id, base, pending)
       select object, key, record_id, '{}', pending from ${given('pending')} order by 1, 2
       on conflict (object, key) do update set
         record_id = excluded.record_id,
         base = case when held.record_id = excluded.record_id then held.base else '{}' end,
         pending = case when held.record_id = excluded.record_id
           then held.pending || excluded.pending else excluded.pending end`,
      [asJson(coming.map((one) => ({ ...one, held: one.pending })))],
    );
  }

  async saveBase(
    reached: readonly (Pair & { readonly base: Base; readonly pending?: Base })[],
  ): Promise<void> {
    if (reached.length === 0) return;
    await this.#database.query(
      `insert into woosync.agreement as held (object, key, record_id, base, pending)
       select object, key, record_id, base, coalesce(pending, '{}') from ${given('base')} order by 1, 2
       on conflict (object, key) do update set
         record_id = excluded.record_id,
         base = case when held.record_id = excluded.record_id
           then held.base || excluded.base else excluded.base end,
         pending = case when held.record_id = excluded.record_id
           then held.pending - array(select jsonb_object_keys(excluded.base)) else '{}' end
           || excluded.pending`,
      [asJson(reached.map((one) => ({ ...one, held: one.base })))],
    );
  }

  async saveMade<P extends Pair>(coming: string, made: readonly P[]): Promise<readonly P[]> {
    if (made.length === 0) return [];
    const rows = await this.#database.query(
      `with made as materialized (
         select held.object, held.key, given.record_id
         from json_to_recordset($1::json) as given (object text, key text, record_id text)
           join woosync.agreement as held on held.object = given.object and held.key = given.key
         where held.record_id = $2 order by 1, 2 for update of held)
       update woosync.agreement as held set record_id = made.record_id from made
       where held.object = made.object and held.key = made.key returning held.object, held.key`,
      [
        JSON.stringify(
          made.map(({ object, key, recordId }) => ({ object, key, record_id: recordId })),
        ),
        coming,
      ],
    );
    const saved = new Set(rows.map(({ object, key }) => `${String(object)} ${String(key)}`));
    return made.filter(({ object, key }) => !saved.has(`${object} ${key}`));
  }

  async markDirty(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.query(
      `insert into woosync.edit as edit (key, times) select key, 1
       from (select distinct unnest(${texts('$1')}) as key) as given order by key
       on conflict (key) do update set times = edit.times + 1`,
      [JSON.stringify(keys)],
    );
  }

  async dirty(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database.query(
      `select key, times from woosync.edit where key = any(${texts('$1')})`,
      [JSON.stringify(keys)],
    );
    return new Map(rows.map(({ key, times }) => [String(key), Number(times)]));
  }

  async reportedOf(store: string, object: string): Promise<readonly string[]> {
    const rows = await this.#database.query(
      `select edit.key from woosync.edit join woosync.link on link.key = edit.key
       where link.object = $1 and starts_with(edit.key, $2 || ':') order by edit.key`,
      [object, store],
    );
    return rows.map(({ key }) => String(key));
  }

  async clearDirty(reported: ReadonlyMap<string, number>): Promise<void> {
    if (reported.size === 0) return;
    await this.#database.query(
      `delete from woosync.edit using json_to_recordset($1::json) as given (key text, times bigint)
       where edit.key = given.key and edit.times = given.times`,
      [JSON.stringify([...reported].map(([key, times]) => ({ key, times })))],
    );
  }

  async forgetRefusals(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.query(
      `update woosync.agreement set base = base - refused.names
       from (select object, key, array_agg(name) as names
             from woosync.agreement, jsonb_object_keys(base) as name
             where key = any(${texts('$1')}) and right(name, length($2)) = $2
             group by object, key) as refused
       where agreement.object = refused.object and agreement.key = refused.key`,
      [JSON.stringify(keys), REFUSED],
    );
  }

  async beginCreations(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.query(
      `insert into woosync.creation (key, begun_at)
       select key, now() from unnest(${texts('$1')}) as given (key) order by key
       on conflict (key) do nothing`,
      [JSON.stringify(keys)],
    );
  }

  async begunCreations(keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database.query(
      `select key, begun_at from woosync.creation where key = any(${texts('$1')})`,
      [JSON.stringify(keys)],
    );
    return new Map(rows.map((row) => [String(row['key']), row['begun_at'] as Date]));
  }

  async endCreations(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const ended = keys.map((key) => ({ key, object: parseNewKey(key)?.object ?? null }));
    await this.#database.query(
      `with given as (select key, object from json_to_recordset($1::json) as given (key text, object text)),
         kept as (delete from woosync.agreement using given
           where agreement.object = given.object and agreement.key = given.key)
       delete from woosync.creation using given where creation.key = given.key`,
      [JSON.stringify(ended)],
    );
  }

  async linkedTo(
    recordIds: readonly string[],
  ): Promise<readonly (Pair & { readonly byId: boolean })[]> {
    if (recordIds.length === 0) return [];
    const rows = await this.#database.query(
      `select object, key, record_id, by_id from woosync.link where record_id = any(${texts('$1')})`,
      [JSON.stringify(recordIds)],
    );
    return rows.map((row) => ({
      object: String(row['object']),
      key: String(row['key']),
      recordId: String(row['record_id']),
      byId: row['by_id'] === true,
    }));
  }

  async shared(store: string, most: number): Promise<SharedRecords> {
    const rows = await this.#database.query(
      `select link.object, link.key, link.record_id, owner.key as owner,
         count(*) over ()::integer as count
       from woosync.link join woosync.link as owner
         on owner.record_id = link.record_id and owner.object = link.object and not owner.by_id
       where link.by_id and starts_with(link.key, $1 || ':')
         and not starts_with(owner.key, $1 || ':')
       order by link.object, link.key limit $2::integer`,
      [store, most],
    );
    const first = rows.map((row) => ({
      object: String(row['object']),
      key: String(row['key']),
      recordId: String(row['record_id']),
      owner: String(row['owner']),
    }));
    return { count: Number(rows[0]?.['count'] ?? 0), first };
  }
}

function syncBase(row: Readonly<Record<string, unknown>>): SyncBase {
  const { base, pending } = row as { base: Base; pending: Base };
  const pair = { object: String(row['object']), key: String(row['key']) };
  return { ...pair, recordId: String(row['record_id']), base, pending };
}

function given(column: 'base' | 'pending'): string {
  const pending = column === 'base' ? ', pending' : '';
  return `(select object, key, record_id, held as ${column}${pending} from json_to_recordset($1::json)
    as given (object text, key text, record_id text, held jsonb, pending jsonb)) as given`;
}

/** One row per pair, or the statement would touch one twice. */
function asJson(
  twoWay: readonly (Pair & { readonly held: Base; readonly pending?: Base })[],
): string {
  const rows = twoWay.map(({ object, key, recordId, held, pending = {} }) => ({
    object,
    key,
    record_id: recordId,
    held,
    pending,
  }));
  return JSON.stringify([
    ...new Map(rows.map((row) => [`${row.object} ${row.key}`, row])).values(),
  ]);
}
