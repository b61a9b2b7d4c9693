import type { BodyFields } from '../../rest/request/body.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import { flagOf, textOf, wholeOf } from '../../core/values.ts';

type Item = ProductRecord | VariationRecord;

/**
 * Stock after a write. `inventory_delta` counts from what is there; a managed quantity decides the status,
 * an unmanaged one is forgotten.
 */
export function applyStock(item: Item, body: BodyFields): void {
  const given = (name: string): unknown => body[name] ?? undefined;
  if (given('manage_stock') !== undefined) {
    // A variation's `parent` is that it has none of its own.
    item.manage_stock = flagOf(body['manage_stock']);
  }
  if (given('backorders') !== undefined) {
    const backorders = textOf(body['backorders']);
    item['backorders'] = ['notify', 'yes'].includes(backorders) ? backorders : 'no';
    item['backorders_allowed'] = item['backorders'] !== 'no';
  }
  if (given('low_stock_amount') !== undefined) {
    item['low_stock_amount'] = wholeOf(body['low_stock_amount']);
  }
  const status = textOf(given('stock_status'));
  if (['instock', 'outofstock', 'onbackorder'].includes(status)) {
    item.stock_status = status;
  }
  if (given('stock_quantity') !== undefined) {
    item.stock_quantity = wholeOf(body['stock_quantity']);
  } else if (given('inventory_delta') !== undefined) {
    item.stock_quantity = (item.stock_quantity ?? 0) + wholeOf(body['inventory_delta']);
  }
  settleStock(item);
}

/** What follows from the quantity. */
export function settleStock(item: Item): void {
  if (!item.manage_stock) {
    item.stock_quantity = null;
    return;
  }
  const left = item.stock_quantity ?? 0;
  const otherwise = item['backorders_allowed'] === true ? 'onbackorder' : 'outofstock';
  item.stock_status = left > 0 ? 'instock' : otherwise;
  item['backordered'] = item['backorders_allowed'] === true && left < 0;
}

/** What of a product's stock its variations show that keep none of their own. */
const LENT = ['stock_quantity', 'stock_status', 'backorders', 'backorders_allowed', 'backordered'];

/** A variation as it is shown: where its product manages the stock for all, that stock is the variation's. */
export function withParentStock(
  variation: VariationRecord,
  parent: ProductRecord | undefined,
): VariationRecord {
  if (variation.manage_stock || parent?.manage_stock !== true) {
    return variation;
  }
  const lent = Object.fromEntries(LENT.map((field) => [field, parent[field]]));
  return { ...variation, ...lent, manage_stock: 'parent' };
}
