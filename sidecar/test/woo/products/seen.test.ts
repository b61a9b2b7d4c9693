import { afterEach, describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ProductUpdate } from '../../../src/ports/store.ts';
import { json } from '../../support/scripted-server.ts';
import { counts, passed, storeThat } from '../support/gateway-shop.ts';
import { batchOf, closeShop, direct } from '../support/product-shop.ts';

afterEach(closeShop);

/** A shop that holds these records. */
function holding(records: readonly WooRecord[]) {
  return direct((request, response) => {
    if (request.method === 'GET') json(response, 200, records);
    else json(response, 200, { update: batchOf(request.body).update });
  });
}

const update = (id: number, seen?: ProductUpdate['seen'], parentId: number | null = null) => ({
  id,
  parentId,
  fields: { name: 'Mug' },
  ...(seen && { seen }),
});

describe('changes of records of which it is said what was seen', () => {
  it('are made of those that hold it, and told of the others, after one read', async () => {
    const { store, server } = await holding([
      { id: 3, name: 'Tea' },
      { id: 4, name: 'Cup' },
      { id: 5, name: 'tea' },
    ]);
    const seen = { name: 'Tea' };
    const results = await store.updateProducts([3, 4, 5, 6].map((id) => update(id, seen)));
    const made = (id: number) => ({ record: { name: 'Mug', id } });
    expect(results).toEqual([made(3), { changed: true }, { changed: true }, made(6)]);
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /wp-json/wc/v3/products',
      'POST /wp-json/wc/v3/products/batch',
    ]);
    const asked = Object.fromEntries(server.received[0]?.query ?? []);
    expect(asked).toMatchObject({ include: '3,4,5,6', _fields: 'id,name', per_page: '4' });
    const sent = batchOf(server.received[1]?.body ?? '{}').update ?? [];
    expect(sent.map(({ id }) => id)).toEqual([3, 6]);
  });

  it('are no request where all hold something else', async () => {
    const { store, server } = await holding([{ id: 3, status: 'completed' }]);
    const seen = { status: 'processing' };
    expect(await store.updateOrders([update(3, seen)])).toEqual([{ changed: true }]);
    expect(server.received.map(({ method }) => method)).toEqual(['GET']);
  });

  it('of variations are read by their product; what nobody has seen is read by none', async () => {
    const { store, server } = await holding([{ id: 3, regular_price: '2' }]);
    const seen = { regular_price: '1' };
    const results = await store.updateProducts([update(3, seen, 9), update(4)]);
    expect(results).toEqual([{ changed: true }, { record: { name: 'Mug', id: 4 } }]);
    expect(server.received.map(({ path }) => path)).toEqual([
      '/wp-json/wc/v3/products/9/variations',
      '/wp-json/wc/v3/products/batch',
    ]);
  });

  it('send nothing where the read fails', async () => {
    const { store, server } = await direct((_, response) => {
      json(response, 503, { code: 'busy' });
    });
    const sent = store.updateProducts([update(3, { name: 'Tea' })]);
    await expect(sent).rejects.toMatchObject({ code: 'WOO_UNAVAILABLE' });
    expect(server.received.map(({ method }) => method)).toEqual(['GET']);
  });

  it('are one call of the gateway, which compares', async () => {
    const { store, asked } = storeThat(() =>
      passed({ update: [{ id: 3, name: 'Mug' }] }, { ...counts, 'woo-changed': '4,5' }),
    );
    const seen = { name: 'Tea' };
    const results = await store.updateProducts([update(4, seen), update(3), update(5, seen)]);
    expect(results).toEqual([
      { changed: true },
      { record: { id: 3, name: 'Mug' } },
      { changed: true },
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/woo/main/unchanged/products/batch',
      once: true,
    });
    expect(JSON.parse(asked[0]?.json ?? '')).toEqual({
      update: [4, 3, 5].map((id) => ({ name: 'Mug', id })),
      seen: [4, 5].map((id) => ({ id, values: seen })),
    });
  });
});
