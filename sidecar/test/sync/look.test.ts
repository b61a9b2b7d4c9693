import { describe, expect, it } from 'vitest';

import type { Hint } from '../../src/sync/hints.ts';
import { look } from '../../src/sync/look.ts';
import type { WooList } from '../../src/sync/ports.ts';
import type { WooRecord } from '../../src/mapping/types.ts';
import { listsBy, IdStore } from './memory.ts';
import { mappingTo } from './support.ts';

const mappings = [
  mappingTo('Order', { resource: 'order' }),
  mappingTo('Product2', { resource: 'product' }),
  mappingTo('Contact', { resource: 'customer' }),
];
const hint = (resource: Hint['resource'], id: number): Hint => ({ resource, key: `main:${id}` });

/** A shop with a trash, as WooCommerce shows it: only when asked for it. */
class TrashStore extends IdStore {
  readonly trash: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;

  constructor(
    records: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>,
    trash: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>,
  ) {
    super(records);
    this.trash = trash;
  }

  override list(list: WooList, params: Readonly<Record<string, string>>) {
    if (params['status'] !== 'trash') return super.list(list, params);
    this.asked.push(`${list} trash ${params['include'] ?? ''}`);
    return new IdStore(this.trash).list(list, params);
  }

  override lists(reads: Parameters<IdStore['lists']>[0]) {
    this.callsForSeveral += 1;
    return listsBy((list, params) => this.list(list, params))(reads);
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
    const looked = await look(store, mappings, hints);
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
    const looked = await look(store, mappings, [
      ...hints,
      hint('product', 7),
      hint('product', 8),
      hint('customer', 4),
    ]);
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
});
