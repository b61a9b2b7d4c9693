import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedBody } from '../core/recordings.ts';
import { basic, keyWith, secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';

interface Api {
  get: (path: string, params?: object) => Promise<{ status: number; data: unknown }>;
  put: (path: string, body: object) => Promise<{ status: number; data: unknown }>;
  post: (path: string, body: object) => Promise<{ status: number; data: unknown }>;
  delete: (path: string, params: object) => Promise<{ status: number; data: unknown }>;
}

// A CommonJS module: only require gives the same thing to Node and to vitest.
const { default: WooCommerceRestApi } = createRequire(import.meta.url)(
  '@woocommerce/woocommerce-rest-api',
) as { default: new (options: object) => Api };

const readKey = keyWith(3, { permissions: 'read' });

let client: Client;

beforeAll(async () => {
  client = await startStore({
    orders: 40,
    credentials: {
      keys: [testKey, readKey],
      applicationPasswords: [{ user: 'admin', password: 'abcd efgh' }],
    },
  });
});
afterAll(() => client.store.close());

interface OAuthOptions {
  key?: string;
  secret?: string;
  nonce?: string;
  skewSeconds?: number;
  params?: Record<string, string>;
  algorithm?: { name: string; hash: string };
  list?: string;
}

/** Signs as RFC 5849 says, written apart from the store's own code. */
function signedPath(options: OAuthOptions = {}): string {
  const { key = testKey.consumerKey, secret = testKey.consumerSecret } = options;
  const { name, hash } = options.algorithm ?? { name: 'HMAC-SHA256', hash: 'sha256' };
  const params: Record<string, string> = {
    oauth_consumer_key: key,
    oauth_nonce: options.nonce ?? randomUUID(),
    oauth_signature_method: name,
    oauth_timestamp: String(Math.floor(Date.now() / 1000) + (options.skewSeconds ?? 0)),
    per_page: '1',
    _fields: 'id',
    ...options.params,
  };
  const path = `/wp-json/wc/v3/${options.list ?? 'orders'}`;
  const url = `${client.url}${path}`;
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const base = Object.keys(params)
    .sort()
    .map((param) => `${encode(param)}=${encode(params[param] ?? '')}`)
    .join('&');
  const text = `GET&${encode(url)}&${encode(base)}`;
  const signature = createHmac(hash, `${secret}&`).update(text).digest('base64');
  const query = new URLSearchParams({ ...params, oauth_signature: signature });
  return `${path}?${query.toString()}`;
}

function code(answer: Answer<unknown>): unknown {
  return (answer.body as { code?: unknown }).code;
}

describe('OAuth 1.0a over http', () => {
  it('lets a signed request in', async () => {
    const answer = await client.ask<unknown[]>(signedPath());
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(1);
  });

  it('lets one in to a list that is as it was recorded', async () => {
    const answer = await client.ask<unknown[]>(signedPath({ list: 'products/attributes' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(2);
  });

  it('knows SHA1 signatures too', async () => {
    const answer = await client.ask(signedPath({ algorithm: { name: 'HMAC-SHA1', hash: 'sha1' } }));
    expect(answer.status).toBe(200);
  });

  it('refuses a nonce that was used', async () => {
    const path = signedPath({ nonce: 'once' });
    expect((await client.ask(path)).status).toBe(200);
    const again = await client.ask(path);
    expect(again.status).toBe(401);
    expect(again.body).toStrictEqual(recordedBody('errors/401-oauth-replay.json'));
  });

  it.each([14, -14])('bears a clock that is %i minutes off', async (minutes) => {
    expect((await client.ask(signedPath({ skewSeconds: minutes * 60 }))).status).toBe(200);
  });

  it.each([16, -16])('refuses a clock that is %i minutes off', async (minutes) => {
    const answer = await client.ask(signedPath({ skewSeconds: minutes * 60 }));
    expect(answer.status).toBe(401);
    expect(answer.body).toStrictEqual(recordedBody('errors/401-oauth-16min.json'));
  });

  it('refuses a wrong secret, a changed parameter, an unknown key and a missing parameter', async () => {
    const wrong = await client.ask(signedPath({ secret: 'cs_wrong' }));
    const changed = await client.ask(signedPath().replace('per_page=1', 'per_page=2'));
    const unknown = await client.ask(signedPath({ key: 'ck_unknown' }));
    const missing = await client.ask(signedPath().replace(/oauth_nonce=[^&]*&/, ''));
    expect([wrong, changed, unknown, missing].map(({ status }) => status)).toStrictEqual([
      401, 401, 401, 401,
    ]);
    expect((changed.body as { message: string }).message).toBe(
      'Invalid signature - provided signature does not match.',
    );
    expect((unknown.body as { message: string }).message).toBe('Consumer key is invalid.');
    expect(code(missing)).toBe('woocommerce_rest_authentication_missing_parameter');
  });

  it('holds a read key to reading', async () => {
    const { consumerKey: key } = readKey;
    expect((await client.ask(signedPath({ key }))).status).toBe(200);
  });
});

describe('the real client library', () => {
  function api(secret = testKey.consumerSecret): Api {
    return new WooCommerceRestApi({
      url: client.url,
      consumerKey: testKey.consumerKey,
      consumerSecret: secret,
      version: 'wc/v3',
    });
  }

  it('reads over http, which it does with OAuth and each parameter sent twice', async () => {
    const { status, data } = await api().get('orders', { per_page: 3, _fields: 'id,status' });
    expect(status).toBe(200);
    expect(data).toHaveLength(3);
  });

  it('sends lists and dates', async () => {
    const { data } = (await api().get('orders', {
      status: ['completed', 'processing'],
      modified_after: '2025-01-01T00:00:00',
      dates_are_gmt: true,
      per_page: 100,
    })) as { data: { status: string }[] };
    expect(new Set(data.map(({ status }) => status))).toStrictEqual(
      new Set(['completed', 'processing']),
    );
  });

  it('fails on a key that already holds brackets, as with a real store', async () => {
    await expect(api().get('orders', { 'status[]': 'completed' })).rejects.toMatchObject({
      response: {
        status: 401,
        data: { message: 'Invalid signature - provided signature does not match.' },
      },
    });
  });

  it('writes over http: the signature is in the query, the body is not signed', async () => {
    const { data } = (await api().put('products/10', { name: 'Tee & 日本' })) as {
      data: { name: string };
    };
    expect(data.name).toBe('Tee &amp; 日本');
    const made = (await api().post('webhooks', {
      topic: 'order.updated',
      delivery_url: 'http://127.0.0.1:1/',
    })) as { status: number; data: { id: number } };
    expect(made.status).toBe(201);
    const gone = await api().delete(`webhooks/${made.data.id}`, { force: true });
    expect(gone.status).toBe(200);
  });

  it('is refused with a wrong secret', async () => {
    await expect(api('cs_wrong').get('orders')).rejects.toMatchObject({
      response: { status: 401 },
    });
  });
});

describe('a store that believes no TLS proxy', () => {
  it('takes no key over what it sees as http', async () => {
    const strict = await startStore({ orders: 1, tlsProxy: false });
    const answer = await strict.get('orders');
    await strict.store.close();
    expect(answer.status).toBe(401);
    expect(code(answer)).toBe('woocommerce_rest_cannot_view');
  });
});

describe('who may see what', () => {
  const { consumerKey, consumerSecret } = testKey;

  it('checks parameters before rights, as WordPress does', async () => {
    expect((await client.ask('/wp-json/wc/v3/orders?per_page=0')).status).toBe(400);
  });

  it('tells strangers that an order is unknown, but not what a known one holds', async () => {
    expect((await client.ask('/wp-json/wc/v3/orders/99999999')).status).toBe(404);
    expect(code(await client.ask('/wp-json/wc/v3/orders/206'))).toBe(
      'woocommerce_rest_cannot_view',
    );
  });

  it('knows a wrong application password outside of the wc routes', async () => {
    const answer = await client.ask('/wp-json/', { headers: basic('admin', 'nope') });
    expect([answer.status, code(answer)]).toStrictEqual([401, 'incorrect_password']);
  });

  it('takes an application password with or without its blanks', async () => {
    const answer = await client.ask('/wp-json/wc/v3/orders', {
      headers: basic('admin', 'abcdefgh'),
    });
    expect(answer.status).toBe(200);
  });

  it('answers verbs that are real but not emulated with 501 and a sentence', async () => {
    const headers = secureHeaders(consumerKey, consumerSecret);
    const answer = await client.ask('/wp-json/wc/v3/coupons/202', { method: 'PUT', headers });
    expect([answer.status, code(answer)]).toStrictEqual([501, 'local_store_not_emulated']);
    const none = await client.ask('/wp-json/wc/v3/refunds', { method: 'POST', headers });
    expect([none.status, code(none)]).toStrictEqual([404, 'rest_no_route']);
    const reports = await client.ask('/wp-json/wc/v3/reports', { headers });
    expect(reports.status).toBe(501);
    const page = await client.ask('/shop/', { headers });
    expect(page.status).toBe(501);
  });
});
