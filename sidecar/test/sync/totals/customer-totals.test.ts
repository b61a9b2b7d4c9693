import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import {
  closeWorld,
  forgetState,
  glance,
  MAPPINGS,
  openWorld,
  ORDERS,
  type Shop,
  world,
} from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

const [, CONTACTS = ORDERS] = MAPPINGS;

function trash(shop: Shop, id: number): ChangeEvent {
  shop.trash.set(id, shop.orders.get(id) ?? {});
  shop.orders.delete(id);
  return shop.changed('order', id);
}

describe('what a customer ordered', () => {
  it('is counted of all paid orders of a load, in contact and account, and not of others', async () => {
    const { shop, org, load } = await world();
    shop.customer(1);
    shop.order(1, { total: '19.90', refunds: [{ id: 9, total: '-4.95' }] });
    shop.order(2, { total: '5.05', status: 'processing' });
    shop.order(3, { total: '100.00', status: 'pending' });
    await load();
    for (const object of ['Contact', 'Account']) {
      expect(glance(org, object, 'main:1')).toEqual({
        orders: 2,
        spent: 20,
        refunded: 4.95,
        average: 10,
        currency: 'EUR',
        guest: 0,
        first: '2026-10-02T10:00:00Z',
        last: '2026-10-03T10:00:00Z',
        more: [],
      });
    }
  });

  it('rides in the call of a live order, and costs none where nothing has changed', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    await load();
    org.calls = 0;
    await sync([shop.order(1)]);
    expect(org.calls).toBe(1);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
    await sync([shop.order(1)]);
    expect(org.calls).toBe(1);
  });

  it('goes along with a customer who is made for the order', async () => {
    const { shop, org, load, sync } = await world();
    shop.order(7, { customer_id: 1, status: 'pending' });
    shop.customer(1);
    await load();
    org.calls = 0;
    shop.customer(2);
    await sync([shop.order(8, { customer_id: 2, total: '3.00' }), shop.changed('customer', 2)]);
    expect(org.calls).toBe(1);
    expect(glance(org, 'Contact', 'main:2')).toMatchObject({ orders: 1, spent: 3 });
    await sync([shop.changed('customer', 2)]);
    expect(org.calls).toBe(1);
  });

  it('follows an order that is moved, changes its currency, is refunded beyond its total, trashed or gone', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    shop.customer(2);
    shop.order(1);
    shop.order(2);
    await load();
    await sync([shop.order(1, { customer_id: 2 })]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
    expect(glance(org, 'Contact', 'main:2')).toMatchObject({ orders: 1, spent: 10 });
    await sync([shop.order(1, { currency: 'USD', refunds: [{ id: 3, total: '-12.50' }] })]);
    expect(glance(org, 'Contact', 'main:2')).toMatchObject({
      orders: 1,
      spent: -2.5,
      refunded: 12.5,
      average: -2.5,
      currency: 'USD',
    });
    await sync([shop.order(1, { total: '0.00', refunds: [] })]);
    expect(glance(org, 'Contact', 'main:2')).toMatchObject({ orders: 1, spent: 0, average: 0 });
    shop.trash.set(1, shop.orders.get(1) ?? {});
    shop.orders.clear();
    await sync([shop.changed('order', 1), shop.changed('order', 2)]);
    for (const key of ['main:1', 'main:2']) {
      expect(glance(org, 'Account', key)).toMatchObject({
        orders: 0,
        spent: null,
        currency: null,
        last: null,
      });
    }
  });

  it.each([
    ['is moved', (shop: Shop) => void shop.order(1, { customer_id: 2 })],
    ['is trashed', (shop: Shop) => void trash(shop, 1)],
    ['is deleted', (shop: Shop) => void shop.orders.delete(1)],
    ['becomes a guest’s', (shop: Shop) => void shop.order(1, { customer_id: 0 })],
  ])('follows an order that %s while Salesforce does not answer', async (_, change) => {
    const { shop, org, load, sync, state } = await world();
    shop.customer(1);
    shop.customer(2);
    shop.order(1);
    shop.order(2);
    await load();
    change(shop);
    org.onWrite = () => Promise.reject(new Error('no answer'));
    await expect(sync([shop.changed('order', 1)])).rejects.toThrow('no answer');
    await expect(sync([shop.changed('order', 1)])).rejects.toThrow('no answer');
    org.onWrite = () => Promise.resolve();
    await sync([shop.changed('order', 1)]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
    expect(await state.totals.former()).toEqual([]);
  });

  it('follows an order that is moved twice while Salesforce does not answer', async () => {
    const { shop, org, load, sync, state } = await world();
    for (const id of [1, 2, 3]) shop.customer(id);
    shop.order(1);
    await load();
    org.onWrite = () => Promise.reject(new Error('no answer'));
    await expect(sync([shop.order(1, { customer_id: 2 })])).rejects.toThrow('no answer');
    await expect(sync([shop.order(1, { customer_id: 3 })])).rejects.toThrow('no answer');
    org.onWrite = () => Promise.resolve();
    await sync([shop.changed('order', 1)]);
    for (const [key, orders] of [
      ['main:1', 0],
      ['main:2', 0],
      ['main:3', 1],
    ] as const)
      expect(glance(org, 'Contact', key)).toMatchObject({ orders });
    expect(await state.totals.former()).toEqual([]);
  });

  it('keeps nobody as the former customer of an order behind a night', async () => {
    const { shop, org, load, sync, night, state } = await world();
    shop.customer(1);
    shop.order(1);
    await load();
    org.onWrite = () => Promise.reject(new Error('no answer'));
    await expect(sync([trash(shop, 1)])).rejects.toThrow('no answer');
    await expect(night()).rejects.toThrow('no answer');
    expect(await state.totals.former()).toEqual([{ order: 'main:1', customer: 'main:1' }]);
    org.onWrite = () => Promise.resolve();
    await night();
    expect(await state.totals.former()).toEqual([]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 0 });
  });

  it('stands in the currency in which most was spent, with a record for each other one', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    shop.order(1, { total: '10.00' });
    shop.order(2, { total: '30.00', currency: 'USD' });
    shop.order(3, { total: '20.00', currency: 'GBP' });
    await load();
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({
      orders: 3,
      spent: 30,
      currency: 'USD',
      more: ['EUR 10', 'GBP 20'],
    });
    expect(org.of('Contact')[0]?.['Woo_More_Currencies__c']).toBe(true);
    await sync([shop.order(1, { total: '50.00' }), shop.order(3, { status: 'cancelled' })]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({
      orders: 2,
      spent: 50,
      currency: 'EUR',
      more: ['USD 30'],
    });
    await sync([shop.order(2, { currency: 'EUR' })]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 80, more: [] });
    expect(org.of('Contact')[0]?.['Woo_More_Currencies__c']).toBe(false);
    expect(org.of('Woo_Account_Currency__c')).toEqual([]);
  });
});

