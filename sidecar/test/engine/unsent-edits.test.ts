import { describe, expect, it } from 'vitest';
import { LastConfiguration } from '../../src/engine/last-configuration.ts';
import { queueAbandoned, queueReported, queueUnsent } from '../../src/engine/unsent-edits.ts';
import { parseKey } from '../../src/mapping/keys/keys.ts';
import type { Mapping, OutgoingField } from '../../src/mapping/model/mapping.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';
import type { Setup, StoreSetup } from '../../src/ports/setup.ts';
import { sweepSalesforce } from '../../src/sync/detect/sweep-salesforce.ts';
import { ORDERS, ordersByCard } from '../sync/to-woo/order-sides.ts';
import { TwoSides } from '../sync/merge/two-sides.ts';
import { TwoStores } from '../sync/merge/two-stores.ts';
import { verified } from '../support/links.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mappingTo } from '../support/rows.ts';

const SENT = [{}] as unknown as readonly OutgoingField[];
const PRODUCTS = mappingTo('Product2', { resource: 'product', outgoing: SENT });
const ORDER = mappingTo('Woo_Order__c', { resource: 'order', outgoing: SENT });
const ONE_WAY = mappingTo('Woo_Order__c', { resource: 'order' });

async function world() {
  const state = new MemoryState();
  const added: ChangeEvent[][] = [];
  const queue = {
    add: (changes: readonly ChangeEvent[]) => Promise.resolve(void added.push([...changes])),
  };
  const known = { ...verified(null), parentKey: null, readNumber: 1, byId: false };
  const links = ['Woo_Order__c main:7', 'Product2 main:8', 'Woo_Order__c outlet:9'].map((one) => {
    const [object = '', key = ''] = one.split(' ');
    return { ...known, object, key, recordId: `of ${key}` };
  });
  await state.didWrite(links, []);
  await state.twoWay.markDirty(['main:7', 'outlet:9']);
  /** A start, or another configuration. */
  const begin = (...mappings: StoreSetup['mappings']) => {
    const version = JSON.stringify(mappings);
    const setup = { store: { key: 'main' }, mappings, version };
    return queueUnsent({ state, queue }, setup as unknown as StoreSetup);
  };
  return { state, added, queue, begin };
}

describe('edits that were reported while no mapping sent them', () => {
  it('are queued once the mapping is on again, and once', async () => {
    const { added, begin } = await world();
    await begin(PRODUCTS, ORDER);
    await begin(PRODUCTS);
    await begin(PRODUCTS, ONE_WAY);
    expect(added).toEqual([]);
    await begin(PRODUCTS, ORDER);
    expect(added).toEqual([[{ resource: 'order', key: 'main:7' }]]);
    await begin(PRODUCTS, ORDER);
    expect(added).toHaveLength(1);
  });

  it('are queued once On Update of the mapping is on again, without which it sends nothing', async () => {
    const { added, begin } = await world();
    const events = { create: true, update: false, delete: true };
    await begin(PRODUCTS, { ...ORDER, events });
    expect(added).toEqual([]);
    await begin(PRODUCTS, ORDER);
    expect(added).toEqual([[{ resource: 'order', key: 'main:7' }]]);
  });

  it('are queued again where the process ends before that is remembered', async () => {
    const { state, added, begin } = await world();
    await begin(PRODUCTS);
    const saveCursor = state.saveCursor.bind(state);
    state.saveCursor = () => Promise.reject(new Error('the process ends'));
    await expect(begin(PRODUCTS, ORDER)).rejects.toThrow('ends');
    state.saveCursor = saveCursor;
    await begin(PRODUCTS, ORDER);
    expect(added).toHaveLength(2);
  });

  it('are no news at the first start, which has queued them when they came', async () => {
    const { added, begin } = await world();
    await begin(PRODUCTS, ORDER);
    expect(added).toEqual([]);
  });
});

