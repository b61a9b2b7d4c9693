import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '../../src/errors/coded-error.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { WooStore } from '../../src/ports/store.ts';
import { DirectStore } from '../../src/woo/direct-store.ts';
import type { DirectOptions } from '../../src/woo/direct-store.ts';
import { failureOf, html, json, serve } from '../support/scripted-server.ts';
import type { Answer, Received, ScriptedServer } from '../support/scripted-server.ts';

const keys = {
  consumerKey: new Secret('ck_0123456789abcdef'),
  consumerSecret: new Secret('cs_fedcba9876543210'),
  keyVariable: 'WOO_MAIN_KEY',
  secretVariable: 'WOO_MAIN_SECRET',
};
const quick: DirectOptions = {
  deadlineMs: 5_000,
  writeDeadlineMs: 5_000,
  retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 },
};
const counts = { 'x-wp-total': '1', 'x-wp-totalpages': '1' };

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
  vi.restoreAllMocks();
});

async function storeThat(
  answer: Answer,
  options: Partial<DirectOptions> = {},
): Promise<{ store: DirectStore; server: ScriptedServer }> {
  server = await serve(answer);
  const store = new DirectStore({ key: 'main', url: `${server.url}/shop/` }, keys, {
    ...quick,
    ...options,
  });
  return { store, server };
}

