import type { WooRecord } from '../../mapping/model/record.ts';
import type { WooStore } from '../../ports/store.ts';
import { readByIds } from './read-by-ids.ts';

/**
 * Variations with `parent_name` and `parent_sku` of their product, and with no SKU but their own. WooCommerce names
 * a variation by its options alone ("Red, S"), and shows the SKU of the product where a variation has none. Whoever
 * reads variations must pass them through here, or the same variation would go by two names. A parent that the store
 * does not show leaves both out.
 * @param products that were read already
 */
export async function withParents(
  store: WooStore,
  variations: readonly WooRecord[],
  products: readonly WooRecord[] = [],
): Promise<readonly WooRecord[]> {
  const parents = new Map(products.map((product) => [Number(product['id']), product]));
  const wanted = new Set(variations.map(({ parent_id }) => Number(parent_id)));
  const unknown = [...wanted].filter((id) => parents.get(id)?.['name'] === undefined);
  const read = await readByIds(store, 'products', unknown, { _fields: 'id,name,sku' });
  for (const product of read) parents.set(Number(product['id']), product);
  return variations.map((variation) => {
    const parent = parents.get(Number(variation['parent_id']));
    if (parent === undefined) return variation;
    const { name, sku } = parent;
    return withoutParentSku({
      ...variation,
      ...(name === undefined ? {} : { parent_name: name }),
      ...(sku === undefined ? {} : { parent_sku: sku }),
    });
  });
}

/**
 * A variation with no SKU but its own: WooCommerce gives no two records the same one, so that of its product is lent.
 * @param variation with `parent_sku`, where that is known
 */
export function withoutParentSku(variation: WooRecord): WooRecord {
  const { sku, parent_sku } = variation;
  return sku !== undefined && sku === parent_sku ? { ...variation, sku: '' } : variation;
}
