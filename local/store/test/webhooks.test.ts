import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRecord, ProductRecord } from '../core/records.ts';
import { recordedFile } from '../core/recordings.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';
import { startReceiver } from './receiver.ts';
import type { Received, Receiver } from './receiver.ts';

let receiver: Receiver;
let client: Client;

beforeEach(async () => {
  receiver = await startReceiver();
  client = await startStore({
    orders: 3,
    products: 0,
    allowHosts: [receiver.host],
    webhookDelayMs: 1,
  });
});
afterEach(async () => {
  await Promise.all([client.store.close(), receiver.close()]);
});

function send<T = unknown>(method: string, path: string, body?: object): Promise<Answer<T>> {
  return client.ask<T>(`/wp-json/wc/v3/${path}`, {
    method,
    headers: {
      ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function webhook(topic: string, more: object = {}): Promise<number> {
  const { body } = await send<{ id: number }>('POST', 'webhooks', {
    topic,
    delivery_url: `${receiver.url}/hook`,
    secret: 'top-secret',
    ...more,
  });
  return body.id;
}

/** What was delivered, without pings. */
async function delivered(): Promise<Received[]> {
  await client.store.webhooks.outbox.run();
  return receiver.got.filter(({ headers }) => headers['x-wc-webhook-topic'] !== undefined);
}

function pings(): Received[] {
  return receiver.got.filter(({ raw }) => raw.startsWith('webhook_id='));
}

async function statusOf(id: number): Promise<string> {
  return (await client.get<{ status: string }>(`webhooks/${id}`)).body.status;
}

function backDoor<T = unknown>(
  method: string,
  path: string,
  body: object = {},
): Promise<Answer<T>> {
  return client.ask<T>(`/local/${path}`, { method, body: JSON.stringify(body) });
}

function topicOf({ headers }: Received): string {
  return String(headers['x-wc-webhook-topic']);
}

interface RecordedDelivery {
  headers: Record<string, string>;
  rawBody: string;
}

describe('a new webhook', () => {
  it('pings its address as recorded: a form, unsigned', async () => {
    await webhook('order.created');
    const { headers } = recordedFile('webhooks/deliveries/creation-ping.json') as RecordedDelivery;
    expect(pings()).toHaveLength(1);
    expect(pings()[0]?.raw).toBe('webhook_id=1');
    expect(Object.keys(pings()[0]?.headers ?? {}).sort()).toStrictEqual(
      Object.keys(headers).sort(),
    );
  });

  it.each([
    ['500', 500],
    ['204', 204],
  ])(
    'is made though the ping is answered with %s, which comes again until 200',
    async (_, status) => {
      receiver.status = status;
      const id = await webhook('order.updated', { status: 'paused' });
      expect(await statusOf(id)).toBe('active');
      await send('PUT', 'orders/206', {});
      await delivered();
      expect(pings()).toHaveLength(2);
      receiver.status = 200;
      await send('PUT', 'orders/206', {});
      await delivered();
      await send('PUT', 'orders/206', {});
      await delivered();
      expect(pings()).toHaveLength(3);
    },
  );

  it('never shows its secret', async () => {
    await webhook('order.created');
    const { text } = await client.get('webhooks');
    expect(text).not.toContain('secret');
  });
});

describe('a delivery', () => {
  it('has the recorded headers, and a signature over the raw body', async () => {
    await webhook('order.updated');
    await send('PUT', 'orders/206', { customer_note: 'é/日本' });
    const [hook] = await delivered();
    const recorded = recordedFile('webhooks/deliveries/order.updated.json') as RecordedDelivery;
    expect(Object.keys(hook?.headers ?? {}).sort()).toStrictEqual(
      Object.keys(recorded.headers).sort(),
    );
    const same = ['user-agent', 'content-type', 'connection', 'x-wc-webhook-topic'];
    for (const name of [...same, 'x-wc-webhook-resource', 'x-wc-webhook-event', 'accept']) {
      expect(hook?.headers[name]).toBe(recorded.headers[name]);
    }
    expect(hook?.headers['x-wc-webhook-source']).toBe(`${client.url}/`);
    const signature = createHmac('sha256', 'top-secret')
      .update(hook?.raw ?? '')
      .digest('base64');
    expect(hook?.headers['x-wc-webhook-signature']).toBe(signature);
    expect(hook?.raw).toContain('\\u00e9\\/\\u65e5');
  });

  it('carries the record as its GET gives it when it is sent, not when it was queued', async () => {
    const slow = await startStore({
      orders: 0,
      allowHosts: [receiver.host],
      webhookDelayMs: 60_000,
    });
    await slow.store.webhooks.add({
      topic: 'order.updated',
      deliveryUrl: receiver.url,
      name: '',
      secret: 'x',
    });
    slow.store.edits.updateOrder(206, { customer_note: 'first' });
    slow.store.edits.updateOrder(206, { customer_note: 'second' });
    expect(slow.store.webhooks.outbox.waiting).toHaveLength(1);
    await slow.store.webhooks.outbox.run();
    const [hook] = receiver.got.filter(({ raw }) => raw.startsWith('{'));
    const plain = await slow.get('orders/206');
    expect((JSON.parse(hook?.raw ?? '{}') as OrderRecord).customer_note).toBe('second');
    expect(hook?.raw).toBe(plain.text.replaceAll('https:\\/\\/127', 'http:\\/\\/127'));
    await slow.store.close();
  });

  it('of a record that is gone by then is its error, signed all the same', async () => {
    const id = client.store.shop.orders.all()[0]?.id ?? 0;
    await webhook('order.updated');
    const recorded = recordedFile(
      'webhooks/deliveries/order.updated-but-gone.json',
    ) as RecordedDelivery;
    client.store.edits.updateOrder(id, {});
    client.store.edits.deleteOrder(id);
    expect((await delivered())[0]?.raw).toBe(recorded.rawBody);
  });

  it('repeats its id within a second: it is not good for telling deliveries apart', async () => {
    const at = 1_800_000_000;
    await client.store.close();
    client = await startStore({ orders: 0, allowHosts: [receiver.host], now: () => at });
    await webhook('order.updated');
    await send('PUT', 'orders/206', {});
    await send('PUT', 'orders/224', {});
    const ids = (await delivered()).map(({ headers }) => headers['x-wc-webhook-delivery-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('what fires', () => {
  async function topicsAfter(action: () => Promise<unknown>): Promise<string[]> {
    for (const resource of ['order', 'product', 'customer', 'coupon']) {
      for (const event of ['created', 'updated', 'deleted', 'restored']) {
        await webhook(`${resource}.${event}`);
      }
    }
    await action();
    return (await delivered()).map(
      ({ headers, raw }) =>
        `${String(headers['x-wc-webhook-topic'])} ${String((JSON.parse(raw) as { id?: number }).id)}`,
    );
  }

  it('order POST: created, then updated', async () => {
    const topics = await topicsAfter(() => send('POST', 'orders', {}));
    expect(topics.map((topic) => topic.split(' ')[0])).toStrictEqual([
      'order.created',
      'order.updated',
    ]);
  });

  it('order trashed: deleted with the id alone', async () => {
    expect(await topicsAfter(() => send('DELETE', 'orders/206'))).toStrictEqual([
      'order.deleted 206',
    ]);
  });

  it('order revived by its status: nothing', async () => {
    client.store.edits.trashOrder(206);
    expect(await topicsAfter(() => send('PUT', 'orders/206', { status: 'on-hold' }))).not.toContain(
      'order.updated 206',
    );
  });

  it.each(['orders/206', 'products/10', 'products/144/variations/150'])(
    'DELETE %s?force=true: nothing',
    async (path) => {
      expect(await topicsAfter(() => send('DELETE', `${path}?force=true`))).toStrictEqual([]);
    },
  );

  it('product trashed: product.deleted and coupon.deleted', async () => {
    expect(await topicsAfter(() => send('DELETE', 'products/10'))).toStrictEqual([
      'product.deleted 10',
      'coupon.deleted 10',
    ]);
  });

  it('variation written: product.updated with the id of the variation', async () => {
    const topics = await topicsAfter(() =>
      send('PUT', 'products/144/variations/150', { regular_price: '31' }),
    );
    expect(topics).toStrictEqual(['product.updated 150']);
  });

  it('stock taken by an order: product.updated', async () => {
    const topics = await topicsAfter(() =>
      client.ask('/local/products/10/buy', { method: 'POST', body: '{"quantity":4}' }),
    );
    expect(topics.map((topic) => topic.split(' ')[0])).toStrictEqual([
      'product.updated',
      'order.updated',
      'order.created',
    ]);
  });

  it('stock taken by an order of an older shop: nothing, and no date moves', async () => {
    await client.store.close();
    client = await startStore({ orders: 0, oldStock: true, allowHosts: [receiver.host] });
    const before = (await client.get<ProductRecord>('products/10')).body;
    const topics = await topicsAfter(() => backDoor('POST', 'products/10/buy', { quantity: 4 }));
    expect(topics.map((topic) => topic.split(' ')[0])).toStrictEqual([
      'order.updated',
      'order.created',
    ]);
    const after = (await client.get<ProductRecord>('products/10')).body;
    expect(after.stock_quantity).toBe((before.stock_quantity ?? 0) - 4);
    expect(after.date_modified_gmt).toBe(before.date_modified_gmt);
  });

  it('checkout opened: order.updated of a draft; placed: updated, then created', async () => {
    const open = async (): Promise<number> =>
      (await backDoor<OrderRecord>('POST', 'products/10/checkout', { quantity: 4 })).body.id;
    let id = 0;
    expect(await topicsAfter(async () => (id = await open()))).toStrictEqual([
      `order.updated ${id}`,
    ]);
    expect((await client.get<OrderRecord>(`orders/${id}`)).body.status).toBe('checkout-draft');
    const until = receiver.got.length;
    expect((await backDoor('POST', `orders/${id}/place`)).status).toBe(200);
    expect((await delivered()).slice(-3).map(topicOf)).toStrictEqual([
      'product.updated',
      'order.updated',
      'order.created',
    ]);
    expect(receiver.got).toHaveLength(until + 3);
  });

  it('order restored from the trash: order.restored, with the status that it had', async () => {
    await send('PUT', 'orders/206', { status: 'on-hold' });
    await send('DELETE', 'orders/206');
    const topics = await topicsAfter(() => backDoor('POST', 'orders/206/restore'));
    expect(topics).toStrictEqual(['order.restored 206']);
    expect((await client.get<OrderRecord>('orders/206')).body.status).toBe('on-hold');
  });

  it('product restored from the trash: updated, restored, and coupon.restored with no coupon', async () => {
    await send('DELETE', 'products/10');
    expect(await topicsAfter(() => backDoor('POST', 'products/10/restore'))).toStrictEqual([
      'product.updated 10',
      'product.restored 10',
      'coupon.restored undefined',
    ]);
  });

  it('blog post trashed: product.deleted and coupon.deleted with its id', async () => {
    expect(await topicsAfter(() => backDoor('POST', 'posts/9999/trash'))).toStrictEqual([
      'product.deleted 9999',
      'coupon.deleted 9999',
    ]);
  });

  it('refund deleted: nothing, and the date of its order stays', async () => {
    const refund = client.store.edits.addRefund(224, '1.00');
    await delivered();
    const before = (await client.get<OrderRecord>('orders/224')).body;
    const topics = await topicsAfter(() => backDoor('DELETE', `refunds/${refund.id}`));
    expect(topics).toStrictEqual([]);
    const after = (await client.get<OrderRecord>('orders/224')).body;
    expect(after.date_modified_gmt).toBe(before.date_modified_gmt);
    expect(after.refunds.length).toBe(before.refunds.length - 1);
  });

  it('many orders changed at once: order.updated of each', async () => {
    const topics = await topicsAfter(() =>
      backDoor('PATCH', 'orders', { ids: [206, 224], customer_note: 'x' }),
    );
    expect(topics).toStrictEqual(['order.updated 206', 'order.updated 224']);
    expect((await client.get<OrderRecord>('orders/224')).body.customer_note).toBe('x');
  });

  it('customer deleted: customer.deleted, and no order.updated', async () => {
    const topics = await topicsAfter(() => send('DELETE', 'customers/18?force=true'));
    expect(topics).toStrictEqual(['customer.deleted 18']);
  });

  it('actions carry their first argument', async () => {
    await webhook('action.woocommerce_update_order');
    await send('PUT', 'orders/206', {});
    expect((await delivered())[0]?.raw).toBe('{"action":"woocommerce_update_order","arg":206}');
  });
});

describe('failing deliveries', () => {
  async function fail(times: number): Promise<void> {
    for (let turn = 0; turn < times; turn += 1) {
      await send('PUT', 'orders/206', {});
      await delivered();
    }
  }

  it.each([500, 404, 410, 307, 429])(
    '%i: the seventh in a row disables, none is repeated',
    async (status) => {
      const id = await webhook('order.updated');
      receiver.status = status;
      await fail(6);
      expect(await statusOf(id)).toBe('active');
      await fail(1);
      expect(await statusOf(id)).toBe('disabled');
      await fail(1);
      expect(await delivered()).toHaveLength(7);
    },
  );

  it('made active again it is disabled by the next failure; a success forgets them', async () => {
    const id = await webhook('order.updated');
    receiver.status = 500;
    await fail(7);
    await send('PUT', `webhooks/${id}`, { status: 'active' });
    await fail(1);
    expect(await statusOf(id)).toBe('disabled');
    await send('PUT', `webhooks/${id}`, { status: 'active' });
    receiver.status = 302;
    await fail(1);
    receiver.status = 500;
    await fail(6);
    expect(await statusOf(id)).toBe('active');
    expect(receiver.got.some(({ path }) => path === '/elsewhere')).toBe(false);
  });

  it('while paused, changes are lost', async () => {
    const id = await webhook('order.updated');
    await send('PUT', `webhooks/${id}`, { status: 'paused' });
    await send('PUT', 'orders/206', {});
    await send('PUT', `webhooks/${id}`, { status: 'active' });
    expect(await delivered()).toHaveLength(0);
  });
});

describe('local hosts', () => {
  it('are refused without --allow-host: the webhook is made, its deliveries fail', async () => {
    await client.store.close();
    client = await startStore({ orders: 0, webhookDelayMs: 1 });
    const id = await webhook('order.updated');
    await send('PUT', 'orders/206', {});
    await delivered();
    expect(id).toBe(1);
    expect(receiver.got).toHaveLength(0);
    expect(client.store.webhooks.outbox.log[0]?.outcome).toStrictEqual({
      failure: 'A valid URL was not provided.',
    });
  });
});

describe('the queue', () => {
  it('is shown and run by the back door, and does not keep an answer waiting', async () => {
    await client.store.close();
    client = await startStore({
      orders: 0,
      allowHosts: [receiver.host],
      webhookDelayMs: 3_600_000,
    });
    await webhook('order.updated');
    await send('PUT', 'orders/206', {});
    const before = await client.ask<{ done: unknown[]; waiting: unknown[] }>('/local/deliveries');
    expect(before.body).toStrictEqual({
      done: [],
      waiting: [{ webhook: 1, change: 'order.updated', record: 206 }],
      held: false,
    });
    const after = await client.ask<{ done: { outcome: object }[] }>('/local/deliveries', {
      method: 'POST',
    });
    expect(after.body.done.map(({ outcome }) => outcome)).toStrictEqual([{ status: 200 }]);
  });
});