describe('several mappings of one resource', () => {
  it('count an order once, in each record of its customer, without a call more', async () => {
    const buyers = { ...CONTACTS, name: 'Buyers', meets: ({ id }: WooRecord) => id !== 2 };
    const wholesale = { ...CONTACTS, name: 'Wholesale', meets: ({ id }: WooRecord) => id === 2 };
    const paid = { ...ORDERS, name: 'Paid', object: 'Order' };
    const accounts = MAPPINGS.filter(({ object }) => object === 'Account');
    const { shop, org, load, sync, night } = await world([
      ...accounts,
      buyers,
      wholesale,
      ORDERS,
      paid,
    ]);
    for (const id of [1, 2]) {
      shop.customer(id);
      shop.order(id, { customer_id: id });
    }
    await load();
    org.calls = 0;
    await sync([shop.order(3), shop.order(4, { customer_id: 2, status: 'processing' })]);
    expect(org.calls).toBe(1);
    for (const object of ['Contact', 'Account']) {
      for (const key of ['main:1', 'main:2'])
        expect(glance(org, object, key)).toMatchObject({ orders: 2, spent: 20 });
    }
    expect(org.of('Order')).toHaveLength(3);
    expect(await night()).toEqual({ repaired: 0, waits: false });
  });
});

describe('what is known of customers', () => {
  it('tells nothing before a load has walked all orders, and says so at night', async () => {
    const { shop, org, sync, night, load } = await world();
    shop.customer(1);
    shop.order(1);
    await sync([shop.changed('customer', 1), shop.order(2)]);
    expect(glance(org, 'Contact', 'main:1')['orders']).toBeUndefined();
    expect(await night()).toEqual({ repaired: 0, waits: true });
    await load();
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2 });
  });

  it('is rebuilt by a load without a write where the state was lost', async () => {
    const { shop, org, load, night } = await world();
    shop.customer(1);
    shop.order(1);
    shop.order(2, { currency: 'USD' });
    await load();
    await forgetState();
    const { length } = org.written;
    await load();
    const written = org.written.slice(length).map(({ record }) => JSON.stringify(record));
    expect(written.filter((one) => /Woo_Orders__c|Spent__c/.test(one))).toEqual([]);
    expect(await night()).toEqual({ repaired: 0, waits: false });
  });

  it('forgets orders that a load does not meet any more', async () => {
    const { shop, org, load } = await world();
    shop.customer(1);
    shop.order(1);
    shop.order(2);
    await load();
    shop.orders.delete(2);
    await load();
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  });

  it('is repaired at night where somebody has changed it, or a setting counts other statuses', async () => {
    const { shop, org, load, night } = await world();
    shop.customer(1);
    shop.order(1);
    shop.order(2, { status: 'shipped' });
    await load();
    const [contact] = org.of('Contact');
    Object.assign(contact ?? {}, { Woo_Orders__c: 99, Woo_Spent__c: null });
    org.foreign.add(String(contact?.Id));
    expect(await night()).toEqual({ repaired: 1, waits: false });
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
    org.foreign.clear();
    shop.paidStatuses = ['completed', 'shipped'];
    expect(await night(new Date('2026-11-03T02:00:00Z'))).toEqual({ repaired: 2, waits: false });
    expect(glance(org, 'Account', 'main:1')).toMatchObject({ orders: 2, spent: 20 });
    shop.paidStatuses = [];
    expect((await night(new Date('2026-11-04T02:00:00Z'))).repaired).toBe(2);
    expect(glance(org, 'Account', 'main:1')).toMatchObject({ orders: 0, spent: null });
  });
});
