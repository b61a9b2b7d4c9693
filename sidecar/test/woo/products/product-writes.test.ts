import { afterEach, describe, expect, it } from 'vitest';
import type { CodedError } from '../../../src/errors/coded-error.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import type { ProductUpdate } from '../../../src/ports/store.ts';
import { DirectStore } from '../../../src/woo/direct-store.ts';
import { GatewayStore } from '../../../src/woo/gateway/gateway-store.ts';
import { updateBatches } from '../../../src/woo/products/product-batches.ts';
import { stalled } from '../../support/deadlines.ts';
import {
  type Answer,
  failureOf,
  html,
  json,
  type ScriptedServer,
  serve,
} from '../../support/scripted-server.ts';

const keys = {
  consumerKey: new Secret('ck_0123456789abcdef'),
  consumerSecret: new Secret('cs_fedcba9876543210'),
  ...{ keyVariable: 'WOO_MAIN_KEY', secretVariable: 'WOO_MAIN_SECRET' },
};
const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Batch {
  readonly update?: readonly (WooRecord & { id: number })[];
  readonly create?: readonly WooRecord[];
}

const batchOf = (body: string): Batch => JSON.parse(body) as Batch;

/** Takes everything, as WooCommerce does; products that are made get ids from 900. */
function taken({ update, create }: Batch): unknown {
  return update ? { update } : { create: create?.map((one, at) => ({ ...one, id: 900 + at })) };
}

async function direct(
  answer: Answer,
  options: { deadlineMs?: number; writeDeadlineMs?: number } = {},
): Promise<{ store: DirectStore; server: ScriptedServer }> {
  const started = await serve(answer);
  server = started;
  return {
    store: new DirectStore({ key: 'main', url: started.url }, keys, { retry, ...options }),
    server: started,
  };
}

const taking: Answer = (request, response) => {
  json(response, 200, taken(batchOf(request.body)));
};

/** A gateway that passes answers of up to so many records, as the size of answers is limited. */
function gateway(answer: (call: ApexCall) => { status?: number; woo?: number; body: unknown }) {
  const asked: ApexCall[] = [];
  const store = new GatewayStore(
    { key: 'main', url: 'https://shop.example', namedCredential: 'Woo_Store' },
    {
      apexRest: (call) => {
        asked.push(call);
        const { status = 200, woo = 200, body } = answer(call);
        const headers = new Map([
          ['woo-status', `${woo}`],
          ['woo-content-type', 'application/json'],
        ]);
        return Promise.resolve({
          ...{ status, body: JSON.stringify(body) },
          header: (name: string) => (status === 200 ? (headers.get(name) ?? null) : null),
        });
      },
    },
    { retry },
  );
  return { store, asked };
}

const tooLarge = {
  status: 413,
  body: [{ errorCode: 'GATEWAY_ANSWER_TOO_LARGE', message: 'It does not fit.' }],
};

const change = (id: number, parentId: number | null = null, fields: WooRecord = {}) => ({
  ...{ id, parentId, fields: { name: `Tea ${id}`, ...fields } },
});

const idsIn = (call: ApexCall | undefined): number[] =>
  (batchOf(call?.json ?? '{}').update ?? []).map(({ id }) => id);

