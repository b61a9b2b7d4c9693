import { beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { Issue } from '../../../src/ports/issues.ts';
import type { Org, OrgAudit } from '../../../src/ports/org.ts';
import { reconcileStore } from '../../../src/sync/reconcile/reconcile-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt, ChangeList, SweepShop } from '../../support/sweep-shop.ts';
import { verified } from '../../support/links.ts';

type Row = Readonly<Record<string, unknown>>;

/** An org that answers queries with rows by object, and remembers what it was asked. */
class AuditedOrg implements OrgAudit, Pick<Org, 'queries'> {
  readonly asked: string[][] = [];
  readonly rows = new Map<string, Row[]>();

  queriesAll(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    this.asked.push([...soql]);
    return Promise.resolve(
      soql.map((one) => this.rows.get(/FROM (\w+)/.exec(one)?.[1] ?? '')?.splice(0, 2000) ?? []),
    );
  }

  /** Records as they are now, by id. */
  readonly now = new Map<string, Row>();

  queries(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    const named = ([, id = '']: readonly string[]): readonly Row[] => {
      const row = this.now.get(id);
      return row === undefined ? [] : [row];
    };
    return Promise.resolve(soql.map((one) => [...one.matchAll(/'(\w+)'/g)].flatMap(named)));
  }

  userId(): Promise<string> {
    return Promise.resolve('005000000000001AAA');
  }
}

const orders = mappingTo('Woo_Order__c', { resource: 'order', deleteRule: 'flag' });
const items = mappingTo('Woo_Order_Item__c', { resource: 'order_item', deleteRule: 'delete' });
const refunds = mappingTo('Woo_Refund__c', { resource: 'refund', deleteRule: 'delete' });
const contacts = mappingTo('Contact', { resource: 'customer' });
const products = mappingTo('Product2', {
  ...{ resource: 'product', deleteRule: 'flag', direction: 'both' },
});

let shop = new SweepShop();
let state = new MemoryState();
let changes = new ChangeList();
let org = new AuditedOrg();
let changed: string[] = [];
/** Issues that are open, by key. */
let open = new Map<string, Issue>();
beforeEach(() => {
  shop = new SweepShop();
  shop.now = 100_000;
  state = new MemoryState();
  changes = new ChangeList();
  org = new AuditedOrg();
  changed = [];
  open = new Map();
});

async function link(
  object: string,
  ids: readonly number[],
  parent?: number,
  store = 'main',
): Promise<void> {
  const links = ids.map((id) => ({
    ...{ object, key: `${store}:${id}`, recordId: `id ${id}`, ...verified('h'), byId: false },
    ...{ parentKey: parent === undefined ? null : `main:${parent}`, readAt: new Date(0) },
  }));
  await state.didWrite(links, []);
}

async function prove(mappings: readonly Mapping[]) {
  const issues = {
    queueAll: (store: string) => {
      changed.push(store);
      return Promise.resolve();
    },
    find: () => Promise.resolve([...open.values()]),
  };
  const finish = ({ failures, seen }: BatchResult) => {
    for (const failure of failures) open.set(failure.key, failure as Issue);
    const isOver = ({ object, recordKey }: Issue) =>
      seen.some((one) => one.object === object && one.key === recordKey);
    for (const issue of open.values()) if (isOver(issue)) open.delete(issue.key);
    return Promise.resolve(true);
  };
  const now = new Date(`${gmt(shop.now)}Z`);
  const result = await reconcileStore({
    ...{ org, store: shop, state, issues, mappings, now },
    queue: { add: (some) => changes.add(some), finish },
  });
  return { result, found: changes.take() };
}

/** Another day, with the part of the linked records that is looked at each day out of the way. */
async function nextDay(): Promise<void> {
  shop.now += 86_400;
  shop.asked.length = 0;
  state.slice = () => Promise.resolve([]);
  await Promise.resolve();
}

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
      ...['products ', 'products trash', 'variations ', 'variations trash'],
      ...['orders ', 'orders trash', 'refunds '],
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
    const readAt = new Date(0);
    await state.didWrite(
      [{ ...flagged, state: 'soft_deleted', hash: null, byId: false, readAt }],
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

describe('the part that is looked at each night', () => {
  it('is another one each time, and all of it within thirty nights', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => at + 1);
    for (const id of ids) shop.put('orders', id, { created: gmt(0) });
    await link('Woo_Order__c', ids);
    await link('Contact', ids);
    const seen: string[] = [];
    for (let night = 0; night < 30; night += 1) {
      const { found, result } = await prove([orders, contacts]);
      expect(result.slice).toBe(found.length);
      expect(found.length).toBeLessThan(100);
      seen.push(...found);
    }
    expect(seen).toHaveLength(400);
    expect(new Set(seen).size).toBe(400);
    expect((await prove([orders])).found.length).toBeGreaterThan(0);
  });

  it('has the records of open issues looked at too', async () => {
    await prove([orders]);
    expect(changed).toEqual(['main']);
  });
});

