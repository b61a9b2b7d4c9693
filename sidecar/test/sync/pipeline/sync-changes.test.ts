import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Hint, HintResource } from '../../../src/ports/change.ts';
import { pullHinted } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductLists } from '../../../src/sync/read/product-type-cache.ts';
import { Findings } from '../../../src/sync/report/collected-failures.ts';
import { type IdStore, MemoryState, TakingOrg, TrashStore } from '../../support/memory-state.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';

const hint = (resource: HintResource, id: number): Hint => ({ resource, key: keyOf(id) });

const deleteFlag = { field: 'Gone__c', value: true };
const mappings = [
  mapping('customer', 'Contact', () => []),
  mapping('product', 'Product2', () => [], { deleteRule: 'flag', deleteFlag }),
  mapping(
    'order',
    'Order',
    ({ customer_id }) => [lookup('Contact', customer_id === 0 ? null : keyOf(customer_id))],
    {
      ...{ deleteRule: 'flag', deleteFlag },
      meets: ({ status }) => status === 'completed',
    },
  ),
  mapping('order_item', 'Item', ({ order_id, product }) => [
    lookup('Order', keyOf(order_id), true),
    lookup('Product2', product === undefined ? null : keyOf(product)),
  ]),
  mapping('refund', 'Refund', ({ parent_id }) => [lookup('Order', keyOf(parent_id), true)]),
];

function order(id: number, over: WooRecord = {}): WooRecord {
  const line_items = [{ id: id * 10, name: 'Tea', product_id: 7, variation_id: 0, quantity: 1 }];
  return { id, status: 'completed', customer_id: 3, line_items, refunds: [], ...over };
}

function world() {
  const org = new TakingOrg();
  const state = new MemoryState();
  const remembered = { productLists: new ProductLists(), inherited: new InheritedValues() };
  const pull = async (store: IdStore, ...hints: Hint[]) => {
    const findings = new Findings();
    const listener = findings;
    const parts = { org: org.asOrg, state, store, mappings, listener, ...remembered, links: null };
    const { again } = await pullHinted(parts, hints);
    return { again, failures: findings.take(), seen: findings.records };
  };
  return { org, state, pull };
}

const customer = { id: 3, name: 'Ada' };
const product = { id: 7, name: 'Tea' };

