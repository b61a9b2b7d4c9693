import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Server } from '../../../src/http/server.ts';
import { mappingTo } from '../../support/rows.ts';
import {
  counts,
  EngineStandIn,
  headersOf,
  secrets,
  serveWebhooks,
  sign,
} from '../support/server.ts';

let engine: EngineStandIn;
let server: Server;

beforeEach(async () => {
  engine = new EngineStandIn();
  server = await serveWebhooks(engine);
});
afterEach(() => server.close());

function send(
  body: string | Buffer,
  headers: Record<string, string>,
  store = 'main',
): Promise<Response> {
  const url = `${server.url}/woo/webhooks/${store}`;
  return fetch(url, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
}

const deliver = (topic: string, body: string, store?: string): Promise<Response> =>
  send(body, headersOf(topic, body), store);

/** A delivery that a real shop made, signed by it again, with our secret. */
function recorded(name: string): { headers: Record<string, string>; body: string } {
  const file = `../../../../local/store/recordings/webhooks/deliveries/${name}.json`;
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const { headers, rawBody } = JSON.parse(text) as {
    headers: Record<string, string>;
    rawBody: string;
  };
  const { 'x-wc-webhook-topic': topic, 'content-type': type = '' } = headers;
  return topic === undefined
    ? { headers: { 'content-type': type }, body: rawBody }
    : { headers: headersOf(topic, rawBody), body: rawBody };
}

describe('a webhook', () => {
  it.each([
    ['order.created', 'order'],
    ['order.updated', 'order'],
    ['order.restored', 'order'],
    ['order.deleted', 'order'],
    ['product.updated-by-stock-reduction', 'product'],
    ['product.updated-variation', 'product'],
    ['product.deleted', 'product'],
    ['product.deleted-for-a-blog-post', 'product'],
  ])('as a shop sends it is a change event: %s', async (name, resource) => {
    const { headers, body } = recorded(name);
    const { id } = JSON.parse(body) as { id: number };
    expect((await send(body, headers)).status).toBe(200);
    expect(engine.stored).toEqual([{ resource, key: `main:${id}` }]);
    expect(engine.heard).toEqual(['main']);
  });

  it('is answered once its change event is durable, and not before', async () => {
    const disk = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    engine.disk = () => {
      asked.resolve(undefined);
      return disk.promise;
    };
    let answered = false;
    const response = deliver('order.updated', '{"id":7}').then((found) => {
      answered = true;
      return found;
    });
    await asked.promise;
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(answered).toBe(false);
    disk.resolve(undefined);
    expect((await response).status).toBe(200);
    expect(engine.stored).toEqual([{ resource: 'order', key: 'main:7' }]);
  });

  it('that cannot be stored is refused, so that the shop counts it', async () => {
    engine.disk = () => Promise.reject(new Error('disk full'));
    expect((await deliver('order.updated', '{"id":7}')).status).toBe(503);
    engine.disk = () => Promise.resolve();
    expect((await deliver('order.updated', '{"id":7}')).status).toBe(200);
    expect(await counts(server)).toEqual({ 'main order not_stored': 1, 'main order stored': 1 });
  });

  it('that is not stored within 20 s is refused', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const asked = Promise.withResolvers<undefined>();
      engine.disk = () => {
        asked.resolve(undefined);
        return new Promise(() => undefined);
      };
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const call = post(headersOf('order.updated', '{"id":7}'));
        call.on('response', resolve).on('error', reject).end('{"id":7}');
        void asked.promise.then(() => setImmediate(() => vi.advanceTimersByTime(20_000)));
      });
      expect(response.statusCode).toBe(503);
      response.resume();
    } finally {
      vi.useRealTimers();
    }
  });

  it('signed with the secret before the last change is accepted', async () => {
    const { old } = secrets.webhook('main');
    if (old === null) throw new Error('there is no old secret');
    const headers = headersOf('order.updated', '{"id":7}', sign('{"id":7}', old));
    expect((await send('{"id":7}', headers)).status).toBe(200);
    expect(engine.stored).toHaveLength(1);
  });

  it('of a large order fits', async () => {
    const body = JSON.stringify({ id: 7, line_items: 'x'.repeat(7_900_000) });
    expect((await deliver('order.updated', body)).status).toBe(200);
    expect(engine.stored).toEqual([{ resource: 'order', key: 'main:7' }]);
  });

  it.each([
    ['a topic of nothing that is synced', 'product_tag.updated', '{"id":7}', 'other unknown_topic'],
    ['a resource that is not mapped', 'coupon.updated', '{"id":7}', 'content not_wanted'],
    ['an action', 'action.woocommerce_x', '{"action":"x"}', 'other unknown_topic'],
    ['a resource that is not in real time', 'customer.updated', '{"id":7}', 'customer not_wanted'],
    ['a body without id', 'order.updated', '{"code":"x","data":{}}', 'order no_record'],
    ['a body that is no JSON', 'order.updated', '<html>', 'order no_record'],
    ['an empty body', 'order.updated', '', 'order no_record'],
    ['an id of 0', 'order.updated', '{"id":0}', 'order no_record'],
  ])('is ignored with 200 for %s', async (_what, topic, body, counted) => {
    expect((await deliver(topic, body)).status).toBe(200);
    expect(engine.stored).toEqual([]);
    expect(await counts(server)).toEqual({ [`main ${counted}`]: 1 });
  });

  it('of a copy of the shop is gone for it, and no event of the store', async () => {
    engine.copies.add('https://shop.example/');
    expect((await deliver('order.updated', '{"id":7}')).status).toBe(410);
    expect([engine.stored, engine.heard]).toEqual([[], []]);
    expect(await counts(server)).toEqual({ 'main order other_shop': 1 });
    const body = '{"id":7}';
    const forged = await send(body, headersOf('order.updated', body, sign('another body')));
    expect(forged.status).toBe(401);
  });

  it('that only says what the sidecar has written is confirmed, and no work', async () => {
    engine.byStore['main'] = [mappingTo('Product2', { resource: 'product' })];
    engine.echoes.add('main:7');
    expect((await deliver('product.updated', '{"id":7}')).status).toBe(200);
    expect(engine.stored).toEqual([]);
    expect(engine.heard).toEqual(['main']);
    expect(await counts(server)).toEqual({ 'main product echo': 1 });
    expect((await deliver('product.deleted', '{"id":7}')).status).toBe(200);
    expect(engine.stored).toEqual([{ resource: 'product', key: 'main:7' }]);
  });

  it('of a record that was gone when it was sent is ignored with 200', async () => {
    const { headers, body } = recorded('order.updated-but-gone');
    expect((await send(body, headers)).status).toBe(200);
    expect(await counts(server)).toEqual({ 'main order no_record': 1 });
  });

  it('for a store that is not there is 404, and signed by another store 401', async () => {
    engine.byStore['other'] = engine.byStore['main'] ?? [];
    expect((await deliver('order.updated', '{"id":7}', 'nowhere')).status).toBe(404);
    expect((await deliver('order.updated', '{"id":7}', 'other')).status).toBe(401);
    expect(engine.stored).toEqual([]);
    expect(await counts(server)).toEqual({
      'unknown order unknown_store': 1,
      'other order bad_signature': 1,
    });
  });

  it('comes under the path of the public address', async () => {
    await server.close();
    server = await serveWebhooks(engine, 'https://example.com/apps/sync');
    const headers = headersOf('order.updated', '{"id":7}');
    expect((await send('{"id":7}', headers)).status).toBe(404);
    const url = `${server.url}/apps/sync/woo/webhooks/main`;
    expect((await fetch(url, { method: 'POST', body: '{"id":7}', headers })).status).toBe(200);
  });

  it('is kept while the org has not told yet which are wanted, where its signature is right', async () => {
    engine.isKnown = false;
    await deliver('order.updated', '{"id":7}');
    await deliver('customer.updated', '{"id":8}');
    const forged = headersOf('order.updated', '{"id":9}', sign('{"id":10}'));
    expect((await send('{"id":9}', forged)).status).toBe(401);
    expect(engine.stored.map(({ key }) => key)).toEqual(['main:7', 'main:8']);
  });

  it('heeds the mappings as they are now', async () => {
    engine.byStore['main'] = [mappingTo('Contact', { resource: 'customer' })];
    await deliver('order.updated', '{"id":7}');
    await deliver('customer.updated', '{"id":8}');
    expect(engine.stored).toEqual([{ resource: 'customer', key: 'main:8' }]);
  });
});

