import { cents, money } from '../core/money.ts';
import type { Shop } from './shop.ts';

/** How many records, and what they sum up to. Money is text with two decimals. */
export interface ShopTotals {
  orders: {
    count: number;
    byStatus: Record<string, number>;
    /** currency → status → count, sum of order totals, sum of what was refunded */
    money: Record<string, Record<string, { count: number; total: string; refunded: string }>>;
    lines: Record<string, number>;
  };
  refunds: { count: number; total: string };
  products: { count: number; byStatus: Record<string, number> };
  variations: { count: number };
  customers: { count: number; byRole: Record<string, number> };
  coupons: { count: number };
}

const lineKinds = [
  'line_items',
  'shipping_lines',
  'fee_lines',
  'coupon_lines',
  'tax_lines',
] as const;

/** Counts and sums over all records, trash included, computed from the records themselves. */
export function shopTotals(shop: Shop): ShopTotals {
  const refunds = shop.refunds.all().map((entry) => cents(entry.read().amount));
  return {
    orders: orderSums(shop),
    refunds: { count: refunds.length, total: money(refunds.reduce((sum, part) => sum + part, 0)) },
    products: { count: shop.products.size, byStatus: countBy(shop.products.all()) },
    variations: { count: shop.variations.size },
    customers: { count: shop.customers.size, byRole: countBy(shop.customers.all()) },
    coupons: { count: shop.coupons.size },
  };
}

function orderSums(shop: Shop): ShopTotals['orders'] {
  const sums = new Map<string, Map<string, { count: number; total: number; refunded: number }>>();
  const lines: Record<string, number> = Object.fromEntries(lineKinds.map((kind) => [kind, 0]));
  for (const entry of shop.orders.all()) {
    const order = entry.read();
    const byStatus = sums.get(order.currency) ?? new Map<string, never>();
    const sum = byStatus.get(order.status) ?? { count: 0, total: 0, refunded: 0 };
    byStatus.set(order.status, {
      count: sum.count + 1,
      total: sum.total + cents(order.total),
      refunded: sum.refunded - order.refunds.reduce((all, { total }) => all + cents(total), 0),
    });
    sums.set(order.currency, byStatus);
    for (const kind of lineKinds) {
      lines[kind] = (lines[kind] ?? 0) + order[kind].length;
    }
  }
  const text = [...sums].map(([currency, byStatus]) => [
    currency,
    Object.fromEntries(
      [...byStatus].map(([status, { count, total, refunded }]) => [
        status,
        { count, total: money(total), refunded: money(refunded) },
      ]),
    ),
  ]);
  return {
    count: shop.orders.size,
    byStatus: countBy(shop.orders.all()),
    money: Object.fromEntries(text) as ShopTotals['orders']['money'],
    lines,
  };
}

function countBy(entries: readonly { status: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of entries) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
