import { describe, expect, it } from 'vitest';
import type { Hint } from '../../../src/ports/change.ts';
import { ProductLists } from '../../../src/sync/read/product-type-cache.ts';
import { look } from '../../../src/sync/read/read-changed.ts';
import { IdStore, TrashStore } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const mappings = [
  mappingTo('Order', { resource: 'order' }),
  mappingTo('Product2', { resource: 'product' }),
  mappingTo('Contact', { resource: 'customer' }),
];
const hint = (resource: Hint['resource'], id: number): Hint => ({ resource, key: `main:${id}` });

describe('look', () => {
  it('reads all that is hinted in one call, a product and a variation alike', async () => {
    const store = new IdStore({
      orders: [{ id: 1 }],
      products: [{ id: 2 }],
      variations: [{ id: 3 }],
      customers: [{ id: 4 }],
    });
    const hints = [hint('order', 1), hint('product', 2), hint('product', 3), hint('customer', 4)];
    const looked = await look(store, mappings, hints, new ProductLists());
    expect(Object.fromEntries(looked.there)).toEqual({
      orders: [{ id: 1 }],
      products: [{ id: 2 }],
      variations: [{ id: 3 }],
      customers: [{ id: 4 }],
    });
    expect(looked.away.size).toBe(0);
    expect(looked.readAt).toEqual(new Date(0));
    expect(store.callsForSeveral).toBe(1);
  });

  it('looks for what is missing in the trash before it counts as gone; customers have none', async () => {
    const store = new TrashStore(
      { orders: [{ id: 1 }] },
      { orders: [{ id: 5 }], variations: [{ id: 7, parent_id: 6 }] },
    );
    const hints = [1, 5, 9].map((id) => hint('order', id));
    const looked = await look(
      store,
      mappings,
      [...hints, hint('product', 7), hint('product', 8), hint('customer', 4)],
      new ProductLists(),
    );
    expect(Object.fromEntries(looked.away)).toEqual({
      order: [{ id: 5 }, { id: 9 }],
      product: [{ id: 7, parent_id: 6 }, { id: 8 }],
      customer: [{ id: 4 }],
    });
    expect(store.asked.filter((one) => one.includes('trash'))).toEqual([
      'orders trash 5,9',
      'products trash 7,8',
      'variations trash 7,8',
    ]);
    expect(store.callsForSeveral).toBe(2);
  });

  it('asks only the list that showed a product before, and the other one where it is gone from there', async () => {
    const store = new IdStore({ products: [{ id: 2 }], variations: [{ id: 3, parent_id: 2 }] });
    const seen = new ProductLists();
    const hints = [hint('product', 2), hint('product', 3)];
    await look(store, mappings, hints, seen);
    expect(store.asked).toEqual(['products 2,3', 'variations 2,3']);
    store.asked.length = 0;
    await look(store, mappings, hints, seen);
    expect(store.asked).toEqual(['products 2', 'variations 3']);
    const changed = new TrashStore({ products: [{ id: 3 }] });
    const looked = await look(changed, mappings, hints, seen);
    expect(looked.there.get('products')).toEqual([{ id: 3 }]);
    expect(looked.away.get('product')).toEqual([{ id: 2 }]);
  });
});
