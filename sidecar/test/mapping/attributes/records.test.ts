import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { parsePath } from '../../../src/mapping/attributes/attribute-path.ts';
import { isSale } from '../../../src/mapping/attributes/customer-totals.ts';
import { DERIVED } from '../../../src/mapping/attributes/derived-attributes.ts';
import {
  customerKeyPart,
  customerName,
  guestOf,
  ownKeyPart,
} from '../../../src/mapping/attributes/guest-customers.ts';
import { orderItems } from '../../../src/mapping/attributes/order-items.ts';
import type { Resource, WooRecord } from '../../../src/mapping/model/record.ts';
import { recorded, STORE } from '../support/mappings.ts';

/** Reads an attribute as a mapping would. */
function read(resource: Resource, record: WooRecord, attribute: string): unknown {
  const { path } = parsePath(resource, attribute);
  if (!path) throw new Error(`${attribute} is not understood`);
  return path.get(record, STORE);
}

const total = (items: readonly WooRecord[], column: string) =>
  items.reduce((sum, item) => sum.plus(new Decimal(item[column] as string)), new Decimal(0));

describe('items of an order', () => {
  it('is one record per line of every kind', () => {
    const items = orderItems(recorded('orders', 1199));
    const shown = items.map(({ id, type, order_id, name, code, subtotal, total, total_tax }) => [
      id,
      type,
      order_id,
      name,
      code,
      subtotal,
      total,
      total_tax,
    ]);
    expect(shown).toEqual([
      [4356, 'product', 1199, 'Ñandú Poncho', null, '13.10', '8.10', '0.81'],
      [4357, 'shipping', 1199, 'International & Express', 'flat_rate', '7.50', '7.50', '0.75'],
      [4358, 'fee', 1199, 'Gift wrap & card', null, '3.00', '3.00', '0.30'],
      [4360, 'coupon', 1199, 'fiver', 'fiver', '-5', '0', null],
      [4359, 'tax', 1199, '消費税', 'JP-消費税-1', '1.86', '1.86', null],
    ]);
  });

  it.each([212, 219, 224, 1177, 1199, 3784, 3801])('of order %i add up to its total', (id) => {
    const order = recorded('orders', id);
    expect(total(orderItems(order), 'total').toFixed(2)).toBe(order['total']);
  });

  it.each([212, 1177, 1199])('of order %i add up before discounts, coupons taken off', (id) => {
    const order = recorded('orders', id);
    expect(total(orderItems(order), 'subtotal').toFixed(2)).toBe(order['total']);
  });

  it('name the variation, else the product', () => {
    expect(orderItems(recorded('orders', 212)).map(({ product }) => product)).toEqual([
      192,
      124,
      undefined,
    ]);
  });

  it('leave the product and its SKU alone once it is deleted', () => {
    const [deleted] = orderItems(recorded('orders', 1177));
    expect(deleted).toMatchObject({ id: 4260, name: 'Later deleted 0', product_id: 0 });
    expect(deleted?.['product']).toBeUndefined();
    expect(deleted?.['sku']).toBeUndefined();
  });

  it('keep all of their line, so that custom fields are reached', () => {
    const [, shirt] = orderItems(recorded('orders', 212));
    expect(read('order_item', shirt ?? {}, 'meta_data.pa_color')).toBe('blue');
  });

  it('decode the entities that lines copy from product names, and are never without a name', () => {
    const line = { id: 1, product_id: 29, quantity: 1, name: 'Fish &amp; Chips Box' };
    const [item, nameless] = orderItems({ id: 9, line_items: [line, { id: 2, name: '' }] });
    expect(item?.['name']).toBe('Fish & Chips Box');
    expect(nameless?.['name']).toBe('Product');
  });

  it('is none for an order without lines', () => {
    expect(orderItems({ id: 9 })).toEqual([]);
  });
});