describe('changes of products', () => {
  it('are sent in batches, those of variations by their products, and come back in the order given', async () => {
    const { store, server } = await direct(taking);
    const updates: ProductUpdate[] = [
      ...[change(8, 7), change(3), change(10, 9), change(11, 7)],
      ...Array.from({ length: 150 }, (_, at) => change(1000 + at)),
    ];
    const results = await store.updateProducts(updates);
    expect(results).toEqual(updates.map(({ id, fields }) => ({ record: { ...fields, id } })));
    const sent = server.received.map(({ method, path, body }) => [
      ...[method, path.replace('/wp-json/wc/v3/', '')],
      batchOf(body).update?.length,
    ]);
    expect(sent).toEqual([
      ['POST', 'products/7/variations/batch', 2],
      ['POST', 'products/batch', 100],
      ['POST', 'products/batch', 51],
      ['POST', 'products/9/variations/batch', 1],
    ]);
    expect(server.received[0]?.headers['content-type']).toContain('application/json');
  });

  it('are no call where there are none', async () => {
    const { store, server } = await direct(taking);
    expect(await store.updateProducts([])).toEqual([]);
    expect(server.received).toHaveLength(0);
  });

  it('are split by their size, and none is left out', () => {
    const updates = Array.from({ length: 7 }, (_, at) =>
      change(at, null, { description: 'é'.repeat(150_000) }),
    );
    const batches = updateBatches(updates);
    expect(batches.map(({ items }) => items.map(({ id }) => id))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6],
    ]);
    const huge = [change(1), change(2, null, { description: 'x'.repeat(2_000_000) }), change(3)];
    expect(updateBatches(huge).map(({ items }) => items.length)).toEqual([1, 1, 1]);
  });

  it('are repeated where the shop cannot answer for a moment', async () => {
    let calls = 0;
    const { store } = await direct((request, response) => {
      calls += 1;
      if (calls === 1) html(response, 502);
      else taking(request, response);
    });
    expect(await store.updateProducts([change(3)])).toMatchObject([{ record: { id: 3 } }]);
    expect(calls).toBe(2);
  });

  it.each([
    ['images by address', { images: [{ id: 5 }, { src: 'https://sync.example/p.png' }] }],
    ['an image without a known id', { images: [{ id: 0, src: 'https://sync.example/p.png' }] }],
    ['the image of a variation', { image: { src: 'https://sync.example/p.png' } }],
    ['a difference of stock', { inventory_delta: -2 }],
  ])(
    'with %s are tried once, ten at a time, and others beside them are repeated',
    async (_what, fields) => {
      const sizes: [number, boolean][] = [];
      const { store } = await direct((request, response) => {
        const update = batchOf(request.body).update ?? [];
        sizes.push([update.length, 'images' in (update[0] ?? {})]);
        if (update.some((one) => one.id === 31)) html(response, 503);
        else taking(request, response);
      });
      const once = Array.from({ length: 21 }, (_, at) => change(11 + at, null, fields));
      const error = await failureOf(store.updateProducts([change(1), ...once]));
      expect(error).toMatchObject({ code: 'WOO_UNAVAILABLE' });
      expect(sizes.map(([size]) => size)).toEqual([1, 10, 10, 1]);
    },
  );

  it('with images of known ids may be repeated', () => {
    const fields = {
      images: [{ id: 5 }, { id: 6, src: 'https://shop.example/p.png' }],
      image: null,
    };
    expect(updateBatches([change(1, null, fields)])[0]?.once).toBe(false);
  });

  it('may each be refused, without the address of an image in the reason', async () => {
    const error = (code: unknown, message: string, data: unknown = { status: 400 }) => ({
      ...{ code, message, data },
    });
    const address = 'https://sync.example/pictures/1?signature=s3cret';
    const refusals = [
      error('product_invalid_sku', 'Invalid or duplicated SKU.', {
        ...{ status: 400, resource_id: 12, unique_sku: 'jane@example.com' },
      }),
      error(
        'woocommerce_product_image_upload_error',
        `Error getting remote image ${address}. Error: Not Found`,
      ),
      error('some_plugin', 'jane@example.com is not allowed', ['jane@example.com']),
      error(7, '<b>jane@example.com</b>'),
    ];
    const { store } = await direct((_request, response) => {
      json(response, 200, {
        update: [...refusals.map((one, at) => ({ id: at + 1, error: one })), { id: 5, name: 'x' }],
      });
    });
    const results = await store.updateProducts([1, 2, 3, 4, 5].map((id) => change(id)));
    expect(JSON.stringify(results)).not.toMatch(/s3cret|jane/);
    expect(results).toEqual([
      {
        error: {
          code: 'product_invalid_sku',
          message: 'The shop refused it: Invalid or duplicated SKU.',
          data: { status: 400, resource_id: 12 },
        },
      },
      {
        error: {
          code: 'woocommerce_product_image_upload_error',
          message: 'The shop refused it: Error getting remote image (address). Error: Not Found',
          data: { status: 400 },
        },
      },
      { error: { code: 'some_plugin', message: 'The shop refused it (some_plugin).', data: {} } },
      {
        error: {
          code: 'SHOP_REFUSED',
          message: 'The shop refused it (SHOP_REFUSED).',
          data: { status: 400 },
        },
      },
      { record: { id: 5, name: 'x' } },
    ]);
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['fewer results', { update: [{ id: 3 }] }],
    ['results in another order', { update: [{ id: 4 }, { id: 3 }] }],
    ['errors of others', { update: [{ id: 3 }, { id: 9, error: { code: 'x' } }] }],
    ['results of products that were made', { create: [{ id: 3 }, { id: 4 }] }],
    ['no records', { update: [3, 4] }],
  ])('take nothing else for an answer, such as %s', async (_what, body) => {
    const { store } = await direct((_request, response) => {
      json(response, 200, body);
    });
    const error = await failureOf(store.updateProducts([change(3), change(4)]));
    expect(error).toMatchObject({ code: 'WOO_UNEXPECTED_ANSWER' });
  });

  it.each([
    [
      401,
      'woocommerce_rest_authentication_error',
      /Read\/Write.*or let no mapping write to the shop/,
    ],
    [403, 'woocommerce_rest_cannot_batch', /may not write it.*Shop manager/],
  ])('are refused one by one where the key may only read: HTTP %i', async (status, code, says) => {
    const { store, server } = await direct((_request, response) => {
      json(response, status, { code, message: 'No.' });
    });
    const results = await store.updateProducts([change(3), change(4)]);
    const error = { code: 'SHOP_WRITE_REFUSED', message: expect.stringMatching(says) as string };
    expect(results).toMatchObject([{ error }, { error }]);
    expect(server.received).toHaveLength(1);
  });

  it('have a deadline of their own: shops fetch images before they answer', async () => {
    const { store } = await direct(
      (request, response) => {
        setTimeout(() => {
          taking(request, response);
        }, 150);
      },
      { deadlineMs: 20, writeDeadlineMs: 5_000 },
    );
    expect(await store.updateProducts([change(3)])).toHaveLength(1);
  });
});

