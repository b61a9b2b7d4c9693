import { parseKey } from '../mapping/keys/keys.ts';
import { parseNewKey } from '../mapping/keys/new-record-key.ts';
import { type Resource, RESOURCES } from '../mapping/model/resources.ts';
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
  const { comesWith } = RESOURCES[resource];
  if (comesWith !== resource)
    return parentKey === null ? null : { resource: comesWith, key: parentKey };
  const isKnown = parseKey(key).id !== null || parseNewKey(key) !== null;
  return isKnown ? { resource: comesWith, key } : null;
}
