import { orderItems } from '../../../mapping/attributes/order-items.ts';
import { wooId } from '../../../mapping/keys/keys.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { isWhole, listsOf, type Mapped, RESOURCES } from '../../../mapping/model/resources.ts';
import type { WooPage, WooStore } from '../../../ports/store.ts';

/** Records that show which custom fields and values a shop has. */
const RECENT = 20;

/** The latest records of a list, the latest first: of items, their orders. One request. */
async function latest(
  store: Pick<WooStore, 'list'>,
  mapped: Mapped,
  most: number,
): Promise<Pick<WooPage, 'records' | 'total'>> {
  const [list] = listsOf(mapped);
  // Of which type is not said yet.
  if (list === undefined) return { records: [], total: 0 };
  if (isWhole(list)) return store.list(list, {});
  return store.list(list, { per_page: String(most), orderby: 'id', order: 'desc' });
}

/** Some of the latest records; of items, those of the latest orders. One request. */
export async function recentRecords(
  store: Pick<WooStore, 'list'>,
  mapped: Mapped,
): Promise<readonly WooRecord[]> {
  const { records } = await latest(store, mapped, RECENT);
  return mapped.resource === 'order_item' ? records.flatMap((order) => orderItems(order)) : records;
}

/**
 * The id of the latest record as `explain` takes it, of a refund that of its order, and how many records the list has;
 * of items, null. One request.
 * @returns null as id where there is none
 */
export async function latestId(
  store: Pick<WooStore, 'list'>,
  mapped: Mapped,
): Promise<{ readonly id: string | null; readonly count: number | null }> {
  const { resource, contentType } = mapped;
  const { records, total } = await latest(store, mapped, 1);
  const [first] = records;
  const number = wooId(first?.[resource === 'refund' ? 'parent_id' : 'id']);
  const slug = first?.['slug'];
  const id = number === null && typeof slug === 'string' ? slug : number?.toString();
  return {
    id: id === undefined ? null : contentType === null ? id : `${contentType}:${id}`,
    count: RESOURCES[resource].isEmbedded ? null : total,
  };
}
