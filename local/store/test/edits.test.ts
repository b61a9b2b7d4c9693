import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRecord, ProductRecord, RefundRecord } from '../core/records.ts';
import { createStore } from '../store.ts';
import type { ShopTotals } from '../shop/shop-totals.ts';
import { startStore } from './client.ts';
import type { Answer, Client } from './client.ts';

const NOW = '2026-12-01T10:00:00';

let client: Client;

beforeEach(async () => {
  client = await startStore({ orders: 30, now: () => Date.parse(`${NOW}Z`) / 1000 });
});
afterEach(() => client.store.close());

function change<T = unknown>(method: string, path: string, patch?: object): Promise<Answer<T>> {
  return client.ask(`/local${path}`, {
    method,
    ...(patch === undefined ? {} : { body: JSON.stringify(patch) }),
  });
}

async function order(id: number): Promise<OrderRecord> {
  return (await client.get<OrderRecord>(`orders/${id}`)).body;
}

describe('changing orders', () => {
  it('moves the modified date and merges addresses', async () => {
    const before = await order(224);
    await change('PATCH', '/orders/224', { billing: { city: 'Bonn' }, customer_note: 'x' });
    const after = await order(224);
    expect(after).toStrictEqual({
      ...before,
      billing: { ...before.billing, city: 'Bonn' },
      customer_note: 'x',
      date_modified_gmt: NOW,
      date_modified: '2026-12-01T05:00:00',
    });
    const { body } = await client.get<OrderRecord[]>('orders?orderby=modified&per_page=1');
    expect(body[0]?.id).toBe(224);
  });

  it('leaves or sets the date when told to', async () => {
    const { date_modified_gmt } = await order(224);
    await change('PATCH', '/orders/224?touch=false', { customer_note: 'y' });
    expect((await order(224)).date_modified_gmt).toBe(date_modified_gmt);
    await change('PATCH', '/orders/224?modified=2026-03-20T12:00:00', {});
    expect((await order(224)).date_modified_gmt).toBe('2026-03-20T12:00:00');
  });

  it('completing stamps the completion once', async () => {
    expect((await order(206)).date_completed_gmt).toBeNull();
    await change('PATCH', '/orders/206', { status: 'completed' });
    expect((await order(206)).date_completed_gmt).toBe(NOW);
  });

  it('removing a line brings the totals along', async () => {
    const before = await order(224);
    const line = before.line_items[0];
    await change('DELETE', `/orders/224/lines/${line?.id ?? 0}`);
    const after = await order(224);
    expect(after.line_items).toStrictEqual(before.line_items.slice(1));
    expect(Number(after.total)).toBeCloseTo(Number(before.total) - 27 - 5.13, 2);
    expect(after.tax_lines[0]?.tax_total).toBe(after.cart_tax);
    expect(after.date_modified_gmt).toBe(NOW);
  });

  it('trash stays readable by id; a forced delete leaves nothing', async () => {
    await change('DELETE', '/orders/224');
    expect((await order(224)).status).toBe('trash');
    expect((await client.get<unknown[]>('orders?include=224')).body).toStrictEqual([]);
    expect((await client.get<unknown[]>('orders?include=224&status=trash')).body).toHaveLength(1);
    await change('DELETE', '/orders/224?force=true');
    expect((await client.get('orders/224')).status).toBe(404);
    expect((await client.get<unknown[]>('orders/224/refunds')).body).toStrictEqual([]);
  });

  it('copies an order under new ids', async () => {
    const { body } = await change<OrderRecord>('POST', '/orders/224/copy', { status: 'pending' });
    const copy = await order(body.id);
    expect(copy.status).toBe('pending');
    expect(copy.number).toBe(String(body.id));
    expect(copy._links['self']?.[0]?.href).toMatch(new RegExp(`/orders/${body.id}$`));
    expect(copy.line_items.map(({ id }) => id)).not.toContain(105);
    expect(copy.date_created_gmt).toBe(NOW);
  });

  it('refunds show in both places; deleting one does not move the order', async () => {
    const made = await change<RefundRecord>('POST', '/orders/206/refunds', { amount: '7.00' });
    expect((await order(206)).refunds).toStrictEqual([
      { id: made.body.id, reason: '', total: '-7.00' },
    ]);
    expect((await order(206)).date_modified_gmt).toBe(NOW);
    await change('PATCH', '/orders/206?modified=2026-11-30T00:00:00', {});
    await change('DELETE', `/refunds/${made.body.id}`);
    expect((await order(206)).refunds).toStrictEqual([]);
    expect((await order(206)).date_modified_gmt).toBe('2026-11-30T00:00:00');
    const all = await client.get<RefundRecord[]>('refunds?per_page=100');
    expect(all.body.map(({ id }) => id)).not.toContain(made.body.id);
  });

  it('refunding everything sets the status', async () => {
    const { total } = await order(206);
    await change('POST', '/orders/206/refunds', { amount: total });
    expect((await order(206)).status).toBe('refunded');
  });
});

