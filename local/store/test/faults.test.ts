import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Client } from './client.ts';

let client: Client;

beforeEach(async () => {
  client = await startStore({ orders: 3, products: 0 });
});
afterEach(() => client.store.close());

const headers = secureHeaders(testKey.consumerKey, testKey.consumerSecret);

interface Raw {
  status: number;
  type: string | null;
  headers: Headers;
  text: string;
}

async function request(method: string, path: string, body?: object): Promise<Raw> {
  const response = await fetch(`${client.url}/wp-json/wc/v3/${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type');
  const text = await response.text();
  return { status: response.status, type, headers: response.headers, text };
}

async function backDoor(path: string, body: object): Promise<{ status: number; body: unknown }> {
  const init = { method: 'POST', body: JSON.stringify(body) };
  return client.ask(`/local/${path}`, init);
}

function fault(body: object): ReturnType<typeof backDoor> {
  return backDoor('faults', body);
}

const note = async (): Promise<string> =>
  (await client.get<{ customer_note: string }>('orders/206')).body.customer_note;
const writeNote = (): Promise<Raw> => request('PUT', 'orders/206', { customer_note: 'written' });

const html = 'text/html; charset=UTF-8';
const json = 'application/json; charset=UTF-8';

describe('a request that was to go wrong', () => {
  it.each([
    [502, html, '<center><h1>502 Bad Gateway</h1></center>'],
    [503, html, '<center><h1>503 Service Temporarily Unavailable</h1></center>'],
    [429, html, '<center><h1>429 Too Many Requests</h1></center>'],
    [500, json, '{"code":"internal_server_error"'],
    [401, json, '{"code":"woocommerce_rest_cannot_view"'],
  ])(
    'with status %i is answered as a real shop does, and does nothing',
    async (status, type, text) => {
      await fault({ kind: 'status', status });
      const answer = await writeNote();
      expect([answer.status, answer.type]).toStrictEqual([status, type]);
      expect(answer.text).toContain(text);
      expect(answer.headers.get('retry-after')).toBeNull();
      expect(await note()).not.toBe('written');
    },
  );

  it('tells when to come again where it was asked to', async () => {
    await fault({ kind: 'status', status: 429, retry_after: 7 });
    expect((await writeNote()).headers.get('retry-after')).toBe('7');
  });

  it('may be answered with a page of HTML or with nothing, and does nothing', async () => {
    await fault({ kind: 'html' });
    const page = await writeNote();
    expect([page.status, page.type]).toStrictEqual([200, html]);
    expect(page.text).toContain('<title>Log In');
    await fault({ kind: 'empty' });
    const nothing = await writeNote();
    expect([nothing.status, nothing.type, nothing.text]).toStrictEqual([200, json, '']);
    expect(await note()).not.toBe('written');
  });

  it('may be carried out and answered with half its JSON', async () => {
    await fault({ kind: 'broken' });
    const { status, text } = await writeNote();
    expect(status).toBe(200);
    expect(text).toMatch(/^\{"id":206,/);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(await note()).toBe('written');
  });

  it('may be cut off before it is carried out, or after', async () => {
    await fault({ kind: 'cut_call' });
    await expect(writeNote()).rejects.toThrow(TypeError);
    expect(await note()).not.toBe('written');
    await fault({ kind: 'cut_answer' });
    await expect(writeNote()).rejects.toThrow(TypeError);
    expect(await note()).toBe('written');
    expect(client.store.requests.summary().byRoute).toMatchObject({
      'PUT /wp-json/wc/v3/orders/{id} cut': 1,
      'PUT /wp-json/wc/v3/orders/{id} 200': 1,
    });
  });

  it('may be answered late', async () => {
    await fault({ kind: 'slow_answer', milliseconds: 200 });
    const started = performance.now();
    expect((await writeNote()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(190);
  });

  it('is one that the fault is for, and meets one fault at most: the oldest', async () => {
    await fault({ kind: 'status', status: 500, on: 'PUT orders/{id}', times: 2 });
    await fault({ kind: 'status', status: 502, on: 'orders' });
    await fault({ kind: 'html', on: 'orders/{id}' });
    expect((await request('GET', 'orders/206')).type).toBe(html);
    expect((await writeNote()).status).toBe(500);
    const left = await client.ask('/local/faults');
    expect(left.body).toMatchObject([{ status: 500, times: 1 }, { status: 502 }]);
    expect((await writeNote()).status).toBe(500);
    expect((await writeNote()).status).toBe(200);
    expect((await request('GET', 'orders?per_page=1')).status).toBe(502);
    expect(client.store.faults.list()).toStrictEqual([]);
  });

  it('is forgotten on demand', async () => {
    await fault({ kind: 'status', status: 500 });
    await backDoor('faults/reset', {});
    expect((await writeNote()).status).toBe(200);
  });
});

describe('the clock of the shop', () => {
  it('may be wrong: dates, Date headers and signatures follow it', async () => {
    const real = Date.now();
    expect((await backDoor('clock', { skew_seconds: 300 })).body).toMatchObject({
      skew_seconds: 300,
    });
    const { headers: told, text } = await writeNote();
    const { date_modified_gmt } = JSON.parse(text) as { date_modified_gmt: string };
    for (const at of [Date.parse(told.get('date') ?? ''), Date.parse(`${date_modified_gmt}Z`)]) {
      expect(at - real).toBeGreaterThanOrEqual(299_000);
      expect(at - Date.now()).toBeLessThan(301_000);
    }
  });
});

describe('what cannot be asked for', () => {
  it.each([
    ['faults', { kind: 'flood' }, 'kind is "flood": give one of status, html'],
    ['faults', { kind: 'html', status: 500 }, 'html has no option status: it takes on and times.'],
    ['faults', { kind: 'status' }, 'status is undefined: give a whole number from 400 to 599.'],
    ['faults', { kind: 'status', status: 200 }, 'status is 200: give a whole number'],
    ['faults', { kind: 'html', times: 0 }, 'times is 0: give a whole number'],
    ['faults', { kind: 'html', on: '/orders' }, 'on is "/orders": give a route'],
    ['faults', { kind: 'html', on: 'FETCH orders' }, 'on is "FETCH orders": give a route'],
    ['faults', { kind: 'slow_answer' }, 'milliseconds is undefined: give a whole number'],
    ['faults', { kind: 'status', status: 503, retry_after: -1 }, 'retry_after is -1'],
    ['faults', { kind: 'drop_delivery', on: 'orders' }, 'on is "orders": give a topic'],
    ['faults', { kind: 'duplicate_delivery', copies: 1 }, 'copies is 1: give a whole number'],
    ['clock', { skew_seconds: '5' }, 'skew_seconds is "5": give a whole number'],
    ['clock', { skew: 5 }, 'There is no option skew: give skew_seconds.'],
    ['deliveries/reorder', { seed: 'x' }, 'seed is "x": give a whole number'],
    ['deliveries/pace', {}, 'every_ms is undefined: give a whole number'],
    ['deliveries/pace', { every_ms: -1 }, 'every_ms is -1: give a whole number'],
    ['deliveries/pace', { every: 5 }, 'There is no option every: give every_ms.'],
    ['orders/206/restore', {}, 'Order 206 is not in the trash.'],
    ['orders/206/place', {}, 'Order 206 is no checkout that was left half-way.'],
    ['posts/10/trash', {}, "Id 10 is no post's"],
    ['products/10/checkout', { quantity: 0 }, 'quantity is 0: give a whole number'],
  ])('%s %j', async (path, body, message) => {
    const answer = await backDoor(path, body);
    expect(answer.status).toBe(400);
    expect((answer.body as { message: string }).message).toContain(message);
    expect(client.store.faults.list()).toStrictEqual([]);
  });
});
