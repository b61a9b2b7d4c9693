import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/lib/secret.ts';
import type { MetaWrite } from '../../src/ports/store.ts';
import { DirectStore } from '../../src/woo/direct-store.ts';
import { batchesOf } from '../../src/woo/meta-batches.ts';
import {
  type Answer,
  failureOf,
  json,
  type ScriptedServer,
  serve,
} from '../support/scripted-server.ts';

const keys = {
  consumerKey: new Secret('ck_0123456789abcdef'),
  consumerSecret: new Secret('cs_fedcba9876543210'),
  keyVariable: 'WOO_MAIN_KEY',
  secretVariable: 'WOO_MAIN_SECRET',
};

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function storeThat(answer: Answer): Promise<DirectStore> {
  server = await serve(answer);
  const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };
  return new DirectStore({ key: 'main', url: server.url }, keys, { deadlineMs: 5_000, retry });
}

interface Item {
  id: number;
  meta_data: { key: string; value: string }[];
}

const itemsOf = (body: string): Item[] => (JSON.parse(body) as { update: Item[] }).update;

/** Keeps what it is sent, as WooCommerce does, but for the ids that it refuses. */
const keeping =
  (asked: string[], refused: readonly number[] = []): Answer =>
  (request, response) => {
    asked.push(`${request.method} ${request.path}`);
    const update = itemsOf(request.body).map((item) =>
      refused.includes(item.id)
        ? { id: item.id, error: { code: 'woocommerce_rest_shop_order_invalid_id', message: 'No.' } }
        : { ...item, meta_data: [{ id: 1, key: 'x', value: 'y' }, ...item.meta_data] },
    );
    json(response, 200, { update });
  };

const write = (id: number, parentId: number | null = null): MetaWrite => ({
  id,
  parentId,
  value: `sf${id}`,
});

describe('a custom field of many records', () => {
  it('is written in batches of at most 100, each by its own route', () => {
    const many = Array.from({ length: 230 }, (_, at) => write(at + 1));
    expect(batchesOf('orders', many).map(({ path, writes }) => [path, writes.length])).toEqual([
      ['orders/batch', 100],
      ['orders/batch', 100],
      ['orders/batch', 30],
    ]);
    const variations = [write(8, 7), write(10, 9), write(11, 7)];
    expect(batchesOf('variations', variations).map(({ path }) => path)).toEqual([
      'products/7/variations/batch',
      'products/9/variations/batch',
    ]);
    expect(batchesOf('orders', [])).toEqual([]);
  });

  it('is sent by its key, and what the shop kept is checked', async () => {
    const asked: string[] = [];
    const store = await storeThat(keeping(asked));
    expect(await store.writeMeta('customers', '_sf', [write(3), write(4)])).toEqual([]);
    expect(asked).toEqual(['POST /wp-json/wc/v3/customers/batch']);
  });

  it('names the records that were refused', async () => {
    const store = await storeThat(keeping([], [4]));
    expect(await store.writeMeta('orders', '_sf', [write(3), write(4)])).toEqual([
      {
        id: 4,
        code: 'woocommerce_rest_shop_order_invalid_id',
        message:
          'The custom field _sf was not written: the shop refused it (woocommerce_rest_shop_order_invalid_id).',
      },
    ]);
  });

  it('names the records that do not hold it afterwards', async () => {
    const store = await storeThat((_request, response) => {
      json(response, 200, { update: [{ id: 3, meta_data: [] }] });
    });
    expect(await store.writeMeta('orders', '_sf', [write(3)])).toMatchObject([
      { id: 3, code: 'META_NOT_KEPT' },
    ]);
  });

  it('is repeated where the shop cannot answer for a moment', async () => {
    let calls = 0;
    const store = await storeThat((request, response) => {
      calls += 1;
      if (calls === 1) json(response, 503, {});
      else keeping([])(request, response);
    });
    expect(await store.writeMeta('orders', '_sf', [write(3)])).toEqual([]);
    expect(calls).toBe(2);
  });

  it('says what a key lacks that may only read', async () => {
    const store = await storeThat((_request, response) => {
      json(response, 401, { code: 'woocommerce_rest_authentication_error', message: 'No.' });
    });
    const error = await failureOf(store.writeMeta('products', '_sf', [write(3)]));
    expect(error).toMatchObject({ code: 'WOO_KEY_REFUSED' });
    expect((error as Error).message).toContain(
      'does not let the key in WOO_MAIN_KEY write products',
    );
    expect((error as { cure?: string }).cure).toMatch(/Read\/Write/);
  });

  it('takes nothing else for an answer', async () => {
    for (const body of [[], { update: [] }, { update: [{ id: 'x' }] }]) {
      const store = await storeThat((_request, response) => {
        json(response, 200, body);
      });
      const error = await failureOf(store.writeMeta('products', '_sf', [write(3)]));
      expect(error).toMatchObject({ code: 'WOO_UNEXPECTED_ANSWER' });
      await server?.close();
    }
  });
});
