import { describe, expect, it, vi } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { MatchBuffer, flushMatchBuffer } from '../../../src/sync/pipeline/match-buffer.ts';
import { pullOrders, pullRefunds } from '../../../src/sync/pipeline/orders.ts';
import { bothWays } from '../../../src/sync/pipeline/push-to-woo.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { IdStore, MemoryState, TakingOrg } from '../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../support/rows.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';
import { verified } from '../../support/links.ts';

const customers = mapping('customer', 'Contact', () => []);
const products = mapping('product', 'Product2', () => []);
const completedOrders = mapping(
  'order',
  'Order',
  ({ customer_id }) => [lookup('Contact', customer_id === 0 ? null : keyOf(customer_id))],
  { meets: ({ status }) => status === 'completed' },
);
const items = mapping(
  'order_item',
  'Item',
  ({ order_id, product }) => [
    lookup('Order', keyOf(order_id), true),
    lookup('Product2', product === undefined ? null : keyOf(product)),
  ],
  { deleteRule: 'delete' },
);
const refunds = mapping(
  'refund',
  'Refund',
  ({ parent_id }) => [lookup('Order', keyOf(parent_id), true)],
  { deleteRule: 'delete' },
);

function order(id: number, over: WooRecord = {}): WooRecord {
  const line_items = [{ id: id * 10, name: 'Tea', product_id: 7, variation_id: 0, quantity: 1 }];
  return { id, status: 'completed', customer_id: 3, line_items, refunds: [], ...over };
}

function world(store = new IdStore({}), customer = customers, orders = completedOrders) {
  const org = new TakingOrg();
  const state = new MemoryState();
  const also: Mapping[] = [];
  const asked = new Set<string>();
  const read = { readNumber: 0, readAt: new Date(0), page: new CountingPage() };
  const reports: Report[] = [];
  const pull = async (what: typeof pullOrders, ...records: WooRecord[]) => {
    const mappings = [orders, items, refunds, customer, products, ...also];
    const report = new Report(mappings);
    reports.push(report);
    const onWritten = () => Promise.resolve();
    const writer = new Writer({ org: org.asOrg, state, report, onWritten });
    const run: PipelineRun = {
      org: org.asOrg,
      store,
      state,
      mappings,
      report,
      writer,
      requestedParents: asked,
      matchBuffer: new MatchBuffer(),
      dry: false,
      ...bothWays(new Map(), null),
    };
    await what(run, records, read);
    await flushMatchBuffer(run);
    await writer.flush();
    return report;
  };
  return { org, state, store, pull, also, reports, page: read.page, asked };
}

