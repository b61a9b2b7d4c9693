import type { PipelineRun } from './pipeline-run.ts';
import { guestOf } from '../../mapping/attributes/guest-customers.ts';
import { parseKey, recordKey } from '../../mapping/keys/keys.ts';
import type { Lookup, WooRecord } from '../../mapping/model/record.ts';
import type { WooList } from '../../ports/store.ts';
import type { Planned, Read } from '../model/record.ts';
import { isComing, mappingsOf } from '../model/run.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { readAllByIds, type WantedIds } from '../read/read-by-ids.ts';
import { withParents } from '../read/variations.ts';
import { candidates, plan } from '../transform/plan-rows.ts';

/** What a page of orders names. */
interface Named {
  /** Lookups to records that nobody knows. */
  readonly unknown: readonly Lookup[];
  /** The orders that are wanted: what others say of a guest is not. */
  readonly orders: readonly Pick<Planned, 'record'>[];
  /** Records that are others, as `OriginStore.others` has them. */
  readonly others: ReadonlySet<string>;
}

/**
 * The customers, guests and products that orders name and that were never synced. The others are left alone: a
 * record is updated only from its own list.
 */
export async function planParents(
  run: PipelineRun,
  { unknown, orders, others }: Named,
  read: Read,
): Promise<readonly Planned[]> {
  const customers = unasked(run, 'customer', unknown);
  const products = unasked(run, 'product', unknown);
  const [shoppers, plain, variations] = await readAllByIds(run.store, [
    wantedOf(run, 'customers', customers),
    // Which of them are variations shows when both lists are asked.
    wantedOf(run, 'products', products),
    wantedOf(run, 'variations', products),
  ]);
  const named = await withParents(run.store, variations?.records ?? []);
  const people = [...guests(run, orders, customers), ...(shoppers?.records ?? [])];
  const goods = [...(plain?.records ?? []), ...named];
  return [
    ...(await planNew(run, { resource: 'customer', records: people, others }, read)),
    ...(await planNew(run, { resource: 'product', records: goods, others }, read)),
  ];
}

/** The keys of a resource among unknown ones that nobody has asked for yet; from here on they are. */
function unasked(
  run: PipelineRun,
  resource: 'customer' | 'product',
  unknown: readonly Lookup[],
): ReadonlySet<string> {
  const objects = new Set(mappingsOf(run, resource).map(({ object }) => object));
  const keys = new Set<string>();
  for (const { object, key } of unknown) {
    if (key === null || !objects.has(object) || run.requestedParents.has(`${resource} ${key}`))
      continue;
    keys.add(key);
    run.requestedParents.add(`${resource} ${key}`);
  }
  return keys;
}

interface NewRecords extends Pick<Named, 'others'> {
  readonly resource: 'customer' | 'product';
  readonly records: readonly WooRecord[];
}

async function planNew(
  run: PipelineRun,
  { resource, records, others }: NewRecords,
  read: Read,
): Promise<readonly Planned[]> {
  if (records.length === 0) return [];
  const owned = records.map((record) => ({ record, parentKey: null }));
  // What failed when its own list was read fails again, and is counted already.
  const untried = candidates(run, resource, owned, read).filter(
    ({ mapping, key }) => !run.report.hasFailed(mapping, key),
  );
  const planned = await plan(run, untried, { others });
  // From here on they are on their way or known; only what cannot be had is remembered.
  for (const { key } of planned) run.requestedParents.delete(`${resource} ${key}`);
  const fresh = planned.filter(
    ({ link, mapping, key }) => !link && !isComing(run, mapping.object, key),
  );
  // Whoever holds its key may have read it before us, and write after us.
  run.enqueueFollowUps?.(
    fresh.flatMap(({ key }) => (parseKey(key).id === null ? [] : [{ resource, key }])),
  );
  return fresh;
}

/** The guests among the orders' customers, each as its first order shows them. */
function guests(
  run: PipelineRun,
  orders: readonly Pick<Planned, 'record'>[],
  keys: ReadonlySet<string>,
): readonly WooRecord[] {
  const byKey = new Map<string, WooRecord>();
  for (const { record } of orders) {
    const guest = guestOf(record);
    const key = guest && recordKey('customer', guest, run.store.key);
    if (guest && key && keys.has(key) && !byKey.has(key)) byKey.set(key, guest);
  }
  return [...byKey.values()];
}

/** Of a list, the records with these keys. */
export function wantedOf(
  { mappings }: Pick<PipelineRun, 'mappings'>,
  list: WooList,
  keys: ReadonlySet<string>,
): WantedIds {
  const ids = [...keys].flatMap((key) => parseKey(key).id ?? []);
  return { list, ids, params: fieldsRead(list, mappings) };
}
