import { beforeEach, describe, expect, it } from 'vitest';
import { reconcileCustomers } from '../../../src/sync/reconcile/reconcile-customers.ts';
import { LinkedIds } from '../../../src/sync/reconcile/linked-ids.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { ChangeList, SweepShop } from '../../support/sweep-shop.ts';
import { verified } from '../../support/links.ts';

const mappings = ['Account', 'Contact'].map((object) =>
  mappingTo(object, { resource: 'customer' }),
);

let shop = new SweepShop();
let state = new MemoryState();
let changes = new ChangeList();
beforeEach(() => {
  shop = new SweepShop();
  shop.now = 10_000;
  state = new MemoryState();
  changes = new ChangeList();
});

async function link(object: string, ...keys: readonly (number | string)[]): Promise<void> {
  const links = keys.map((key) => ({
    object,
    key: `main:${key}`,
    recordId: `id ${key}`,
    ...verified('h'),
    parentKey: null,
    byId: false,
    readNumber: 0,
  }));
  await state.didWrite(links, []);
}

async function sweep(): Promise<string[]> {
  await reconcileCustomers({ store: shop, state, queue: changes, mappings });
  return changes.take();
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('the sweep of customers', () => {
  it('queues those that are not linked anywhere, and linked ones that are not listed', async () => {
    for (const id of [2, 3, 5, 9]) shop.put('customers', id);
    await state.saveCursor('main', 'loaded', { at: new Date('2027-01-01').toISOString() });
    await link('Account', 1, 2, 5, 12);
    await link('Contact', 2, 3, 4, 12, 'guest:jane@example.com');
    expect((await sweep()).sort()).toEqual([1, 4, 9, 12].map((id) => `customer main:${id}`).sort());
  });

  it('queues those that were modified since the last one', async () => {
    for (const id of [1, 2, 3]) shop.put('customers', id, id === 3 ? { modified: null } : {});
    await link('Contact', 1, 2, 3);
    shop.now += 3600;
    expect(await sweep()).toEqual(['customer main:1', 'customer main:2']);
    shop.now += 86_400;
    shop.put('customers', 2);
    shop.now += 3600;
    expect(await sweep()).toEqual(['customer main:2']);
    shop.now += 86_400;
    expect(await sweep()).toEqual([]);
  });

  it('queues those that have another date than they were read with, however old', async () => {
    const read = (id: number, modified: number | null, isHeld = false) => ({
      key: `main:${id}`,
      marks: [],
      modified,
      isHeld,
      isAnother: false,
      ordersDue: false,
    });
    const modified = '2026-01-02T10:00:00';
    for (const id of range(1, 6))
      shop.put('customers', id, { modified: id === 5 ? null : modified });
    await link('Contact', ...range(1, 6));
    const at = Date.parse(`${modified}Z`);
    await state.origins.save('customer', [
      read(1, at),
      read(2, at - 3_600_000),
      read(3, at - 3_600_000, true),
      read(4, null),
      read(5, at),
    ]);
    shop.now += 3600;
    await sweep();
    shop.now += 86_400;
    expect(await sweep()).toEqual(['customer main:2']);
  });

  it('reads ten thousand in ten calls of ten reads', async () => {
    for (const id of range(1, 10_000)) shop.put('customers', id);
    await state.saveCursor('main', 'loaded', { at: new Date('2027-01-01').toISOString() });
    await link('Contact', ...range(1, 9_999));
    const swept = await reconcileCustomers({ store: shop, state, queue: changes, mappings });
    expect(swept).toEqual({ listed: 10_000, changed: 1, missing: 0 });
    expect(shop.severalCalls).toBe(10);
    expect(shop.asked).toHaveLength(100);
    expect(new Set(shop.asked.map(({ params }) => params['_fields']))).toEqual(
      new Set(['id,date_modified_gmt']),
    );
    expect(shop.singles).toEqual([]);
  });

  it('fault 22: only queues those that deletions between two calls have moved out of sight', async () => {
    for (const id of range(1, 1500)) shop.put('customers', id);
    await state.saveCursor('main', 'loaded', { at: new Date('2027-01-01').toISOString() });
    await link('Contact', ...range(1, 1500));
    shop.now += 3600;
    let reads = 0;
    shop.beforeRead = () => {
      reads += 1;
      if (reads === 11) for (const id of [7, 8]) shop.remove('customers', id);
    };
    expect(await sweep()).toEqual(['customer main:1001', 'customer main:1002']);
    reads = 100;
    expect(await sweep()).toEqual(['customer main:7', 'customer main:8']);
  });

  it('queues all that are linked where the shop lists none', async () => {
    await link('Contact', ...range(1, 2500));
    expect(await sweep()).toHaveLength(2500);
  });

  it('reads nothing where customers are not mapped', async () => {
    await reconcileCustomers({
      store: shop,
      state,
      queue: changes,
      mappings: [mappingTo('Woo_Order__c')],
    });
    expect(shop.asked).toEqual([]);
  });
});

describe('linked ids', () => {
  it('come once each, in order, a thousand at a time, up to where they are wanted', async () => {
    await link('Account', ...range(1, 1500));
    await link('Contact', ...range(1000, 3200));
    const ids = new LinkedIds(state, 'main', ['Account', 'Contact', 'Account']);
    const pages = async (last: number) => {
      const found: number[][] = [];
      for await (const page of ids.upTo(last)) found.push([...page]);
      return found;
    };
    expect(await pages(0)).toEqual([]);
    expect(await pages(1200)).toEqual([range(1, 1000), range(1001, 1200)]);
    expect(await pages(1200)).toEqual([]);
    expect((await pages(Infinity)).flat()).toEqual(range(1201, 3200));
    expect(await pages(Infinity)).toEqual([]);
  });
});
