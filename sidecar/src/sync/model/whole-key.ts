import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Lookup } from '../../mapping/model/record.ts';

/**
 * Key of the product that a variation cannot be without. Items and refunds have theirs in what makes them be looked at.
 * @param lookups of the variation's row, those that are not there
 */
export function wholeKeyOf(
  { resource }: Pick<Mapping, 'resource'>,
  lookups: readonly Pick<Lookup, 'key' | 'required'>[],
): string | undefined {
  if (resource !== 'product') return undefined;
  // Categories and whatever else products name have keys that say what they are of.
  const product = lookups.find(
    ({ key, required }) => required && key !== null && parseKey(key).id !== null,
  );
  return product?.key ?? undefined;
}
