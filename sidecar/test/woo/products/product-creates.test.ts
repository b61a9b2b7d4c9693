import { afterEach, describe, expect, it } from 'vitest';
import type { CodedError } from '../../../src/errors/coded-error.ts';
import { stalled } from '../../support/deadlines.ts';
import { type Answer, failureOf, html, json } from '../../support/scripted-server.ts';
import { batchOf, direct, taking, gateway, tooLarge, closeShop } from '../support/product-shop.ts';

afterEach(closeShop);

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
      else json(response, 200, 'not an answer to a batch');
    });
    const large = [1, 2].map((at) => ({ name: `Tea ${at}`, description: 'x'.repeat(600_000) }));
    expect(await failureOf(store.createProducts(large))).toMatchObject({
      code: 'WOO_OUTCOME_UNKNOWN',
    });
    expect(calls).toBe(2);
  });

  it('are refused each by itself, beside those that are made', async () => {
    let calls = 0;
    const { store } = await direct((request, response) => {
      calls += 1;
      if (calls !== 2) taking(request, response);
      else json(response, 413, { code: 'too_large' });
    });
    const large = [1, 2, 3].map((at) => ({ name: `Tea ${at}`, description: 'x'.repeat(600_000) }));
    const refused = { code: 'WOO_REQUEST_REFUSED' };
    expect(await store.createProducts(large)).toMatchObject([
      { record: {} },
      { error: refused },
      { record: {} },
    ]);
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
