import { objects, text } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';
import { negative, sum } from '../values/decimal.ts';
import { decodeEntities } from '../values/html-text.ts';

/**
 * The items of an order: one record per product, shipping, fee, coupon and tax line, in that order. Each
 * holds all that its line holds, and the same derived attributes whatever its type: `type`, `order_id`,
 * `name`, `code`, `sku`, `quantity`, `price`, `subtotal`, `total`, `total_tax`, and on product lines
 * `product`. What a type has no use for is null.
 *
 * Their totals add up to the order's total: WooCommerce's lines hold the amount after discount and before
 * tax, so a coupon's total is 0 (its discount is its negative subtotal) and a tax line's total is the tax.
 */
export function orderItems(order: WooRecord): WooRecord[] {
  const { id } = order;
  return [
    ...objects(order['line_items']).map((line) => productItem(line, id)),
    ...objects(order['shipping_lines']).map((line) => shippingItem(line, id)),
    ...objects(order['fee_lines']).map((line) => feeItem(line, id)),
    ...objects(order['coupon_lines']).map((line) => couponItem(line, id)),
    ...objects(order['tax_lines']).map((line) => taxItem(line, id)),
  ];
}

const UNUSED = { code: null, sku: null, quantity: null, price: null };

function productItem(line: WooRecord, order_id: unknown): WooRecord {
  const product = (line['variation_id'] as number) || (line['product_id'] as number);
  const name = nameOf(line['name'], 'Product');
  if (product) return { ...line, type: 'product', order_id, product, code: null, name };
  // The product is gone, and its SKU with it: absent, so that what Salesforce knows of it stays.
  return { ...line, type: 'product', order_id, sku: undefined, code: null, name };
}

function shippingItem(line: WooRecord, order_id: unknown): WooRecord {
  const { total, method_id: code } = line;
  const name = nameOf(line['method_title'], 'Shipping');
  return { ...line, ...UNUSED, type: 'shipping', order_id, code, name, subtotal: total };
}

function feeItem(line: WooRecord, order_id: unknown): WooRecord {
  const { total } = line;
  const name = nameOf(line['name'], 'Fee');
  return { ...line, ...UNUSED, type: 'fee', order_id, name, subtotal: total };
}

function couponItem(line: WooRecord, order_id: unknown): WooRecord {
  const { code, discount } = line;
  const name = nameOf(code, 'Coupon');
  const amounts = { subtotal: negative(discount), total: '0', total_tax: null };
  return { ...line, ...UNUSED, type: 'coupon', order_id, code, name, ...amounts };
}

function taxItem(line: WooRecord, order_id: unknown): WooRecord {
  const { rate_code: code } = line;
  const name = nameOf(line['label'], 'Tax');
  const total = sum([line['tax_total'], line['shipping_tax_total']]);
  const amounts = { subtotal: total, total, total_tax: null };
  return { ...line, ...UNUSED, type: 'tax', order_id, code, name, ...amounts };
}

/** Lines copy the name of their product or tax rate, entities included; it can be empty. */
function nameOf(value: unknown, fallback: string): string {
  return decodeEntities(text(value)) || fallback;
}
