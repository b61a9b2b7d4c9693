import { expect, it } from 'vitest';
import { parseKey } from '../../../src/mapping/keys/keys.ts';
import type { Mapping, MatchField } from '../../../src/mapping/model/mapping.ts';
import type { Lookup, Resource, WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { WooPage } from '../../../src/ports/store.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { lookup } from '../../support/shop-mappings.ts';

function byField(object: string, field: string): MatchField {
  return {
    name: field,
    object,
    field,
    caseSensitive: false,
    through: null,
    value: (_record, row) => (row.fields[field] ?? null) as string | null,
  };
}

/** A mapping of any store: the attributes that it writes by field, and what the record refers to. */
function mapping(
  resource: Resource,
  object: string,
  attributes: Readonly<Record<string, string>>,
  lookups: (record: WooRecord, store: string) => readonly Lookup[] = () => [],
  over: Partial<Mapping> = {},
): Mapping {
  return mappingTo(object, {
    resource,
    reads: [...Object.values(attributes), 'line_items', 'customer_id', 'product_id'],
    build: (record, { key: store }) => {
      const values = Object.entries(attributes).map(([field, name]) => [field, record[name]]);
      const fields = Object.fromEntries(values) as Record<string, string>;
      const row = rowOf(`${store}:${String(record['id'])}`, fields);
      return { row: { ...row, lookups: [...lookups(record, store)] } };
    },
    ...over,
  });
}

const MAPPINGS = [
  mapping('customer', 'Contact', { Email: 'email' }, undefined, {
    matchFields: [byField('Contact', 'Email')],
  }),
  mapping('product', 'Product2', { StockKeepingUnit: 'sku' }, undefined, {
    matchFields: [byField('Product2', 'StockKeepingUnit')],
  }),
  mapping('order', 'Order', { Status: 'status' }, ({ customer_id }, store) => [
    lookup('Contact', `${store}:${String(customer_id)}`),
  ]),
  mapping('order_item', 'Item', { Name: 'name' }, ({ product_id }, store) => [
    lookup('Product2', `${store}:${String(product_id)}`),
  ]),
];

/** A shop with a customer and a product that both shops have, and an order of them. */
class Shop extends ListStore {
  override readonly key: string;
  readonly customer: ChangeEvent;
  readonly product: ChangeEvent;
  readonly order: ChangeEvent;
  readonly #remembered = {
    productTypes: new ProductTypeCache(),
    inherited: new InheritedValues(),
  };

  constructor(key: string, [customer, product, order]: readonly [number, number, number]) {
    const line = { id: order * 10, name: 'line', product_id: product };
    const ordered = { status: 'completed', customer_id: customer, refunds: [], line_items: [line] };
    super({
      customers: [{ id: customer, email: 'ada@example.com' }],
      products: [{ id: product, sku: 'TEA', slug: 'tea' }],
      orders: [{ id: order, order_key: `wc_order_${key}`, ...ordered }],
    });
    this.key = key;
    this.customer = { resource: 'customer', key: `${key}:${customer}` };
    this.product = { resource: 'product', key: `${key}:${product}` };
    this.order = { resource: 'order', key: `${key}:${order}` };
  }

  get remembered() {
    return this.#remembered;
  }

  /** Asked for orders by what they name, it shows its one. */
  override async list(...asked: Parameters<ListStore['list']>): Promise<WooPage> {
    const [list, { customer, product }] = asked;
    const page = await super.list(...asked);
    const isByName = list === 'orders' && (customer ?? product) !== undefined;
    return isByName ? { ...page, records: this.held.orders ?? [] } : page;
  }
}

/** Counts the calls that it is asked for. */
class CalledOrg extends HoldingOrg {
  readonly called: string[] = [];

  override queries(...asked: Parameters<HoldingOrg['queries']>): ReturnType<HoldingOrg['queries']> {
    this.called.push('queries');
    return super.queries(...asked);
  }

  override recordStates(
    ...asked: Parameters<HoldingOrg['recordStates']>
  ): ReturnType<HoldingOrg['recordStates']> {
    this.called.push('recordStates');
    return super.recordStates(...asked);
  }

  override write(...asked: Parameters<HoldingOrg['write']>): ReturnType<HoldingOrg['write']> {
    this.called.push('write');
    return super.write(...asked);
  }
}

class World {
  readonly org = new CalledOrg();
  readonly state = new MemoryState();
  readonly main = new Shop('main', [3, 7, 11]);
  readonly outlet = new Shop('outlet', [9, 8, 12]);
  readonly failures = new CollectedFailures();

  static async open(): Promise<World> {
    const world = new World();
    world.org.looksForReferences = true;
    for (const { customer, product, order } of [world.main, world.outlet])
      await world.settle(customer, product, order);
    return world;
  }

