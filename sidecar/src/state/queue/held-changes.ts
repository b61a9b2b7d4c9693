import { parseKey } from '../../mapping/keys/keys.ts';
import type { HeldChange } from '../../ports/change-queue.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { Queries } from '../db/types.ts';
import { texts } from '../db/texts.ts';

/** Keeps changes until their mapping is held no longer, each once per mapping. */
export async function keepHeld(queries: Queries, held: readonly HeldChange[]): Promise<void> {
  if (held.length === 0) return;
  const rows = held.map(({ mapping, resource, key }) => ({
    store: parseKey(key).store,
    mapping,
    resource,
    key,
  }));
  await queries.query(
    // In order of the keys, so that two processes wait for each other and never in a circle.
    `insert into woosync.held_change (store, mapping, resource, key)
     select store, mapping, resource, key
     from json_populate_recordset(null::woosync.held_change, $1::json)
     order by store, mapping, resource, key on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Names of the mappings for which changes of a store wait. */
export async function waitedFor(queries: Queries, store: string): Promise<readonly string[]> {
  const rows = await queries.query(
    `select distinct mapping from woosync.held_change where store = $1`,
    [store],
  );
  return rows.map(({ mapping }) => String(mapping));
}

/**
 * Takes changes that wait for one of these mappings.
 * @param most how many at once; fewer mean that there are no more
 */
export async function takeHeld(
  queries: Queries,
  store: string,
  mappings: readonly string[],
  most: number,
): Promise<readonly ChangeEvent[]> {
  const rows = await queries.query(
    `delete from woosync.held_change where (store, mapping, resource, key) in (
       select store, mapping, resource, key from woosync.held_change
       where store = $1 and mapping = any(${texts('$2')})
       order by store, mapping, resource, key limit $3::integer for update)
     returning resource, key`,
    [store, JSON.stringify(mappings), most],
  );
  return rows.map(({ resource, key }) => ({
    resource: resource as ChangeResource,
    key: String(key),
  }));
}
