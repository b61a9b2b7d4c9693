import { objects } from '../model/json-shape.ts';
import type { Mapping } from '../model/mapping.ts';
import type { WooRecord } from '../model/record.ts';
import { recordId18 } from './record-id.ts';

/** The custom field of records that we make, where their mapping names none, and that of their lines. */
export const DEFAULT_META_KEY = '_salesforce_id';

/** Where a record of the shop keeps the id of its Salesforce record; null where it keeps none. */
export function metaKeyOf({ wooMetaKey, createInWoo }: Mapping): string | null {
  return wooMetaKey ?? (createInWoo ? DEFAULT_META_KEY : null);
}

/** The Salesforce record that a record of the shop says it belongs to; null for none. */
export function recordIdIn(mapping: Mapping, record: WooRecord): string | null {
  const key = mapping.resource === 'order_item' ? DEFAULT_META_KEY : metaKeyOf(mapping);
  if (key === null) return null;
  const value = objects(record['meta_data']).find((entry) => entry['key'] === key)?.['value'];
  // A text that is no id would have the whole query refused.
  return typeof value === 'string' && value.length === 18 ? recordId18(value) : null;
}