  /** Has records looked at, each by its store, until nothing follows any more. */
  async settle(...changes: readonly ChangeEvent[]): Promise<void> {
    let next = changes;
    for (let round = 0; next.length > 0; round += 1) {
      expect(round).toBeLessThan(6);
      const byStore = [...Map.groupBy(next, ({ key }) => parseKey(key).store)];
      next = [];
      for (const [store, some] of byStore)
        next = [...next, ...(await this.#look(store === 'main' ? this.main : this.outlet, some))];
    }
  }

  async #look(store: Shop, changes: readonly ChangeEvent[]): Promise<readonly ChangeEvent[]> {
    const { org, state } = this;
    const { followUps, ordersQueued } = await syncChanges(
      {
        org: org.asOrg,
        state,
        store,
        mappings: MAPPINGS,
        links: null,
        listener: this.failures,
        ...store.remembered,
      },
      changes,
    );
    state.origins.clearOrdersDue(ordersQueued);
    return followUps;
  }

  /** As the comparison at night does where a record of the store was deleted in Salesforce. */
  async night(object: string, change: ChangeEvent): Promise<void> {
    await this.state.clearHashes([change.key], [object]);
    await this.settle(change);
  }

  /** Something of the order changes in the shop. */
  async change({ order }: Shop): Promise<void> {
    await this.state.clearHashes([order.key], ['Order', 'Item']);
    await this.settle(order);
  }

  load(store: Shop): Promise<unknown> {
    const { org, state } = this;
    return backfill({ org: org.asOrg, state, store, mappings: MAPPINGS });
  }

  /** As Salesforce does: lookups that led to records of the object are emptied, and no date moves. */
  deleteAll(object: string, of: string): void {
    this.org.objects.set(object, []);
    for (const held of this.org.of(of)) held[FIELDS[of] ?? ''] = null;
  }

  /** The key of the one record of the object, and how many records lead to it. */
  one(object: string, of: string) {
    const [one, ...others] = this.org.of(object);
    const leading = this.org.of(of).filter((held) => held[FIELDS[of] ?? ''] === one?.Id);
    return { key: one?.['Woo_Key__c'], others: others.length, leading: leading.length };
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  Order: lookup('Contact', null).field,
  Item: lookup('Product2', null).field,
};

const CASES = [
  { object: 'Contact', of: 'Order', what: 'customer' },
  { object: 'Product2', of: 'Item', what: 'product' },
] as const;

it.each(CASES)(
  '$object of two stores is one again where an order of the second store finds out first that it is gone',
  async ({ object, of, what }) => {
    const world = await World.open();
    expect(world.one(object, of)).toEqual({ key: world.main[what].key, others: 0, leading: 2 });
    world.deleteAll(object, of);
    await world.change(world.outlet);
    expect(world.one(object, of)).toEqual({ key: world.outlet[what].key, others: 0, leading: 1 });
    await world.night(object, world.main[what]);
    expect(world.one(object, of)).toEqual({ key: world.outlet[what].key, others: 0, leading: 2 });
    const { length } = world.org.written;
    for (const { order, customer, product } of [world.main, world.outlet])
      await world.settle(order, customer, product);
    expect(world.org.written).toHaveLength(length);
    expect(world.failures.take()).toEqual([]);
  },
);

it.each(CASES)(
  '$object of two stores is one again where the store whose it was looks first',
  async ({ object, of, what }) => {
    const world = await World.open();
    world.deleteAll(object, of);
    await world.night(object, world.main[what]);
    expect(world.one(object, of)).toEqual({ key: world.main[what].key, others: 0, leading: 2 });
  },
);

it.each(CASES)(
  '$object that another store has made anew is found by a load too',
  async ({ object, of, what }) => {
    const world = await World.open();
    world.deleteAll(object, of);
    await world.change(world.outlet);
    await world.state.clearHashes([world.main[what].key], [object]);
    await world.load(world.main);
    expect(world.one(object, of)).toMatchObject({ key: world.outlet[what].key, others: 0 });
  },
);

it('is none of several that a person has made in place of the deleted one: they are named', async () => {
  const world = await World.open();
  world.deleteAll('Contact', 'Order');
  const made = [1, 2].map(() => world.org.add('Contact', { Email: 'ADA@example.com' }));
  await world.night('Contact', world.main.customer);
  expect(world.org.of('Contact').map(({ Id, Woo_Key__c }) => [Id, Woo_Key__c])).toEqual(
    made.map((id) => [id, undefined]),
  );
  const said = world.failures.take().map(({ code, recordKey }) => `${code} ${recordKey}`);
  expect(new Set(said)).toEqual(new Set(['MATCH_AMBIGUOUS main:3', 'MATCH_AMBIGUOUS outlet:9']));
});

it('is the one that a person has made in place of the deleted one', async () => {
  const world = await World.open();
  world.deleteAll('Contact', 'Order');
  const id = world.org.add('Contact', { Email: 'ada@example.com' });
  await world.night('Contact', world.main.customer);
  expect(world.org.of('Contact').map(({ Id, Woo_Key__c }) => [Id, Woo_Key__c])).toEqual([
    [id, 'main:3'],
  ]);
  expect(world.one('Contact', 'Order')).toMatchObject({ leading: 2 });
});

it('is the deleted one where a person takes it out of the recycle bin before anybody looks for it', async () => {
  const world = await World.open();
  const [contact] = world.org.of('Contact');
  world.deleteAll('Contact', 'Order');
  await world.state.didWrite([], [{ object: 'Contact', key: 'outlet:9' }]);
  world.org.objects.set('Contact', contact === undefined ? [] : [contact]);
  await world.settle(world.outlet.customer, world.main.customer);
  expect(world.one('Contact', 'Order')).toMatchObject({ key: 'main:3', others: 0 });
});

it.each([
  {
    what: 'change',
    look: (world: World) => world.settle(world.main.order, world.main.customer, world.main.product),
    calls: ['write'],
  },
  // One for each list.
  {
    what: 'load',
    look: (world: World) => world.load(world.main),
    calls: ['write', 'write', 'write'],
  },
])('costs a $what no call of Salesforce where nothing was deleted', async ({ look, calls }) => {
  const world = await World.open();
  const { main, org, state } = world;
  await look(world);
  const keys = [main.customer, main.product, main.order].map(({ key }) => key);
  await state.clearHashes(keys, ['Contact', 'Product2', 'Order']);
  org.called.length = 0;
  await look(world);
  expect(org.called).toEqual(calls);
  org.called.length = 0;
  await look(world);
  expect(org.called).toEqual([]);
});
