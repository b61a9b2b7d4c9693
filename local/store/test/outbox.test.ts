import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStore } from './client.ts';
import type { Answer, Client } from './client.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

const HOUR = 3_600_000;

let receiver: Receiver;
let client: Client;
/** some orders of the shop */
let ids: number[];

beforeEach(async () => {
  receiver = await startReceiver();
  client = await startStore({
    orders: 1000,
    products: 0,
    allowHosts: [receiver.host],
    webhookDelayMs: 1,
  });
  await client.store.webhooks.add({
    topic: 'order.updated',
    deliveryUrl: receiver.url,
    name: '',
    secret: 'x',
  });
  ids = newest(3);
});
afterEach(async () => {
  await Promise.all([client.store.close(), receiver.close()]);
});

function backDoor<T = unknown>(
  method: string,
  path: string,
  body: object = {},
): Promise<Answer<T>> {
  const sent = method === 'GET' ? {} : { body: JSON.stringify(body) };
  return client.ask<T>(`/local/${path}`, { method, ...sent });
}

function newest(count: number): number[] {
  return client.store.shop.orders
    .all()
    .map(({ id }) => id)
    .slice(-count);
}

const change = (): Promise<unknown> => backDoor('PATCH', 'orders', { ids });

/** The ids of the records that were delivered, in their order. */
function delivered(): number[] {
  return receiver.got
    .filter(({ raw }) => raw.startsWith('{'))
    .map(({ raw }) => (JSON.parse(raw) as { id: number }).id);
}

it('a delivery that is dropped is lost, and no failure of the webhook', async () => {
  receiver.status = 500;
  await backDoor('POST', 'faults', { kind: 'drop_delivery', on: 'order.updated', times: 2 });
  await change();
  await client.store.webhooks.outbox.run();
  expect(delivered()).toStrictEqual(ids.slice(2));
  expect(client.store.webhooks.all.get(1)?.read().failures).toBe(1);
});

it('a delivery may be sent several times', async () => {
  await backDoor('POST', 'faults', { kind: 'duplicate_delivery', copies: 3 });
  await change();
  await client.store.webhooks.outbox.run();
  expect(delivered()).toStrictEqual([ids[0], ids[0], ...ids]);
});

it('deliveries of other topics are not meant', async () => {
  await backDoor('POST', 'faults', { kind: 'drop_delivery', on: 'product.updated', times: 9 });
  await change();
  await client.store.webhooks.outbox.run();
  expect(delivered()).toStrictEqual(ids);
});

it('nothing is delivered while deliveries are held, and everything once they are released', async () => {
  await backDoor('POST', 'deliveries/hold');
  await change();
  expect((await backDoor('POST', 'deliveries')).body).toMatchObject({
    message: 'Deliveries are held: POST /local/deliveries/release first.',
  });
  await client.store.webhooks.outbox.run();
  const { body } = await backDoor<{ held: boolean; waiting: unknown[] }>('GET', 'deliveries');
  expect([body.held, body.waiting.length]).toStrictEqual([true, 3]);
  expect(delivered()).toStrictEqual([]);
  await backDoor('POST', 'deliveries/release');
  await expect.poll(delivered).toStrictEqual(ids);
});

it('at a pace the next delivery waits, and closing waits for none', async () => {
  const paced = await backDoor<{ held: boolean }>('POST', 'deliveries/pace', { every_ms: HOUR });
  expect(paced.body).toMatchObject({ held: false, waiting: [] });
  await change();
  await expect.poll(delivered).toStrictEqual(ids.slice(0, 1));
  const ended = client.store.webhooks.outbox.run();
  expect(client.store.webhooks.outbox.waiting).toHaveLength(2);
  await client.store.webhooks.outbox.close();
  await ended;
  expect(delivered()).toStrictEqual(ids.slice(0, 1));
});

it('deliveries at a pace of nothing follow each other', async () => {
  await backDoor('POST', 'deliveries/pace', { every_ms: 1 });
  await backDoor('POST', 'deliveries/pace', { every_ms: 0 });
  await change();
  await client.store.webhooks.outbox.run();
  expect(delivered()).toStrictEqual(ids);
});

it('what waits may be delivered backwards, or shuffled the same way each time', async () => {
  const order = async (reorder: object): Promise<number[]> => {
    receiver.got = [];
    await backDoor('POST', 'deliveries/hold');
    await backDoor('PATCH', 'orders', { ids: many });
    await backDoor('POST', 'deliveries/reorder', reorder);
    await backDoor('POST', 'deliveries/release');
    await client.store.webhooks.outbox.run();
    return delivered();
  };
  const many = newest(20);
  expect(await order({})).toStrictEqual(many.toReversed());
  const shuffled = await order({ seed: 7 });
  expect(shuffled).not.toStrictEqual(many);
  expect(shuffled.toSorted((a, b) => a - b)).toStrictEqual(many);
  expect(await order({ seed: 7 })).toStrictEqual(shuffled);
  expect(await order({ seed: 8 })).not.toStrictEqual(shuffled);
});

it('a thousand deliveries arrive, each once, in their order', async () => {
  const all = newest(1000);
  await backDoor('PATCH', 'orders', { ids: all });
  await client.store.webhooks.outbox.run();
  expect(delivered()).toStrictEqual(all);
});
