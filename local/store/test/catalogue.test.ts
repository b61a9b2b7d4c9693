import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStore } from './client.ts';
import type { Answer, Client } from './client.ts';

let client: Client;

beforeAll(async () => {
  client = await startStore({ orders: 40, products: 0, webhookDelayMs: 3_600_000 });
});
afterAll(() => client.store.close());

function control<T = { id: number }>(
  method: string,
  path: string,
  body?: object,
): Promise<Answer<T>> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  return client.ask<T>(`/local/${path}`, { method, ...text });
}

async function ids(path: string): Promise<unknown[]> {
  const { body } = await client.get<{ id: number }[]>(path);
  return body.map(({ id }) => id);
}

describe('lists that change', () => {
  it('shows coupons by when they changed, and what becomes of them', async () => {
    const { body: made } = await control('POST', 'coupons', { code: 'SUMMER', amount: '5.00' });
    await control('PATCH', `coupons/${made.id}?modified=2030-01-01T00:00:00`, { amount: '6.00' });
    const changed = 'coupons?dates_are_gmt=true&modified_after=2029-12-31T23:59:59';
    const { body } = await client.get<object[]>(`${changed}&_fields=id,code,amount`);
    expect(body).toStrictEqual([{ id: made.id, code: 'summer', amount: '6.00' }]);
    await control('DELETE', `coupons/${made.id}`);
    expect(await ids(changed)).not.toContain(made.id);
    const trashed = await client.get<{ status: string }>(`coupons/${made.id}`);
    expect([trashed.status, trashed.body.status]).toStrictEqual([200, 'trash']);
    await control('POST', `coupons/${made.id}/restore`);
    expect(await ids('coupons?code=summer')).toStrictEqual([made.id]);
    await control('DELETE', `coupons/${made.id}?force=true`);
    expect((await client.get(`coupons/${made.id}`)).status).toBe(404);
  });

  it('pages categories by id, and shows a new one', async () => {
    const { body: made } = await control('POST', 'categories', { name: 'Winter & wool' });
    const pages = await Promise.all(
      [1, 2, 3, 4, 5].map((page) =>
        ids(`products/categories?orderby=id&order=asc&per_page=2&page=${page}&_fields=id`),
      ),
    );
    expect(pages).toStrictEqual([[15, 24], [25, 26], [27, 28], [made.id], []]);
    const one = await client.get<{ slug: string }>(`products/categories/${made.id}`);
    expect(one.body.slug).toBe('winter-wool');
    await control('DELETE', `categories/${made.id}`);
    expect((await client.get(`products/categories/${made.id}`)).status).toBe(404);
  });

  it('shows the tags that products have', async () => {
    await control('PATCH', 'products/10', { tags: [{ id: 900, name: 'Soft', slug: 'soft' }] });
    const { body } = await client.get('products/tags?_fields=id,name,slug,count');
    expect(body).toStrictEqual([{ id: 900, name: 'Soft', slug: 'soft', count: 1 }]);
  });

  it('shows reviews that were approved, others by their status, and changes none by date', async () => {
    expect(await ids('products/reviews')).toStrictEqual([42, 41]);
    expect(await ids('products/reviews?status=hold')).toStrictEqual([43]);
    const ignored = 'products/reviews?status=all&modified_after=2030-01-01T00:00:00';
    expect(await ids(ignored)).toStrictEqual([43, 42, 41]);
    await control('PATCH', 'reviews/43', { status: 'approved' });
    await control('DELETE', 'reviews/41');
    expect(await ids('products/reviews')).toStrictEqual([43, 42]);
  });

  it('shows the classes of taxes', async () => {
    const { body } = await client.get('taxes/classes?_fields=slug');
    expect(body).toStrictEqual([
      { slug: 'standard' },
      { slug: 'reduced-rate' },
      { slug: 'zero-rate' },
    ]);
  });

  it.each([
    ['POST', 'coupons', {}, 'Give a code'],
    ['PATCH', 'coupons/1', {}, 'There is no coupon 1'],
    ['POST', 'coupons/1/restore', undefined, 'There is no coupon 1'],
    ['POST', 'categories', {}, 'Give a name'],
    ['PATCH', 'categories/24', { colour: 'red' }, 'has no field "colour"'],
    ['DELETE', 'reviews/9', undefined, 'There is no review 9'],
  ])('refuses %s %s with a sentence', async (method, path, body, sentence) => {
    const answer = await control<{ message: string }>(method, path, body);
    expect([answer.status, answer.body.message]).toStrictEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });
});

describe('meta of made-up orders', () => {
  it('tells where orders came from, and keeps values as text as plugins do', () => {
    const made = client.store.shop.orders.all().filter(({ id }) => id >= 100_000);
    const rows = made.flatMap((entry) => entry.read().meta_data);
    const values = (key: string): unknown[] =>
      rows.filter((row) => row.key === key).map(({ value }) => value);
    expect(new Set(values('_wc_order_attribution_source_type'))).toStrictEqual(
      new Set(['organic', 'utm', 'typein', 'admin']),
    );
    expect(values('_wc_order_attribution_utm_campaign')).toContain('Winter wool & more');
    expect(values('gift_wrap')[0]).toBe('a:2:{s:5:"paper";s:3:"red";s:4:"note";s:9:"Für Zoë";}');
    expect(JSON.parse(String(values('parcel_json')[0]))).toMatchObject({ carrier: 'DHL' });
  });
});
