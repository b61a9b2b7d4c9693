import { recordKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { mappingsOf, type Run } from '../model/run.ts';
import type { ProductTypeCache } from './product-type-cache.ts';

/** Statuses in which WooCommerce has taken an order's goods from stock. */
const TAKEN: ReadonlySet<unknown> = new Set(['processing', 'completed', 'on-hold']);

/** Learns from the lines of orders what is a product and what a variation. */
export function noteSold(orders: readonly WooRecord[], lists: ProductTypeCache): void {
  for (const { product, variation } of orders.flatMap(soldIn)) {
    if (product !== null) lists.note(product, 'products');
    if (variation !== null) lists.note(variation, 'variations');
  }
}

/**
 * The products and variations that orders name: WooCommerce before 10.5 took their stock without moving
 * their date, and without an event.
 */
export function soldProducts(run: Run, orders: readonly WooRecord[]): readonly ChangeEvent[] {
  if (mappingsOf(run, 'product').length === 0) return [];
  const ids = new Set<number>();
  for (const { product, variation } of orders.flatMap(soldIn)) {
    for (const id of [product, variation]) if (id !== null) ids.add(id);
  }
  return [...ids].map((id) => ({ resource: 'product', key: wooKey(run.store.key, id) }));
}

/**
 * Orders that have changed in the shop since they were looked at last, as far as is known. Those that Salesforce has
 * reported, and whose date the shop has not moved, have taken no stock since.
 */
export async function changedInShop(
  { state, store, dirty }: Pick<Run, 'state' | 'store' | 'dirty'>,
  orders: readonly WooRecord[],
): Promise<readonly WooRecord[]> {
  const keyOf = (order: WooRecord) => recordKey('order', order, store.key) ?? '';
  const told = orders.map(keyOf).filter((key) => dirty.has(key));
  if (told.length === 0) return orders;
  const seen = await state.origins.find('order', told);
  return orders.filter((order) => {
    const modified = Date.parse(`${String(order['date_modified_gmt'])}Z`);
    return seen.get(keyOf(order))?.modified !== modified;
  });
}

/** Whether a change of ours may have made the shop take stock, or give it back. */
export function mayMoveStock(before: WooRecord, now: WooRecord): boolean {
  const linesOf = ({ line_items }: WooRecord) => JSON.stringify(line_items ?? null);
  const isTaken = [before, now].every(({ status }) => TAKEN.has(status));
  // What it took of a line the shop notes in the line.
  return !isTaken || linesOf(before) !== linesOf(now);
}

function soldIn(order: WooRecord) {
  return objects(order['line_items']).map((line) => ({
    product: wooId(line['product_id']),
    variation: wooId(line['variation_id']),
  }));
}
