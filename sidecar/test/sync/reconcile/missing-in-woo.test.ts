import { beforeEach, describe, expect, it } from 'vitest';
import { mappingTo } from '../../support/rows.ts';
import { gmt } from '../../support/sweep-shop.ts';
import {
  orders,
  contacts,
  products,
  shop,
  state,
  link,
  prove,
  nextDay,
  beginAnew,
} from './reconcile-world.ts';

beforeEach(beginAnew);

/** As the org shows it to a new state. */
const learned = (object: string, id: number) => ({
  object,
  key: `main:${id}`,
  recordId: `id ${id}`,
  parentKey: null,
  hash: null,
  byId: false,
  readAt: new Date(0),
  readNumber: 0,
});

/** An order as it counts for its customer. */
const counted = {
  key: 'main:1',
  customer: 'main:customer:1',
  status: 'processing',
  counts: true,
  currency: 'USD',
  total: '10.00',
  refunded: '1.00',
  refunds: [],
  placedAt: null,
};

const refunds = mappingTo('Woo_Refund__c', { resource: 'refund', deleteRule: 'delete' });

describe('the count of the reconcile', () => {
  beforeEach(() => {
    state.slice = () => Promise.resolve([]);
  });

  it('is taken first, in one call, of lists whose deletions matter and of their trash', async () => {
    shop.put('orders', 1, { created: gmt(0) });
    await link('Woo_Order__c', [1, 2]);
    const { found } = await prove([orders, refunds, products, contacts]);
    expect(found).toEqual([]);
    expect(shop.severalCalls).toBe(1);
    expect(shop.asked.map(({ list, params }) => `${list} ${params['status'] ?? ''}`)).toEqual([
      'products ',
      'products trash',
      'variations ',
      'variations trash',
      'orders ',
      'orders trash',
      'refunds ',
    ]);
    expect(new Set(shop.asked.map(({ params }) => params['per_page']))).toEqual(new Set(['1']));
  });

  it('is not taken of what is kept whatever becomes of it in the shop', async () => {
    await prove([{ ...orders, deleteRule: 'keep' }]);
    expect(shop.asked).toEqual([]);
  });

  it('finds orders that were deleted for good', async () => {
    for (const id of [1, 2, 3, 4]) shop.put('orders', id, { created: gmt(id) });
    await link('Woo_Order__c', [1, 2, 3]);
    await prove([orders]);
    await nextDay();
    for (const id of [2, 4]) shop.remove('orders', id);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:2']);
    expect(result).toMatchObject({ missing: 1 });
    await nextDay();
    expect((await prove([orders])).found).toEqual([]);
  });

  it('finds one that was deleted where another was dated back since, by a clock that was slow', async () => {
    for (const id of [1, 2]) shop.put('orders', id, { created: gmt(id) });
    await link('Woo_Order__c', [1, 2]);
    await prove([orders]);
    await nextDay();
    shop.remove('orders', 1);
    shop.put('orders', 3, { created: gmt(3) });
    expect((await prove([orders])).found).toEqual(['order main:1']);
  });

  it.each([
    ['at first', false],
    ['after an upgrade', true],
  ])('finds what was deleted for good while the state was lost, once, %s', async (_, isUpgrade) => {
    for (const id of [1, 2, 3, 9]) shop.put('orders', id, { created: gmt(id) });
    await link('Woo_Order__c', [1, 4, 9]);
    for (const id of [2, 3, 5])
      await state.didWrite([{ ...learned('Woo_Order__c', id), state: 'unverified' }], []);
    await state.didWrite([{ ...learned('Woo_Order__c', 6), state: 'soft_deleted' }], []);
    const counted = { before: gmt(shop.now), totals: { orders: 4 }, newest: { orders: 9 } };
    if (isUpgrade) await state.saveCursor('main', 'proof:counts', counted);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:5']);
    expect(result).toMatchObject({ missing: 1 });
    expect(shop.asked.flatMap(({ params }) => params['include'] ?? [])).toEqual(['2,3,5']);
    await nextDay();
    expect((await prove([orders])).found).toEqual([]);
  });

  it('asks for no record where the numbers are the same, whatever was made since or went to the trash', async () => {
    for (const id of [1, 2, 3]) shop.put('orders', id, { created: gmt(id) });
    await link('Woo_Order__c', [1, 2, 3]);
    await prove([orders]);
    await nextDay();
    shop.put('orders', 3, { trash: true });
    for (const id of [4, 5]) shop.put('orders', id, { created: gmt(shop.now - 3600) });
    expect((await prove([orders])).found).toEqual([]);
    expect(shop.asked.every(({ params }) => params['include'] === undefined)).toBe(true);
  });

  it('finds what was made and deleted for good since the last one, and asks for nothing older', async () => {
    for (const id of [1, 2, 3]) shop.put('orders', id, { created: gmt(id) });
    shop.put('products', 4, { created: gmt(4) });
    await link('Woo_Order__c', [1, 2, 3]);
    await link('Product2', [4]);
    await prove([orders, products]);
    await nextDay();
    for (const id of [5, 6]) shop.put('orders', id, { created: gmt(shop.now - 3600) });
    shop.put('variations', 8, { created: gmt(shop.now - 3600), parentId: 4 });
    await link('Woo_Order__c', [5, 6, 7]);
    await link('Product2', [8, 9]);
    const before = shop.severalCalls;
    const { found, result } = await prove([orders, products]);
    expect(found).toEqual(['product main:9', 'order main:7']);
    expect(result).toMatchObject({ missing: 2 });
    const asked = shop.asked.flatMap(({ params }) => params['include'] ?? []);
    expect(asked).toEqual(['8,9', '8,9', '5,6,7']);
    expect(shop.severalCalls - before).toBe(1 + 3);
    for (const [list, id] of [
      ['orders', 10],
      ['products', 11],
    ] as const)
      shop.put(list, id, { created: gmt(shop.now - 1800) });
    await nextDay();
    await prove([orders, products]);
    await nextDay();
    expect((await prove([orders, products])).found).toEqual([]);
  });

  it('counts no record that is flagged as deleted already, however often it is asked for', async () => {
    for (const id of [1, 2]) shop.put('orders', id, { created: gmt(id) });
    await link('Woo_Order__c', [1, 2, 3]);
    await prove([orders]);
    await nextDay();
    const flagged = { object: 'Woo_Order__c', key: 'main:3', recordId: 'id 3', parentKey: null };
    const readNumber = 0;
    await state.didWrite(
      [{ ...flagged, state: 'soft_deleted', hash: null, byId: false, readNumber }],
      [],
    );
    const { found, result } = await prove([orders]);
    expect(shop.asked.flatMap(({ params }) => params['include'] ?? [])).toEqual(['3']);
    expect(found).toEqual([]);
    expect(result).toMatchObject({ missing: 0 });
  });

  it('tells a variation from a product that is gone', async () => {
    for (const id of [1, 2]) shop.put('products', id, { created: gmt(id) });
    for (const id of [11, 12]) shop.put('variations', id, { created: gmt(id), parentId: 1 });
    await link('Product2', [1, 2, 11, 12]);
    await prove([products]);
    await nextDay();
    shop.remove('variations', 12);
    expect((await prove([products])).found).toEqual(['product main:12']);
  });

  it('queues the order of a refund that was deleted', async () => {
    shop.put('refunds', 21, { created: gmt(1), parentId: 7 });
    shop.put('refunds', 22, { created: gmt(1), parentId: 8 });
    await link('Woo_Refund__c', [21], 7);
    await link('Woo_Refund__c', [22], 8);
    await prove([refunds]);
    await nextDay();
    shop.remove('refunds', 22);
    expect((await prove([refunds])).found).toEqual(['order main:8']);
  });

  it('queues the order of a refund that was deleted, where it only counts for its customer', async () => {
    const buyers = { ...contacts, keepsTotals: true };
    const count = (id: number, ids: readonly number[]) =>
      state.totals.note([{ ...counted, key: `main:${id}`, refunds: ids }], [], 1);
    for (const id of [7, 8, 9]) shop.put('orders', id, { created: gmt(1) });
    for (const [id, parentId] of [
      [21, 7],
      [22, 8],
      [23, 8],
      [24, 9],
    ] as const)
      shop.put('refunds', id, { created: gmt(1), parentId });
    await count(7, [21]);
    await count(8, [22, 23]);
    await count(9, []);
    await prove([orders, buyers]);
    await nextDay();
    expect((await prove([orders, buyers])).found).toEqual([]);
    shop.remove('refunds', 22);
    // One that nobody counts is of no order that is known.
    shop.remove('refunds', 24);
    await nextDay();
    expect((await prove([orders, buyers])).found).toEqual(['order main:8']);
    await count(8, [23]);
    // One that was made and deleted between two nights is in no count of the shop.
    await count(9, [25]);
    await nextDay();
    expect((await prove([orders, buyers])).found).toEqual(['order main:9']);
  });

  it('asks for no refunds where nothing is counted', async () => {
    await prove([orders, contacts]);
    expect(shop.asked.map(({ list }) => list)).not.toContain('refunds');
  });

  it('asks for a thousand linked records per call', async () => {
    const ids = Array.from({ length: 2500 }, (_, at) => at + 1);
    for (const id of ids) shop.put('orders', id, { created: gmt(0) });
    await link('Woo_Order__c', ids);
    await prove([orders]);
    await nextDay();
    shop.remove('orders', 1700);
    const before = shop.severalCalls;
    expect((await prove([orders])).found).toEqual(['order main:1700']);
    expect(shop.severalCalls - before).toBe(1 + 3);
    expect(shop.singles).toEqual([]);
  });
});
