import type { WooList } from '../../ports/store.ts';

type ProductList = Extract<WooList, 'products' | 'variations'>;

/** Products of which it is remembered. */
const KEPT = 20_000;

/**
 * In which of its lists the shop shows a product, as far as that was seen: its id does not tell. The other list
 * is then not asked. Forgets what was noted first.
 */
export class ProductTypeCache {
  readonly #lists = new Map<number, ProductList>();

  note(id: number, list: ProductList): void {
    this.#lists.delete(id);
    this.#lists.set(id, list);
    const [first] = this.#lists.keys();
    if (this.#lists.size > KEPT && first !== undefined) this.#lists.delete(first);
  }

  /** Whether the list may show the product. */
  mayShow(id: number, list: ProductList): boolean {
    return (this.#lists.get(id) ?? list) === list;
  }
}
