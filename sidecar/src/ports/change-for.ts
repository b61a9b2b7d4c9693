import { parseKey } from '../mapping/keys/keys.ts';
import { parseNewKey } from '../mapping/keys/new-record-key.ts';
import type { Resource } from '../mapping/model/record.ts';
import type { ChangeEvent } from './change.ts';

/**
 * What makes a record be looked at again: itself, or the order of an item or a refund. Nothing does for a
 * guest, who comes with an order that nobody knows here.
 * @param parentKey of the order
 */
export function changeFor(
  resource: Resource,
  key: string,
  parentKey: string | null,
): ChangeEvent | null {
  if (resource === 'order_item' || resource === 'refund')
    return parentKey === null ? null : { resource: 'order', key: parentKey };
  const isKnown = parseKey(key).id !== null || parseNewKey(key) !== null;
  return isKnown ? { resource, key } : null;
}