/** Fails a call and checks that the failure is one of ours and gives nothing away. */
async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(promise);
  if (!(error instanceof CodedError)) throw error;
  const everything = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${error.cure}`;
  expect(everything).not.toMatch(/ck_0123|cs_fedc|oauth_signature|jane@example/);
  return error;
}

const one: Answer = (_request, response) => {
  json(response, 200, [{ id: 7 }], counts);
};

describe('the notes of an order', () => {
  it.each([404, 400])(
    'that is gone, or is a subscription by now (%s), are none, and a new one is refused for it alone',
    async (status) => {
      const { store } = await storeThat((_request, response) => {
        json(response, status, { code: 'woocommerce_rest_order_invalid_id', data: { status } });
      });
      expect(await store.orderNotes(7)).toEqual([]);
      expect(await store.addOrderNote(7, { text: 'x', toCustomer: false })).toMatchObject({
        error: { code: 'woocommerce_rest_order_invalid_id' },
      });
    },
  );

  it('of a shop that has no such route are not taken for none', async () => {
    const { store } = await storeThat((_request, response) => {
      json(response, 404, { code: 'rest_no_route', data: { status: 404 } });
    });
    expect(await failure(store.orderNotes(7))).toMatchObject({ code: 'WOO_REQUEST_REFUSED' });
  });
});

describe('a list', () => {
  it('is one page with its totals and the clock of the store', async () => {
    const { store } = await storeThat((_request, response) => {
      json(response, 200, [{ id: 7, name: 'Tea' }], {
        'x-wp-total': '342',
        'x-wp-totalpages': '4',
        date: 'Fri, 20 Mar 2026 12:00:00 GMT',
      });
    });
    expect(store satisfies WooStore).toMatchObject({ key: 'main' });
    expect(await store.list('orders', { per_page: '100' })).toEqual({
      records: [{ id: 7, name: 'Tea' }],
      total: 342,
      pages: 4,
      storeTime: new Date('2026-03-20T12:00:00Z'),
    });
  });

  it('asks wc/v3 under the path of the shop, and dates in GMT', async () => {
    const { store, server } = await storeThat(one);
    await store.list('customers', {});
    await store.list('customers', { role: 'customer' });
    await store.list('orders', { modified_after: '2026-03-20T11:59:59', status: 'any' });
    await store.list('products', { status: 'any' });
    const plain = server.received.map(({ path, query }) => [
      path,
      ...['role', 'dates_are_gmt', 'modified_after', 'status'].map((name) => query.get(name)),
    ]);
    expect(plain).toEqual([
      ['/shop/wp-json/wc/v3/customers', null, null, null, null],
      ['/shop/wp-json/wc/v3/customers', 'customer', null, null, null],
      ['/shop/wp-json/wc/v3/orders', null, 'true', '2026-03-20T11:59:59', 'any'],
      ['/shop/wp-json/wc/v3/products', null, null, null, 'any'],
    ]);
  });

  it('is signed with OAuth 1.0a on plain http, and the secret stays here', async () => {
    const { store, server } = await storeThat(one);
    await store.list('orders', { search: "ü & 'x'", modified_after: '2026-03-20T11:59:59' });
    const [request] = server.received;
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.query.get('oauth_consumer_key')).toBe('ck_0123456789abcdef');
    expect(request?.query.get('oauth_signature')).toBe(signatureOf(server.url, request));
    expect(JSON.stringify(request?.headers) + String(request?.query)).not.toContain('cs_fedc');
  });

  it('is parsed once, keeps its connection, and may come compressed', async () => {
    const order = {
      id: 1,
      line_items: Array.from({ length: 5 }, (_, id) => ({ id, name: 'x'.repeat(500) })),
    };
    const body = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ ...order, id })));
    const { store, server } = await storeThat((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json; charset=UTF-8',
        'content-encoding': 'gzip',
        'x-wp-total': '100',
        'x-wp-totalpages': '1',
      });
      response.end(gzipSync(body));
    });
    const parse = vi.spyOn(JSON, 'parse');
    expect((await store.list('orders', {})).records).toHaveLength(100);
    expect(parse.mock.calls.filter(([text]) => text === body)).toHaveLength(1);
    expect(parse).toHaveBeenCalledTimes(1);
    await store.list('orders', {});
    await store.list('orders', {});
    expect(server.connections()).toBe(1);
  });
});

function signatureOf(origin: string, request: Received | undefined): string {
  if (request === undefined) throw new Error('Nothing was received.');
  const sent = new Map([...request.query].filter(([name]) => name !== 'oauth_signature'));
  const encode = (text: string): string =>
    encodeURIComponent(text).replaceAll(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const twoWay = [...sent].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const base = ['GET', encode(origin + request.path), encode(twoWay.join('&'))].join('&');
  return createHmac('sha256', 'cs_fedcba9876543210&').update(base).digest('base64');
}

describe('a store in trouble', () => {
  it.each([408, 429, 500, 502, 503, 504, 508, 520, 521, 522, 523, 524, 525, 526, 527, 530])(
    'fault 35: is asked again after HTTP %i',
    async (status) => {
      let asked = 0;
      const { store } = await storeThat((request, response) => {
        asked += 1;
        if (asked < 3) html(response, status);
        else one(request, response);
      });
      expect((await store.list('orders', {})).total).toBe(1);
      expect(asked).toBe(3);
    },
  );

  it('is given up on after the last attempt', async () => {
    const { store, server } = await storeThat((_request, response) => {
      json(response, 503, { code: 'maintenance', message: 'jane@example.com' });
    });
    const error = await failure(store.list('orders', {}));
    expect(error.code).toBe('WOO_UNAVAILABLE');
    expect(error.message).toContain('HTTP 503, maintenance');
    expect(server.received).toHaveLength(3);
  });

  it('fault 35: is left alone as long as it asks, up to our limit', async () => {
    const times: number[] = [];
    const { store } = await storeThat(
      (request, response) => {
        times.push(performance.now());
        if (times.length === 1) json(response, 429, {}, { 'retry-after': '3600' });
        else one(request, response);
      },
      { retry: { attempts: 2, firstWaitMs: 1, longestWaitMs: 120 } },
    );
    await store.list('orders', {});
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(115);
  });

  it('may cut the connection before or in the middle of an answer', async () => {
    let asked = 0;
    const { store } = await storeThat((request, response) => {
      asked += 1;
      if (asked === 1) response.destroy();
      else if (asked === 2) {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': '1000',
          ...counts,
        });
        response.write('[{"id":', () => response.destroy());
      } else one(request, response);
    });
    expect((await store.list('orders', {})).records).toEqual([{ id: 7 }]);
    expect(asked).toBe(3);
  });

  it.each([
    ['before the answer', (): undefined => undefined],
    [
      'in the middle of it',
      (response: Parameters<Answer>[1]): void => {
        response.writeHead(200, { 'content-type': 'application/json', ...counts });
        // Something every now and then: a timeout on silence would never end this.
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => {
          clearInterval(drip);
        });
      },
    ],
  ])('fault 47: is not waited for beyond the deadline %s', async (_when, stall) => {
    const { store } = await storeThat(
      (_request, response) => {
        stall(response);
      },
      { deadlineMs: 150, retry: { ...quick.retry, attempts: 1 } },
    );
    const error = await failure(store.list('orders', {}));
    expect(error.code).toBe('WOO_UNREACHABLE');
    expect(error.message).toMatch(
      /^The store at 127\.0\.0\.1:\d+ cannot be reached: it did not answer in time\.$/,
    );
  });

  it.each([
    ['http://127.0.0.1:1', 'nothing listens at that address'],
    ['https://no-such-host.invalid', 'no such host name'],
  ])('fault 47: is named when %s cannot be reached', async (url, reason) => {
    const store = new DirectStore({ key: 'main', url }, keys, quick);
    const error = await failure(store.list('orders', {}));
    expect(error.code).toBe('WOO_UNREACHABLE');
    expect(error.message).toContain(new URL(url).host);
    expect(error.message).toContain(reason);
  });

  it('is told apart from one that does not speak TLS', async () => {
    const { server } = await storeThat(one);
    const url = server.url.replace('http:', 'https:');
    const error = await failure(
      new DirectStore({ key: 'main', url }, keys, quick).list('orders', {}),
    );
    expect(error).toMatchObject({ code: 'WOO_UNREACHABLE' });
    expect(error.message).toContain('does not speak TLS');
    expect(server.received).toHaveLength(0);
  });
});

describe('an answer that is not a list', () => {
  const bodies: readonly [string, string, Answer][] = [
    [
      'a page',
      'text/html instead of JSON',
      (_request, response) => {
        html(response, 200);
      },
    ],
    [
      'nothing',
      'an empty body (application/json)',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', ...counts }).end();
      },
    ],
    [
      'broken JSON',
      'text that is not valid JSON',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', ...counts });
        response.end('<b>Notice</b>: jane@example.com [{"id":1}]');
      },
    ],
    [
      'an object',
      'JSON that is not a list of records',
      (_request, response) => {
        json(response, 200, { id: 1 }, counts);
      },
    ],
    [
      'a list of numbers',
      'JSON that is not a list of records',
      (_request, response) => {
        json(response, 200, [1], counts);
      },
    ],
    [
      'no totals',
      'without the header x-wp-total',
      (_request, response) => {
        json(response, 200, [{ id: 1 }]);
      },
    ],
    [
      'a redirect',
      'a redirect to https://www.shop.example',
      (_request, response) => {
        response
          .writeHead(301, { location: 'https://www.shop.example/wp-json/?oauth_signature=x' })
          .end();
      },
    ],
  ];
  it.each(bodies)(
    'fault 35: such as %s is refused without quoting it',
    async (_what, said, answer) => {
      const { store, server } = await storeThat(answer);
      const error = await failure(store.list('orders', {}));
      expect(error.code).toBe('WOO_UNEXPECTED_ANSWER');
      expect(error.message).toContain(said);
      expect(server.received).toHaveLength(1);
    },
  );
});

describe('a refusal', () => {
  const refusals: readonly [number, string, string, string][] = [
    [
      401,
      'woocommerce_rest_cannot_view',
      'WOO_KEY_REFUSED',
      'Check WOO_MAIN_KEY and WOO_MAIN_SECRET. If both are right, put the shop on https.',
    ],
    [401, 'woocommerce_rest_authentication_error', 'WOO_KEY_REFUSED', 'Check WOO_MAIN_SECRET'],
    [403, 'woocommerce_rest_cannot_view', 'WOO_KEY_REFUSED', 'Shop manager'],
    [404, 'rest_no_route', 'WOO_NOT_FOUND', 'Permalinks'],
    [400, 'rest_invalid_param', 'WOO_REFUSED', 'Update WooCommerce'],
  ];
  it.each(refusals)('HTTP %i %s says what to do', async (status, code, ours, cure) => {
    const { store, server } = await storeThat((_request, response) => {
      json(response, status, { code, message: 'jane@example.com', data: { status } });
    });
    const error = await failure(store.list('orders', {}));
    expect(error.code).toBe(ours);
    expect(error.message).toContain(`HTTP ${status}, ${code}`);
    expect(error.cure).toContain(cure);
    expect(server.received).toHaveLength(1);
  });

  it('by a firewall is told apart from one by WooCommerce', async () => {
    const { store } = await storeThat((_request, response) => {
      html(response, 403);
    });
    const error = await failure(store.list('orders', {}));
    expect(error.cure).toContain('not from WooCommerce');
  });

  it('by a redirect within the shop is one of plain permalinks', async () => {
    const { store } = await storeThat((_request, response) => {
      response.writeHead(301, { location: '/wp-json/wc/v3/orders/' }).end();
    });
    const error = await failure(store.list('orders', {}));
    expect(error.code).toBe('WOO_UNEXPECTED_ANSWER');
    expect(error.cure).toContain('Settings › Permalinks');
    expect(error.cure).not.toContain("store's URL");
  });

  it('of the list of all variations names the version', async () => {
    const { store } = await storeThat((_request, response) => {
      json(response, 404, { code: 'rest_no_route' });
    });
    expect((await failure(store.list('variations', {}))).cure).toContain('newer WooCommerce');
    expect((await failure(store.list('orders', {}))).cure).not.toContain('newer WooCommerce');
  });
});

describe('a store', () => {
  it.each(['', 'shop.example', 'ftp://shop.example', 'https://me:pw@shop.example'])(
    'is refused with the address "%s"',
    (url) => {
      expect(() => new DirectStore({ key: 'main', url }, keys)).toThrow(/The store "main" has/);
    },
  );

  it('walks its lists', async () => {
    const { store, server } = await storeThat((request, response) => {
      const records = request.query.has('modified_after')
        ? []
        : [{ id: 7, date_modified_gmt: '2026-03-20T12:00:00' }];
      json(response, 200, records, counts);
    });
    const ids = [];
    for await (const page of store.walk('orders', null, { status: 'any' }))
      ids.push(...page.records.map((record) => record['id']));
    expect(ids).toEqual([7]);
    expect(server.received[0]?.query.get('orderby')).toBe('modified');
  });
});

it('asks the index of the API without a key under which address the shop answers people', async () => {
  const { store, server: shop } = await storeThat((_request, response) => {
    json(response, 200, { home: 'https://shop.example/shop' });
  });
  expect(await store.home()).toBe('https://shop.example/shop');
  const [asked] = shop.received;
  expect(asked?.path).toBe('/shop/wp-json/');
  expect(asked?.headers['authorization']).toBeUndefined();
});

describe('an application password', () => {
  const applicationPassword = {
    user: 'ann',
    password: new Secret('abcd efgh'),
    userVariable: 'WOO_MAIN_APP_USER',
    passwordVariable: 'WOO_MAIN_APP_PASSWORD',
  };

  it.each([
    ['http://shop.example', false],
    ['https://shop.example', true],
    ['http://127.0.0.1', true],
  ])('is not read on the way: to %s it goes: %s', async (url, goes) => {
    const sent: boolean[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
      sent.push(new Headers(init?.headers).has('authorization'));
      return Promise.resolve(Response.json({ id: 1, name: 'Shop', home: url, url }));
    });
    const store = new DirectStore({ key: 'main', url }, { ...keys, applicationPassword }, quick);
    await store.contentUser().catch(() => undefined);
    expect(sent).toEqual([goes]);
    // What everybody may read is asked for without it.
    await store.home();
    expect(sent).toEqual([goes, false]);
  });
});
