import { parseKey, recordKey } from '../../mapping/keys/keys.ts';
import type { Resource } from '../../mapping/model/record.ts';
import type { Origin } from '../../ports/state.ts';
import { PAGE_SIZE } from '../../ports/store.ts';
import type { Run } from '../model/run.ts';

/** What orders can be asked for by: the shop's parameters have the names of these resources. */
const NAMED_BY_ORDERS: ReadonlySet<Resource> = new Set(['customer', 'product'] as const);

/**
 * Has the shop's latest orders of records looked at again that are other ones than those which were synced: an order
 * that was read before them is linked to the former one. Variations are no parameter of the shop's list of orders.
 * @throws CodedError where the shop does not answer
 */
export async function lookAtOrdersOf(
  { store, enqueueFollowUps }: Pick<Run, 'store' | 'enqueueFollowUps'>,
  resource: Resource,
  others: readonly Pick<Origin, 'key'>[],
): Promise<void> {
  if (enqueueFollowUps === undefined || !NAMED_BY_ORDERS.has(resource)) return;
  for (const id of new Set(others.flatMap(({ key }) => parseKey(key).id ?? []))) {
    const params = { [resource]: String(id), per_page: String(PAGE_SIZE), _fields: 'id' };
    const { records } = await store.list('orders', params);
    const orders = records.flatMap((record) => recordKey('order', record, store.key) ?? []);
    enqueueFollowUps(orders.map((key) => ({ resource: 'order', key })));
  }
}
