import { parseKey } from '../../mapping/keys/keys.ts';
import { keyWithoutAddress } from './issue-key.ts';
import type { SharedRecords } from '../../ports/two-way-state.ts';

/** Records that are named. */
export const SHARED_SHOWN = 5;

/** Which records of other stores a store is linked to, as a sentence; null for none. */
export function describeShared({ count, first }: SharedRecords): string | null {
  if (count === 0) return null;
  const named = first.map(({ object, key, recordId, owner }) => {
    return `${object} ${recordId} (${keyWithoutAddress(key)} here, belongs to ${keyWithoutAddress(owner)})`;
  });
  const more = count - first.length;
  const others = [...new Set(first.map(({ owner }) => parseKey(owner).store))].join(', ');
  return `${count} of its records ${count === 1 ? 'is' : 'are'} shared with ${others} and ${count === 1 ? 'belongs' : 'belong'} there, so this store’s values do not go into ${count === 1 ? 'it' : 'them'}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