describe('changes of products through the gateway', () => {
  it('are halved where the answer does not fit, down to the one that never will', async () => {
    const { store, asked } = gateway((call) => {
      const { update = [] } = batchOf(call.json ?? '');
      const fits = update.length <= 2 && update.every(({ id }) => id !== 4);
      return fits ? { body: { update } } : tooLarge;
    });
    const results = await store.updateProducts([1, 2, 3, 4, 5].map((id) => change(id)));
    expect(asked.map(idsIn)).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [1, 2], [3], [4, 5], [4], [5]]);
    expect(results.map((result) => ('record' in result ? result.record['id'] : result))).toEqual([
      ...[1, 2, 3],
      {
        error: { code: 'WOO_ANSWER_TOO_LARGE', message: expect.any(String) as string, data: null },
      },
      5,
    ]);
  });

  it('are refused one by one where one alone is too large to be sent', async () => {
    const { store, asked } = gateway((call) => {
      const text = call.json ?? '';
      return text.length > 1_000_000
        ? { status: 413, body: [{ errorCode: 'GATEWAY_BODY_TOO_LARGE', message: 'Too large.' }] }
        : { body: batchOf(text) };
    });
    const results = await store.updateProducts([
      ...[1, 2].map((id) => change(id, null, { description: 'x'.repeat(480_000) })),
      change(3, null, { description: 'x'.repeat(1_000_001) }),
    ]);
    expect(results.map((result) => ('record' in result ? result.record['id'] : result))).toEqual([
      1,
      2,
      { error: expect.objectContaining({ code: 'WOO_BODY_TOO_LARGE' }) as unknown },
    ]);
    expect(asked.map(idsIn)).toEqual([[1], [2], [3]]);
  });

  it('are not sent again where a second time would do more', async () => {
    const { store, asked } = gateway(() => tooLarge);
    const delta = { inventory_delta: -1 };
    const error = await failureOf(
      store.updateProducts([change(1, null, delta), change(2, null, delta)]),
    );
    expect(error).toMatchObject({ code: 'WOO_ANSWER_TOO_LARGE' });
    expect(asked.map(({ once }) => once)).toEqual([true]);
  });
});

