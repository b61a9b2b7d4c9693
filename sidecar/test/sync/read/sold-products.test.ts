import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import {
  changedInShop,
  mayMoveStock,
  noteSold,
  soldProducts,
} from '../../../src/sync/read/sold-products.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const SEEN = '2026-01-01T10:00:00';
const LATER = '2026-01-01T10:00:01';

function order(id: number, date: string | null = SEEN): WooRecord {
  return { id, date_modified_gmt: date };
}

/** Which of the orders may have taken stock since. @param told those that Salesforce has reported */
async function changed(orders: readonly WooRecord[], told: readonly number[]): Promise<unknown[]> {
  const state = new MemoryState();
  const origin = {
    marks: [],
    modified: Date.parse(`${SEEN}Z`),
    isHeld: false,
    isAnother: false,
    ordersDue: false,
  };
  await state.origins.save('order', [
    { ...origin, key: 'main:1' },
    { ...origin, key: 'main:2' },
    { ...origin, key: 'main:4', modified: null },
  ]);
  const dirty = new Map(told.map((id) => [`main:${id}`, 1]));
  const found = await changedInShop({ state, store: new IdStore({}), dirty }, orders);
  return found.map(({ id }) => id);
}

describe('an order', () => {
  it('that Salesforce has reported, and the shop has not moved since, has taken no stock', async () => {
    expect(await changed([order(1), order(2)], [1])).toEqual([2]);
    expect(await changed([order(1), order(2)], [])).toEqual([1, 2]);
  });

  it.each([
    ['of a later date', order(1, LATER)],
    ['that was never seen', order(3)],
    ['of which no date was seen', order(4)],
    ['without a date', order(1, null)],
  ])('%s may have', async (_, one) => {
    expect(await changed([one], [Number(one['id'])])).toEqual([one['id']]);
  });

  const lines = (meta: readonly object[]) => ({ line_items: [{ id: 1, meta_data: meta }] });
  const taken = lines([{ key: '_reduced_stock', value: '1' }]);

  it.each([
    ['processing', 'completed', taken, taken, false],
    ['on-hold', 'processing', taken, taken, false],
    ['processing', 'completed', lines([]), taken, true],
    ['pending', 'processing', taken, taken, true],
    ['processing', 'cancelled', taken, taken, true],
    ['processing', 'packed', taken, taken, true],
  ])('that goes from %s to %s by us may move stock', (from, to, before, now, moves) => {
    expect(mayMoveStock({ status: from, ...before }, { status: to, ...now })).toBe(moves);
  });
});

it('tells products from variations by what is sold', () => {
  const lists = new ProductTypeCache();
  noteSold([{ line_items: [{ product_id: 7, variation_id: 8 }, { product_id: 9 }] }], lists);
  const isProduct = (id: number) => lists.mayShow(id, 'products');
  const isVariation = (id: number) => lists.mayShow(id, 'variations');
  expect([7, 8, 9].map(isProduct)).toEqual([true, false, true]);
  expect([7, 8, 9].map(isVariation)).toEqual([false, true, false]);
});

it('has products looked at only where they are mapped', () => {
  const sold = [{ line_items: [{ product_id: 7, variation_id: 8 }] }];
  const of = (mappings: readonly Mapping[]) =>
    soldProducts({ mappings, store: new IdStore({}) } as unknown as Run, sold);
  expect(of([mappingTo('Order')])).toEqual([]);
  expect(of([mappingTo('Product2', { resource: 'product' })]).map(({ key }) => key)).toEqual([
    'main:7',
    'main:8',
  ]);
});
