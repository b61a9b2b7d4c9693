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

/** A store with people of other roles, whom its list shows only when asked for them. */
class RoleStore extends IdStore {
  readonly ofEveryRole: Readonly<Record<string, string>>[] = [];
  readonly #others: readonly number[];

  constructor(records: ConstructorParameters<typeof IdStore>[0], others: readonly number[]) {
    super(records);
    this.#others = others;
  }

  override async list(...[list, params]: Parameters<IdStore['list']>) {
    const page = await super.list(list, params);
    if (params['role'] !== 'all') return page;
    this.ofEveryRole.push(params);
    const ids = new Set(params['include']?.split(',').map(Number));
    const others = this.#others.filter((id) => ids.has(id)).map((id) => ({ id }));
    return { ...page, records: [...page.records, ...others] };
  }
}

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

  it('takes a customer of another role for neither there nor gone', async () => {
    const store = new RoleStore({ customers: [{ id: 4 }] }, [5]);
    const hints = [4, 5, 6].map((id) => hint('customer', id));
    const looked = await look(store, mappings, hints, new ProductLists());
    expect(Object.fromEntries(looked.there)).toEqual({ customers: [{ id: 4 }] });
    expect(Object.fromEntries(looked.away)).toEqual({ customer: [{ id: 6 }] });
    expect(store.ofEveryRole).toEqual([
      { role: 'all', _fields: 'id', include: '5,6', per_page: '100' },
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
