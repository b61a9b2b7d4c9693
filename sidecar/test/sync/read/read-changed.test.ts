import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { readChanged } from '../../../src/sync/read/read-changed.ts';
import { IdStore, TrashStore } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const mappings = [
  mappingTo('Order', { resource: 'order' }),
  mappingTo('Product2', { resource: 'product' }),
  mappingTo('Contact', { resource: 'customer' }),
];
const change = (resource: ChangeEvent['resource'], id: number): ChangeEvent => ({
  resource,
  key: `main:${id}`,
});

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
  it('reads all that is queued in one call, a product and a variation alike', async () => {
    const store = new IdStore({
      orders: [{ id: 1 }],
      products: [{ id: 2 }],
      variations: [{ id: 3 }],
      customers: [{ id: 4 }],
    });
    const changes = [
      change('order', 1),
      change('product', 2),
      change('product', 3),
      change('customer', 4),
    ];
    const looked = await readChanged(store, mappings, changes, new ProductTypeCache());
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
    const changes = [1, 5, 9].map((id) => change('order', id));
    const looked = await readChanged(
      store,
      mappings,
      [...changes, change('product', 7), change('product', 8), change('customer', 4)],
      new ProductTypeCache(),
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
    const changes = [4, 5, 6].map((id) => change('customer', id));
    const looked = await readChanged(store, mappings, changes, new ProductTypeCache());
    expect(Object.fromEntries(looked.there)).toEqual({ customers: [{ id: 4 }] });
    expect(Object.fromEntries(looked.away)).toEqual({ customer: [{ id: 6 }] });
    expect(store.ofEveryRole).toEqual([
      { role: 'all', _fields: 'id', include: '5,6', per_page: '100' },
    ]);
    expect(store.callsForSeveral).toBe(2);
  });

  it('asks only the list that showed a product before, and the other one where it is gone from there', async () => {
    const store = new IdStore({ products: [{ id: 2 }], variations: [{ id: 3, parent_id: 2 }] });
    const seen = new ProductTypeCache();
    const changes = [change('product', 2), change('product', 3)];
    await readChanged(store, mappings, changes, seen);
    expect(store.asked).toEqual(['products 2,3', 'variations 2,3']);
    store.asked.length = 0;
    await readChanged(store, mappings, changes, seen);
    expect(store.asked).toEqual(['products 2', 'variations 3']);
    const changed = new TrashStore({ products: [{ id: 3 }] });
    const looked = await readChanged(changed, mappings, changes, seen);
    expect(looked.there.get('products')).toEqual([{ id: 3 }]);
    expect(looked.away.get('product')).toEqual([{ id: 2 }]);
  });
});
