import { recordKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { digest } from '../model/digest.ts';

/**
 * What a variation shows of its product where it has no value of its own, the name in front of its options among
 * it. WooCommerce moves no date of a variation when it changes, and no webhook reports it.
 */
const INHERITED: readonly string[] = [
  'name',
  'sku',
  'permalink',
  'status',
  'purchasable',
  'manage_stock',
  'stock_quantity',
  'stock_status',
  'low_stock_amount',
  'backorders',
  'backorders_allowed',
  'backordered',
  'tax_status',
  'tax_class',
  'weight',
  'dimensions',
  'shipping_class',
  'shipping_class_id',
];

/** Products of which it is remembered. */
const KEPT = 20_000;

/** What each product with variations lent to them when it was seen last. Forgets what was noted first. */
export class InheritedValues {
  readonly #known = new Map<string, string>();

  /**
   * The variations of products that lend them something else than when they were seen last, or were not seen yet.
   * Products are remembered as they are now.
   */
  changed(store: string, products: readonly WooRecord[]): readonly ChangeEvent[] {
    return products.flatMap((product) => {
      const variations = variationChanges(store, product);
      const key = recordKey('product', product, store);
      if (key === null || variations.length === 0) return [];
      const now = inheritedDigest(product);
      const isSame = this.#known.get(key) === now;
      this.#known.delete(key);
      this.#known.set(key, now);
      this.#shrink();
      return isSame ? [] : variations;
    });
  }

  /** What was made of it may be lost: its variations are looked at once more. */
  forget(key: string): void {
    this.#known.delete(key);
  }

  #shrink(): void {
    const [first] = this.#known.keys();
    if (this.#known.size > KEPT && first !== undefined) this.#known.delete(first);
  }
}

/**
 * The variations of a product that was written, where it lends them something else now.
 * @param before as it was read: what was not read of it is not compared
 */
export function changedByWrite(
  store: string,
  before: WooRecord,
  after: WooRecord,
): readonly ChangeEvent[] {
  const read = Object.keys(before).map((name) => [name, after[name]] as const);
  const isSame = inheritedDigest(before) === inheritedDigest(Object.fromEntries(read));
  return isSame ? [] : variationChanges(store, before);
}

/** Stands for what a product lends to its variations, as far as it was read. */
function inheritedDigest(product: WooRecord): string {
  const [image] = objects(product['images']);
  const values = INHERITED.map((name) => product[name] ?? null);
  return digest(JSON.stringify([...values, image?.['id'] ?? null, image?.['src'] ?? null]));
}

function variationChanges(store: string, product: WooRecord): readonly ChangeEvent[] {
  const ids: readonly unknown[] = Array.isArray(product['variations'])
    ? (product['variations'] as unknown[])
    : [];
  return ids
    .flatMap((id) => wooId(id) ?? [])
    .map((id) => ({ resource: 'product', key: wooKey(store, id) }));
}