it('an edit that waits when its mapping goes off stays reported until the mapping is on again', async () => {
  const sides = new TwoSides('woo_wins', ORDERS);
  await sides.begin(1);
  sides.editSalesforce(1, { Tracking__c: 'T1' });
  await sides.tell(1);
  const products = mappingTo('Product2', { resource: 'product', outgoing: SENT });
  await sides.runWith([products]);
  sides.editWoo(1, { date_paid_gmt: '2026-12-01T10:00:00' });
  sides.change(1);
  await sides.settle();
  expect(sides.shop.products.get(1)).toMatchObject({
    meta_data: [{ key: 'tracking_number', value: 'T1' }],
  });
  expect(sides.state.twoWay.edits.size).toBe(0);
});

describe('an edit of an order that its mapping does not want any more', () => {
  const tracking = (sides: TwoSides) => sides.shop.products.get(1)?.['meta_data'];
  const ARRIVED = [{ key: 'tracking_number', value: 'T1' }];

  /** It is made in Salesforce while the mapping is off, or before the shop changes what the condition asks for. */
  async function edited(
    more: Parameters<typeof ordersByCard>[0],
    isOff: boolean,
  ): Promise<TwoSides> {
    const sides = new TwoSides('woo_wins', ordersByCard(more));
    await sides.begin(1);
    sides.editSalesforce(1, { Tracking__c: 'T1' });
    await sides.tell(1);
    if (isOff)
      await sides.runWith([mappingTo('Product2', { resource: 'product', outgoing: SENT })]);
    sides.editWoo(1, { payment_method: 'cash' });
    sides.change(1);
    await sides.settle();
    return sides;
  }

  describe.each([
    ['which waited while the mapping was off', true],
    ['of meanwhile', false],
  ])('%s', (_, isOff) => {
    it('arrives where the mapping keeps such orders', async () => {
      const sides = await edited({ whenUnmet: 'keep' }, isOff);
      expect(tracking(sides)).toMatchObject(ARRIVED);
      expect(sides.state.twoWay.edits.size).toBe(0);
    });

    it.each([
      ['leaves such orders as they are', { whenUnmet: 'stop' }],
      ['flags such orders', { whenUnmet: 'delete' }],
      ['wants to delete such orders and may not', { whenUnmet: 'delete', onDelete: false }],
    ])(
      'waits where the mapping %s, and arrives once it wants the order again',
      async (_how, more) => {
        const sides = await edited(more, isOff);
        expect(tracking(sides)).toEqual([]);
        expect(sides.record(1)).toMatchObject({ Tracking__c: 'T1' });
        sides.editWoo(1, { payment_method: 'card', date_paid_gmt: '2026-12-01T10:00:00' });
        sides.change(1);
        await sides.settle();
        expect(tracking(sides)).toMatchObject(ARRIVED);
        expect(sides.record(1)).toMatchObject({
          Tracking__c: 'T1',
          Paid__c: '2026-12-01T10:00:00',
        });
        expect(sides.state.twoWay.edits.size).toBe(0);
      },
    );
  });
});

it('an edit that waits since its order is not wanted arrives once a condition that was changed wants the order', async () => {
  const sides = new TwoSides('woo_wins', ordersByCard({ whenUnmet: 'stop' }));
  const queue = {
    add: (changes: readonly ChangeEvent[]) => {
      for (const { key } of changes) sides.change(Number(parseKey(key).id));
      return Promise.resolve();
    },
  };
  const begin = (version: string, mapping: Mapping) =>
    queueUnsent({ state: sides.state, queue }, {
      store: { key: 'main' },
      version,
      mappings: [mapping],
    } as unknown as StoreSetup);
  const byCard = ordersByCard({ whenUnmet: 'stop' }).mapping('woo_wins');
  const all = ORDERS.mapping('woo_wins');
  await sides.begin(1);
  await begin('1', byCard);
  sides.editWoo(1, { payment_method: 'cash' });
  sides.change(1);
  await sides.settle();
  sides.editSalesforce(1, { Tracking__c: 'T1' });
  await sides.tell(1);
  await sides.settle();
  expect([...sides.state.twoWay.edits.keys()]).toEqual(['main:1']);
  await begin('2', all);
  await sides.runWith([all]);
  expect(sides.shop.products.get(1)).toMatchObject({
    meta_data: [{ key: 'tracking_number', value: 'T1' }],
  });
  expect(sides.state.twoWay.edits.size).toBe(0);
});