describe('customer of an order', () => {
  it('is the guest in the shape of a customer', () => {
    expect(guestOf(recorded('orders', 212))).toMatchObject({
      guest: true,
      role: 'guest',
      email: 'guest6@store.example',
      first_name: '😀 Smiley',
      last_name: 'Müller',
      billing: { city: 'London' },
      shipping: { postcode: 'SW1A 1AA' },
    });
    expect(guestOf(recorded('orders', 212))).not.toHaveProperty('id');
    expect(customerKeyPart(recorded('orders', 212))).toBe('guest:guest6@store.example');
  });

  it('is no guest where a registered customer ordered', () => {
    expect(guestOf(recorded('orders', 224))).toBeNull();
    expect(customerKeyPart(recorded('orders', 224))).toBe('127');
  });

  it.each(['', ' ', 'nobody', 'deleted@site.invalid', 'Deleted@Site.Invalid', null, 7])(
    'is nobody with the e-mail %j',
    (email) => {
      const order = { id: 1, customer_id: 0, billing: { email } };
      expect(guestOf(order)).toBeNull();
      expect(customerKeyPart(order)).toBeNull();
    },
  );

  it('has the same key seen from the order and from itself', () => {
    const order = recorded('orders', 3801);
    expect(ownKeyPart(guestOf(order) ?? {})).toBe(customerKeyPart(order));
    expect(ownKeyPart(recorded('customers', 13))).toBe('13');
  });
});

describe('derived attributes', () => {
  it.each([
    ['order', 'orders', 212, 'subtotal', '141.99'],
    ['order', 'orders', 224, 'refunded_total', '32.13'],
    ['order', 'orders', 212, 'refunded_total', '0'],
    ['order', 'orders', 1199, 'customer', '168'],
    ['order', 'orders', 1199, 'store', 'main'],
    [
      ...(['order', 'orders', 212, 'admin_url'] as const),
      'https://shop.example/wp-admin/admin.php?page=wc-orders&action=edit&id=212',
    ],
    ['order', 'orders', 212, 'is_sale', true],
    ['refund', 'refunds', 3714, 'order_id', 3713],
    ['customer', 'customers', 13, 'display_name', 'Mary Ann Иванова'],
    ['customer', 'customers', 12, 'display_name', 'Acme & Co "Ltd"'],
    ['customer', 'customers', 2, 'display_name', 'subscriber1'],
    ['customer', 'customers', 2, 'guest', false],
    ['customer', 'customers', 2, 'customer', '2'],
    ['product', 'products', 115, 'parent', 114],
    ['product', 'products', 10, 'parent', undefined],
    ['product', 'products', 29, 'name', 'Fish & Chips Box'],
    ['product', 'products', 29, 'post_title', 'Fish & Chips Box'],
    ['product', 'products', 19, 'name', 'Tom & Jerry\'s "Mug" <Large>'],
    ['order', 'orders', 3801, 'billing.last_name', '& Co'],
  ] as const)('%s: %s %i has %s', (resource, list, id, attribute, value) => {
    expect(read(resource, recorded(list, id), attribute)).toEqual(value);
  });

  it.each([
    ['processing', undefined, true],
    ['on-hold', undefined, false],
    ['refunded', undefined, false],
    ['shipped', ['completed', 'shipped'], true],
    ['processing', ['completed', 'shipped'], false],
    // A store that keeps no count of customers has sales all the same.
    ['completed', [], true],
    [null, undefined, false],
  ])('call %j a sale where the store pays with %j: %j', (status, paidStatuses, sale) => {
    expect(isSale(status, paidStatuses)).toBe(sale);
    const getter = DERIVED.order['is_sale'];
    const store = { key: 'main', url: '', ...(paidStatuses && { paidStatuses }) };
    expect(getter?.({ status }, store)).toBe(sale);
  });

  it('put the name of its parent before that of a variation, where it is known', () => {
    const variation = recorded('products', 115);
    expect(read('product', variation, 'display_name')).toBe('Red, S');
    const named = { ...variation, parent_name: 'Fish &amp; Chips' };
    expect(read('product', named, 'display_name')).toBe('Fish & Chips - Red, S');
    const whole = { ...named, name: 'Fish &amp; Chips - Red, S' };
    expect(read('product', whole, 'display_name')).toBe('Fish & Chips - Red, S');
  });

  it('is no name at all for a customer of whom nothing is known', () => {
    expect(customerName({ id: 1 })).toBe('');
  });
});