describe('pullHinted', () => {
  it('brings what is hinted together, in one read and one write', async () => {
    const { org, pull } = world();
    const refund = { id: 40, parent_id: 1, name: 'refund' };
    const store = new TrashStore({
      ...{ customers: [customer], products: [product], refunds: [refund] },
      orders: [order(1, { refunds: [{ id: 40 }] })],
    });
    await pull(store, hint('order', 1), hint('product', 7), hint('customer', 3));
    expect(org.calls).toBe(1);
    expect(
      Object.fromEntries([...org.records].map(([object, rows]) => [object, rows.length])),
    ).toEqual({ Contact: 1, Product2: 1, Order: 1, Item: 1, Refund: 1 });
    // One for all that is hinted, another for the refunds that the order turned out to have.
    expect(store.callsForSeveral).toBe(2);
  });

  it('writes nothing where nothing has changed, and reads a refund that is in step no more', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      ...{ customers: [customer], products: [product] },
      refunds: [{ id: 40, parent_id: 1, name: 'refund' }],
      orders: [order(1, { refunds: [{ id: 40 }] })],
    });
    await pull(store, hint('order', 1));
    const { calls } = org;
    store.asked.length = 0;
    await pull(store, hint('order', 1));
    expect(org.calls).toBe(calls);
    expect(store.asked).toEqual(['orders 1']);
  });

  it('has parents looked at that it made, and products that may have been sold', async () => {
    const { pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1)],
    });
    const { again } = await pull(store, hint('order', 1));
    expect(again).toEqual([hint('customer', 3), hint('product', 7), hint('product', 7)]);
    // By then they are known.
    expect((await pull(store, hint('order', 1))).again).toEqual([hint('product', 7)]);
  });

  it('fault 20: looks at the variation and its product too, whose stock an old WooCommerce took without a word', async () => {
    const { pull } = world();
    const line = { id: 10, name: 'Shirt', product_id: 7, variation_id: 8, quantity: 1 };
    const store = new TrashStore({
      ...{ customers: [customer], products: [product] },
      variations: [{ id: 8, parent_id: 7 }],
      orders: [order(1, { status: 'processing', line_items: [line] })],
    });
    const { again } = await pull(store, hint('order', 1));
    expect(again).toEqual([hint('product', 7), hint('product', 8)]);
  });

  it('looks at all variations when what their product lends them has changed, and not again', async () => {
    const { pull } = world();
    const shirt = { ...product, name: 'Shirt', variations: [71, 72], stock_quantity: 26 };
    const at = (fields: WooRecord) => new TrashStore({ products: [{ ...shirt, ...fields }] });
    const both = [hint('product', 71), hint('product', 72)];
    // Nothing is known of what was lent before.
    expect((await pull(at({}), hint('product', 7))).again).toEqual(both);
    expect((await pull(at({}), hint('product', 7))).again).toEqual([]);
    expect((await pull(at({ description: 'New' }), hint('product', 7))).again).toEqual([]);
    expect((await pull(at({ stock_quantity: 24 }), hint('product', 7))).again).toEqual(both);
    const moved = { stock_quantity: 24, sku: 'SHIRT-2-RENAMED' };
    expect((await pull(at(moved), hint('product', 7))).again).toEqual(both);
  });

  it('looks at all variations when one is sold from the stock of their product', async () => {
    const { pull } = world();
    const shirt = { ...product, variations: [71, 72], manage_stock: true };
    const line = { id: 10, name: 'Shirt', product_id: 7, variation_id: 71, quantity: 2 };
    const at = (stock_quantity: number) =>
      new TrashStore({
        ...{ customers: [customer], products: [{ ...shirt, stock_quantity }] },
        orders: [order(1, { line_items: [line] })],
      });
    await pull(at(26), hint('product', 7));
    const sold = await pull(at(24), hint('order', 1));
    expect(sold.again).toContainEqual(hint('product', 7));
    const { again } = await pull(at(24), ...sold.again);
    expect(again).toEqual(expect.arrayContaining([hint('product', 71), hint('product', 72)]));
  });

  it('passes over orders that do not meet the condition, such as drafts of a checkout', async () => {
    const { org, pull } = world();
    const store = new TrashStore({ orders: [order(1, { status: 'checkout-draft' })] });
    const { failures, seen } = await pull(store, hint('order', 1));
    expect([org.calls, failures]).toEqual([0, []]);
    // An issue of before closes: nobody wants the record any more.
    expect(seen).toEqual([{ object: 'Order', key: 'main:1' }]);
  });

  it('brings a variation that comes under the topic of products, named after its product', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      products: [{ id: 7, name: 'Shirt' }],
      variations: [{ id: 8, parent_id: 7, name: 'Red' }],
    });
    await pull(store, hint('product', 8));
    expect(org.of('Product2')).toMatchObject([{ Woo_Key__c: 'main:8', Name: 'Shirt' }]);
  });

  it('flags what is in the trash or gone, once, and passes over what was never here', async () => {
    const { org, state, pull } = world();
    const store = new TrashStore({
      ...{ customers: [customer], products: [product] },
      orders: [order(1), order(2)],
    });
    await pull(store, hint('order', 1), hint('order', 2), hint('product', 7));
    const emptied = new TrashStore({ customers: [customer] }, { orders: [order(1)] });
    // 99 is a blog post that was trashed: WooCommerce says "product.deleted" with its id.
    const hints = [hint('order', 1), hint('order', 2), hint('product', 7), hint('product', 99)];
    await pull(emptied, ...hints);
    const flagged = (object: string) => org.of(object).filter((row) => row['Gone__c'] === true);
    expect([flagged('Order').length, flagged('Product2').length]).toEqual([2, 1]);
    expect(state.saved.get('Order main:2')?.state).toBe('soft_deleted');
    const { calls } = org;
    await pull(emptied, ...hints);
    expect(org.calls).toBe(calls);
  });

  it('leaves alone what is said to be deleted and is there', async () => {
    const { org, pull } = world();
    const store = new TrashStore({ products: [product] });
    await pull(store, hint('product', 7));
    await pull(store, hint('product', 7));
    expect(org.of('Product2')).toHaveLength(1);
  });

  it('fault 17: an update that comes before the creation brings the whole record', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1)],
    });
    // Both say the same: look at order 1.
    await pull(store, hint('order', 1));
    expect([org.of('Order').length, org.of('Item').length]).toEqual([1, 1]);
  });

  it('has a record looked at again whose link says that somebody read it later', async () => {
    const { pull, state } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1)],
    });
    const didWrite = state.didWrite.bind(state);
    state.didWrite = async (written, removed) => {
      await didWrite(written, removed);
      return written.filter(({ object }) => object === 'Item' || object === 'Contact');
    };
    const { again } = await pull(store, hint('order', 1));
    expect(again).toContainEqual(hint('order', 1));
    expect(again.filter(({ resource }) => resource === 'customer')).toEqual([
      hint('customer', 3),
      hint('customer', 3),
    ]);
  });

  it('reports what fails with the order that it belongs to, and the rest goes on', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      ...{ customers: [customer], products: [product] },
      orders: [order(1), order(2)],
    });
    const write = org.write.bind(org);
    org.write = async (collections) => {
      const results = await write(collections);
      return collections.map((collection, at) =>
        (results[at] ?? []).map((result, item) =>
          collection.kind !== 'delete' && collection.records[item]?.includes('"main:20"')
            ? {
                ...{ id: null, created: false },
                errors: [
                  {
                    code: 'STRING_TOO_LONG',
                    kind: 'permanent',
                    message: 'too long',
                    fields: ['Name'],
                  },
                ],
              }
            : result,
        ),
      );
    };
    const { failures } = await pull(store, hint('order', 1), hint('order', 2));
    expect(failures).toMatchObject([
      { object: 'Item', recordKey: 'main:20', hint: hint('order', 2), field: 'Name' },
    ]);
    expect(org.of('Order')).toHaveLength(2);
  });
});