it('edits that are reported still, of fields that go to other stores, are queued of one store', async () => {
  const { state, queue, added } = await world();
  const of = (unsent?: Mapping['unsent']) =>
    ({
      store: { key: 'main' },
      mappings: [PRODUCTS, { ...ORDER, ...(unsent && { unsent }) }],
    }) as unknown as StoreSetup;
  await queueReported({ state, queue }, of());
  expect(added).toEqual([]);
  await queueReported({ state, queue }, of([]));
  expect(added).toEqual([[{ resource: 'order', key: 'main:7' }]]);
});

describe('a price for another store, which does not have the product', () => {
  const RECORDS = [1, 2, 3];
  const ON = { outletPrice: true, flags: true };
  const OFF = { flags: true };
  const SAID = RECORDS.map((id) => ['EDIT_NOT_IN_SHOP', `main:${id}`]);
  const take = (stores: TwoStores) =>
    stores.failures
      .splice(0)
      .map(({ code, recordKey }) => [code, recordKey])
      .sort();

  /** What the engine does with a store as it begins, and all that comes of it. */
  async function begin(stores: TwoStores, setting: object, isEnded = false): Promise<void> {
    stores.configure(setting);
    const { state } = stores;
    const queue = { add: (changes: readonly ChangeEvent[]) => stores.add(changes) };
    const saveCursor = state.saveCursor.bind(state);
    for (const setup of stores.setups) {
      if (isEnded) state.saveCursor = () => Promise.reject(new Error('the process ends'));
      const done = queueAbandoned({ state, queue }, setup);
      if (isEnded) await expect(done).rejects.toThrow('ends');
      else await done;
      await queueReported({ state, queue }, setup);
    }
    state.saveCursor = saveCursor;
    await stores.settle();
  }

  /** Prices of which an issue is open, and the mapping of their store is switched off then. */
  async function switchedOff(): Promise<TwoStores> {
    const stores = new TwoStores(ON);
    for (const id of RECORDS) {
      const product = { sku: `sku-${id}`, name: 'Tea', regular_price: '10', stock_quantity: 1 };
      stores.change('main', id, product);
      await stores.settle();
    }
    await begin(stores, ON);
    for (const id of RECORDS) await stores.edit(id, { Outlet_Price__c: id });
    await stores.settle();
    expect(take(stores)).toEqual(SAID);
    await begin(stores, OFF);
    // Open issues are looked at again, and close.
    await stores.add(RECORDS.map((id) => ({ resource: 'product', key: `main:${id}` })));
    await stores.settle();
    expect(take(stores)).toEqual([]);
    return stores;
  }

  it('is said again once the mapping of that store is on again, by one question to Salesforce', async () => {
    const stores = await switchedOff();
    await begin(stores, OFF);
    const before = stores.org.queried.length;
    await begin(stores, ON);
    expect(take(stores)).toEqual(SAID);
    expect(stores.org.queried.length - before).toBe(1);
    expect([...stores.state.twoWay.edits.keys()].sort()).toEqual(['main:1', 'main:2', 'main:3']);
  });

  it('is said again, too, where the process ends before it is remembered that it is to be', async () => {
    const stores = await switchedOff();
    await begin(stores, ON, true);
    stores.failures.splice(0);
    await begin(stores, ON);
    expect(take(stores)).toEqual(SAID);
    await begin(stores, OFF, true);
    await begin(stores, OFF);
    await begin(stores, ON);
    expect(take(stores)).toContainEqual(SAID[0]);
  });

  it('is said of those alone that stand there still, and that the store does not have by now', async () => {
    const stores = await switchedOff();
    await stores.edit(1, { Outlet_Price__c: null });
    await stores.settle();
    stores.change('outlet', 102, { sku: 'sku-2', name: 'Tea' });
    await stores.settle();
    await begin(stores, ON);
    expect(take(stores)).toEqual([SAID[2]]);
  });

  it('is none where it is off for good, and nothing waits then that is asked for', async () => {
    const stores = await switchedOff();
    const before = stores.org.queried.length;
    await begin(stores, OFF);
    expect(stores.org.queried.length - before).toBe(0);
    expect(stores.state.twoWay.edits.size).toBe(0);
  });
});