describe('pullOrders', () => {
  it('counts what a record is written without, and shows the first of them', async () => {
    const customer = mappingTo('Contact', {
      resource: 'customer',
      build: ({ id }) => ({ row: rowOf(keyOf(id)), notes: ['State: left out.', 'Zip: left out.'] }),
    });
    const store = new IdStore({ customers: [{ id: 3 }], products: [{ id: 7 }] });
    const { org, pull } = world(store, customer);
    const report = await pull(pullOrders, order(1));
    expect(report.of(customer)).toMatchObject({
      created: 1,
      failed: 0,
      noted: 1,
      notes: [{ key: 'main:3', message: 'State: left out. Zip: left out.' }],
    });
    expect(org.of('Contact')).toHaveLength(1);
  });

  it('passes over items whose order only another mapping wants', async () => {
    const never = mapping('order', 'Bill', () => [], { name: 'Bill', meets: () => false });
    const lines = mapping('order_item', 'Bill_Line', ({ order_id }) => [
      lookup('Bill', keyOf(order_id), true),
    ]);
    const { org, pull, also } = world(new IdStore({ products: [{ id: 7 }] }));
    also.push(never, lines);
    const report = await pull(pullOrders, order(1));
    expect(org.of('Item')).toHaveLength(1);
    expect(org.of('Bill_Line')).toEqual([]);
    expect(report.of(lines)).toMatchObject({ failed: 0, wanted: 0 });
  });

  it('writes an order with its items, and creates the customer and product that it names', async () => {
    const store = new IdStore({ customers: [{ id: 3, name: 'Ada' }], products: [{ id: 7 }] });
    const { org, pull, page } = world(store);
    await pull(pullOrders, order(1));
    expect(store.asked).toEqual(['customers 3', 'products 7', 'variations 7']);
    expect(store.callsForSeveral).toBe(1);
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'main:3', Name: 'Ada' }]);
    expect(org.of('Order')).toMatchObject([
      { Woo_Key__c: 'main:1', Contact__r: { Woo_Key__c: 'main:3' } },
    ]);
    expect(org.of('Item')).toMatchObject([
      { Woo_Key__c: 'main:10', Order__r: { Woo_Key__c: 'main:1' } },
    ]);
    expect(org.calls).toBe(1);
    expect(page.open).toBe(0);
  });

  it('asks once for a page which records are others, and holds all that names one', async () => {
    const customer = mapping('customer', 'Contact', ({ id }) => [lookup('Account', keyOf(id))]);
    const shop = { customers: [{ id: 4, name: 'Ada' }], products: [{ id: 7 }, { id: 8 }] };
    const { org, state, pull, also, reports } = world(new IdStore(shop), customer);
    also.push(mapping('customer', 'Account', () => []));
    await pull(pullOrders, order(1, { customer_id: 4 }));
    const one = { isHeld: true, isAnother: true, ordersDue: false, marks: ['-'], modified: null };
    await state.origins.save('product', [{ key: keyOf(8), ...one }]);
    await state.origins.save('customer', [{ key: keyOf(3), ...one }]);
    const others = vi.spyOn(state.origins, 'others');
    const line = { name: 'Mug', product_id: 8, variation_id: 0, quantity: 1 };
    const known = order(1, {
      customer_id: 4,
      status: 'completed',
      line_items: [{ id: 11, ...line }],
    });
    const unknown = order(2, { customer_id: 5, line_items: [{ id: 21, ...line }] });
    await pull(pullOrders, known, unknown, order(6));
    expect(others).toHaveBeenCalledTimes(1);
    expect(org.of('Order').map(({ Woo_Key__c: key }) => key)).toEqual(['main:1', 'main:2']);
    expect(org.of('Item').map(({ Woo_Key__c: key }) => key)).toEqual(['main:10']);
    expect(reports[1]?.of(items)).toMatchObject({ failed: 2 });
  });

  it('refers by record id to what is known, and does not write it', async () => {
    const { org, state, store, pull } = world();
    for (const [object, key] of [
      ['Contact', 'main:3'],
      ['Product2', 'main:7'],
    ] as const) {
      const link = {
        object,
        key,
        recordId: `known ${object}`,
        ...verified('h'),
        parentKey: null,
        byId: false,
      };
      await state.didWrite([{ ...link, readNumber: 0 }], []);
    }
    await pull(pullOrders, order(1));
    expect(store.asked).toEqual([]);
    expect(org.of('Order')).toMatchObject([{ Contact__c: 'known Contact' }]);
    expect(org.of('Item')).toMatchObject([{ Product2__c: 'known Product2' }]);
    expect(org.of('Contact')).toEqual([]);
  });

  it('asks once for a customer that is not there, and writes the order without it', async () => {
    const { org, store, pull } = world(new IdStore({ products: [{ id: 7 }] }));
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(2));
    expect(store.asked.filter((asked) => asked.startsWith('customers'))).toEqual(['customers 3']);
    expect(org.of('Order')).toMatchObject([{ Contact__c: null }, { Contact__c: null }]);
  });

  it('asks for a product though a customer with the same id is not there', async () => {
    const { org, pull } = world(new IdStore({ products: [{ id: 3 }] }));
    const line_items = [{ id: 10, name: 'Tea', product_id: 3, variation_id: 0 }];
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(2, { line_items }));
    expect(org.of('Product2')).toMatchObject([{ Woo_Key__c: 'main:3' }]);
  });

  it('counts a customer that does not fit once, however many orders name it', async () => {
    const message = 'is not an e-mail address';
    const problem = { code: 'VALUE_NOT_EMAIL', field: 'Email', attribute: 'email', message };
    const broken = mappingTo('Contact', {
      resource: 'customer',
      build: () => ({ problems: [problem] }),
    });
    const store = new IdStore({ customers: [{ id: 3 }], products: [{ id: 7 }] });
    const { org, pull, reports } = world(store, broken);
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(2));
    const counted = reports.map((report) => report.of(broken));
    expect(counted).toMatchObject([
      { wanted: 1, failed: 1 },
      { wanted: 0, failed: 0 },
    ]);
    expect(org.of('Order')).toHaveLength(2);
  });

  it('takes an order whose refunds are no list for one without refunds', async () => {
    const { org, pull } = world();
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(1, { status: 'completed', refunds: {} }));
    expect(org.deleted).toEqual([]);
  });

  it('finds a variation where no product has the id', async () => {
    const { org, store, pull } = world(new IdStore({ variations: [{ id: 8, name: 'Green' }] }));
    await pull(pullOrders, order(1, { line_items: [{ id: 10, product_id: 7, variation_id: 8 }] }));
    expect(store.asked).toContain('variations 8');
    expect(org.of('Product2')).toMatchObject([{ Woo_Key__c: 'main:8', Name: 'Green' }]);
  });

  it('leaves an order alone once it does not meet the condition, where its mapping says stop', async () => {
    const { org, pull } = world(undefined, undefined, { ...completedOrders, whenUnmet: 'stop' });
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(1, { status: 'refunded' }));
    expect(org.of('Order').map(({ Name }) => Name)).toEqual(['completed']);
  });

  it('remembers only what it asked for in vain', async () => {
    const { asked, pull } = world(new IdStore({ customers: [{ id: 3, name: 'Ada' }] }));
    await pull(pullOrders, order(1));
    expect([...asked]).toEqual(['product main:7']);
  });

  it('leaves out an order that does not meet the condition, until it does; then keeps it in step', async () => {
    const { org, pull } = world();
    await pull(pullOrders, order(1, { status: 'processing' }));
    expect(org.of('Order')).toEqual([]);
    await pull(pullOrders, order(1));
    await pull(pullOrders, order(1, { status: 'refunded' }));
    expect(org.of('Order').map(({ Name }) => Name)).toEqual(['completed', 'refunded']);
  });

  it('writes nothing where nothing changed', async () => {
    const { org, pull } = world();
    await pull(pullOrders, order(1));
    const { calls } = org;
    const report = await pull(pullOrders, order(1));
    expect(org.calls).toBe(calls);
    expect(report.of(completedOrders).unchanged).toBe(1);
    expect(report.of(items).unchanged).toBe(1);
  });

  it('removes the item and the refund that the order does not have any more', async () => {
    const { org, pull } = world();
    const line = { id: 11, product_id: 0, variation_id: 0 };
    const full = order(1, { line_items: [{ id: 10, product_id: 0 }, line], refunds: [{ id: 20 }] });
    await pull(pullOrders, full);
    await pull(pullRefunds, { id: 20, parent_id: 1, name: 'r' });
    await pull(pullOrders, order(1, { line_items: [line], refunds: [] }));
    expect([...org.deleted].sort()).toEqual(['id:main:10', 'id:main:20']);
  });
});

