import { expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { WooPage } from '../../../src/ports/store.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { MemoryState, TakingOrg, TrashStore } from '../../support/memory-state.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';

/** Its clock is behind all dates. */
class LateStore extends TrashStore {
  storeTime = new Date('2026-04-01');

  /** What it answers instead when it is asked for orders by what they name. */
  failure: Error | null = null;
  /** Orders by what they name, as the shop gives them: `customer 3`. */
  ordersOf: ReadonlyMap<string, readonly WooRecord[]> = new Map();

  override async list(...asked: Parameters<TrashStore['list']>): Promise<WooPage> {
    const [list, { customer, product, _fields }] = asked;
    const page = { ...(await super.list(...asked)), storeTime: this.storeTime };
    if (list !== 'orders' || (customer ?? product) === undefined) return page;
    const name = customer === undefined ? `product ${product ?? ''}` : `customer ${customer}`;
    const error = this.failure;
    if (error !== null) throw error;
    const fields = (_fields ?? '').split(',');
    const named = (this.ordersOf.get(name) ?? []).map((record) =>
      Object.fromEntries(Object.entries(record).filter(([field]) => fields.includes(field))),
    );
    return { ...page, records: named };
  }
}

const mappings = [
  mapping('customer', 'Contact', () => []),
  mapping('product', 'Product2', () => []),
  mapping('order', 'Order', ({ customer_id, product_id }) => [
    ...(Number(customer_id) > 0 ? [lookup('Contact', keyOf(customer_id))] : []),
    ...(product_id === undefined ? [] : [lookup('Product2', keyOf(product_id))]),
  ]),
  mapping('refund', 'Refund', ({ parent_id }) => [lookup('Order', keyOf(parent_id), true)]),
];

const order = (over: WooRecord = {}): WooRecord => ({
  id: 1,
  status: 'completed',
  name: 'first',
  customer_id: 0,
  line_items: [],
  refunds: [],
  order_key: 'wc_order_a',
  date_modified_gmt: '2026-01-02T10:00:00',
  ...over,
});
const product = (over: WooRecord = {}): WooRecord => ({
  id: 7,
  name: 'Tea',
  sku: 'T',
  slug: 'tea',
  date_created_gmt: '2026-01-01T00:00:00',
  ...over,
});
const customer = (over: WooRecord = {}): WooRecord => ({
  id: 3,
  name: 'Ada',
  email: 'a@example.com',
  date_created_gmt: '2026-01-01T00:00:00',
  ...over,
});

const LATER = '2026-01-05T00:00:00';

function world(
  clock: { storeTime?: Date; isKilled?: boolean; failure?: Error; state?: MemoryState } = {},
) {
  const org = new TakingOrg();
  const state = clock.state ?? new MemoryState();
  const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
  return async (lists: ConstructorParameters<typeof TrashStore>[0], ...names: string[]) => {
    const listener = new CollectedFailures();
    const before = new Map([...org.records].map(([object, rows]) => [object, rows.length]));
    const changes = names.map((name) => {
      const [resource = '', id = ''] = name.split(' ');
      return { resource, key: keyOf(id) } as ChangeEvent;
    });
    const ordersOf = Map.groupBy(lists.orders ?? [], ({ product_id, customer_id }) =>
      product_id === undefined
        ? `customer ${Number(customer_id)}`
        : `product ${Number(product_id)}`,
    );
    const { storeTime } = clock;
    const store = Object.assign(new LateStore(lists), storeTime && { storeTime }, {
      ordersOf,
      failure: clock.failure ?? null,
    });
    const { followUps, ordersQueued } = await syncChanges(
      { org: org.asOrg, state, store, mappings, listener, ...remembered, links: null },
      changes,
    );
    // Those that end well have what is next in the queue.
    if (clock.isKilled !== true) state.origins.clearOrdersDue(ordersQueued);
    const written = [...org.records].flatMap(([object, rows]) =>
      rows.slice(before.get(object) ?? 0).map(({ Name }) => `${object} ${String(Name)}`),
    );
    const codes = listener.take().map(({ key, code }) => `${key} ${code}`);
    return { written, codes, state, followUps };
  };
}

it('holds another order under a known id with its refunds, and its neighbours arrive', async () => {
  const pull = world();
  await pull({ orders: [order()] }, 'order 1');
  const refund = { id: 40, parent_id: 1, name: 'refund' };
  const other = order({ order_key: 'wc_order_b', name: 'other', refunds: [{ id: 40 }] });
  const shop = { orders: [other, order({ id: 2, name: 'second' })], refunds: [refund] };
  const held = await pull(shop, 'order 1', 'order 2');
  expect(held.codes).toEqual(['order:Order:main:1 RECORD_IS_ANOTHER']);
  expect(held.written).toEqual(['Order second']);
  // Nothing names an order that would have to be looked at for it.
  expect(held.followUps).toEqual([]);
  // It is held until somebody says otherwise, however often it is looked at.
  expect((await pull(shop, 'order 1')).written).toEqual([]);
  expect(await held.state.origins.release('main')).toEqual([{ resource: 'order', key: 'main:1' }]);
  expect(await pull(shop, 'order 1')).toMatchObject({
    written: ['Order other', 'Refund refund'],
    codes: [],
  });
});

it('holds an order whose date goes back, until it is saved again in the shop', async () => {
  const pull = world();
  await pull({ orders: [order()] }, 'order 1');
  const back = order({ name: 'old', date_modified_gmt: '2026-01-01T10:00:00' });
  const { codes, written } = await pull({ orders: [back] }, 'order 1');
  expect([codes, written]).toEqual([['order:Order:main:1 RECORD_WENT_BACK'], []]);
  const saved = order({ name: 'mended', date_modified_gmt: '2026-01-03T10:00:00' });
  expect(await pull({ orders: [saved] }, 'order 1')).toMatchObject({
    codes: [],
    written: ['Order mended'],
  });
});

it('takes a clock that is set right by minutes, and an order whose creation is dated anew', async () => {
  const pull = world();
  await pull({ orders: [order()] }, 'order 1');
  const dated = order({ name: 'dated', date_modified_gmt: '2026-01-02T09:56:00' });
  const { codes, written } = await pull({ orders: [dated] }, 'order 1');
  expect([codes, written]).toEqual([[], ['Order dated']]);
});

it('does not take a read for an older state that somebody has overtaken, nor a clock set back by hours', async () => {
  const clock: { storeTime?: Date } = {};
  const pull = world(clock);
  await pull({ orders: [order({ date_modified_gmt: '2026-03-02T10:00:00' })] }, 'order 1');
  // Another process has read the order after it was changed; this read is from before.
  clock.storeTime = new Date('2026-03-02T09:59:59Z');
  const { codes } = await pull({ orders: [order()] }, 'order 1');
  expect(codes).toEqual([]);
  // What was known stays, so that a shop that goes back later is noticed.
  clock.storeTime = new Date('2026-03-02T12:00:00Z');
  const later = await pull({ orders: [order()] }, 'order 1');
  expect(later.codes).toEqual(['order:Order:main:1 RECORD_WENT_BACK']);
});

it('takes edits of products and customers, and holds those of which nothing is left', async () => {
  const pull = world();
  await pull({ products: [product()], customers: [customer()] }, 'product 7', 'customer 3');
  const edited = await pull(
    {
      products: [product({ name: 'Green', sku: 'G', date_created_gmt: '2026-02-01T00:00:00' })],
      customers: [customer({ name: 'Ada L', email: 'l@example.com' })],
    },
    'product 7',
    'customer 3',
  );
  expect(edited.codes).toEqual([]);
  expect(edited.written.sort()).toEqual(['Contact Ada L', 'Product2 Green']);
  const date_created_gmt = '2026-03-01T00:00:00';
  const others = await pull(
    {
      products: [product({ name: 'Mug', sku: 'M', slug: 'mug', date_created_gmt })],
      customers: [customer({ name: 'Bob', email: 'b@example.com', date_created_gmt })],
    },
    'product 7',
    'customer 3',
  );
  expect(others.written).toEqual([]);
  expect(others.codes.sort()).toEqual([
    'customer:Contact:main:3 RECORD_IS_ANOTHER',
    'product:Product2:main:7 RECORD_IS_ANOTHER',
  ]);
});

it('takes a draft product whose only mark has changed: one mark proves nothing', async () => {
  const pull = world();
  await pull({ products: [product({ sku: '', slug: '' })] }, 'product 7');
  const edited = product({
    name: 'Mug',
    sku: '',
    slug: '',
    date_created_gmt: '2026-03-01T00:00:00',
  });
  const { codes, written } = await pull({ products: [edited] }, 'product 7');
  expect(codes).toEqual([]);
  expect(written).toEqual(['Product2 Mug']);
});

it('keeps of an order that no mapping wants, and of personal data, nothing', async () => {
  const pull = world();
  const { state } = await pull({ customers: [customer()] }, 'customer 3');
  expect(JSON.stringify([...state.origins.saved])).not.toContain('example.com');
});

it('writes nothing that names a customer or product who is another one now, until a person has decided', async () => {
  const pull = world();
  const pulled = await pull(
    { customers: [customer()], products: [product()] },
    'customer 3',
    'product 7',
  );
  const bob = customer({
    name: 'Bob',
    email: 'b@x.example',
    date_created_gmt: '2026-03-01T00:00:00',
  });
  const old = product({ date_modified_gmt: '2026-01-01T00:00:00' });
  const ofBob = order({ name: 'of Bob', customer_id: 3, refunds: [{ id: 40 }] });
  const shop = {
    customers: [bob],
    products: [old],
    orders: [ofBob, order({ id: 2, name: 'tea', product_id: 7 })],
    refunds: [{ id: 40, parent_id: 1, name: 'refund' }],
  };
  const first = await pull(shop, 'order 1', 'order 2', 'customer 3');
  expect(first.written).toEqual(['Order tea']);
  expect(first.codes.sort()).toEqual([
    'customer:Contact:main:3 RECORD_IS_ANOTHER',
    'order:Order:main:1 PARENT_IS_ANOTHER',
  ]);
  // Also where the customer is not looked at, and where nobody sees its issue.
  expect((await pull(shop, 'order 1')).codes).toEqual(['order:Order:main:1 PARENT_IS_ANOTHER']);
  const waiting = await pulled.state.origins.release('main');
  expect(waiting.map(({ key, resource }) => `${resource} ${key}`).sort()).toEqual([
    'customer main:3',
    'order main:1',
  ]);
  const taken = await pull(shop, 'order 1', 'customer 3');
  expect(taken.codes).toEqual([]);
  expect(taken.written.sort()).toEqual(['Contact Bob', 'Order of Bob', 'Refund refund']);
});

it('looks at every row of a page for who is another one, also beside one that names nobody', async () => {
  const pull = world();
  const shop = { customers: [customer()], orders: [order({ customer_id: 3 })] };
  await pull(shop, 'customer 3', 'order 1');
  const bob = customer({ email: 'b@x.example', date_created_gmt: '2026-03-01T00:00:00' });
  const orders = [order({ id: 2, name: 'of a guest' }), order({ customer_id: 3, name: 'of Bob' })];
  await pull({ ...shop, customers: [bob] }, 'customer 3');
  const { codes, written } = await pull({ customers: [bob], orders }, 'order 2', 'order 1');
  expect(codes).toEqual(['order:Order:main:1 PARENT_IS_ANOTHER']);
  expect(written).toEqual(['Order of a guest']);
});

it('looks again at orders that arrived before anybody had read that their customer is another one', async () => {
  const pull = world();
  const ann = customer();
  await pull({ customers: [ann], orders: [order()] }, 'customer 3', 'order 1');
  const bob = customer({ email: 'b@x.example', date_created_gmt: '2026-03-01T00:00:00' });
  const shop = {
    customers: [bob],
    orders: [order({ id: 2, name: 'of Bob', customer_id: 3 }), order({ id: 4, customer_id: 5 })],
  };
  expect((await pull(shop, 'order 2')).written).toEqual(['Order of Bob']);
  const { codes, followUps } = await pull(shop, 'customer 3');
  expect(codes).toEqual(['customer:Contact:main:3 RECORD_IS_ANOTHER']);
  expect(followUps).toEqual([{ resource: 'order', key: 'main:2' }]);
  const again = await pull(shop, 'order 2');
  expect(again.codes).toEqual(['order:Order:main:2 PARENT_IS_ANOTHER']);
  expect(again.written).toEqual([]);
});

it('finds the orders again where it was killed between what it had seen and what it had queued for it', async () => {
  const process = { isKilled: true };
  const pull = world(process);
  await pull({ customers: [customer()] }, 'customer 3');
  const bob = customer({ email: 'b@x.example', date_created_gmt: '2026-03-01T00:00:00' });
  const shop = { customers: [bob], orders: [order({ id: 2, customer_id: 3 })] };
  expect((await pull(shop, 'customer 3')).followUps).toHaveLength(1);
  process.isKilled = false;
  const queued = { resource: 'order', key: 'main:2' };
  expect((await pull(shop, 'customer 3')).followUps).toEqual([queued]);
  expect((await pull(shop, 'customer 3')).followUps).toEqual([]);
});

it('looks again at the orders of a variation that is another one, and at no others of its product', async () => {
  const pull = world();
  const red = product({ id: 70, parent_id: 7, name: 'Red', sku: 'T-R', slug: '' });
  const tea = product();
  await pull({ products: [tea], variations: [red] }, 'product 70');
  const of = (id: number, variation_id: number) =>
    order({ id, product_id: 7, line_items: [{ id: id * 10, product_id: 7, variation_id }] });
  const blue = { ...red, sku: 'T-B', date_created_gmt: '2026-03-01T00:00:00' };
  const shop = { products: [tea], variations: [blue], orders: [of(1, 70), of(2, 71), of(4, 0)] };
  const { codes, followUps } = await pull(shop, 'product 70');
  expect(codes).toEqual(['product:Product2:main:70 RECORD_IS_ANOTHER']);
  expect(followUps).toEqual([{ resource: 'order', key: 'main:1' }]);
});

it('looks at the orders of a product that is another one once, though they have it looked at again', async () => {
  const pull = world();
  await pull({ products: [product()] }, 'product 7');
  const mug = product({ sku: 'M', slug: 'mug', date_created_gmt: '2026-03-01T00:00:00' });
  const sold = order({ product_id: 7, line_items: [{ product_id: 7, variation_id: 0 }] });
  const looked: string[] = [];
  const settle = async (...names: string[]): Promise<void> => {
    const { followUps } = await pull({ products: [mug], orders: [sold] }, ...names);
    const next = followUps.map(({ resource, key }) => `${resource} ${key.split(':')[1] ?? ''}`);
    looked.push(names.join());
    if (next.length > 0 && looked.length < 10) await settle(...next);
  };
  await settle('product 7');
  expect(looked).toEqual(['product 7', 'order 1', 'product 7']);
});

it('owes the orders also where the shop did not say which they are', async () => {
  const clock = { state: new MemoryState(), failure: new Error('The shop is out.') };
  const pull = world(clock);
  await pull({ customers: [customer()] }, 'customer 3');
  const bob = customer({ email: 'b@x.example', date_created_gmt: '2026-03-01T00:00:00' });
  await expect(pull({ customers: [bob] }, 'customer 3')).rejects.toThrow('The shop is out.');
  const marked = await clock.state.origins.find('customer', ['main:3']);
  expect(marked.get('main:3')).toMatchObject({ isHeld: true, isAnother: true, ordersDue: true });
});

it('owes nothing any more of a customer whom no order names, nor of a product that only went back', async () => {
  const pull = world();
  const { state } = await pull(
    ...([{ customers: [customer()], products: [product({ date_modified_gmt: LATER })] }] as const),
    'customer 3',
    'product 7',
  );
  const bob = customer({ email: 'b@x.example', date_created_gmt: '2026-03-01T00:00:00' });
  const old = product({ date_modified_gmt: '2026-01-01T00:00:00' });
  const shop = { customers: [bob], products: [old], orders: [order({ id: 2, product_id: 7 })] };
  const { codes, followUps } = await pull(shop, 'customer 3', 'product 7');
  expect(codes.sort()).toEqual([
    'customer:Contact:main:3 RECORD_IS_ANOTHER',
    'product:Product2:main:7 RECORD_WENT_BACK',
  ]);
  expect(followUps).toEqual([]);
  expect([...state.origins.saved.values()].filter(({ ordersDue }) => ordersDue)).toEqual([]);
});

it('has no orders due of an order that is another one', async () => {
  const pull = world({ isKilled: true });
  await pull({ orders: [order()] }, 'order 1');
  const { state } = await pull({ orders: [order({ order_key: 'wc_order_b' })] }, 'order 1');
  const marked = (await state.origins.find('order', ['main:1'])).get('main:1');
  expect(marked).toMatchObject({ isAnother: true, ordersDue: false });
});
