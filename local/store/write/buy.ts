import type { Patch } from '../core/patch.ts';
import type { OrderRecord, ProductRecord, VariationRecord } from '../core/records.ts';
import type { Shop } from '../shop/shop.ts';
import type { OrderWrites } from './orders/order-writes.ts';

/**
 * A shopper buys a product or a variation at the checkout, with cash on delivery unless the order says otherwise: the
 * order is in processing and the stock is taken.
 * `order` may hold `quantity` (1 unless given) and what an order takes, such as `billing` and `customer_id`.
 * @throws Error with a sentence where it is not for sale, or not so many are left.
 */
export function buy(shop: Shop, orders: OrderWrites, id: number, order: Patch): OrderRecord {
  return orders.create({ status: 'processing', ...cartOf(shop, id, order) }, 'store-api');
}

/** A shopper opens the checkout and leaves it there: a draft of an order, that takes no stock. As `buy` otherwise. */
export function openCheckout(
  shop: Shop,
  orders: OrderWrites,
  id: number,
  order: Patch,
): OrderRecord {
  return orders.create({ ...cartOf(shop, id, order), status: 'checkout-draft' }, 'store-api');
}

/** The shopper comes back and orders. @throws Error where there is no such draft */
export function placeOrder(shop: Shop, orders: OrderWrites, id: number): OrderRecord {
  if (shop.orders.get(id)?.status !== 'checkout-draft') {
    throw new Error(`Order ${id} is no checkout that was left half-way.`);
  }
  return orders.update(id, { status: 'processing' });
}

function cartOf(shop: Shop, id: number, order: Patch): Patch {
  const { quantity = 1, ...fields } = order;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1) {
    throw new Error(`quantity is ${JSON.stringify(quantity)}: give a whole number from 1 on.`);
  }
  const item = shop.variations.get(id)?.read() ?? shop.products.get(id)?.read();
  if (item === undefined) {
    throw new Error(`There is no product or variation ${id}.`);
  }
  if (item.status !== 'publish' || item.price === '') {
    throw new Error(`Product ${id} is not for sale: its status is ${item.status}.`);
  }
  checkStock(shop, item, quantity);
  return { payment_method: 'cod', ...fields, line_items: [{ product_id: id, quantity }] };
}

/** @throws Error where the item, or the product that keeps the stock for it, has not so many */
function checkStock(shop: Shop, item: ProductRecord | VariationRecord, quantity: number): void {
  const holder = item.manage_stock === true ? item : shop.products.get(item.parent_id)?.read();
  if (holder?.manage_stock === true && (holder.stock_quantity ?? quantity) < quantity) {
    throw new Error(`Only ${holder.stock_quantity} of product ${item.id} are left.`);
  }
}
