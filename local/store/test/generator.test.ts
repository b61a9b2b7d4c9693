import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../generate/catalogue.ts';
import { buildOrder } from '../generate/order.ts';
import { planOrder } from '../generate/order-plan.ts';
import { cents } from '../core/money.ts';
import type { OrderRecord } from '../core/records.ts';
import { createStore } from '../store.ts';
import { SiteZone } from '../core/zone.ts';
import { startStore } from './client.ts';

const sum = (values: readonly string[]): number =>
  values.reduce((total, value) => total + cents(value), 0);

/** Checks an order's money in its own words, apart from the code that computed it. */
function expectConsistent(order: OrderRecord): void {
  const { line_items: lines, shipping_lines: shipping, fee_lines: fees, tax_lines: taxes } = order;
  const goods = sum(lines.map(({ total }) => total));
  const subtotal = sum(lines.map((line) => line.subtotal));
  expect(cents(order.discount_total)).toBe(subtotal - goods);
  expect(cents(order.shipping_total)).toBe(sum(shipping.map(({ total }) => total)));
  expect(cents(order.total_tax)).toBe(cents(order.cart_tax) + cents(order.shipping_tax));
  expect(cents(order.cart_tax)).toBe(sum(taxes.map(({ tax_total }) => tax_total)));
  expect(cents(order.shipping_tax)).toBe(sum(taxes.map((tax) => tax.shipping_tax_total)));
  // Rounded once: the lines, each rounded, may be off by less than half a cent each.
  const exact = lines.reduce((total, { price, quantity }) => total + price * quantity * 100, 0);
  expect(Math.abs(exact - goods)).toBeLessThanOrEqual(lines.length / 2);
  expect(cents(order.total)).toBe(
    Math.round(Number(exact.toFixed(6))) +
      cents(order.shipping_total) +
      sum(fees.map(({ total }) => total)) +
      cents(order.total_tax),
  );
  expect(sum(order.coupon_lines.map(({ discount }) => discount))).toBe(cents(order.discount_total));
  for (const line of lines) {
    expect(cents(line.total_tax)).toBe(sum(line.taxes.map(({ total }) => total)));
    expect(Math.round(line.price * line.quantity * 100)).toBe(cents(line.total));
    expect(cents(line.total)).toBeGreaterThanOrEqual(0);
  }
}

const store = createStore({ orders: 0 });
const catalogue = buildCatalogue(
  store.shop.products.all().map((entry) => entry.read()),
  store.shop.variations.all().map((entry) => entry.read()),
);
const zone = new SiteZone('America/New_York');