describe('changing products and customers', () => {
  it('a variation moves its parent', async () => {
    await change('PATCH', '/variations/135', { manage_stock: true, stock_quantity: 3 });
    const { body } = await client.get<ProductRecord>('products/129');
    expect(body.date_modified_gmt).toBe(NOW);
    const variation = await client.get<ProductRecord>('products/129/variations/135');
    expect(variation.body.stock_quantity).toBe(3);
  });

  it('orders forget a force-deleted product without moving', async () => {
    const before = await order(224);
    await change('DELETE', '/products/167?force=true');
    const after = await order(224);
    expect(after.line_items[0]).toMatchObject({ product_id: 0, variation_id: 0, sku: null });
    expect(after.line_items[0]?.name).toBe(before.line_items[0]?.name);
    expect(after.date_modified_gmt).toBe(before.date_modified_gmt);
    expect((await client.get('products/167')).status).toBe(404);
    expect((await client.get<unknown[]>('variations?include=172')).body).toStrictEqual([]);
  });

  it('a trashed product leaves the list and stays readable', async () => {
    await change('DELETE', '/products/15');
    expect((await client.get<unknown[]>('products?include=15')).body).toStrictEqual([]);
    const { body } = await client.get<ProductRecord>('products/15');
    expect([body.status, body.slug.endsWith('__trashed')]).toStrictEqual(['trash', true]);
  });

  it('a trashed product takes its variations along, and is restored with them', async () => {
    const { body: before } = await client.get<ProductRecord>('products/167');
    const trash = `variations?status=trash&parent=167&per_page=100`;
    const idsIn = async (path: string) =>
      (await client.get<{ id: number }[]>(path)).body.map(({ id }) => id).sort();
    expect(before.variations.length).toBeGreaterThan(0);
    await change('DELETE', '/products/167');
    expect((await client.get<ProductRecord>('products/167')).body.variations).toStrictEqual([]);
    expect(await idsIn(trash)).toStrictEqual([...before.variations].sort());
    expect(await idsIn('variations?parent=167')).toStrictEqual([]);
    client.store.edits.restoreProduct(167);
    expect(await idsIn(trash)).toStrictEqual([]);
    const { body: after } = await client.get<ProductRecord>('products/167');
    expect(after).toMatchObject({ status: 'publish', variations: before.variations });
  });

  it("a deleted customer's orders become guest orders and move", async () => {
    await change('DELETE', '/customers/127');
    expect(await order(224)).toMatchObject({ customer_id: 0, date_modified_gmt: NOW });
    expect((await client.get('customers/127')).status).toBe(404);
  });
});

describe('the control path', () => {
  it('sums what the shop holds', async () => {
    const { body } = await change<ShopTotals>('GET', '/totals');
    expect(body.orders.count).toBe(client.store.shop.orders.size);
    let seen = 0;
    for (const { count } of Object.values(body.orders.money).flatMap((byStatus) =>
      Object.values(byStatus),
    )) {
      seen += count;
    }
    expect(seen).toBe(body.orders.count);
    const { body: completed } = await client.get<OrderRecord[]>(
      'orders?status=completed&per_page=100',
    );
    const usd = completed.filter(({ currency }) => currency === 'USD');
    expect(Number(body.orders.money['USD']?.['completed']?.total)).toBeCloseTo(
      usd.reduce((sum, { total }) => sum + Number(total), 0),
      2,
    );
    expect(body.orders.money['USD']?.['completed']?.count).toBe(usd.length);
  });

  it('counts requests by route', async () => {
    await client.get('orders/206');
    await client.get('orders/224');
    await client.get('orders?per_page=0');
    const { body } = await change<{ total: number; byRoute: object }>('GET', '/requests');
    expect(body).toStrictEqual({
      total: 3,
      writes: 0,
      media: { uploaded: 0, fetched: 0 },
      byRoute: {
        'GET /wp-json/wc/v3/orders 400': 1,
        'GET /wp-json/wc/v3/orders/{id} 200': 2,
      },
    });
    await change('DELETE', '/requests');
    expect((await change<{ total: number }>('GET', '/requests')).body.total).toBe(0);
  });

  it.each([
    ['PATCH', '/orders/1', {}, /no record 1 in orders/],
    ['PATCH', '/orders/206', { nope: 1 }, /no field "nope"/],
    ['PATCH', '/orders/206?modified=soon', {}, /"soon" is no date/],
    ['POST', '/orders/206/refunds', { amount: '999999' }, /at most 1767\.03 is left/],
    ['DELETE', '/orders/206/lines/5555', undefined, /no line 5555/],
  ])('refuses %s %s with a sentence', async (method, path, patch, sentence) => {
    const { status, body } = await change<{ message: string }>(method, path, patch);
    expect(status).toBe(400);
    expect(body.message).toMatch(sentence);
  });

  it('knows no other path', async () => {
    expect((await change('GET', '/elsewhere')).status).toBe(404);
  });
});

describe('starting', () => {
  it('says which port is taken', async () => {
    const port = Number(new URL(client.url).port);
    await expect(createStore({ orders: 0 }).listen(port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken`,
    );
  });

  it('makes a key pair in the form of WooCommerce', () => {
    const { consumerKey, consumerSecret } = createStore({ orders: 0 });
    expect(consumerKey).toMatch(/^ck_[0-9a-f]{40}$/);
    expect(consumerSecret).toMatch(/^cs_[0-9a-f]{40}$/);
  });
});
