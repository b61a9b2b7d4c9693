import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parsePath } from '../../../src/mapping/attributes/attribute-path.ts';
import { recorded } from '../support/mappings.ts';

const read = (record: object, attribute: string) =>
  parsePath('order', attribute).path?.get(record as never, null);

const ORDER = {
  id: 5,
  status: 'completed',
  customer_note: '',
  date_paid: null,
  billing: { city: 'Köln', phone: '', constructor_note: 'x' },
  line_items: [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1, image: null },
  ],
  meta_data: [
    { id: 1, key: 'po', value: 'first' },
    { id: 2, key: 'po', value: 'second' },
    { id: 3, key: 'vat.number', value: 'DE1' },
    { id: 4, key: 'slots', value: [{ day: 'Mon', from: 9 }, { day: 'Tue' }] },
    { id: 5, key: 'nothing', value: '' },
    { id: 6, key: 'address', value: { city: 'Bonn' } },
    { id: 7, key: 'gift', value: '{"to":{"name":"Ada"},"days":["Mon","Tue"]}' },
    { id: 8, key: 'gift', value: 'a:1:{s:2:"to";a:1:{s:4:"name";s:3:"Bob";}}' },
    { id: 9, key: 'gift', value: '' },
    { id: 10, key: 'gift', value: '{"to":' },
    { id: 11, key: 'Engraving #2', value: 'its own key' },
    { id: 12, key: '_wc_order_attribution_utm_source', value: 'google' },
    { id: 13, key: '_wc_order_attribution_session_entry', value: 'https://shop.example/?a=1' },
  ],
};

describe('attribute paths', () => {
  it.each([
    ['status', 'completed'],
    ['billing.city', 'Köln'],
    ['line_items.0.sku', 'A'],
    ['line_items[1].quantity', 1],
    ['line_items.sku', ['A', 'B']],
    ['meta_data.po', 'first'],
    ['meta_data.vat.number', 'DE1'],
    ['meta_data.slots.0.day', 'Mon'],
    ['meta_data.slots.day', ['Mon', 'Tue']],
    ['meta_data.slots.from', [9]],
    ['meta_data.address.city', 'Bonn'],
    ['meta_data.po#1', 'first'],
    ['meta_data.po#2', 'second'],
    ['meta_data.gift.to.name', 'Ada'],
    ['meta_data.gift.days.1', 'Tue'],
    ['meta_data.gift#2.to.name', 'Bob'],
    ['meta_data.Engraving #2', 'its own key'],
    ['attribution_source', 'google'],
    ['attribution_landing_page', 'https://shop.example/?a=1'],
    ['attribution_campaign', null],
    ['meta_data', ORDER.meta_data],
    [' status ', 'completed'],
  ])('%s', (attribute, value) => {
    expect(read(ORDER, attribute)).toEqual(value);
  });

  it.each([
    'total',
    'shipping',
    'shipping.city',
    'billing.state',
    'fee_lines.0.name',
    'billing.toString',
    'billing.valueOf',
  ])('%s is absent: the record was sent without it', (attribute) => {
    expect(read(ORDER, attribute)).toBeUndefined();
  });

  it.each([
    'date_paid',
    'line_items.7.sku',
    'meta_data.gone',
    'date_paid.day',
    'meta_data.po.0',
    'meta_data.po#3',
    'meta_data.gift.gone',
    'meta_data.gift#3.to',
    'line_items.1.image.id',
  ])('%s is empty', (attribute) => {
    expect(read(ORDER, attribute)).toBeNull();
  });

  it.each([['customer_note'], ['meta_data.nothing'], ['billing.phone']])(
    '%s is a blank text',
    (at) => {
      expect(read(ORDER, at)).toBe('');
    },
  );

  it('says that a text which it leads into is broken', () => {
    expect(read(ORDER, 'meta_data.gift#4')).toBe('{"to":');
    expect(read(ORDER, 'meta_data.gift#4.to')).toMatchObject({ code: 'VALUE_BROKEN_TEXT' });
    expect(read(ORDER, 'meta_data.gift#4.to.name')).toMatchObject({ code: 'VALUE_BROKEN_TEXT' });
  });

  it('leaves meta alone where the record was sent without its list', () => {
    expect(read({ id: 5 }, 'meta_data.po')).toBeUndefined();
  });

  it.each([
    ['__proto__', 'syntax'],
    ['billing.__proto__.x', 'syntax'],
    ['meta_data.constructor', 'syntax'],
    ['billing..city', 'syntax'],
    ['.', 'syntax'],
    ['billing.', 'syntax'],
    ['meta_data.po#0', 'syntax'],
    ['toString', 'unknown'],
    ['stock_quantity', 'unknown'],
    ['biling.city', 'unknown'],
  ])('%s is refused', (attribute, wrong) => {
    expect(parsePath('order', attribute).wrong).toBe(wrong);
  });

  it('reads recorded meta of any JSON type', () => {
    const guest = recorded('orders', 212);
    expect(read(guest, 'meta_data.po_number')).toBe('PO-10006');
    expect(read(guest, 'meta_data.delivery_slots.1.from')).toBe(13.5);
  });

  it('never throws and never leaves the data, whatever the path and the record', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'billing',
        'meta_data',
        'line_items',
        '0',
        '__proto__',
        'length',
        'map',
        'po',
      ),
      fc.string({ maxLength: 5 }),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(
        path,
        fc.dictionary(fc.constantFrom('billing', 'meta_data', 'line_items'), fc.jsonValue()),
        (at, record) => {
          const result = parsePath('order', at).path?.get(record, null);
          expect(typeof result).not.toBe('function');
        },
      ),
    );
  });
});

describe("WordPress's names", () => {
  it.each([
    ['product', 10, 'post_title', 'Classic Tee'],
    ['product', 10, '_sku', 'LAB-0000'],
    ['product', 10, '_stock', 100000],
    ['product', 10, '_regular_price', '5'],
    ['product', 10, '_sale_price', '4'],
    ['product', 10, '_price', '4'],
    ['product', 10, 'post_status', 'publish'],
    ['product', 10, 'product_cat', ['Clothing']],
    ['product', 115, '_thumbnail_id', undefined],
  ] as const)('%s %i: %s', (resource, id, attribute, value) => {
    expect(parsePath(resource, attribute).path?.get(recorded('products', id), null)).toEqual(value);
  });

  it.each([
    ['order', '_billing_first_name', 'billing.first_name'],
    ['order', 'billing_postcode', 'billing.postcode'],
    ['order', '_shipping_city', 'shipping.city'],
    ['order', 'order_total', 'total'],
    ['order', '_order_currency', 'currency'],
    ['order', '_customer_user', 'customer_id'],
    ['order', 'shipping_total', 'shipping_total'],
    ['customer', 'user_email', 'email'],
    ['customer', 'billing_phone', 'billing.phone'],
    ['order_item', '_qty', 'quantity'],
    ['order_item', '_line_total', 'total'],
    ['refund', '_refund_amount', 'amount'],
    ['product', 'post_content', 'description'],
    ['product', 'post_excerpt', 'short_description'],
    ['product', '_stock_status', 'stock_status'],
  ] as const)('%s: %s is %s', (resource, attribute, canonical) => {
    expect(parsePath(resource, attribute).path?.canonical).toBe(canonical);
  });
});