function post(headers: Record<string, string>): ClientRequest {
  return request(`${server.url}/woo/webhooks/main`, { method: 'POST', headers, agent: false });
}

describe('fault 13: a signature', () => {
  const body = '{"id":7}';
  const good = sign(body);
  it.each([
    ['missing', null],
    ['empty', ''],
    ['of another secret', sign(body, secrets.webhook('other').current)],
    ['of another body', sign('{"id":8}')],
    ['truncated', good.slice(0, -4)],
    ['without its padding', good.slice(0, -1)],
    ['longer', `${good}AAAA`],
    ['in hexadecimal', Buffer.from(good, 'base64').toString('hex')],
    ['given twice', `${good}, ${good}`],
  ])('%s is 401, and nothing is stored', async (_what, signature) => {
    const headers = headersOf('order.updated', body, signature ?? '');
    if (signature === null) delete headers['x-wc-webhook-signature'];
    expect((await send(body, headers)).status).toBe(401);
    expect(engine.stored).toEqual([]);
    expect(engine.heard).toEqual([]);
    expect(await counts(server)).toEqual({ 'main order bad_signature': 1 });
  });

  it('covers the bytes, not what they mean', async () => {
    const headers = headersOf('order.updated', '{"id":7,"url":"https:\\/\\/shop"}');
    expect((await send('{"id":7,"url":"https://shop"}', headers)).status).toBe(401);
  });

  it('of a body that stops halfway is counted, and the next webhook goes on', async () => {
    const call = post({ ...headersOf('order.updated', body), 'content-length': '100' });
    call.on('error', () => undefined);
    await new Promise((written) => call.write('{"id":7', written));
    call.destroy();
    await vi.waitFor(
      async () => {
        expect(await counts(server)).toEqual({ 'main order cut_off': 1 });
      },
      { timeout: 600_000 },
    );
    expect((await deliver('order.updated', body)).status).toBe(200);
    expect(engine.stored).toHaveLength(1);
  });
});

