import { parseKey, parseTypedKey } from '../mapping/keys/keys.ts';
import { parseNewKey } from '../mapping/keys/new-record-key.ts';
import {
  isPart,
  isTyped,
  type Mapped,
  recordTypeOf,
  type Resource,
  RESOURCES,
} from '../mapping/model/resources.ts';
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
  if (isPart(resource)) return parentKey === null ? null : { resource: comesWith, key: parentKey };
  if (isTyped(resource)) return parseTypedKey(key) && { resource: comesWith, key };
  const isKnown = parseKey(key).id !== null || parseNewKey(key) !== null;
  return isKnown ? { resource: comesWith, key } : null;
}

/** Whether a change event names a record that the mapping maps. */
export function isNamedBy(mapping: Mapped, { resource, key }: ChangeEvent): boolean {
  if (!isTyped(mapping.resource)) return mapping.resource === resource;
  return resource === 'content' && parseTypedKey(key)?.type === recordTypeOf(mapping);
}

/** The keys of those whose records Salesforce may have changed, so that it must be asked what it holds. */
export function editableIn(changes: readonly ChangeEvent[]): readonly string[] {
  return changes.filter(({ resource }) => RESOURCES[resource].goesBack).map(({ key }) => key);
}
