import type { Link, MergedRecord, SavedLink, StaleLink } from '../ports/link.ts';
import type { State } from '../ports/state.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrations.ts';
import { texts } from './db/texts.ts';
import type { Database, StateLocation } from './db/types.ts';
import { DurableImageStore } from './images.ts';
import { JointLookups } from './joint-lookups.ts';
import {
  CERTAIN,
  clearHashes,
  LINKED,
  linksBy,
  removeLinks,
  saveLinks,
  UNCERTAIN,
} from './links.ts';
import { DurableMatchClaims } from './match-claims.ts';
import { DurableOrigins } from './origins.ts';
import { DurableTotals } from './totals.ts';
import { DurableTwoWayState } from './two-way-state.ts';
import { DurableWaitingLookups } from './waiting-lookups.ts';

export type { Link, SavedLink } from '../ports/link.ts';

/** @throws CodedError when the place cannot be opened or was used by a newer version */
export async function openState(location: StateLocation): Promise<DurableState> {
  const database = await openDatabase(location);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new DurableState(database);
}

/** Links between the two sides and places in lists, kept in schema `woosync`. */
export class DurableState implements State {
  /** Where the queue is kept too: it changes in the same transactions. */
  readonly database: Database;
  readonly twoWay: DurableTwoWayState;
  readonly images: DurableImageStore;
  readonly origins: DurableOrigins;
  readonly totals: DurableTotals;
  readonly waiting: DurableWaitingLookups;
  readonly matchClaims: DurableMatchClaims;
  readonly #links: JointLookups<Link>;
  readonly #children: JointLookups<Link>;

  constructor(database: Database) {
    this.database = database;
    this.twoWay = new DurableTwoWayState(database);
    this.images = new DurableImageStore(database);
    this.origins = new DurableOrigins(database);
    this.totals = new DurableTotals(database);
    this.waiting = new DurableWaitingLookups(database);
    this.matchClaims = new DurableMatchClaims(database);
    this.#links = new JointLookups(database, linksBy('key'));
    this.#children = new JointLookups(database, linksBy('parent_key'));
  }

  async beginRead(): Promise<number> {
    const [row] = await this.database.query(`select nextval('woosync.reading') as number`);
    return Number(row?.['number']);
  }

  async links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = await this.#links.find(object, keys);
    return new Map(found.map((link) => [link.key, link]));
  }

  async children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>> {
    const found = new Map<string, Link[]>();
    for (const link of await this.#children.find(object, parentKeys)) {
      if (link.parentKey === null) continue;
      const siblings = found.get(link.parentKey);
      if (siblings === undefined) found.set(link.parentKey, [link]);
      else siblings.push(link);
    }
    return found;
  }

  async willWrite(object: string, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.database.query(
      `update woosync.link set ${UNCERTAIN}
       where object = $1 and key = any(${texts('$2')}) and ${CERTAIN}`,
      [object, JSON.stringify(keys)],
    );
  }

  /**
   * Several objects in one transaction.
   * @returns the links of which a later reading is known: they must be read again
   */
  async didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly StaleLink[]> {
    if (removed.length === 0) return written.length === 0 ? [] : saveLinks(this.database, written);
    return this.database.transaction(async (queries) => {
      await removeLinks(queries, removed);
      return written.length === 0 ? [] : saveLinks(queries, written);
    });
  }

  clearHashes(keys: readonly string[], objects: readonly string[]): Promise<void> {
    return clearHashes(this.database, keys, objects);
  }

  /** Points links to other records, and forgets their hashes: what the new record holds is not known. */
  async relink(
    links: readonly Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>[],
  ): Promise<void> {
    if (links.length === 0) return;
    await this.database.query(
      `update woosync.link set record_id = moved.record_id, by_id = moved.by_id, ${UNCERTAIN}
       from unnest($1::text[], $2::text[], $3::text[], $4::boolean[])
         as moved (object, key, record_id, by_id)
       where link.object = moved.object and link.key = moved.key`,
      [
        links.map(({ object }) => object),
        links.map(({ key }) => key),
        links.map(({ recordId }) => recordId),
        links.map(({ byId }) => String(byId)),
      ],
    );
  }

  async sharing(
    links: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly Pick<Link, 'object' | 'key'>[]> {
    if (links.length === 0) return [];
    const rows = await this.database.query(
      `select distinct other.object, other.key
       from unnest($1::text[], $2::text[]) as given (object, key)
       join woosync.link as own on own.object = given.object and own.key = given.key and not own.by_id
       join woosync.link as other
         on other.record_id = own.record_id and other.object = own.object and other.key <> own.key
       order by 1, 2`,
      [links.map(({ object }) => object), links.map(({ key }) => key)],
    );
    return rows.map((row) => ({ object: String(row['object']), key: String(row['key']) }));
  }

  async followMerged(merged: readonly MergedRecord[]): Promise<readonly string[]> {
    if (merged.length === 0) return [];
    const rows = await this.database.query(
      `update woosync.link set record_id = merged.record_id,
         by_id = coalesce(link.key <> merged.key, link.by_id), ${UNCERTAIN}
       from unnest($1::text[], $2::text[], $3::text[]) as merged (lost_id, record_id, key)
       where link.record_id = merged.lost_id returning link.key`,
      [
        merged.map(({ lostId }) => lostId),
        merged.map(({ recordId }) => recordId),
        merged.map(({ key }) => key),
      ],
    );
    return rows.map(({ key }) => String(key));
  }

  /** How many records of a store are linked, by object. */
  async counts(store: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query(
      `select object, count(*)::integer as links from woosync.link
       where split_part(key, ':', 1) = $1 group by object`,
      [store],
    );
    return new Map(rows.map((row) => [String(row['object']), Number(row['links'])]));
  }

  /**
   * Walks the linked records of a store: Woo ids behind `after`, ascending, guests left out.
   * @param most how many at once; fewer mean that the end is reached
   */
  async linked(
    store: string,
    object: string,
    after: number,
    most: number,
  ): Promise<readonly number[]> {
    const rows = await this.database.query(
      `with ${LINKED} select id from linked where id > $3::bigint order by id limit $4::integer`,
      [object, store, after, most],
    );
    return rows.map(({ id }) => Number(id));
  }

  /** The keys of one of `of` parts, `at` counting from 0, of the linked records; guests are left out. */
  async slice(store: string, object: string, of: number, at: number): Promise<readonly string[]> {
    const rows = await this.database.query(
      `with ${LINKED} select key from linked
       where ('x' || left(md5(key), 7))::bit(28)::integer % $3::integer = $4::integer order by key`,
      [object, store, of, at],
    );
    return rows.map(({ key }) => String(key));
  }

  async cursor(store: string, name: string): Promise<unknown> {
    const [row] = await this.database.query(
      'select value from woosync.cursor where store = $1 and name = $2',
      [store, name],
    );
    return row?.['value'] ?? null;
  }

  /** Null forgets it. */
  async saveCursor(store: string, name: string, value: unknown): Promise<void> {
    if (value === null || value === undefined)
      await this.database.query('delete from woosync.cursor where store = $1 and name = $2', [
        store,
        name,
      ]);
    else
      await this.database.query(
        `insert into woosync.cursor (store, name, value) values ($1, $2, $3::text::jsonb)
         on conflict (store, name) do update set value = excluded.value`,
        [store, name, JSON.stringify(value)],
      );
  }

  /** All of a store. */
  async forgetCursors(store: string): Promise<void> {
    await this.database.query('delete from woosync.cursor where store = $1', [store]);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
