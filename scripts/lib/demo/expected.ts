import { Decimal } from 'decimal.js';

import type { OrderRecord, VariationRecord } from '../../../local/store/core/records.ts';
import type { Shop } from '../../../local/store/shop/shop.ts';

/** Money of one currency. */
interface Money {
  readonly total: Decimal;
  readonly refunded: Decimal;
}

/** What a shop has, and what of it the mappings want, computed from the shop's records alone. */
export interface Expected {
  /** By resource. */
  readonly inStore: Readonly<Record<string, number>>;
  readonly wanted: Readonly<Record<string, number>>;
  /** Of the wanted ones, those that are one record with one of a shop that was synced before. */
  readonly shared: Readonly<Record<string, number>>;
  /** Of the wanted orders, by currency code. */
  readonly money: ReadonlyMap<string, Money>;
  /** The stock that the wanted products and variations show, those shared with a shop before left out. */
  readonly stock: Decimal;
  /** By what the mappings of a resource match: e-mail addresses and SKUs of the wanted records, in lower case. */
  readonly known: { readonly customer: readonly string[]; readonly product: readonly string[] };
}

export interface Wishes {
  /** Which orders the mapping of the shop wants; completed ones when left out. */
  readonly orders?: (order: OrderRecord) => boolean;
  /** What is expected of the shops that were synced before this one. */
  readonly before?: readonly Expected[];
}

const LINES = ['line_items', 'shipping_lines', 'fee_lines', 'coupon_lines', 'tax_lines'] as const;

/**
 * The default mappings in a few lines of their own: completed orders with their lines and refunds, products
 * and variations outside the trash, customers with that role, and the guests of wanted orders. What a shop
 * before has too, by e-mail address or SKU, is shared.
 */
export function expectedOf(
  shop: Shop,
  { orders: wants = ({ status }) => status === 'completed', before = [] }: Wishes = {},
): Expected {
  const orders = [...shop.orders.all()].map((entry) => entry.read());
  const wanted = orders.filter(wants);
  const products = [...shop.products.all()].map((entry) => entry.read());
  const sold = [
    ...products.filter(({ status }) => status !== 'trash'),
    ...[...shop.variations.all()].map((entry) => withStockOfProduct(shop, entry.read())),
  ];
  const customers = [...shop.customers.all()].map((entry) => entry.read());
  const shoppers = customers.filter(({ role }) => role === 'customer');
  const known = {
    customer: [...shoppers.map(({ email }) => email.toLowerCase()), ...guests(wanted)],
    product: sold.map(({ sku }) => sku.toLowerCase()),
  };
  return {
    inStore: {
      order: orders.length,
      order_item: count(orders, lines),
      refund: shop.refunds.size,
      product: products.length + shop.variations.size,
      customer: customers.length + guests(orders).size,
    },
    wanted: {
      order: wanted.length,
      order_item: count(wanted, lines),
      refund: count(wanted, ({ refunds }) => refunds.length),
      product: sold.length,
      customer: known.customer.length,
    },
    shared: {
      customer: sharedOf(
        known.customer,
        before.flatMap((one) => one.known.customer),
      ),
      product: sharedOf(
        known.product,
        before.flatMap((one) => one.known.product),
      ),
    },
    money: moneyOf(wanted),
    stock: stockOf(
      sold,
      before.flatMap((one) => one.known.product),
    ),
    known,
  };
}

/** How many of the values others have too; an empty one matches nothing. */
function sharedOf(values: readonly string[], others: readonly string[]): number {
  const theirs = new Set(others);
  return values.filter((value) => value !== '' && theirs.has(value)).length;
}

/** A variation that keeps no stock shows that of its product, where that keeps one. */
function withStockOfProduct(shop: Shop, variation: VariationRecord): VariationRecord {
  const product = shop.products.get(variation.parent_id)?.read();
  const isLent = !variation.manage_stock && product?.manage_stock === true;
  return isLent ? { ...variation, stock_quantity: product.stock_quantity } : variation;
}

function stockOf(
  sold: readonly Pick<VariationRecord, 'sku' | 'stock_quantity'>[],
  others: readonly string[],
): Decimal {
  return sold
    .filter(({ sku }) => sku === '' || !others.includes(sku.toLowerCase()))
    .reduce((sum, { stock_quantity }) => sum.plus(stock_quantity ?? 0), new Decimal(0));
}

function lines(order: OrderRecord): number {
  return LINES.reduce((sum, kind) => sum + order[kind].length, 0);
}

function count<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((sum, item) => sum + size(item), 0);
}

/** E-mail addresses of buyers without an account; WordPress gives erased people one at site.invalid. */
function guests(orders: readonly OrderRecord[]): Set<string> {
  const emails = new Set<string>();
  for (const { customer_id, billing } of orders) {
    const email = (billing.email ?? '').trim().toLowerCase();
    const erased = email.endsWith('@site.invalid');
    if (customer_id === 0 && email !== '' && !erased) emails.add(email);
  }
  return emails;
}

function moneyOf(orders: readonly OrderRecord[]): Map<string, Money> {
  const money = new Map<string, Money>();
  for (const { currency, total, refunds } of orders) {
    const sum = money.get(currency) ?? { total: new Decimal(0), refunded: new Decimal(0) };
    const refunded = refunds.reduce((all, refund) => all.minus(refund.total), sum.refunded);
    money.set(currency, { total: sum.total.plus(total), refunded });
  }
  return money;
}
