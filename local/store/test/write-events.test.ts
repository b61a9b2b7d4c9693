import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductRecord } from '../core/records.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';
import { startImageServer } from './image-server.ts';
import type { ImageServer } from './image-server.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

let receiver: Receiver;
let imageServer: ImageServer;
let client: Client;

const events = ['created', 'updated', 'deleted', 'restored'];
const all = ['order', 'product', 'customer', 'coupon'].flatMap((resource) =>
  events.map((event) => `${resource}.${event}`),
);
/** A time long after the recorded dates. */
const NOW = Date.parse('2027-01-02T03:04:05Z') / 1000;

beforeEach(async () => {
  [receiver, imageServer] = await Promise.all([startReceiver(), startImageServer()]);
  client = await startStore({
    orders: 0,
    products: 0,
    timeZone: 'UTC',
    allowHosts: [receiver.host, imageServer.host],
    webhookDelayMs: 3_600_000,
    now: () => NOW,
  });
  for (const topic of all) {
    await send('POST', 'webhooks', { topic, delivery_url: receiver.url, secret: 's' });
  }
});
afterEach(async () => {
  await Promise.all([client.store.close(), receiver.close(), imageServer.close()]);
});

function send<T = { id: number }>(
  method: string,
  path: string,
  body: object = {},
): Promise<Answer<T>> {
  return client.ask<T>(`/wp-json/wc/v3/${path}`, {
    method,
    headers: {
      ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

/** What was heard since the last time; ids that the store gave are `new`. */
async function heard(): Promise<string[]> {
  receiver.got = [];
  await client.store.webhooks.outbox.run();
  return receiver.got.map(({ headers, raw }) => {
    const { id } = JSON.parse(raw) as { id: number };
    return `${String(headers['x-wc-webhook-topic'])} ${id > 100_000 ? 'new' : id}`;
  });
}

async function modified(path: string): Promise<string> {
  return (await client.get<ProductRecord>(path)).body.date_modified;
}

const moved = '2027-01-02T03:04:05';

describe('a write of one record is heard of, whatever is in it', () => {
  it.each([
    ['products/12', { images: [{ id: 13 }] }],
    ['products/12', { meta_data: [{ key: '_hash', value: 'x' }] }],
    ['products/12', { inventory_delta: -1 }],
    ['products/12', { stock_quantity: 7 }],
    ['products/12', {}],
  ])('PUT %s %j', async (path, body) => {
    await send('PUT', path, body);
    expect(await heard()).toStrictEqual(['product.updated 12']);
    expect(await modified(path)).toBe(moved);
  });

  it('PUT with an image that is fetched: once, of the product', async () => {
    await send('PUT', 'products/12', { images: [{ src: `${imageServer.url}/a.png` }] });
    expect(await heard()).toStrictEqual(['product.updated 12']);
  });

  it('a product is made: created alone', async () => {
    await send('POST', 'products', { name: 'New' });
    expect(await heard()).toStrictEqual(['product.created new']);
  });

  it('an order: meta alone is an update', async () => {
    await send('PUT', 'orders/206', { meta_data: [{ key: 'k', value: 'v' }] });
    expect(await heard()).toStrictEqual(['order.updated 206']);
  });

  it('a customer is made and changed: created and updated, then updated', async () => {
    const { body } = await send('POST', 'customers', { email: 'new@store.example' });
    expect((await heard()).map((topic) => topic.split(' ')[0])).toStrictEqual([
      'customer.created',
      'customer.updated',
    ]);
    await send('PUT', `customers/${body.id}`);
    expect(await heard()).toStrictEqual([`customer.updated ${body.id}`]);
  });

  it('a refund of money: its order', async () => {
    const line_items = [{ product_id: 12, quantity: 2 }];
    const { body } = await send<{ id: number; line_items: { id: number }[] }>('POST', 'orders', {
      status: 'processing',
      line_items,
    });
    await heard();
    await send('POST', `orders/${body.id}/refunds`, { amount: '1.00', api_refund: false });
    expect(await heard()).toStrictEqual(['order.updated new']);
  });
});

describe('a variation is heard of by its own id, and its parent moves in silence', () => {
  const parent = 'products/144';
  it.each([
    [{ regular_price: '31' }],
    [{ image: { id: 13 } }],
    [{ meta_data: [{ key: 'k', value: 'v' }] }],
    [{ stock_quantity: 3, manage_stock: true }],
  ])('PUT %j', async (body) => {
    await send('PUT', `${parent}/variations/150`, body);
    expect(await heard()).toStrictEqual(['product.updated 150']);
    expect([await modified(parent), await modified(`${parent}/variations/150`)]).toStrictEqual([
      moved,
      moved,
    ]);
  });

  it('made, in a batch and alone', async () => {
    await send('POST', `${parent}/variations`, { regular_price: '1' });
    expect(await heard()).toStrictEqual(['product.created new']);
    await send('POST', `${parent}/variations/batch`, {
      create: [{ regular_price: '2' }],
      update: [{ id: 150, regular_price: '3' }],
      delete: [149],
    });
    expect(await heard()).toStrictEqual(['product.created new', 'product.updated 150']);
  });
});

describe('every item of a batch is heard of like a write of its own', () => {
  it('products: made, changed; nothing of those that fail or are deleted for good', async () => {
    await send('POST', 'products/batch', {
      create: [{ name: 'A' }, { sku: 'LAB-0002' }],
      update: [
        { id: 12, images: [{ id: 13 }] },
        { id: 15, images: [{ src: `${imageServer.url}/missing.png` }] },
        { id: 19, meta_data: [{ key: 'k', value: 'v' }] },
      ],
      delete: [10],
    });
    expect(await heard()).toStrictEqual([
      'product.created new',
      'product.updated 12',
      'product.updated 19',
    ]);
    expect([await modified('products/12'), await modified('products/15')]).toStrictEqual([
      moved,
      expect.not.stringMatching(moved),
    ]);
  });

  it('customers and orders', async () => {
    const { body } = await send('POST', 'customers', { email: 'b@store.example' });
    await heard();
    await send('POST', 'customers/batch', {
      update: [{ id: body.id, first_name: 'B' }],
    });
    await send('POST', 'orders/batch', { update: [{ id: 206, customer_note: 'x' }], create: [{}] });
    expect(await heard()).toStrictEqual([
      `customer.updated ${body.id}`,
      'order.created new',
      'order.updated new',
      'order.updated 206',
    ]);
  });

  it('the same product twice: one delivery, of the last state', async () => {
    const update = [
      { id: 12, name: 'first' },
      { id: 12, name: 'second' },
    ];
    await send('POST', 'products/batch', { update });
    expect(await heard()).toStrictEqual(['product.updated 12']);
    expect((JSON.parse(receiver.got.at(-1)?.raw ?? '{}') as ProductRecord).name).toBe('second');
  });
});
