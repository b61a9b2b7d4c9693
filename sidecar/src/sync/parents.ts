import { guestOf } from '../mapping/customers.ts';
import { parseKey, recordKey } from '../mapping/keys.ts';
import type { Lookup, WooRecord } from '../mapping/types.ts';
import { fieldsRead } from './fields-read.ts';
import { candidates, plan, type Planned, type Read } from './plan.ts';
import type { WooList } from './ports.ts';
import { readByIds } from './read-by-id.ts';
import { isComing, mappingsOf, type Run } from './run.ts';
import { withParentNames } from './variations.ts';

/**
 * The customers, guests and products that orders name and that were never synced. The others are left alone: a
 * record is updated only from its own list.
 */
export async function planParents(
  run: Run,
  unknown: readonly Lookup[],
  orders: readonly WooRecord[],
  read: Read,
): Promise<readonly Planned[]> {
  const customers = await planResource(run, 'customer', unknown, read, async (keys) => [
    ...guests(run, orders, keys),
    ...(await byId(run, 'customers', keys, { role: 'all' })),
  ]);
  const products = await planResource(run, 'product', unknown, read, async (keys) => {
    const known = await byId(run, 'products', keys, {});
    const found = new Set(known.map((product) => recordKey('product', product, run.store.key)));
    const rest = new Set([...keys].filter((key) => !found.has(key)));
    const variations = await byId(run, 'variations', rest, {});
    return [...known, ...(await withParentNames(run.store, variations))];
  });
  return [...customers, ...products];
}

async function planResource(
  run: Run,
  resource: 'customer' | 'product',
  unknown: readonly Lookup[],
  read: Read,
  load: (keys: ReadonlySet<string>) => Promise<readonly WooRecord[]>,
): Promise<readonly Planned[]> {
  const objects = new Set(mappingsOf(run, resource).map(({ object }) => object));
  const keys = new Set<string>();
  for (const { object, key } of unknown) {
    if (key === null || !objects.has(object) || run.asked.has(`${resource} ${key}`)) continue;
    keys.add(key);
    run.asked.add(`${resource} ${key}`);
  }
  if (keys.size === 0) return [];
  const records = await load(keys);
  const owned = records.map((record) => ({ record, parentKey: null }));
  // What failed when its own list was read fails again, and is counted already.
  const untried = candidates(run, resource, owned, read).filter(
    ({ mapping, key }) => !run.report.hasFailed(mapping, key),
  );
  const planned = await plan(run, untried);
  // From here on they are on their way or known; only what cannot be had is remembered.
  for (const { key } of planned) run.asked.delete(`${resource} ${key}`);
  return planned.filter(({ link, mapping, key }) => !link && !isComing(run, mapping.object, key));
}

/** The guests among the orders' customers, each as its first order shows them. */
function guests(
  run: Run,
  orders: readonly WooRecord[],
  keys: ReadonlySet<string>,
): readonly WooRecord[] {
  const byKey = new Map<string, WooRecord>();
  for (const order of orders) {
    const guest = guestOf(order);
    const key = guest && recordKey('customer', guest, run.store.key);
    if (guest && key && keys.has(key) && !byKey.has(key)) byKey.set(key, guest);
  }
  return [...byKey.values()];
}

function byId(
  run: Run,
  list: WooList,
  keys: ReadonlySet<string>,
  params: Readonly<Record<string, string>>,
): Promise<WooRecord[]> {
  const ids = [...keys].flatMap((key) => parseKey(key).id ?? []);
  return readByIds(run.store, list, ids, { ...params, ...fieldsRead(list, run.mappings) });
}
