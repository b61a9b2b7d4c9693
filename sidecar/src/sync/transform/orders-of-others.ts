import { orderItems } from '../../mapping/attributes/order-items.ts';
import { recordKey, wooId } from '../../mapping/keys/keys.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { PAGE_SIZE } from '../../ports/store.ts';
import { objectsOf } from '../model/orders-due.ts';
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
