import { orderItems } from '../../mapping/attributes/order-items.ts';
import { parseKey, recordKey, wooId } from '../../mapping/keys/keys.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Link } from '../../ports/link.ts';
import type { Origin } from '../../ports/state.ts';
import { PAGE_SIZE } from '../../ports/store.ts';
import type { Candidate } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/** What orders can be asked for by: the shop's parameters have the names of these resources. */
export const NAMED_BY_ORDERS: ReadonlySet<Resource> = new Set(['customer', 'product'] as const);

/**
 * Has the shop's latest orders of records looked at again that are other ones than those which were synced: an order
 * that was read before them is linked to the former one. Until the follow-ups are durable they stay due.
 * @param others what the shop shows of them now, through whatever mappings
 * @throws CodedError where the shop does not answer
 */
export async function lookAtOrdersOf(
  { store, enqueueFollowUps, onOrdersQueued }: Run,
  others: readonly Pick<Candidate, 'mapping' | 'key' | 'record'>[],
): Promise<void> {
  if (enqueueFollowUps === undefined) return;
  const once = new Map(others.map((one) => [one.key, one]));
  for (const { mapping, key, record } of once.values()) {
    const { resource } = mapping;
    const { asked, names } = askedFor(resource, record);
    const { records } = await store.list('orders', { ...asked, per_page: String(PAGE_SIZE) });
    const orders = records
      .filter(names)
      .flatMap((order) => recordKey('order', order, store.key) ?? []);
    enqueueFollowUps(orders.map((order) => ({ resource: 'order', key: order })));
    onOrdersQueued?.([{ resource, key }]);
  }
}

/**
 * Records that were deleted in Salesforce, and are made anew: the lookups that led to them were emptied without a trace.
 * That their orders are to be written again is kept with them until these are queued.
 * @returns what has them looked at
 */
export async function markGone(
  { state, mappings }: Pick<Run, 'state' | 'mappings'>,
  links: readonly Pick<Link, 'object' | 'key'>[],
): Promise<readonly ChangeEvent[]> {
  const marked: ChangeEvent[] = [];
  for (const resource of ['customer', 'product'] as const) {
    const objects = new Set(objectsOf({ mappings }, resource));
    const own = links.filter(({ object, key }) => objects.has(object) && parseKey(key).id !== null);
    const keys = [...new Set(own.map(({ key }) => key))];
    if (keys.length === 0) continue;
    const known = await state.origins.find(resource, keys);
    const due = keys.map((key) => ({ ...(known.get(key) ?? anyOrigin(key)), ordersDue: true }));
    await state.origins.save(resource, due);
    marked.push(...keys.map((key): ChangeEvent => ({ resource, key })));
  }
  return marked;
}

/** What the shop shows under the key is taken as it is. */
function anyOrigin(key: string): Origin {
  return {
    key,
    marks: ['-'],
    modified: null,
    isHeld: false,
    isAnother: false,
    ordersDue: false,
  };
}

/**
 * Has the orders of records that were made anew written again: all of a customer, the latest of a product.
 * @throws CodedError where the shop does not answer
 */
export async function rewriteOrdersOf(
  run: Run,
  recreated: readonly Pick<Candidate, 'mapping' | 'key' | 'record'>[],
): Promise<void> {
  const { store, state, enqueueFollowUps, onOrdersQueued } = run;
  if (enqueueFollowUps === undefined) return;
  const once = new Map(recreated.map((one) => [one.key, one]));
  for (const { mapping, key, record } of once.values()) {
    const { resource } = mapping;
    const { asked, names } = askedFor(resource, record);
    const params = { ...asked, _fields: 'id,line_items', per_page: String(PAGE_SIZE) };
    for (let page = 1; ; page += 1) {
      const { records } = await store.list('orders', { ...params, page: String(page) });
      const orders = records.filter(names);
      const keys = orders.flatMap((order) => recordKey('order', order, store.key) ?? []);
      const items = orders.flatMap((order) =>
        orderItems(order).flatMap((line) => recordKey('order_item', line, store.key) ?? []),
      );
      await state.clearHashes(keys, objectsOf(run, 'order'));
      await state.clearHashes(items, objectsOf(run, 'order_item'));
      enqueueFollowUps(keys.map((order) => ({ resource: 'order', key: order })));
      if (resource !== 'customer' || records.length < PAGE_SIZE) break;
    }
    onOrdersQueued?.([{ resource, key }]);
  }
}

function objectsOf({ mappings }: Pick<Run, 'mappings'>, resource: Resource): readonly string[] {
  const own = mappings.filter((one) => one.resource === resource);
  return [...new Set(own.map(({ object }) => object))];
}

interface Asking {
  readonly asked: Readonly<Record<string, string>>;
  /** Whether an order of the answer names the record. */
  readonly names: (order: WooRecord) => boolean;
}

/** The shop knows no orders by variation: those of its product are asked for, and their lines say which are its own. */
function askedFor(resource: Resource, { id, parent_id }: WooRecord): Asking {
  const product = resource === 'product' ? wooId(parent_id) : null;
  if (product === null) {
    return { asked: { [resource]: String(id), _fields: 'id' }, names: () => true };
  }
  return {
    asked: { product: String(product), _fields: 'id,line_items' },
    names: (order) => orderItems(order).some((line) => line['variation_id'] === id),
  };
}