describe('generated money', () => {
  it('adds up to the cent, for any seed and order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.nat({ max: 4999 }),
        fc.constantFrom('mixed' as const, 'bench' as const),
        (seed, index, profile) => {
          const options = { orders: 5000, seed, profile, customStatuses: ['awaiting-pickup'] };
          const plan = planOrder(index, options);
          const { order, refunds } = buildOrder(plan, options, catalogue, zone);
          expectConsistent(order);
          expect(order.refunds).toStrictEqual(
            refunds.map(({ id, reason, amount }) => ({ id, reason, total: `-${amount}` })),
          );
          const refunded = sum(refunds.map(({ amount }) => amount));
          expect(refunded).toBeLessThanOrEqual(cents(order.total));
          expect(order.status === 'refunded').toBe(
            refunds.length > 0 && refunded === cents(order.total),
          );
          for (const refund of refunds.filter(({ line_items }) => line_items.length > 0)) {
            const lines = refund.line_items.flatMap(({ total, total_tax }) => [total, total_tax]);
            expect(sum(lines)).toBe(-cents(refund.amount));
            expect(refund.parent_id).toBe(order.id);
          }
          expect(order.id).toBe(plan.id);
          expect(order.date_modified_gmt >= order.date_created_gmt).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the generator', () => {
  it('gives the same bytes for the same options, and others for another seed', async () => {
    const paths = [
      'orders?orderby=modified&per_page=100&page=2',
      'orders/100300',
      'products?per_page=100',
      'customers?per_page=100',
      'refunds?per_page=100',
    ];
    const runs: string[] = [];
    for (const seed of [7, 7, 8]) {
      const client = await startStore({ orders: 250, seed });
      const texts = await Promise.all(paths.map(async (path) => (await client.get(path)).text));
      runs.push(texts.join('\n').replaceAll(new URL(client.url).host, 'host'));
      await client.store.close();
    }
    expect(runs[0]).toBe(runs[1]);
    expect(runs[0]).not.toBe(runs[2]);
  });

  it('makes line ids and record ids that never meet', () => {
    const { shop } = createStore({ orders: 2000 });
    const orders = shop.orders.all().map((entry) => entry.read());
    const lines = orders.flatMap((order) => [
      ...order.line_items,
      ...order.shipping_lines,
      ...order.fee_lines,
      ...order.coupon_lines,
      ...order.tax_lines,
    ]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    const ids = [...orders, ...shop.refunds.all()].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const customers = new Set(shop.customers.all().map(({ id }) => id));
    for (const { customer_id, id } of orders) {
      expect(customer_id === 0 || customers.has(customer_id), `order ${id}`).toBe(true);
    }
  });

  it('has whole amounts in a currency without decimals', () => {
    const store = createStore({ orders: 3000 });
    const generated = store.shop.orders.all().map((entry) => entry.read());
    const yen = generated.filter(({ id, currency }) => id >= 100_000 && currency === 'JPY');
    expect(yen.length).toBeGreaterThan(20);
    const amounts = yen.flatMap((order) => [
      order.total,
      order.total_tax,
      order.discount_total,
      ...order.line_items.flatMap(({ subtotal, total, total_tax }) => [subtotal, total, total_tax]),
      ...order.shipping_lines.map(({ total }) => total),
      ...order.refunds.map(({ total }) => total),
    ]);
    expect(amounts.filter((amount) => cents(amount) % 100 !== 0)).toEqual([]);
  });

  it('holds every odd case of real shops', () => {
    const orders = createStore({ orders: 3000 })
      .shop.orders.all()
      .map((entry) => entry.read());
    const some = (test: (order: OrderRecord) => boolean): number => orders.filter(test).length;
    expect(some(({ customer_id }) => customer_id === 0)).toBeGreaterThan(300);
    expect(some(({ billing }) => billing.email === '')).toBeGreaterThan(50);
    expect(
      some(({ billing, status }) => billing.first_name === '' && status !== 'checkout-draft'),
    ).toBeGreaterThan(50);
    expect(some(({ billing }) => billing.email === 'deleted@site.invalid')).toBeGreaterThan(10);
    expect(some(({ currency }) => currency === 'JPY')).toBeGreaterThan(20);
    expect(some(({ refunds }) => refunds.length === 2)).toBeGreaterThan(10);
    expect(some(({ tax_lines }) => tax_lines.length === 2)).toBeGreaterThan(100);
    expect(some(({ coupon_lines }) => coupon_lines.length > 0)).toBeGreaterThan(100);
    expect(some(({ fee_lines }) => fee_lines.length > 0)).toBeGreaterThan(50);
    expect(some(({ line_items }) => line_items.length === 25)).toBeGreaterThan(5);
    expect(some(({ line_items }) => line_items.some(({ sku }) => sku === null))).toBeGreaterThan(
      50,
    );
    expect(
      some(({ line_items }) => line_items.some((line) => line.variation_id > 0)),
    ).toBeGreaterThan(500);
    expect(
      some((order) => order.status === 'completed' && order.date_paid === null),
    ).toBeGreaterThan(10);
    expect(
      some((order) => (order.date_completed_gmt ?? '') > order.date_modified_gmt),
    ).toBeGreaterThan(10);
    expect(some(({ status }) => status === 'trash')).toBeGreaterThan(5);
    const parts = (order: OrderRecord): number =>
      sum([...order.line_items, ...order.shipping_lines, ...order.fee_lines].map((l) => l.total)) +
      cents(order.total_tax);
    expect(some((order) => parts(order) !== cents(order.total))).toBeGreaterThan(5);
    expect(
      some(({ meta_data }) => meta_data.some(({ value }) => Array.isArray(value))),
    ).toBeGreaterThan(100);
    const doubledHour = orders.filter((order) =>
      order.date_created.startsWith('2025-11-02T01:30:00'),
    );
    expect(new Set(doubledHour.map((order) => order.date_created_gmt)).size).toBe(2);
  });

  it('has customers with an e-mail address only, and one stock for all variations of a product', () => {
    const { shop } = createStore({ orders: 120 });
    const customers = shop.customers.all().map((entry) => entry.read());
    const registered = customers.filter(({ email }) => email.startsWith('registered'));
    expect(registered).toHaveLength(3);
    expect(registered[0]).toMatchObject({ first_name: '', last_name: '', role: 'customer' });
    expect(Object.values(registered[0]?.billing ?? {}).filter((value) => value !== '')).toEqual([
      registered[0]?.email,
    ]);
    const pooled = shop.products
      .all()
      .map((entry) => entry.read())
      .filter((product) => product.name.startsWith('O’Malley Mug') && product.manage_stock);
    const [mug] = pooled.filter(({ type }) => type === 'variable');
    const sizes = shop.variations.all().filter(({ owner }) => owner === mug?.id);
    expect(mug?.stock_quantity).toBeGreaterThan(0);
    expect(sizes.length).toBeGreaterThan(1);
    for (const size of sizes) expect(size.read().stock_quantity).toBeNull();
  });

  it('bench: exactly the orders asked for, all alike', () => {
    const { shop } = createStore({ orders: 500, profile: 'bench' });
    const orders = shop.orders.all().map((entry) => entry.read());
    expect(orders).toHaveLength(500);
    for (const order of orders) {
      expect(order.status).toBe('completed');
      expect(order.line_items).toHaveLength(3);
      expect(order.shipping_lines).toHaveLength(1);
      expect(order.tax_lines).toHaveLength(1);
      expect([...order.fee_lines, ...order.coupon_lines, ...order.refunds]).toStrictEqual([]);
    }
    const counts = Map.groupBy(orders, (order) => order.customer_id);
    const repeated = [...counts].filter(([id, own]) => id !== 0 && own.length > 1);
    const share = repeated.reduce((total, [, own]) => total + own.length, 0) / orders.length;
    expect(share).toBe(0.6);
  });

  it('holds 50,000 orders and pages them', async () => {
    const client = await startStore({ orders: 50_000, profile: 'bench' });
    const ids = new Set<number>();
    for (const page of [1, 100, 250, 499, 500]) {
      const { body } = await client.get<{ readonly id: number }[]>(
        `orders?orderby=modified&order=asc&per_page=100&page=${page}`,
      );
      expect(body).toHaveLength(100);
      for (const { id } of body) ids.add(id);
    }
    expect(ids.size, 'no order is on two pages').toBe(500);
    await client.store.close();
  });
});
