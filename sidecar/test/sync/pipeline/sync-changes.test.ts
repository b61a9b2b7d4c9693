import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent, ChangeResource } from '../../../src/ports/change.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { type IdStore, MemoryState, TakingOrg, TrashStore } from '../../support/memory-state.ts';
import { SilentOrg } from '../../support/silent-org.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';

const change = (resource: ChangeResource, id: number): ChangeEvent => ({
  resource,
  key: keyOf(id),
});

const deleteFlag = { field: 'Gone__c', value: true };
const mappings = [
  mapping('customer', 'Contact', () => []),
  mapping('product', 'Product2', () => [], {
    deleteRule: 'flag',
    deleteFlag,
    reads: ['name', 'parent_name', 'manage_stock', 'stock_quantity'],
  }),
  mapping(
    'order',
    'Order',
    ({ customer_id }) => [lookup('Contact', customer_id === 0 ? null : keyOf(customer_id))],
    {
      deleteRule: 'flag',
      deleteFlag,
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

function world(some = mappings, org: TakingOrg = new TakingOrg()) {
  const state = new MemoryState();
  const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
  const pull = async (store: IdStore, ...changes: ChangeEvent[]) => {
    const findings = new CollectedFailures();
    const listener = findings;
    const parts = {
      org: org.asOrg,
      state,
      store,
      mappings: some,
      listener,
      ...remembered,
      links: null,
    };
    const { followUps } = await syncChanges(parts, changes);
    return { followUps, failures: findings.take(), seen: findings.records };
  };
  return { org, state, pull };
}

const customer = { id: 3, name: 'Ada' };
const product = { id: 7, name: 'Tea' };

describe('pullHinted', () => {
  it('brings what is queued together, in one read and one write', async () => {
    const { org, pull } = world();
    const refund = { id: 40, parent_id: 1, name: 'refund' };
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      refunds: [refund],
      orders: [order(1, { refunds: [{ id: 40 }] })],
    });
    await pull(store, change('order', 1), change('product', 7), change('customer', 3));
    expect(org.calls).toBe(1);
    expect(
      Object.fromEntries([...org.records].map(([object, rows]) => [object, rows.length])),
    ).toEqual({ Contact: 1, Product2: 1, Order: 1, Item: 1, Refund: 1 });
    // One for all that is queued, another for the refunds that the order turned out to have.
    expect(store.callsForSeveral).toBe(2);
  });

  it('reads nothing for a mapping that is held, and its neighbours arrive', async () => {
    const { org, pull } = world(mappings.filter(({ resource }) => resource !== 'product'));
    const store = new TrashStore({
      customers: [customer],
      orders: [order(1)],
      variations: [{ id: 8, parent_id: 7 }],
    });
    const { seen, followUps } = await pull(store, change('product', 8), change('order', 1));
    expect(org.records.get('Order')).toHaveLength(1);
    expect([...seen, ...followUps].filter(({ key }) => key === 'main:8')).toEqual([]);
    expect(store.asked).toEqual(['orders 1', 'customers 3']);
  });

  it('writes nothing where nothing has changed, and reads a refund that is in step no more', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      refunds: [{ id: 40, parent_id: 1, name: 'refund' }],
      orders: [order(1, { refunds: [{ id: 40 }] })],
    });
    await pull(store, change('order', 1));
    const { calls } = org;
    store.asked.length = 0;
    await pull(store, change('order', 1));
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
    const { followUps } = await pull(store, change('order', 1));
    expect(followUps).toEqual([change('customer', 3), change('product', 7), change('product', 7)]);
    // By then they are known.
    expect((await pull(store, change('order', 1))).followUps).toEqual([change('product', 7)]);
  });

  it('fault 20: looks at the variation and its product too, whose stock an old WooCommerce took without a word', async () => {
    const { pull } = world();
    const line = { id: 10, name: 'Shirt', product_id: 7, variation_id: 8, quantity: 1 };
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      variations: [{ id: 8, parent_id: 7 }],
      orders: [order(1, { status: 'processing', line_items: [line] })],
    });
    const { followUps } = await pull(store, change('order', 1));
    expect(followUps).toEqual([change('product', 7), change('product', 8)]);
  });

  it('flags a variation whose product is in the trash, though the shop still lists it and it has changed', async () => {
    const { org, pull } = world();
    const shirt = { ...product, name: 'Shirt', variations: [8] };
    const red = { id: 8, parent_id: 7, name: 'Red' };
    const shop = new TrashStore({ products: [shirt], variations: [red] });
    await pull(shop, change('product', 7), change('product', 8));
    const before = org.of('Product2').length;
    const variations = [{ ...red, name: 'Green' }];
    const trashed = new TrashStore({ variations }, { products: [shirt] });
    await pull(trashed, change('product', 7), change('product', 8));
    const last = new Map(
      org
        .of('Product2')
        .slice(before)
        .map((row) => [row['id'], row]),
    );
    expect([...last]).toEqual([
      ['id:main:7', { id: 'id:main:7', Woo_Key__c: 'main:7', Gone__c: true }],
      ['id:main:8', { id: 'id:main:8', Woo_Key__c: 'main:8', Gone__c: true }],
    ]);
  });

  it('looks at what an order of both sides sold, where the shop has moved its date', async () => {
    const both = mappings.map((one) => (one.resource === 'order' ? { ...one, unsent: [] } : one));
    const { state, pull } = world(both, new SilentOrg());
    const at = (time: string) => {
      const store = new TrashStore({
        customers: [customer],
        products: [product],
        orders: [order(1, { date_modified_gmt: `2026-01-02T10:00:0${time}` })],
      });
      const list = store.list.bind(store);
      const storeTime = new Date('2026-02-01T00:00:00Z');
      store.list = async (...asked) => ({ ...(await list(...asked)), storeTime });
      return store;
    };
    const tell = () => state.twoWay.markDirty(['main:1']);
    await tell();
    await pull(at('0'), change('order', 1));
    await tell();
    expect((await pull(at('0'), change('order', 1))).followUps).toEqual([]);
    await tell();
    expect((await pull(at('5'), change('order', 1))).followUps).toEqual([change('product', 7)]);
  });

  it('writes what was read where a later read of the batch fails', async () => {
    const { org, state, pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1, { refunds: [{ id: 40 }] })],
    });
    const lists = store.lists.bind(store);
    store.lists = (reads) =>
      reads.some(({ list }) => list === 'refunds')
        ? Promise.reject(new Error('The shop is out.'))
        : lists(reads);
    await expect(pull(store, change('order', 1))).rejects.toThrow('The shop is out.');
    expect(org.of('Order')).toMatchObject([{ Woo_Key__c: 'main:1' }]);
    expect([...(await state.links('Order', ['main:1'])).keys()]).toEqual(['main:1']);
  });

  it.each([
    ['also where nobody maps the items of orders', 'product', [change('product', 7)]],
    ['and not where nobody maps products', 'customer', []],
  ] as const)('fault 20: looks at what an order sold, %s', async (_, besides, looked) => {
    const some = mappings.filter(({ resource }) => ['order', besides].includes(resource));
    const { pull } = world(some);
    const store = new TrashStore({ products: [product], orders: [order(1, { customer_id: 0 })] });
    expect((await pull(store, change('order', 1))).followUps).toEqual(looked);
  });

  it('looks at all variations when what their product lends them has changed, and not again', async () => {
    const { pull } = world();
    const shirt = { ...product, name: 'Shirt', variations: [71, 72], stock_quantity: 26 };
    const at = (fields: WooRecord) => new TrashStore({ products: [{ ...shirt, ...fields }] });
    const both = [change('product', 71), change('product', 72)];
    // Nothing is known of what was lent before.
    expect((await pull(at({}), change('product', 7))).followUps).toEqual(both);
    expect((await pull(at({}), change('product', 7))).followUps).toEqual([]);
    expect((await pull(at({ description: 'New' }), change('product', 7))).followUps).toEqual([]);
    expect((await pull(at({ stock_quantity: 24 }), change('product', 7))).followUps).toEqual(both);
    const moved = { stock_quantity: 24, sku: 'SHIRT-2-RENAMED' };
    expect((await pull(at(moved), change('product', 7))).followUps).toEqual(both);
  });

  it('looks at all variations when one is sold from the stock of their product', async () => {
    const { pull } = world();
    const shirt = { ...product, variations: [71, 72], manage_stock: true };
    const line = { id: 10, name: 'Shirt', product_id: 7, variation_id: 71, quantity: 2 };
    const at = (stock_quantity: number) =>
      new TrashStore({
        customers: [customer],
        products: [{ ...shirt, stock_quantity }],
        orders: [order(1, { line_items: [line] })],
      });
    await pull(at(26), change('product', 7));
    const sold = await pull(at(24), change('order', 1));
    expect(sold.followUps).toContainEqual(change('product', 7));
    const { followUps } = await pull(at(24), ...sold.followUps);
    expect(followUps).toEqual(
      expect.arrayContaining([change('product', 71), change('product', 72)]),
    );
  });

  it('passes over orders that do not meet the condition, such as drafts of a checkout', async () => {
    const { org, pull } = world();
    const store = new TrashStore({ orders: [order(1, { status: 'checkout-draft' })] });
    const { failures, seen } = await pull(store, change('order', 1));
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
    await pull(store, change('product', 8));
    expect(org.of('Product2')).toMatchObject([{ Woo_Key__c: 'main:8', Name: 'Shirt' }]);
  });

  it('flags what is in the trash or gone, once, and passes over what was never here', async () => {
    const { org, state, pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1), order(2)],
    });
    await pull(store, change('order', 1), change('order', 2), change('product', 7));
    const emptied = new TrashStore({ customers: [customer] }, { orders: [order(1)] });
    // 99 is a blog post that was trashed: WooCommerce says "product.deleted" with its id.
    const changes = [
      change('order', 1),
      change('order', 2),
      change('product', 7),
      change('product', 99),
    ];
    await pull(emptied, ...changes);
    const flagged = (object: string) => org.of(object).filter((row) => row['Gone__c'] === true);
    expect([flagged('Order').length, flagged('Product2').length]).toEqual([2, 1]);
    expect(state.saved.get('Order main:2')?.state).toBe('soft_deleted');
    const { calls } = org;
    await pull(emptied, ...changes);
    expect(org.calls).toBe(calls);
  });

  it('leaves alone what is said to be deleted and is there', async () => {
    const { org, pull } = world();
    const store = new TrashStore({ products: [product] });
    await pull(store, change('product', 7));
    await pull(store, change('product', 7));
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
    await pull(store, change('order', 1));
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
    const { followUps } = await pull(store, change('order', 1));
    expect(followUps).toContainEqual(change('order', 1));
    expect(followUps.filter(({ resource }) => resource === 'customer')).toEqual([
      change('customer', 3),
      change('customer', 3),
    ]);
  });

  it('reports what fails with the order that it belongs to, and the rest goes on', async () => {
    const { org, pull } = world();
    const store = new TrashStore({
      customers: [customer],
      products: [product],
      orders: [order(1), order(2)],
    });
    const write = org.write.bind(org);
    org.write = async (collections) => {
      const results = await write(collections);
      return collections.map((collection, at) =>
        (results[at] ?? []).map((result, item) =>
          collection.kind !== 'delete' && collection.records[item]?.includes('"main:20"')
            ? {
                id: null,
                created: false,
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
    const { failures } = await pull(store, change('order', 1), change('order', 2));
    expect(failures).toMatchObject([
      { object: 'Item', recordKey: 'main:20', change: change('order', 2), field: 'Name' },
    ]);
    expect(org.of('Order')).toHaveLength(2);
  });
});
