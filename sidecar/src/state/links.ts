import type { Link, LinkState, SavedLink, StaleLink } from '../ports/link.ts';
import { texts } from './db/texts.ts';
import type { Queries } from './db/types.ts';
import type { Source } from './joint-lookups.ts';

/** Links as they are looked up, by their own keys or by those of their owners. */
export function linksBy(column: 'key' | 'parent_key'): Source<Link> {
  return {
    table: 'woosync.link',
    column,
    columns: ['key', 'record_id', 'state', 'hash', 'parent_key', 'by_id'],
    read: (row) => ({
      object: String(row['object']),
      key: String(row['key']),
      recordId: String(row['record_id']),
      state: row['state'] as LinkState,
      hash: textOrNull(row['hash']),
      parentKey: textOrNull(row['parent_key']),
      byId: row['by_id'] === true,
    }),
  };
}

/** What is set where it is not known any more what a record holds (`isUncertain`). */
export const UNCERTAIN = `state = 'verified', hash = null`;
/** Those links of which it is known. */
export const CERTAIN = `(hash is not null or state <> 'verified')`;

/** @returns those of which a later reading is known: they keep its number, and lose state and hash */
export async function saveLinks(
  queries: Queries,
  links: readonly SavedLink[],
): Promise<readonly StaleLink[]> {
  const stale = await queries.query(
    // In order, so that two processes that write the same rows wait for each other and never in a circle.
    // Of a record that is given twice the last counts.
    `with given as materialized (
       select distinct on (object, key) object, key, record_id, state, hash, parent_key,
         read_number::bigint as read_number, by_id::boolean as by_id
       from unnest(${['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8'].map(texts).join(', ')})
         with ordinality
         as given (object, key, record_id, state, hash, parent_key, read_number, by_id, at)
       order by object, key, at desc
     ), saved as (
       insert into woosync.link (object, key, record_id, state, hash, parent_key, read_number, by_id)
       select * from given order by 1, 2
       on conflict (object, key) do update set
         record_id = excluded.record_id,
         state = case when excluded.read_number < link.read_number
           then 'verified' else excluded.state end,
         hash = case when excluded.read_number < link.read_number then null else excluded.hash end,
         parent_key = excluded.parent_key,
         by_id = excluded.by_id,
         read_number = greatest(link.read_number, excluded.read_number)
       returning object, key, parent_key, read_number
     ), released as (
       delete from woosync.match_claim using given
       where (match_claim.object, match_claim.key) = (given.object, given.key)
     )
     select object, key, saved.parent_key from saved join given using (object, key)
     where saved.read_number > given.read_number`,
    columns(links).map((column) => JSON.stringify(column)),
  );
  return stale.map((row) => ({
    object: String(row['object']),
    key: String(row['key']),
    parentKey: textOrNull(row['parent_key']),
  }));
}

export async function removeLinks(
  queries: Queries,
  removed: readonly Pick<Link, 'object' | 'key'>[],
): Promise<void> {
  await queries.query(
    `delete from woosync.link using unnest($1::text[], $2::text[]) as gone (object, key)
     where link.object = gone.object and link.key = gone.key`,
    [removed.map(({ object }) => object), removed.map(({ key }) => key)],
  );
}

/**
 * Of the links with one of the keys, or that belong to one of them. Of those that were found by their key alone nothing is
 * known anyway: that it was forgotten is what decides whose a value is.
 * @param objects null for all
 */
export async function clearHashes(
  queries: Queries,
  keys: readonly string[],
  objects: readonly string[] | null,
): Promise<void> {
  if (keys.length === 0) return;
  await queries.query(
    `update woosync.link set ${UNCERTAIN}
     where ${CERTAIN} and state <> 'unverified' and (key = any(${texts('$1')}) or parent_key = any(${texts('$1')}))
       and ($2::text is null or object = any(${texts('$2')}))`,
    [JSON.stringify(keys), objects && JSON.stringify(objects)],
  );
}

/** The links of a store's records of one object as `linked (key, id)`, guests left out. $1 object, $2 store. */
export const LINKED = `linked as (
  select key, substr(key, length($2) + 2)::bigint as id from woosync.link
  where object = $1 and case when starts_with(key, $2 || ':')
    then substr(key, length($2) + 2) ~ '^[0-9]{1,15}$' else false end
)`;

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A list for each column: as objects, thousands of links would be several times the text. */
function columns(links: readonly SavedLink[]): readonly (readonly unknown[])[] {
  return [
    links.map(({ object }) => object),
    links.map(({ key }) => key),
    links.map(({ recordId }) => recordId),
    links.map(({ state }) => state),
    links.map(({ hash }) => hash),
    links.map(({ parentKey }) => parentKey),
    links.map(({ readNumber }) => String(readNumber)),
    links.map(({ byId }) => byId),
  ];
}
