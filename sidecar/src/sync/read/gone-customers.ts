import type { WooStore } from '../../ports/store.ts';
import { readByIds } from './read-by-ids.ts';

/** Customers of every role by their ids; the gateway shows no more of people who are no customers. */
export const IDS_OF_EVERYBODY = { role: 'all', _fields: 'id' };

/**
 * Which of these customers the shop has deleted: whoever has another role by now is still there. One request for
 * a hundred, none for none.
 * @throws CodedError where the shop cannot answer
 */
export async function goneCustomers(
  store: WooStore,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const there = await readByIds(store, 'customers', ids, IDS_OF_EVERYBODY);
  const known = new Set(there.map(({ id }) => Number(id)));
  return new Set(ids.filter((id) => !known.has(id)));
}
