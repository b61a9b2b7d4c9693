import type { Database, Queries } from './database.ts';
import { openDatabase } from './database.ts';
import type { StateLocation } from './database.ts';
import { migrate } from './migrations.ts';

export interface Link {
  readonly object: string;
  readonly key: string;
  readonly recordId: string;
  readonly hash: string | null;
  readonly parentKey: string | null;
  /** The record carries another key than this one. */
  readonly byId: boolean;
}

export interface SavedLink extends Link {
  readonly readAt: Date;
}

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
export class DurableState {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = new Map<string, Link>();
    for (const link of await this.#select(object, 'key', keys)) found.set(link.key, link);
    return found;
  }

  async children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>> {
    const found = new Map<string, Link[]>();
    for (const link of await this.#select(object, 'parent_key', parentKeys)) {
      if (link.parentKey === null) continue;
      const siblings = found.get(link.parentKey);
      if (siblings === undefined) found.set(link.parentKey, [link]);
      else siblings.push(link);
    }
    return found;
  }

  async willWrite(object: string, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.query(
      `update woosync.link set hash = null
       where object = $1 and key = any(${texts('$2')}) and hash is not null`,
      [object, JSON.stringify(keys)],
    );
  }

  /** A link whose source was read later than ours keeps that time and loses its hash: it must be read again. */
  async didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<void> {
    if (written.length === 0 && removed.length === 0) return;
    const links = lastOfEach(written);
    if (removed.length === 0) return saveLinks(this.#database, links);
    await this.#database.transaction(async (queries) => {
      await queries.query(
        `delete from woosync.link using unnest($1::text[], $2::text[]) as gone (object, key)
         where link.object = gone.object and link.key = gone.key`,
        [removed.map(({ object }) => object), removed.map(({ key }) => key)],
      );
      if (links.length > 0) await saveLinks(queries, links);
    });
  }

  /** Points links to other records, and forgets their hashes: what the new record holds is not known. */
  async relink(
    links: readonly Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>[],
  ): Promise<void> {
    if (links.length === 0) return;
    await this.#database.query(
      `update woosync.link set record_id = moved.record_id, by_id = moved.by_id, hash = null
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

  /** How many records of a store are linked, by object. */
  async counts(store: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database.query(
      `select object, count(*)::integer as links from woosync.link
       where split_part(key, ':', 1) = $1 group by object`,
      [store],
    );
    return new Map(rows.map((row) => [String(row['object']), Number(row['links'])]));
  }

  async cursor(store: string, name: string): Promise<unknown> {
    const [row] = await this.#database.query(
      'select value from woosync.cursor where store = $1 and name = $2',
      [store, name],
    );
    return row?.['value'] ?? null;
  }

  /** Null forgets it. */
  async saveCursor(store: string, name: string, value: unknown): Promise<void> {
    if (value === null || value === undefined)
      await this.#database.query('delete from woosync.cursor where store = $1 and name = $2', [
        store,
        name,
      ]);
    else
      await this.#database.query(
        `insert into woosync.cursor (store, name, value) values ($1, $2, $3::text::jsonb)
         on conflict (store, name) do update set value = excluded.value`,
        [store, name, JSON.stringify(value)],
      );
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #select(
    object: string,
    column: 'key' | 'parent_key',
    values: readonly string[],
  ): Promise<readonly Link[]> {
    if (values.length === 0) return [];
    const rows = await this.#database.query(
      `select key, record_id, hash, parent_key, by_id from woosync.link
       where object = $1 and ${column} = any(${texts('$2')})`,
      [object, JSON.stringify(values)],
    );
    return rows.map((row) => ({
      object,
      key: String(row['key']),
      recordId: String(row['record_id']),
      hash: textOrNull(row['hash']),
      parentKey: textOrNull(row['parent_key']),
      byId: row['by_id'] === true,
    }));
  }
}

/** The texts of a JSON list. Lists of thousands are written faster as JSON than as PostgreSQL's arrays. */
function texts(parameter: string): string {
  return `array(select json_array_elements_text(${parameter}::json))`;
}

async function saveLinks(queries: Queries, links: readonly SavedLink[]): Promise<void> {
  const rows = links.map(({ object, key, recordId, hash, parentKey, readAt, byId }) => ({
    ...{ object, key, record_id: recordId, hash, parent_key: parentKey },
    ...{ read_at: readAt, by_id: byId },
  }));
  await queries.query(
    // In order, so that two processes that write the same rows wait for each other and never in a circle.
    `insert into woosync.link (object, key, record_id, hash, parent_key, read_at, by_id)
     select * from json_to_recordset($1::json) as saved (object text, key text, record_id text,
       hash text, parent_key text, read_at timestamptz, by_id boolean)
     order by 1, 2
     on conflict (object, key) do update set
       record_id = excluded.record_id,
       hash = case when excluded.read_at < link.read_at then null else excluded.hash end,
       parent_key = excluded.parent_key,
       by_id = excluded.by_id,
       read_at = greatest(link.read_at, excluded.read_at)`,
    [JSON.stringify(rows)],
  );
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function lastOfEach(links: readonly SavedLink[]): readonly SavedLink[] {
  return [...new Map(links.map((link) => [`${link.object} ${link.key}`, link])).values()];
}
