import { describe, expect, it } from 'vitest';
import { orderItems } from '../../../src/mapping/attributes/order-items.ts';
import type { FieldMappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  recorded,
  schemas,
  STORE,
} from '../support/mappings.ts';
import { SHOP } from '../support/shop.ts';

/** The mapping of orders with a field for the attribute. */
function orderWith(
  attribute: string,
  type: string,
  more: Partial<FieldMappingRow> = {},
  length = 255,
) {
  return compiled(
    {
      mappings: [mappingRow({ name: 'Order' })],
      fields: [fieldRow('Name', 'number'), fieldRow('Odd__c', attribute, more)],
    },
    schemas(object('Woo_Order__c', field('Name', 'string'), field('Odd__c', type, { length }))),
  );
}

const built = (mapping: ReturnType<typeof orderWith>, over: WooRecord) =>
  mapping.build({ id: 1, number: '1', ...over }, STORE);

const odd = (
  attribute: string,
  type: string,
  over: WooRecord,
  more: Partial<FieldMappingRow> = {},
) => built(orderWith(attribute, type, more), over).row?.fields['Odd__c'];

const refusal = (attribute: string, type: string, over: WooRecord) =>
  built(orderWith(attribute, type), over).problems?.map(({ code }) => code);

describe('odd records', () => {
  it('of 400 lines are 400 rows with keys of their own', () => {
    const mapping = SHOP.mappings.find(({ name }) => name === 'Order_Item');
    const line = (at: number) => ({
      id: at + 1,
      name: `Tea ${at}`,
      product_id: 7,
      variation_id: 0,
      quantity: 1,
      subtotal: '0.10',
      total: '0.10',
      total_tax: '0.00',
      price: 0.1,
      sku: 'T',
    });
    const order = { id: 5, line_items: Array.from({ length: 400 }, (_, at) => line(at)) };
    const rows = orderItems(order).map((item) => mapping?.build(item, STORE).row);
    expect(new Set(rows.map((row) => row?.key)).size).toBe(400);
    expect(rows.every((row) => row?.fields['Total__c'] === 0.1)).toBe(true);
  });

  it('whose line taxes do not sum to the total keep the amounts of the shop, and no line is bent', () => {
    // Prices with tax, rounded by line: three lines of 3.33 and 0.67 tax are 12.00, and the shop says 12.01.
    const line_items = [1, 2, 3].map((id) => ({
      id,
      name: 'Tea',
      product_id: 7,
      variation_id: 0,
      quantity: 1,
      sku: 'T',
      price: 3.33,
      subtotal: '3.33',
      subtotal_tax: '0.67',
      total: '3.33',
      total_tax: '0.67',
    }));
    const order = { total: '12.01', total_tax: '2.02', prices_include_tax: true, line_items };
    expect(odd('total', 'double', order)).toBe(12.01);
    expect(odd('total_tax', 'double', order)).toBe(2.02);
    expect(odd('subtotal', 'double', order)).toBe(9.99);
    const items = SHOP.mappings.find(({ name }) => name === 'Order_Item');
    const rows = orderItems({ ...order, id: 5 }).map((item) => items?.build(item, STORE).row);
    expect(rows.map((row) => row?.fields['Total__c'])).toEqual([3.33, 3.33, 3.33]);
  });

  it('with a note of 5,000 characters fit a long field whole, and a short one cut or not at all', () => {
    const customer_note = 'Please ring twice. '.repeat(264).slice(0, 4999) + '!';
    const long = orderWith('customer_note', 'textarea', {}, 32_768);
    expect(built(long, { customer_note }).row?.fields['Odd__c']).toBe(customer_note);
    const cut = odd('customer_note', 'string', { customer_note }, { overflow: 'truncate' });
    expect(cut).toHaveLength(255);
    const { problems } = built(orderWith('customer_note', 'string'), { customer_note });
    expect(problems).toMatchObject([{ code: 'VALUE_TOO_LONG', field: 'Odd__c' }]);
    expect(problems?.[0]?.message).not.toContain('ring');
  });

  it.each([
    ['right to left', 'محمد بن عبد الله'],
    ['right to left, with marks of direction', '\u202Bשרה\u202C'],
    ['of emoji', '👩‍🚀 Ada 🇩🇪'],
    ['of accents', 'Zoë Nguyễn'],
    ['of a script beyond the first plane', '𠮷野家'],
  ])('with names %s arrive as they are', (_, last_name) => {
    expect(odd('billing.last_name', 'string', { billing: { last_name } })).toBe(last_name);
  });

  it('with half a character arrive without it', () => {
    const value = odd('billing.last_name', 'string', { billing: { last_name: 'A\uD83D' } });
    expect(value).toBe('A\uFFFD');
  });

  it.each(['10,50', '1.234,50', '1,234.50', '1 234', 'abc', '1e3', '٣٫٥', 'Infinity', '0x10'])(
    'with the price %j are refused, and not read as something else',
    (total) => {
      expect(refusal('total', 'double', { total })).toEqual(['VALUE_NOT_NUMBER']);
    },
  );

  it.each([
    [null, null],
    ['', null],
    [undefined, undefined],
  ])('with the date %j write %j', (date_paid_gmt, expected) => {
    expect(odd('date_paid', 'datetime', { date_paid_gmt })).toBe(expected);
  });

  it.each(['0000-00-00T00:00:00', '2026-02-30T00:00:00', 'yesterday', 1764000000, false])(
    'with the date %j are refused',
    (date_paid_gmt) => {
      expect(refusal('date_paid', 'datetime', { date_paid_gmt })).toEqual(['VALUE_NOT_DATE']);
    },
  );

  const meta = (value: unknown) => ({ meta_data: [{ id: 1, key: 'extra', value }] });

  it.each<readonly [string, unknown, unknown]>([
    ['a text', 'blue', 'blue'],
    ['a number', 7, '7'],
    ['a fraction', 0.1, '0.1'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['null', null, null],
    ['an empty text', '', null],
    ['an empty list', [], null],
    ['a text of JSON', '{"a":1}', '{"a":1}'],
  ])('with %s in a custom field write it', (_, value, expected) => {
    expect(odd('meta_data.extra', 'string', meta(value))).toBe(expected);
  });

  it.each<readonly [string, unknown, string]>([
    ['a list', ['a', 'b'], 'VALUE_IS_LIST'],
    ['an object', { day: 'Mon' }, 'VALUE_IS_OBJECT'],
    ['a list of objects', [{ day: 'Mon' }], 'VALUE_IS_LIST'],
  ])('with %s in a custom field are refused, unless it is named what to take', (_, value, code) => {
    expect(refusal('meta_data.extra', 'string', meta(value))).toEqual([code]);
    const json = odd('meta_data.extra', 'string', meta(value), { transform: 'json' });
    expect(json).toBe(JSON.stringify(value));
  });

  it('with nested custom fields are read by path', () => {
    const value = { slots: [{ day: 'Mon' }, { day: 'Tue' }] };
    expect(odd('meta_data.extra.slots.1.day', 'string', meta(value))).toBe('Tue');
    const all = odd('meta_data.extra.slots.day', 'string', meta(value), { transform: 'join' });
    expect(all).toBe('Mon, Tue');
    expect(odd('meta_data.extra.slots.9.day', 'string', meta(value))).toBeNull();
  });

  it('of which parts are missing or of another kind do not throw', () => {
    const order = recorded('orders', 212);
    for (const mapping of SHOP.mappings) {
      for (const strange of [null, 7, 'x', [], {}, [null], [[]]]) {
        const broken = Object.fromEntries(Object.keys(order).map((key) => [key, strange]));
        expect(() => mapping.build({ ...broken, id: 3 }, STORE)).not.toThrow();
        expect(() => mapping.explain({ ...broken, id: 3 }, STORE)).not.toThrow();
      }
    }
  });
});
