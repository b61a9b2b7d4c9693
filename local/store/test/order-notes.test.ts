import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Client } from './client.ts';

let client: Client;
let order: number;

beforeAll(async () => {
  client = await startStore({ orders: 3, products: 0 });
  order = client.store.shop.orders.all().at(-1)?.id ?? 0;
});
afterAll(() => client.store.close());

function post<T>(path: string, body: object) {
  return client.ask<T>(`/wp-json/wc/v3/${path}`, {
    method: 'POST',
    headers: {
      ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

describe('notes of an order', () => {
  it('are added and listed, newest first, and move no date of it', async () => {
    const before = client.store.shop.orders.get(order)?.read().date_modified_gmt;
    const first = await post<{ id: number }>(`orders/${order}/notes`, { note: 'Called' });
    expect(first).toMatchObject({ status: 201, body: { note: 'Called', customer_note: false } });
    await post(`orders/${order}/notes`, { note: 'On its way', customer_note: true });
    const notes = (query = '') => client.get<unknown[]>(`orders/${order}/notes${query}`);
    expect((await notes()).body).toMatchObject([{ note: 'On its way' }, { note: 'Called' }]);
    expect((await notes('?type=customer')).body).toMatchObject([{ customer_note: true }]);
    expect((await notes('?type=internal')).body).toMatchObject([{ customer_note: false }]);
    expect(client.store.shop.orders.get(order)?.read().date_modified_gmt).toBe(before);
  });

  it('are refused without a text, and of no order', async () => {
    expect(await post(`orders/${order}/notes`, {})).toMatchObject({
      status: 400,
      body: { code: 'rest_missing_callback_param' },
    });
    const none = { status: 404, body: { code: 'woocommerce_rest_order_invalid_id' } };
    expect(await client.get('orders/9/notes')).toMatchObject(none);
    expect(await post('orders/9/notes', { note: 'x' })).toMatchObject(none);
  });
});
