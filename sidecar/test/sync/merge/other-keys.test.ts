import { describe, expect, it } from 'vitest';
import { issueOf } from '../../../src/sync/report/issue.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { TwoStores } from './two-stores.ts';

/** A product that both stores have, whose price in the outlet stands in a field of its own. */
async function shared(): Promise<TwoStores> {
  const stores = new TwoStores({ outletPrice: true, flags: true });
  for (const id of [1, 2]) {
    const product = { sku: `sku-${id}`, name: 'Tea', regular_price: '10', stock_quantity: 1 };
    stores.change('main', id, product);
    await stores.settle();
    stores.change('outlet', 100 + id, { ...product, status: 'publish', regular_price: '20' });
    await stores.settle();
  }
  return stores;
}

const said = (stores: TwoStores) =>
  stores.failures.splice(0).map(({ code, field, recordKey }) => [code, field, recordKey]);
const UNSENT = ['EDIT_NOT_IN_SHOP', 'Outlet_Price__c', 'main:1'];

describe('a price that is typed for a store which has the product no more', () => {
  it.each([
    ['as the store loses it', false],
    ['before the store says so', true],
    ['after the store has said so', null],
  ])('is said to be in Salesforce alone, typed %s', async (_, isFirst) => {
    const stores = await shared();
    stores.shops.outlet.products.delete(101);
    const lose = () => stores.add([{ resource: 'product', key: 'outlet:101' }]);
    if (isFirst !== true) await lose();
    if (isFirst === null) await stores.settle();
    await stores.edit(1, { Outlet_Price__c: 4.44 });
    if (isFirst === true) await lose();
    await stores.settle();
    expect(said(stores)).toContainEqual(UNSENT);
    expect(stores.record(1)).toMatchObject({ Outlet_Price__c: 4.44 });
  });

  it('is said with the store that lacks it, and not with the one that the record belongs to', async () => {
    const stores = await shared();
    stores.shops.outlet.products.delete(101);
    await stores.add([{ resource: 'product', key: 'outlet:101' }]);
    await stores.edit(1, { Outlet_Price__c: 4.44 });
    await stores.settle();
    const [failure] = stores.failures.filter(({ recordKey }) => recordKey === 'main:1');
    expect(failure?.reason).toBe(
      'The shop of the store outlet does not have this record, or has it in its trash: Outlet_Price__c, which goes to that shop alone, is in Salesforce alone.',
    );
    expect(failure).toMatchObject({ salesforceValue: '4.44' });
    expect(failure?.cure).toContain('Restore it in that shop');
    expect(failure?.cure).not.toContain('orders-back');
  });

  it('is said where the edit is reported while the store is being told of the loss', async () => {
    const stores = await shared();
    stores.shops.outlet.products.delete(101);
    await stores.add([{ resource: 'product', key: 'outlet:101' }]);
    const { state } = stores;
    const didWrite = state.didWrite.bind(state);
    state.didWrite = async (written, gone) => {
      if (gone.length === 0) return didWrite(written, gone);
      state.didWrite = didWrite;
      // Both keys are linked still.
      await stores.edit(1, { Outlet_Price__c: 4.44 });
      await stores.run('main');
      return didWrite(written, gone);
    };
    await stores.settle();
    expect(said(stores)).toContainEqual(UNSENT);
  });

  it('is none where nobody has edited it, or what is edited goes to the store that has it', async () => {
    const stores = await shared();
    stores.shops.outlet.products.delete(101);
    await stores.add([{ resource: 'product', key: 'outlet:101' }]);
    await stores.edit(1, { Name: 'Green tea' });
    await stores.settle();
    expect(said(stores)).toEqual([]);
    expect(stores.shops.main.products.get(1)).toMatchObject({ name: 'Green tea' });
  });
});

