import { orderItems } from '../../../mapping/attributes/order-items.ts';
import { wooId } from '../../../mapping/keys/keys.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { type Resource, RESOURCES } from '../../../mapping/model/resources.ts';
import type { WooPage, WooStore } from '../../../ports/store.ts';

/** Records that show which custom fields and values a shop has. */
const RECENT = 20;

/** The latest records of a resource's list, the latest first: of items, their orders. One request. */
function latest(store: Pick<WooStore, 'list'>, resource: Resource, most: number): Promise<WooPage> {
  const [list] = RESOURCES[resource].lists;
  return store.list(list, { per_page: String(most), orderby: 'id', order: 'desc' });
}

/** Some of the latest records; of items, those of the latest orders. One request. */
export async function recentRecords(
  store: Pick<WooStore, 'list'>,
  resource: Resource,
): Promise<readonly WooRecord[]> {
  const { records } = await latest(store, resource, RECENT);
  return resource === 'order_item' ? records.flatMap((order) => orderItems(order)) : records;
}

/**
 * The id of the latest record as `explain` takes it, of a refund that of its order, and how many records the list has;
 * of items, null. One request.
 * @returns null as id where there is none
 */
export async function latestId(
  store: Pick<WooStore, 'list'>,
  resource: Resource,
): Promise<{ readonly id: string | null; readonly count: number | null }> {
  const { records, total } = await latest(store, resource, 1);
  const id = wooId(records[0]?.[resource === 'refund' ? 'parent_id' : 'id']);
  return {
    id: id === null ? null : String(id),
    count: RESOURCES[resource].isEmbedded ? null : total,
  };
}
