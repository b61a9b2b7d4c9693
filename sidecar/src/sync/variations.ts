import type { WooRecord } from '../mapping/types.ts';
import type { WooStore } from './ports.ts';
import { readByIds } from './read-by-id.ts';

/**
 * Variations with `parent_name`, the name of their product: WooCommerce names a variation by its options
 * alone ("Red, S"). Whoever reads variations must pass them through here, or the same variation would go
 * by two names. A parent that the store does not show leaves the name out.
 * @param products that were read already
 */
export async function withParentNames(
  store: WooStore,
  variations: readonly WooRecord[],
  products: readonly WooRecord[] = [],
): Promise<readonly WooRecord[]> {
  const names = new Map(products.map(({ id, name }) => [Number(id), name]));
  const parents = new Set(variations.map(({ parent_id }) => Number(parent_id)));
  const unknown = [...parents].filter((id) => names.get(id) === undefined);
  const read = await readByIds(store, 'products', unknown, { _fields: 'id,name' });
  for (const { id, name } of read) names.set(Number(id), name);
  return variations.map((variation) => {
    const parent_name = names.get(Number(variation['parent_id']));
    return parent_name === undefined ? variation : { ...variation, parent_name };
  });
}
