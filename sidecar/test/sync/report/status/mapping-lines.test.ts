import { expect, it } from 'vitest';
import {
  mappingLines,
  mappingStandings,
} from '../../../../src/sync/report/status/mapping-lines.ts';
import { lastWritten, noteWritten } from '../../../../src/sync/report/status/last-written.ts';
import { heldMapping } from '../../../support/held.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { mappingTo } from '../../../support/rows.ts';

const NOON = '2026-11-28T12:00:00.000Z';
const minutes = (count: number) => new Date(Date.parse(NOON) + count * 60_000);

const link = (key: string, readAt: Date, mapping = 'Order') => ({ mapping, key, readAt });

const orders = { ...mappingTo('Woo_Order__c', { resource: 'order' }), label: 'Orders of all' };
const items = { ...mappingTo('Woo_Order_Item__c', { resource: 'order_item' }), label: 'Items' };
const products = { ...mappingTo('Product2', { resource: 'product' }), label: 'Products' };

const waiting = (resource: 'order' | 'product', oldest: Date) => ({
  store: 'main',
  resource,
  waiting: 1,
  active: 0,
  oldest,
  oldestBulk: null,
});

it('names held mappings first, then those whose records wait, with what comes along', () => {
  const standings = mappingStandings({
    mappings: [products, orders, items],
    held: [heldMapping({ name: 'Refund', label: 'Refunds', object: null })],
    backlog: [waiting('order', minutes(-6)), waiting('product', minutes(-4))],
    written: { [orders.name]: NOON },
    lateBefore: minutes(-5),
  });
  expect(mappingLines(standings)).toEqual([
    'Refund held - Refunds',
    `${orders.name} late ${NOON} Orders of all`,
    `${items.name} late - Items`,
    `${products.name} active - Products`,
  ]);
});

it('tells mappings of one object apart, and goes by the object alone where an earlier version noted that', () => {
  const customers = { ...mappingTo('Contact', { resource: 'customer' }), name: 'Customers' };
  const subscribers = { ...customers, name: 'Subscribers' };
  const known = { held: [], backlog: [], written: { Customers: NOON }, lateBefore: minutes(-5) };
  const before = { Contact: NOON, Product2: NOON };
  const times = (mappings: readonly (typeof customers)[]) =>
    mappingStandings({ ...known, mappings, writtenByObject: before }).map(({ written }) => written);
  expect(times([customers, subscribers])).toEqual([NOON, null]);
  expect(times([subscribers, products])).toEqual([NOON, NOON]);
});

it('keeps when each mapping of each store last wrote, to the minute', async () => {
  const state = new MemoryState();
  await noteWritten(state, [link('main:1', minutes(0)), link('main:2', minutes(0.5))]);
  await noteWritten(state, [link('second:1', minutes(3), 'Contact')]);
  expect(await lastWritten(state, 'main')).toEqual({
    Order: minutes(0.5).toISOString(),
  });
  await noteWritten(state, [link('main:3', minutes(1)), link('main:3', minutes(1), 'Contact')]);
  expect(await lastWritten(state, 'main')).toEqual({
    Order: minutes(0.5).toISOString(),
    Contact: minutes(1).toISOString(),
  });
  await noteWritten(state, [link('main:3', minutes(2)), link('main:4', minutes(1.9))]);
  expect((await lastWritten(state, 'main'))['Order']).toBe(minutes(2).toISOString());
  await noteWritten(state, [link('main:3', minutes(3))]);
  expect((await lastWritten(state, 'main'))['Order']).toBe(minutes(3).toISOString());
  expect(await lastWritten(state, 'second')).toEqual({ Contact: minutes(3).toISOString() });
});

it('goes back with a clock of the shop that was ahead', async () => {
  const state = new MemoryState();
  await noteWritten(state, [link('main:1', minutes(0))]);
  await noteWritten(state, [link('main:1', minutes(60))]);
  await noteWritten(state, [link('main:1', minutes(1))]);
  expect(await lastWritten(state, 'main')).toEqual({ Order: minutes(1).toISOString() });
});