describe('fault 14: the ping of a new webhook', () => {
  it('is answered exactly 200, and nothing else happens', async () => {
    const { headers, body } = recorded('creation-ping');
    expect((await send(body, headers)).status).toBe(200);
    expect(engine.stored).toEqual([]);
    expect(engine.heard).toEqual([]);
    expect(await counts(server)).toEqual({ 'main other ping': 1 });
  });

  it.each(['x-wc-webhook-topic', 'x-wc-webhook-signature'])('has no %s', async (name) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { ...type, [name]: 'order.updated' };
    expect((await send('webhook_id=1', headers)).status).toBe(401);
  });

  it.each(['webhook_id=', 'webhook_id=1&x=2', `webhook_id=${'1'.repeat(100)}`, 'x', ''])(
    'is not any form: %s',
    async (body) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await send(body, headers)).status).toBe(401);
    },
  );
});

it('fault 15: two different events with the same delivery id are both change events', async () => {
  const first = headersOf('order.updated', '{"id":7}');
  const second = headersOf('order.updated', '{"id":8}');
  expect(first['x-wc-webhook-delivery-id']).toBe(second['x-wc-webhook-delivery-id']);
  await Promise.all([send('{"id":7}', first), send('{"id":8}', second)]);
  expect(engine.stored.map(({ key }) => key).sort()).toEqual(['main:7', 'main:8']);
});

it('fault 16: the same event 9 times is the same change event each time, and each is answered 200', async () => {
  const all = Array.from({ length: 9 }, () => deliver('order.updated', '{"id":7}'));
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  expect(statuses).toEqual(Array<number>(9).fill(200));
  expect(new Set(engine.stored.map(({ key }) => key))).toEqual(new Set(['main:7']));
});

describe('a body that is too large', () => {
  it('by its own word is refused before it is sent', async () => {
    const call = post({ ...headersOf('order.updated', ''), 'content-length': '9000000' });
    call.on('error', () => undefined);
    const response = await new Promise<IncomingMessage>((resolve) => {
      call.on('response', resolve).flushHeaders();
    });
    expect(response.statusCode).toBe(413);
    expect(response.headers.connection).toBe('close');
    call.destroy();
  });

  it('and does not say so is refused when it is', async () => {
    const call = post({ ...headersOf('order.updated', ''), 'transfer-encoding': 'chunked' });
    call.on('error', () => undefined);
    const answered = new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    for (let sent = 0; sent < 9; sent += 1) call.write(Buffer.alloc(1024 * 1024));
    expect((await answered).statusCode).toBe(413);
    call.destroy();
    expect(await counts(server)).toEqual({ 'main order too_large': 1 });
  });
});

it('without a type, or with one that is none, is refused or judged by its signature', async () => {
  const headers = headersOf('order.updated', '{"id":7}');
  expect((await send('{"id":7}', { ...headers, 'content-type': ';;' })).status).toBe(400);
  delete headers['content-type'];
  expect((await send('{"id":7}', headers)).status).toBe(200);
  expect(await counts(server)).toEqual({ 'unknown other malformed': 1, 'main order stored': 1 });
});

it('that makes the engine fail is refused as not stored', async () => {
  engine.mappings = () => {
    throw new Error('broken');
  };
  expect((await deliver('order.updated', '{"id":7}')).status).toBe(503);
  expect(await counts(server)).toEqual({ 'unknown other not_stored': 1 });
});