function expectUnknown(error: unknown): void {
  expect(error).toMatchObject({ code: 'WOO_OUTCOME_UNKNOWN' });
  expect((error as CodedError).message).toMatch(/^127\.0\.0\.1:\d+ may have done what was asked/);
}

describe('products that are made', () => {
  const products = [{ name: 'Tea', sku: 'T-1' }, { name: 'Mug' }];

  it('come back with their ids, and a SKU that is taken names the product that has it', async () => {
    const { store, server } = await direct((_request, response) => {
      json(response, 200, {
        create: [
          {
            id: 0,
            error: { code: 'product_invalid_sku', message: 'Ungültig.', data: { resource_id: 12 } },
          },
          { id: 44, name: 'Mug' },
        ],
      });
    });
    expect(await store.createProducts(products)).toMatchObject([
      { error: { code: 'product_invalid_sku', data: { resource_id: 12 } } },
      { record: { id: 44 } },
    ]);
    expect(server.received.map(({ path, body }) => [path, batchOf(body)])).toEqual([
      ['/wp-json/wc/v3/products/batch', { create: products }],
    ]);
  });

  it('are a hundred at most', async () => {
    const { store, server } = await direct(taking);
    const many = Array.from({ length: 101 }, () => ({ name: 'Tea' }));
    await expect(store.createProducts(many)).rejects.toThrow(RangeError);
    expect(server.received).toHaveLength(0);
    expect(await store.createProducts(many.slice(1))).toHaveLength(100);
  });

  it.each<[string, Answer]>([
    [
      'cuts the connection',
      (_request, response) => {
        response.destroy();
      },
    ],
    [
      'answers 502',
      (_request, response) => {
        html(response, 502);
      },
    ],
    [
      'answers with a page',
      (_request, response) => {
        html(response, 200);
      },
    ],
    [
      'answers to something else',
      (_request, response) => {
        json(response, 200, { create: [{ id: 0 }, { id: 44 }] });
      },
    ],
  ])('may be there or not when the shop %s, and are not sent again', async (_what, answer) => {
    const { store, server } = await direct(answer);
    expectUnknown(await failureOf(store.createProducts(products)));
    expect(server.received).toHaveLength(1);
  });

  it('may be there or not when the shop does not answer, and are not sent again', async () => {
    const { error, received } = await stalled(async (writeDeadlineMs) => {
      const { store, server } = await direct(() => undefined, { writeDeadlineMs });
      const error = await failureOf(store.createProducts(products));
      return server.received.length === 0 ? null : { error, received: server.received };
    });
    expectUnknown(error);
    expect(received).toHaveLength(1);
  });

  it('are surely not there when the key is refused', async () => {
    const { store } = await direct((_request, response) => {
      json(response, 403, { code: 'woocommerce_rest_cannot_batch' });
    });
    const refused = { error: { code: 'SHOP_WRITE_REFUSED' } };
    expect(await store.createProducts(products)).toMatchObject(products.map(() => refused));
  });

  it('may be there where an earlier part of them is', async () => {
    let calls = 0;
    const { store } = await direct((request, response) => {
      calls += 1;
      if (calls === 1) taking(request, response);
      else json(response, 400, { code: 'rest_invalid_param' });
    });
    const large = [1, 2].map((at) => ({ name: `Tea ${at}`, description: 'x'.repeat(600_000) }));
    expect(await failureOf(store.createProducts(large))).toMatchObject({
      code: 'WOO_OUTCOME_UNKNOWN',
    });
    expect(calls).toBe(2);
  });

  it('through the gateway are sent by nobody twice', async () => {
    const slow = { status: 503, body: [{ errorCode: 'GATEWAY_STORE_SLOW', message: 'Slow.' }] };
    for (const answer of [slow, tooLarge]) {
      const { store, asked } = gateway(() => answer);
      const error = await failureOf(store.createProducts(products));
      expect(error).toMatchObject({ code: 'WOO_OUTCOME_UNKNOWN' });
      expect(asked.map(({ path, once }) => [path, once])).toEqual([
        ['/woo/main/products/batch', true],
      ]);
    }
  });
});
