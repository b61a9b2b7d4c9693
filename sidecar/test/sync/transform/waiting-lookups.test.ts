import { beforeEach, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { queueDueLookups } from '../../../src/sync/detect/due-lookups.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { MemoryState, TakingOrg, TrashStore } from '../../support/memory-state.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';

const categoryKey = (id: unknown) => `main:product_category:${String(id)}`;
const toCategory = (id: unknown) => lookup('Category', categoryKey(id));

const mappings = [
  mapping('product_category', 'Category', () => []),
  mapping('product', 'Product2', ({ category, parent_id }) => [
    toCategory(category),
    ...(parent_id === undefined ? [] : [lookup('Product2', keyOf(parent_id), true)]),
  ]),
  mapping('order', 'Order', ({ product_id, category }) => [
    lookup('Product2', keyOf(product_id)),
    lookup('Category', keyOf('guest:ada@example.com')),
    ...(category === undefined ? [] : [toCategory(category)]),
  ]),
  mapping('refund', 'Refund', ({ parent_id, category }) => [
    lookup('Order', keyOf(parent_id), true),
    ...(category === undefined ? [] : [{ ...toCategory(category), required: true }]),
  ]),
];
const product = { id: 5, name: 'bag', category: 3 };
const order: WooRecord = {
  id: 1,
  status: 'completed',
  order_key: 'wc_order_a',
  customer_id: 0,
  line_items: [],
  refunds: [],
  product_id: 9,
};

let org = new TakingOrg();
let state = new MemoryState();
beforeEach(() => {
  org = new TakingOrg();
  state = new MemoryState();
});

async function pull(
  lists: ConstructorParameters<typeof TrashStore>[0],
  changes: readonly ChangeEvent[],
) {
  const listener = new CollectedFailures();
  const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
  const store = new TrashStore(lists);
  await syncChanges(
    { org: org.asOrg, state, store, mappings, listener, ...remembered, links: null },
    changes,
  );
  return listener
    .take()
    .map(({ key, code, wholeKey = '' }) => [key, code, wholeKey].join(' ').trim());
}

/** The category is brought, and what waited for it is queued. */
async function category(): Promise<readonly ChangeEvent[]> {
  const link = { state: 'verified', hash: 'x', parentKey: null, byId: false } as const;
  const [key, readNumber] = [categoryKey(3), 1];
  await state.didWrite([{ ...link, object: 'Category', key, recordId: 'c3', readNumber }], []);
  const queued: ChangeEvent[] = [];
  const add = (changes: readonly ChangeEvent[]) => {
    queued.push(...changes);
    return Promise.resolve();
  };
  await queueDueLookups(state, { add }, 'main');
  return queued;
}

const changeOf = (resource: ChangeEvent['resource'], id: number) => ({ resource, key: keyOf(id) });
const records = (object: string) => org.records.get(object) ?? [];

it('fills a lookup once the record that it names has come', async () => {
  await pull({ products: [product] }, [changeOf('product', 5)]);
  expect(records('Product2')).toMatchObject([{ Name: 'bag', Category__c: null }]);
  const queued = await category();
  expect(queued).toEqual([changeOf('product', 5)]);
  await pull({ products: [product] }, queued);
  expect(records('Product2').at(-1)).toMatchObject({ Category__c: 'c3' });
  expect(state.waiting.saved.size).toBe(0);
});

it('looks at the order again for a refund that cannot be without it', async () => {
  const refund = { id: 40, parent_id: 1, name: 'refund', category: 3 };
  const lists = { orders: [{ ...order, refunds: [{ id: 40 }] }], refunds: [refund] };
  expect(await pull(lists, [changeOf('order', 1)])).toEqual([
    'refund:Refund:main:40 PARENT_MISSING',
  ]);
  const queued = await category();
  expect(queued).toEqual([changeOf('order', 1)]);
  expect(await pull(lists, queued)).toEqual([]);
  expect(records('Refund')).toMatchObject([{ Name: 'refund' }]);
});

it('looks at a variation again that cannot be without its product, and says which that is', async () => {
  const variation = { ...product, id: 51, parent_id: 5 };
  const lists = { variations: [variation] };
  expect(await pull(lists, [changeOf('product', 51)])).toEqual([
    'product:Product2:main:51 PARENT_MISSING main:5',
  ]);
  expect([...state.waiting.saved.values()]).toContainEqual({
    object: 'Product2',
    key: keyOf(5),
    change: changeOf('product', 51),
  });
});

it('waits neither for a product that an order names, for it was asked for, nor for a guest', async () => {
  await pull({ orders: [{ ...order, category: 3 }] }, [changeOf('order', 1)]);
  expect([...state.waiting.saved.values()]).toEqual([
    { object: 'Category', key: categoryKey(3), change: changeOf('order', 1) },
  ]);
});
