import { secondOf, secondsBefore } from '../../lib/gmt-seconds.ts';
import { parseKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { isPart, type Resource, RESOURCE_NAMES, RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { State } from '../../ports/state.ts';
import type { ListRead, WooList, WooPage, WooStore } from '../../ports/store.ts';
import { readAllByIds } from '../read/read-by-ids.ts';
import { countedObjects } from '../totals/customer-totals.ts';
import { LinkedIds } from './linked-ids.ts';

export interface CountParts {
  readonly store: WooStore;
  readonly state: Pick<State, 'cursor' | 'saveCursor' | 'linked' | 'links' | 'totals'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  readonly mappings: readonly Mapping[];
  readonly now: Date;
}

/** How many records the lists had, with their trash, that were created before a second (GMT, no zone). */
interface Counted {
  readonly before: string;
  readonly totals: Readonly<Record<string, number>>;
  /** The highest ids among them, by list; missing in what an earlier version has counted. */
  readonly newest?: Readonly<Record<string, number>>;
  /** Records that a lost state had were asked for; missing in what an earlier version has counted. */
  readonly learned?: true;
}

const CURSOR = 'proof:counts';
/** What is younger may not be written yet, or be dated by a clock that differs from ours. */
const SETTLED_SECONDS = 600;

/**
 * Looks for records that were deleted for good, of which the shop says nothing: where it has fewer records from
 * before the last reconcile than it had then, each linked record is asked for by its id, and those that are
 * missing are queued. A record that is dated back makes up for one that is gone: its id is higher than those that were
 * counted. What was made since is in no count, so it is asked for by its id each time. The first reconcile
 * counts, and asks for what a new state has learned from Salesforce alone: it may have been deleted while that was lost.
 * One call of the store, and one per thousand records that are asked for; orders also differ when WooCommerce
 * has cleaned up checkouts that were left half-way.
 * @returns how many records the lists have, and how many linked ones were missing and not flagged as deleted yet
 * @throws CodedError where the store cannot answer
 */
export async function queueMissing(
  parts: CountParts,
): Promise<{ readonly counted: number; readonly missing: number }> {
  const { store, state, mappings, now } = parts;
  const counted = RESOURCE_NAMES.filter(
    (resource) =>
      RESOURCES[resource].isCounted &&
      (mappings.some((mapping) => mapping.resource === resource && hasDeleteRule(mapping)) ||
        countsForCustomers(parts, resource)),
  );
  const last = (await state.cursor(store.key, CURSOR)) as Counted | null;
  const before = secondsBefore(secondOf(now), SETTLED_SECONDS);
  const asked = counted.flatMap((resource) => readsOf(resource, before));
  const askedAgain =
    last === null ? [] : counted.flatMap((resource) => readsOf(resource, last.before));
  const pages = await store.lists([...asked, ...askedAgain]);
  const totals = pages.map(({ total }) => total);
  const sums = sumsByList(asked, totals);
  const again = sumsByList(askedAgain, totals.slice(asked.length));
  const newestAgain = newestByList(askedAgain, pages.slice(asked.length));
  const differs = (list: WooList) =>
    last?.totals[list] !== undefined &&
    (again[list] !== last.totals[list] ||
      (newestAgain[list] ?? 0) > (last.newest?.[list] ?? Infinity));
  let missing = 0;
  for (const resource of counted) {
    const known = RESOURCES[resource].lists.some(differs) ? 0 : newestOf(last, resource);
    if (known !== null) missing += await changeMissing(parts, resource, known, 'all');
    if (known !== 0 && last?.learned !== true)
      missing += await changeMissing(parts, resource, 0, 'unverified');
  }
  const newest = newestByList(asked, pages);
  await state.saveCursor(store.key, CURSOR, {
    before,
    totals: sums,
    newest,
    learned: true,
  } satisfies Counted);
  const counts = Object.values(sums);
  return { counted: counts.reduce((sum, one) => sum + one, 0), missing };
}

/** Stands for what counts for customers, as if it were linked records of one more object. */
const COUNTED = '';

/** Whether what is not in Salesforce is missed too: orders count for their customers, less their refunds. */
function countsForCustomers({ mappings }: CountParts, resource: Resource): boolean {
  return (resource === 'order' || resource === 'refund') && countedObjects(mappings).length > 0;
}

function withCounted(state: CountParts['state'], resource: Resource): Pick<State, 'linked'> {
  const { totals } = state;
  return {
    linked: (store, object, after, most) => {
      if (object !== COUNTED) return state.linked(store, object, after, most);
      return resource === 'refund'
        ? totals.refunds(store, after, most)
        : totals.orders(store, after, most);
    },
  };
}

/** Orders that still count, and that the shop does not have any more or not with these refunds. */
async function countedAmong(
  { state, store }: CountParts,
  resource: Resource,
  ids: readonly number[],
): Promise<readonly string[]> {
  if (resource === 'refund') return state.totals.refundedBy(store.key, ids);
  const keys = ids.map((id) => wooKey(store.key, id));
  const known = await Promise.all(
    keys.map(async (key) => {
      const id = parseKey(key).id ?? 0;
      const [next] = await state.totals.orders(store.key, id - 1, 1);
      return next === id ? [key] : [];
    }),
  );
  return known.flat();
}

/** A record in the trash is not gone. */
function readsOf(resource: Resource, before: string): readonly ListRead[] {
  const { lists, hasTrash } = RESOURCES[resource];
  const newest = { orderby: 'id', order: 'desc' };
  const params = { per_page: '1', _fields: 'id', before, ...newest };
  return lists.flatMap((list) => [
    { list, params },
    ...(hasTrash ? [{ list, params: { ...params, status: 'trash' } }] : []),
  ]);
}

function sumsByList(
  reads: readonly ListRead[],
  totals: readonly number[],
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [at, { list }] of reads.entries()) sums[list] = (sums[list] ?? 0) + (totals[at] ?? 0);
  return sums;
}

/** Ids only grow: what was made after the last count has a higher one. Null where that is not known. */
function newestOf(last: Counted | null, resource: Resource): number | null {
  if (last?.newest === undefined) return null;
  const { newest } = last;
  return Math.max(...RESOURCES[resource].lists.map((list) => newest[list] ?? 0));
}

function newestByList(
  reads: readonly ListRead[],
  pages: readonly WooPage[],
): Readonly<Record<string, number>> {
  const newest: Record<string, number> = {};
  for (const [at, { list }] of reads.entries()) {
    const id = wooId(pages[at]?.records[0]?.['id']) ?? 0;
    newest[list] = Math.max(newest[list] ?? 0, id);
  }
  return newest;
}

/** @param known the highest id that need not be asked for */
async function changeMissing(
  parts: CountParts,
  resource: Resource,
  known: number,
  which: 'all' | 'unverified',
): Promise<number> {
  const { store, state, queue, mappings } = parts;
  const objects = mappings
    .filter((mapping) => mapping.resource === resource && hasDeleteRule(mapping))
    .map(({ object }) => object);
  const isAll = which === 'all';
  const asked = isAll && countsForCustomers(parts, resource) ? [...objects, COUNTED] : objects;
  let missing = 0;
  const linked = new LinkedIds(withCounted(state, resource), store.key, asked, known);
  for await (const ids of linked.upTo(Infinity)) {
    let left = isAll ? ids : await unverified(parts, objects, ids);
    for (const list of RESOURCES[resource].lists) left = await notIn(store, list, left);
    const gone = left.map((id) => wooKey(store.key, id));
    const keys = await notFlagged(parts, objects, gone);
    const { comesWith } = RESOURCES[resource];
    const owners = isPart(resource) ? await ownersOf(parts, objects, keys) : keys;
    const others = countsForCustomers(parts, resource)
      ? await countedAmong(parts, resource, left)
      : [];
    const all = [...new Set([...owners, ...others])];
    const found = all.map((key): ChangeEvent => ({ resource: comesWith, key }));
    if (found.length > 0) await queue.add(found);
    missing += keys.length;
  }
  return missing;
}

async function notIn(store: WooStore, list: WooList, ids: readonly number[]): Promise<number[]> {
  const [found] = await readAllByIds(store, [{ list, ids, params: { _fields: 'id' } }]);
  const there = new Set(found?.records.map(({ id }) => wooId(id)));
  return ids.filter((id) => !there.has(id));
}

/** Those that were found in Salesforce and not in the shop since. */
async function unverified(
  { store, state }: CountParts,
  objects: readonly string[],
  ids: readonly number[],
): Promise<readonly number[]> {
  const found = new Set<string>();
  const keys = ids.map((id) => wooKey(store.key, id));
  for (const object of new Set(objects))
    for (const [key, link] of await state.links(object, keys))
      if (link.state === 'unverified') found.add(key);
  return ids.filter((id) => found.has(wooKey(store.key, id)));
}

/** Without those that are flagged as deleted in each object already: they are in step. */
async function notFlagged(
  { state }: CountParts,
  objects: readonly string[],
  keys: readonly string[],
): Promise<readonly string[]> {
  const different = new Set<string>();
  for (const object of new Set(objects)) {
    for (const [key, link] of await state.links(object, keys)) {
      if (link.state !== 'soft_deleted') different.add(key);
    }
  }
  return keys.filter((key) => different.has(key));
}

/** The keys of the records of which these are parts: a refund is looked at with its order. */
async function ownersOf(
  { state }: CountParts,
  objects: readonly string[],
  keys: readonly string[],
): Promise<readonly string[]> {
  const owners = new Set<string>();
  for (const object of new Set(objects)) {
    for (const { parentKey } of (await state.links(object, keys)).values()) {
      if (parentKey !== null) owners.add(parentKey);
    }
  }
  return [...owners];
}