/** As an earlier version said it, whose state and open issues stay over an upgrade. */
describe('such a price of which an issue stands open as an edit that is not sent', () => {
  const scope = { resource: 'product', object: 'Product2' } as const;

  async function upgraded(): Promise<readonly (readonly unknown[])[]> {
    const stores = await shared();
    stores.shops.outlet.products.delete(101);
    await stores.add([{ resource: 'product', key: 'outlet:101' }]);
    await stores.edit(1, { Outlet_Price__c: 4.44 });
    await stores.settle();
    const queue = new MemoryChangeQueue(stores.state);
    const [mapping] = stores.setups[0]?.mappings ?? [];
    if (mapping === undefined) throw new Error('the store has no mapping');
    const earlier = issueOf(mapping, {
      key: 'main:1',
      recordKey: 'main:1',
      code: 'EDIT_NOT_SENT',
      aspect: 'unsent',
      field: 'Outlet_Price__c',
      message: 'It is not sent.',
    });
    await queue.finish({ jobs: [], failures: [earlier], seen: [], followUps: [] });
    // As the start does.
    await queue.queueAll('main');
    const jobs = await queue.claim({ store: 'main', resource: 'product' }, 10);
    expect(jobs.map(({ key }) => key)).toEqual(['main:1']);
    stores.failures.splice(0);
    await stores.add(jobs);
    await stores.settle();
    const failures = stores.failures.splice(0);
    await queue.finish({ jobs, failures, seen: [], followUps: [], lookedAt: [scope] });
    const open = await queue.find({ store: 'main' }, 10);
    return open.map(({ code, field, salesforceValue }) => [code, field, salesforceValue]);
  }

  it('is said by the one that names its store, and by no other beside it', async () => {
    expect(await upgraded()).toEqual([['EDIT_NOT_IN_SHOP', 'Outlet_Price__c', '4.44']]);
  });
});

describe('a price that was typed while the product of its store lay in the trash', () => {
  it.each([
    ['3.33', 3.33],
    ['0', 0],
  ])('goes there as soon as it is restored, and is unsent no more: %s', async (price, typed) => {
    const stores = await shared();
    stores.change('outlet', 101, { status: 'trash' });
    await stores.settle();
    await stores.edit(1, { Outlet_Price__c: typed });
    await stores.settle();
    expect(said(stores)).toContainEqual(UNSENT);
    stores.change('outlet', 101, { status: 'publish' });
    await stores.settle();
    expect(stores.shops.outlet.products.get(101)).toMatchObject({ regular_price: price });
    expect(stores.record(1)).toMatchObject({ Outlet_Price__c: typed });
    expect(said(stores)).toEqual([]);
    expect(stores.state.twoWay.edits.size, 'nothing waits').toBe(0);
  });

  it('stays where nothing was typed, and the shop keeps what it changed there', async () => {
    const stores = await shared();
    stores.change('outlet', 101, { status: 'trash' });
    await stores.settle();
    stores.shops.outlet.writes = 0;
    stores.change('outlet', 101, { status: 'publish', regular_price: '21' });
    await stores.settle();
    expect(stores.record(1)).toMatchObject({ Outlet_Price__c: 21 });
    expect(stores.shops.outlet.writes).toBe(0);
    expect(said(stores)).toEqual([]);
  });
});

describe('a price for a store of which nothing is known yet, as after a lost state', () => {
  async function lost(unread: readonly string[]): Promise<TwoStores> {
    const stores = new TwoStores({ outletPrice: true });
    stores.unread = unread;
    const product = { sku: 'sku-1', name: 'Tea', regular_price: '10', stock_quantity: 1 };
    stores.change('main', 1, product);
    await stores.settle();
    await stores.edit(1, { Outlet_Price__c: 20 });
    await stores.settle();
    return stores;
  }

  it('is not said to be in Salesforce alone before it is loaded, and goes to it then', async () => {
    const stores = await lost(['outlet']);
    expect(said(stores)).toEqual([]);
    expect([...stores.state.twoWay.edits.keys()]).toEqual(['main:1']);
    stores.unread = [];
    stores.change('outlet', 101, { sku: 'sku-1', name: 'Tea', regular_price: '20' });
    await stores.settle();
    await stores.add([{ resource: 'product', key: 'main:1' }]);
    await stores.settle();
    expect(said(stores)).toEqual([]);
    expect(stores.state.twoWay.edits.size).toBe(0);
  });

  it('is said once it is loaded, and has no such product', async () => {
    const stores = await lost(['outlet']);
    stores.unread = [];
    await stores.add([{ resource: 'product', key: 'main:1' }]);
    await stores.settle();
    expect(said(stores)).toEqual([UNSENT]);
  });

  it.each([[[]], [['main']], [['third']]])(
    'is said at once where no store is to be loaded that gets it: %s',
    async (unread) => {
      expect(said(await lost(unread))).toContainEqual(UNSENT);
    },
  );
});
