import { afterEach, describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import type { ProductUpdate } from '../../../src/ports/store.ts';
import { updateBatches } from '../../../src/woo/products/product-batches.ts';
import { failureOf, html, json } from '../../support/scripted-server.ts';
import { batchOf, direct, taking, gateway, tooLarge, closeShop } from '../support/product-shop.ts';

afterEach(closeShop);

const change = (id: number, parentId: number | null = null, fields: WooRecord = {}) => ({
  id,
  parentId,
  fields: { name: `Tea ${id}`, ...fields },
});

const idsIn = (call: ApexCall | undefined): number[] =>
  (batchOf(call?.json ?? '{}').update ?? []).map(({ id }) => id);

describe('changes of products', () => {
  it('are sent in batches, those of variations by their products, and come back in the order given', async () => {
    const { store, server } = await direct(taking);
    const updates: ProductUpdate[] = [
      change(8, 7),
      change(3),
      change(10, 9),
      change(11, 7),
      ...Array.from({ length: 150 }, (_, at) => change(1000 + at)),
    ];
    const results = await store.updateProducts(updates);
    expect(results).toEqual(updates.map(({ id, fields }) => ({ record: { ...fields, id } })));
    const sent = server.received.map(({ method, path, body }) => [
      method,
      path.replace('/wp-json/wc/v3/', ''),
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

  it.each(['updateProducts', 'updateOrders'] as const)(
    'are tried once by %s, for the shop may have changed them meanwhile',
    async (update) => {
      const changes = [change(3), change(4)];
      const { store, server } = await direct((_, response) => {
        html(response, 502);
      });
      expect(await failureOf(store[update](changes))).toMatchObject({ code: 'WOO_UNAVAILABLE' });
      expect(server.received).toHaveLength(1);
      const passed = gateway(() => ({ woo: 502, body: {} }));
      await failureOf(passed.store[update](changes));
      expect(passed.asked.map(({ once }) => once)).toEqual([true]);
      expect(passed.asked.map(idsIn)).toEqual([[3, 4]]);
    },
  );

  it.each([
    ['images by address', { images: [{ id: 5 }, { src: 'https://sync.example/p.png' }] }],
    ['an image without a known id', { images: [{ id: 0, src: 'https://sync.example/p.png' }] }],
    ['the image of a variation', { image: { src: 'https://sync.example/p.png' } }],
    ['a difference of stock', { inventory_delta: -2 }],
  ])('with %s go ten at a time, apart from the others', async (_what, fields) => {
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
  });

  it('with images of known ids may be repeated', () => {
    const fields = {
      images: [{ id: 5 }, { id: 6, src: 'https://shop.example/p.png' }],
      image: null,
    };
    expect(updateBatches([change(1, null, fields)])[0]?.once).toBe(false);
  });

  it('may each be refused, without the address of an image in the reason', async () => {
    const error = (code: unknown, message: string, data: unknown = { status: 400 }) => ({
      code,
      message,
      data,
    });
    const address = 'https://sync.example/pictures/1?signature=s3cret';
    const refusals = [
      error('product_invalid_sku', 'Invalid or duplicated SKU.', {
        status: 400,
        resource_id: 12,
        unique_sku: 'jane@example.com',
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
      1,
      2,
      3,
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