describe('a price for another store, which is typed while the mapping of that store alone is off', () => {
  const ON = { outletPrice: true };
  const TYPED = '2026-11-26T10:10:00.000Z';

  /** What the engine does when it has read the configuration. @returns whether it sweeps Salesforce */
  async function read(stores: TwoStores, time: string, setting: object): Promise<boolean> {
    stores.configure(setting);
    const { state } = stores;
    const setup = {
      stores: stores.setups,
      compiledOf: { source: { mappings: [] } },
      readAt: new Date(`2026-11-26T${time}Z`),
    } as unknown as Setup;
    const isSwept = await new LastConfiguration(state).take(setup);
    if (isSwept) await sweep(stores);
    await stores.settle();
    return isSwept;
  }

  /** Finds what was saved since the place that it goes back to. */
  async function sweep(stores: TwoStores): Promise<void> {
    const queries = ([soql = '']: readonly string[]) => {
      const [, since = ''] = /SystemModstamp >= (\S+)/.exec(soql) ?? [];
      const saved = stores.org.of('Product2').filter((one) => 'SystemModstamp' in one);
      return Promise.resolve([since <= TYPED ? saved : []]);
    };
    const parts = {
      state: stores.state,
      twoWay: stores.state.twoWay,
      queue: { add: (changes: readonly ChangeEvent[]) => stores.add(changes) },
      clock: { now: () => new Date(TYPED) },
      setup: () => ({ stores: stores.setups }),
      away: () => new Set<string>(),
      org: { queries, userId: () => Promise.resolve('') },
    };
    await sweepSalesforce(parts, []);
  }

  /** One that both stores have, while both mappings are on; the sweep has come to where it was saved. */
  async function shared(): Promise<TwoStores> {
    const stores = new TwoStores(ON);
    const product = { sku: 'sku-1', name: 'Tea', stock_quantity: 1 };
    stores.change('main', 1, { ...product, regular_price: '10' });
    await stores.settle();
    stores.change('outlet', 101, { ...product, regular_price: '8' });
    await stores.settle();
    await read(stores, '10:00:00', ON);
    await stores.state.saveCursor('', 'salesforce:Product2', { stamp: TYPED, seen: [] });
    await read(stores, '10:05:00', {});
    await stores.edit(1, { Outlet_Price__c: 5, SystemModstamp: TYPED });
    await stores.settle();
    return stores;
  }

  const inShop = (stores: TwoStores) => stores.shops.outlet.products.get(101)?.['regular_price'];

  it('goes to its shop once the mapping is on again', async () => {
    const stores = await shared();
    await read(stores, '10:30:00', {});
    expect(inShop(stores)).toBe('8');
    expect(await read(stores, '10:35:00', ON)).toBe(true);
    expect(inShop(stores)).toBe('5');
    expect(stores.failures).toEqual([]);
    expect(await read(stores, '10:40:00', ON)).toBe(false);
  });

  it('is a conflict with what the shop has been given meanwhile', async () => {
    const stores = await shared();
    stores.change('outlet', 101, { regular_price: '7' });
    await stores.settle();
    await read(stores, '10:35:00', ON);
    expect(inShop(stores)).toBe('7');
    expect(stores.record(1)).toMatchObject({ Outlet_Price__c: 7 });
    expect(stores.failures).toMatchObject([{ code: 'CONFLICT_DECIDED', recordKey: 'outlet:101' }]);
  });
});
