import { wooId } from '../../../mapping/keys/keys.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { type Resource, RESOURCES } from '../../../mapping/model/resources.ts';
import type { WooStore } from '../../../ports/store.ts';

/** The latest record of a resource's list: of an item, its order. One request. @returns null where there is none */
export async function latestRecord(
  store: Pick<WooStore, 'list'>,
  resource: Resource,
): Promise<WooRecord | null> {
  const [list] = RESOURCES[resource].lists;
  const { records } = await store.list(list, { per_page: '1', orderby: 'id', order: 'desc' });
  return records[0] ?? null;
}

/** The id of the latest record as `explain` takes it: of a refund, that of its order. @returns null where there is none */
export async function latestId(
  store: Pick<WooStore, 'list'>,
  resource: Resource,
): Promise<string | null> {
  const record = await latestRecord(store, resource);
  const id = wooId(record?.[resource === 'refund' ? 'parent_id' : 'id']);
  return id === null ? null : String(id);
}
