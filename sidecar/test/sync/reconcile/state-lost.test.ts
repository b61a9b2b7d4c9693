import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { Lookup, Resource, WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { type Lists, ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const keyOf = (id: unknown) => `main:${String(id)}`;

function lookup(object: string, id: unknown, required = false): Lookup {
  const names = { field: `${object}__c`, relationshipName: `${object}__r` };
  const key = id === undefined ? null : keyOf(id);
  return { ...names, object, keyField: 'Woo_Key__c', key, required };
}

const owner = { relationshipName: 'Order__r', keyField: 'Woo_Key__c' };

/** A mapping in the shape of the defaults: a name always, a note for a create, a phone where empty. */
function mapping(
  resource: Resource,
  object: string,
  lookups: (record: WooRecord) => Lookup[],
  over: Partial<Mapping> = {},
): Mapping {
  return mappingTo(object, {
    resource,
    reads: ['name', 'phone', 'status', 'customer_id', 'line_items', 'parent_id'],
    build: (record) => ({
      row: {
        ...rowOf(keyOf(record['id']), { Name: String(record['name']) }),
        onCreate: { Note: 'from the shop' },
        whenEmpty: { Phone: (record['phone'] as string | undefined) ?? null },
        lookups: lookups(record),
      },
    }),
    ...over,
  });
}

const FLAG = { deleteRule: 'flag', deleteFlag: { field: 'Deleted__c', value: true } } as const;
const customers = mapping('customer', 'Contact', () => []);
const products = mapping('product', 'Product2', () => [], FLAG);
const orders = mapping('order', 'Order', ({ customer_id }) => [lookup('Contact', customer_id)], {
  ...FLAG,
  meets: ({ status }) => status === 'completed',
});
const items = mapping(
  'order_item',
  'Item',
  ({ order_id, product }) => [lookup('Order', order_id, true), lookup('Product2', product)],
  { deleteRule: 'delete', owner },
);
const refunds = mapping('refund', 'Refund', ({ parent_id }) => [lookup('Order', parent_id, true)], {
  deleteRule: 'delete',
  owner,
});
const MAPPINGS = [orders, items, refunds, customers, products];

function order(id: number, over: WooRecord = {}): WooRecord {
  const line_items = [1, 2].map((line) => ({ id: id * 10 + line, name: 'Tea', product_id: 7 }));
  const one = { id, name: `Order ${id}`, status: 'completed', customer_id: 3, line_items };
  return { ...one, refunds: [{ id: 100 + id }], ...over };
}

const refund = (id: number) => ({ id: 100 + id, parent_id: id, name: 'back' });

const SHOP = {
  products: [7, 8, 9].map((id) => ({ id, name: `Product ${id}` })),
  customers: [{ id: 3, name: 'Ada', phone: '555' }],
  orders: [order(1), order(2), order(3)],
  refunds: [refund(1), refund(2), refund(3)],
} satisfies Lists;

/** A shop that was synced, and whose state was lost. */
async function lost(mappings: readonly Mapping[] = MAPPINGS) {
  const org = new HoldingOrg();
  const load = async (lists: Lists, state: MemoryState, dry = false) => {
    const before = org.written.length;
    const store = new ListStore(lists);
    const result = await backfill({ org: org.asOrg, state, store, mappings, dry });
    const written = org.written.slice(before);
    const of = (one: Mapping) => result.mappings.find(({ mapping: name }) => name === one.name);
    return { written, of, reports: result.mappings };
  };
  const first = new MemoryState();
  await load(SHOP, first);
  return { org, load, first };
}

function linksIn({ saved }: MemoryState) {
  const links = [...saved].map(([name, link]) => [name, { ...link, readAt: null }] as const);
  return new Map(links);
}

describe('a state that was lost', () => {
  it('is rebuilt with nothing written where the sides agree', async () => {
    const { load, first, org } = await lost();
    const state = new MemoryState();
    const { written, reports } = await load(SHOP, state);
    expect(written).toEqual([]);
    expect(linksIn(state)).toEqual(linksIn(first));
    expect(reports.map(({ unchanged, wanted }) => unchanged - wanted)).toEqual([0, 0, 0, 0, 0]);
    org.queried.length = 0;
    expect((await load(SHOP, state)).written).toEqual([]);
    expect(org.queried, 'the third run compares nothing').toEqual([]);
  });

  it('makes exactly the record be written that differs, by its id', async () => {
    const { load, org } = await lost();
    const shop = { ...SHOP, orders: [order(1), order(2, { name: 'Changed' }), order(3)] };
    const { written, of } = await load(shop, new MemoryState());
    const id = org.of('Order').find(({ Woo_Key__c }) => Woo_Key__c === 'main:2')?.Id;
    expect(written).toMatchObject([
      { object: 'Order', kind: 'update', record: { id, Name: 'Changed' } },
    ]);
    expect(written[0]?.record).not.toHaveProperty('Note');
    expect(of(orders)).toMatchObject({ updated: 1, created: 0, unchanged: 2 });
  });

  it('makes what was changed in Salesforce be written, and what people typed stay', async () => {
    const { load, org } = await lost();
    const [product] = org.of('Product2');
    const [contact] = org.of('Contact');
    Object.assign(product ?? {}, { Name: 'Typed over', Note: 'mine' });
    Object.assign(contact ?? {}, { Note: 'mine', Phone: '777' });
    const { written } = await load(SHOP, new MemoryState());
    expect(written.map(({ object }) => object)).toEqual(['Product2']);
    expect(product).toMatchObject({ Name: 'Product 7', Note: 'mine' });
    expect(contact).toMatchObject({ Note: 'mine', Phone: '777' });
  });

  it('makes what is to be filled when empty be written where it is empty', async () => {
    const { load, org } = await lost();
    Object.assign(org.of('Contact')[0] ?? {}, { Phone: null });
    const { written } = await load(SHOP, new MemoryState());
    expect(written.map(({ object }) => object)).toEqual(['Contact']);
    expect(org.of('Contact')).toMatchObject([{ Phone: '555' }]);
  });

  it('makes a reference be written that leads elsewhere, or to nothing', async () => {
    const { load, org } = await lost();
    const [first, second] = org.of('Order');
    Object.assign(first ?? {}, { Contact__c: null });
    const shop = { ...SHOP, orders: [order(1), order(2, { customer_id: undefined }), order(3)] };
    const { written } = await load(shop, new MemoryState());
    expect(written.map(({ object }) => object)).toEqual(['Order', 'Order']);
    expect(first).toMatchObject({ Contact__c: org.of('Contact')[0]?.Id });
    expect(second).toMatchObject({ Contact__c: null });
  });

  it('loses no item and no refund that the shop has removed since', async () => {
    const { load, org } = await lost();
    const [line] = order(2)['line_items'] as WooRecord[];
    const shop = {
      ...SHOP,
      orders: [order(1), order(2, { line_items: [line], refunds: [] }), order(3)],
      refunds: [refund(1), refund(3)],
    };
    const { written, of } = await load(shop, new MemoryState());
    expect(written).toEqual([]);
    expect(of(items)).toMatchObject({ removed: 1, unchanged: 5 });
    expect(of(refunds)).toMatchObject({ removed: 1, unchanged: 2 });
    const keys = ['Item', 'Refund'].flatMap((object) =>
      org.of(object).map(({ Woo_Key__c }) => Woo_Key__c),
    );
    expect(keys.sort()).toEqual([11, 12, 21, 31, 32, 101, 103].map(keyOf).sort());
  });

  it('keeps an order in step that does not meet the condition any more', async () => {
    const { load, org } = await lost();
    const shop = { ...SHOP, orders: [order(1, { status: 'refunded', name: 'Refunded' })] };
    await load(shop, new MemoryState());
    expect(org.of('Order')[0]).toMatchObject({ Name: 'Refunded' });
  });

  it('flags what went to the trash meanwhile, once', async () => {
    const { load, org } = await lost();
    const shop = { ...SHOP, orders: [order(1), order(2)], 'orders:trash': [order(3)] };
    const state = new MemoryState();
    expect((await load(shop, state)).of(orders)).toMatchObject({ removed: 1 });
    expect(org.of('Order')[2]).toMatchObject({ Deleted__c: true });
    expect((await load(shop, new MemoryState())).written, 'flagged before').toEqual([]);
  });

  it('takes the flag off what came back meanwhile', async () => {
    const { load, org } = await lost();
    const trashed = { ...SHOP, products: SHOP.products.slice(1), 'products:trash': [{ id: 7 }] };
    await load(trashed, new MemoryState());
    expect(org.of('Product2')[0]).toMatchObject({ Deleted__c: true });
    const { written } = await load(SHOP, new MemoryState());
    expect(written).toMatchObject([{ object: 'Product2', record: { Deleted__c: false } }]);
    expect(org.of('Product2')[0]).toMatchObject({ Deleted__c: false });
  });

  it('makes new records be created, and referred to', async () => {
    const { load, org } = await lost();
    const shop = {
      ...SHOP,
      customers: [...SHOP.customers, { id: 4, name: 'Grace' }],
      orders: [...SHOP.orders, order(4, { customer_id: 4, refunds: [] })],
    };
    const { written, of } = await load(shop, new MemoryState());
    expect(of(orders)).toMatchObject({ created: 1, unchanged: 3 });
    expect(written.map(({ object }) => object).sort()).toEqual([
      'Contact',
      'Item',
      'Item',
      'Order',
    ]);
    const grace = org.of('Contact').find(({ Name }) => Name === 'Grace')?.Id;
    expect(org.of('Order')[3]).toMatchObject({ Contact__c: grace });
  });

  it('shows in a dry run as what it is: nothing to do', async () => {
    const { load } = await lost();
    const state = new MemoryState();
    const { reports, written } = await load(SHOP, state, true);
    expect(reports.map(({ created, updated }) => [created, updated])).toEqual(
      reports.map(() => [0, 0]),
    );
    expect(reports.map(({ unchanged, wanted }) => unchanged - wanted)).toEqual([0, 0, 0, 0, 0]);
    expect(written).toEqual([]);
    expect([state.saved.size, state.cursors.size]).toEqual([0, 0]);
  });

  it('shows in a dry run the items that would go', async () => {
    const { load } = await lost();
    const shop = { ...SHOP, orders: [order(1, { line_items: [], refunds: [] })] };
    const { of } = await load(shop, new MemoryState(), true);
    expect(of(items)).toMatchObject({ removed: 2 });
    expect(of(refunds)).toMatchObject({ removed: 1 });
  });

  it('makes the newest form stay of a record that changes twice meanwhile', async () => {
    const { load, org } = await lost();
    const shop = { ...SHOP, orders: [order(1, { name: 'For a moment' }), order(2), order(1)] };
    await load(shop, new MemoryState());
    expect(org.of('Order')[0]).toMatchObject({ Name: 'Order 1' });
  });

  it('does not pass for a write of unknown outcome: that is repeated', async () => {
    const { load, first } = await lost();
    await first.willWrite('Product2', ['main:7']);
    const { written } = await load(SHOP, first);
    expect(written).toMatchObject([{ object: 'Product2', record: { Name: 'Product 7' } }]);
  });

  it('finds records that carry another key by their match fields, and leaves them as they are', async () => {
    const shared = {
      ...customers,
      matchFields: [
        {
          name: 'Name',
          object: 'Contact',
          field: 'Name',
          caseSensitive: false,
          through: null,
          value: ({ name }: WooRecord) => name as string,
        },
      ],
    };
    const org = new HoldingOrg();
    const theirs = org.add('Contact', { Woo_Key__c: 'other:1', Name: 'ADA', Phone: '777' });
    const store = new ListStore({ customers: SHOP.customers });
    const run = (state: MemoryState) =>
      backfill({ org: org.asOrg, state, store, mappings: [shared] });
    const state = new MemoryState();
    const [report] = (await run(state)).mappings;
    expect(org.written).toEqual([]);
    expect(report).toMatchObject({ adopted: 1, created: 0 });
    expect(state.saved.get('Contact main:3')).toMatchObject({ recordId: theirs, byId: true });
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'other:1', Name: 'ADA' }]);
  });
});