describe('what somebody else changed in Salesforce', () => {
  const row = (key: string, id = '001000000000001AAA'): Row => ({
    ...{ Id: id, Woo_Key__c: key, SystemModstamp: '2026-03-02T10:00:00.000+0000' },
  });
  beforeEach(() => {
    state.slice = () => Promise.resolve([]);
  });

  it('is asked of the objects that the shop may change', async () => {
    await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
    const outward = mappingTo('Lead', { resource: 'product', direction: 'to_woo' });
    await prove([orders, products, outward, mappingTo('Contact', { resource: 'customer' })]);
    expect(org.asked).toEqual([
      ['Woo_Order__c', 'Product2', 'Contact'].map(
        (object) =>
          `SELECT Id, SystemModstamp, IsDeleted, Woo_Key__c FROM ${object} ` +
          `WHERE ${object.endsWith('__c') ? "(Woo_Key__c LIKE 'main:%' OR Woo_Key__c = null)" : "Woo_Key__c LIKE 'main:%'"} ` +
          `AND (LastModifiedById != '005000000000001AAA' OR IsDeleted = true) ` +
          `AND SystemModstamp > 2026-03-01T11:50:00.000Z ` +
          `ORDER BY SystemModstamp, Id LIMIT 2000`,
      ),
    ]);
    org.asked.length = 0;
    const last = new Date(`${gmt(shop.now)}Z`).getTime();
    await nextDay();
    await prove([orders]);
    expect(org.asked[0]?.[0]).toContain(
      `SystemModstamp > ${new Date(last - 600_000).toISOString()}`,
    );
  });

  it('is asked since its object was asked last, where its mapping was held or off meanwhile', async () => {
    await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
    const since = (soql = '') => /FROM (\w+).*SystemModstamp > (\S+)/.exec(soql)?.slice(1);
    const day = () => new Date((shop.now - 600) * 1000 + Date.parse(`${gmt(0)}Z`)).toISOString();
    await prove([orders, products]);
    const first = day();
    await nextDay();
    await prove([orders]);
    const second = day();
    await nextDay();
    org.asked.length = 0;
    await prove([orders, products, contacts]);
    expect(org.asked[0]?.map(since)).toEqual([
      ['Woo_Order__c', second],
      ['Product2', first],
      ['Contact', '2026-03-01T11:50:00.000Z'],
    ]);
  });

  it('is asked since the last time that an earlier version noted for all objects', async () => {
    await state.saveCursor('main', 'proof:salesforce', { at: '2026-03-02T12:00:00.000Z' });
    await prove([orders]);
    expect(org.asked[0]?.[0]).toContain('SystemModstamp > 2026-03-02T11:50:00.000Z');
  });

  it('is written anew: its hash is cleared and it is queued, parts with their order', async () => {
    await link('Woo_Order__c', [1, 2]);
    await link('Woo_Order_Item__c', [31, 32], 2);
    await link('Contact', [5]);
    await link('Woo_Order__c', [2], undefined, 'main2');
    org.rows.set('Woo_Order__c', [row('main:1'), row('main:99'), row('main2:2'), row('guest')]);
    org.rows.set('Woo_Order_Item__c', [row('main:32'), row('main:31')]);
    const { found, result } = await prove([orders, items, contacts]);
    expect(found).toEqual(['order main:1', 'order main:2']);
    expect(result.foreign).toBe(3);
    const cleared = [...state.saved.values()].filter(({ hash }) => hash === null);
    expect(cleared.map(({ object, key }) => `${object} ${key}`)).toEqual([
      ...['Woo_Order__c main:1', 'Woo_Order_Item__c main:31', 'Woo_Order_Item__c main:32'],
    ]);
  });

  it('leaves records of other resources with the same number as they are', async () => {
    await link('Product2', [2]);
    await link('Contact', [2]);
    await link('Woo_Order__c', [2]);
    await link('Woo_Order_Item__c', [31], 2);
    const cleared = () =>
      [...state.saved].filter(([, { hash }]) => hash === null).map(([name]) => name);
    org.rows.set('Contact', [row('main:2')]);
    const all = [orders, items, contacts, products];
    expect((await prove(all)).found).toEqual(['customer main:2']);
    expect(cleared()).toEqual(['Contact main:2']);
    org.rows.set('Woo_Order__c', [row('main:2')]);
    await prove(all);
    expect(cleared()).toEqual([
      ...['Contact main:2', 'Woo_Order__c main:2', 'Woo_Order_Item__c main:31'],
    ]);
  });

  it.each([
    ['another key', 'main:999'],
    ['none', null],
  ])('is known by its id where it carries %s now, and gets its own key back', async (_how, key) => {
    await link('Woo_Order__c', [1]);
    org.rows.set('Woo_Order__c', [{ ...row('', 'id 1'), Woo_Key__c: key }]);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:1']);
    expect(state.saved.get('Woo_Order__c main:1')?.hash).toBeNull();
    expect([result.foreign, result.orphans]).toEqual([1, 0]);
  });

  it('keeps its key where it was found by others than its key', async () => {
    const adopted = { object: 'Woo_Order__c', key: 'main:1', recordId: 'id 1', ...verified('h') };
    const rest = { parentKey: null, byId: true, readAt: new Date(0) };
    await state.didWrite([{ ...adopted, ...rest }], []);
    org.rows.set('Woo_Order__c', [row('outlet:9', 'id 1')]);
    expect((await prove([orders])).found).toEqual([]);
  });

  it('is an issue where the shop never had the record, until it is gone or has another key', async () => {
    shop.put('orders', 8, { created: gmt(0) });
    org.rows.set('Woo_Order__c', [
      row('main:8', 'a00000000000008AAA'),
      row('main:9', 'a00000000000009AAA'),
    ]);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:8']);
    expect(result.orphans).toBe(1);
    expect([...open.values()]).toMatchObject([
      { code: 'RECORD_NOT_IN_SHOP', recordId: 'a00000000000009AAA', recordKey: 'main:9' },
    ]);
    org.now.set('a00000000000009AAA', { Id: 'a00000000000009AAA', Woo_Key__c: 'main:9' });
    await nextDay();
    expect((await prove([orders])).result.orphans).toBe(1);
    expect((await prove([contacts])).result.orphans, 'while its mapping is held').toBe(1);
    org.now.set('a00000000000009AAA', { Id: 'a00000000000009AAA', Woo_Key__c: null });
    expect((await prove([orders])).result.orphans).toBe(0);
    expect(open.size).toBe(0);
  });

  it('is no orphan where it was deleted in Salesforce meanwhile', async () => {
    org.rows.set('Woo_Order__c', [{ ...row('main:9'), IsDeleted: true }]);
    expect((await prove([orders])).result.orphans).toBe(0);
  });

  it('of a guest is not queued, since the shop has no list of guests', async () => {
    const key = 'main:guest:jane@example.com';
    const guest = { object: 'Contact', key, recordId: '003', ...verified('h'), parentKey: null };
    await state.didWrite([{ ...guest, byId: false, readAt: new Date(0) }], []);
    org.rows.set('Contact', [row(key)]);
    expect((await prove([contacts])).found).toEqual([]);
    expect(state.saved.get(`Contact ${key}`)?.hash).toBeNull();
  });

  it('is read to its end, behind records of the same second', async () => {
    const ids = Array.from({ length: 2001 }, (_, at) => at + 1);
    await link('Woo_Order__c', ids);
    org.rows.set(
      'Woo_Order__c',
      ids.map((id) => row(`main:${id}`, `a0${id}`)),
    );
    const { result } = await prove([orders, contacts]);
    expect(result.foreign).toBe(2001);
    expect(org.asked.map((some) => some.length)).toEqual([2, 1]);
    expect(org.asked[1]?.[0]).toContain(
      "(SystemModstamp > 2026-03-02T10:00:00.000Z OR (SystemModstamp = 2026-03-02T10:00:00.000Z AND Id > 'a02000'))",
    );
  });
});