describe('pullRefunds', () => {
  it('passes over those whose order only another mapping wants', async () => {
    const every = mapping('order', 'Every_Order', () => []);
    const { org, pull, also } = world();
    also.push(every);
    await pull(pullOrders, order(1, { status: 'refunded' }), order(2));
    const report = await pull(
      pullRefunds,
      { id: 91, parent_id: 1, amount: '5.00' },
      { id: 92, parent_id: 2, amount: '5.00' },
    );
    expect(org.of('Every_Order')).toHaveLength(2);
    expect(org.of('Refund')).toMatchObject([{ Woo_Key__c: 'main:92' }]);
    expect(report.of(refunds)).toMatchObject({ failed: 0, wanted: 1 });
  });

  it('passes over refunds of orders that are not in Salesforce', async () => {
    const { org, pull } = world();
    await pull(pullOrders, order(1));
    await pull(
      pullRefunds,
      { id: 20, parent_id: 1, name: 'mine' },
      { id: 21, parent_id: 2, name: 'of another' },
    );
    expect(org.of('Refund')).toMatchObject([{ Woo_Key__c: 'main:20', Order__c: 'id:main:1' }]);
  });

  it('passes over refunds of an order that is flagged as deleted, until it is back', async () => {
    const { org, state, pull } = world();
    await pull(pullOrders, order(1));
    const link = state.saved.get('Order main:1');
    if (!link) throw new Error('the order is not linked');
    state.saved.set('Order main:1', { ...link, state: 'soft_deleted', hash: null });
    await pull(pullRefunds, { id: 20, parent_id: 1, name: 'late' });
    expect(org.of('Refund')).toEqual([]);
    state.saved.set('Order main:1', link);
    await pull(pullRefunds, { id: 20, parent_id: 1, name: 'late' });
    expect(org.of('Refund')).toMatchObject([{ Woo_Key__c: 'main:20' }]);
  });

  it('brings refunds of an order that is written while the state is asked for it', async () => {
    const { org, state, pull } = world();
    let isWritten = false;
    const has = vi.spyOn(Writer.prototype, 'has').mockImplementation(() => !isWritten);
    const links = state.links.bind(state);
    state.links = async (object, keys) => {
      const found = await links(object, keys);
      if (object !== 'Order' || isWritten) return found;
      // The answer is of before; the order is done when it arrives.
      isWritten = true;
      const link = { ...verified('h'), byId: false, parentKey: null, readNumber: 0 };
      await state.didWrite([{ object, key: 'main:1', recordId: 'a01', ...link }], []);
      return found;
    };
    await pull(pullRefunds, { id: 40, parent_id: 1, name: 'refund' });
    has.mockRestore();
    expect(org.of('Refund')).toMatchObject([{ Woo_Key__c: 'main:40' }]);
  });
});
