import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OrderRecord } from '../core/records.ts';
import { startStore } from './client.ts';
import type { Client } from './client.ts';

let client: Client;

beforeEach(async () => {
  client = await startStore({ orders: 10 });
});
afterEach(() => client.store.close());

const control = (path: string, body: object = {}) =>
  client.ask<{ id: number }>(`/local${path}`, { method: 'POST', body: JSON.stringify(body) });
/** Of a product without stock of its own. */
const bought = async () => (await order((await control('/products/10/buy')).body.id)).body;
const order = async (id: number) => client.get<OrderRecord>(`orders/${id}`);

it('comes back as it was, and gives ids a second time, with other order keys', async () => {
  const before = (await order(224)).body;
  await control('/backup');
  await client.ask('/local/orders/224', {
    method: 'PATCH',
    body: JSON.stringify({ customer_note: 'later' }),
  });
  const first = await bought();
  await control('/restore');
  expect((await order(224)).body).toStrictEqual(before);
  expect((await order(first.id)).status).toBe(404);
  const second = await bought();
  expect(second.id).toBe(first.id);
  expect(second.order_key).not.toBe(first.order_key);
});

it('has a key of its own for an order that is like another one', () => {
  const like = client.store.edits.addOrder(224);
  const again = client.store.edits.addOrder(like.id);
  expect(again.order_key).not.toBe(like.order_key);
  expect(again.payment_url).toBe(
    like.payment_url
      .replace(String(like.id), String(again.id))
      .replace(like.order_key, again.order_key),
  );
  expect(again.payment_url).toContain(again.order_key);
});

it('says that there is none', async () => {
  expect(await control('/restore')).toMatchObject({
    status: 400,
    body: { message: 'There is no backup: take one with POST /local/backup first.' },
  });
});
