import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guestOf } from '../../../src/mapping/attributes/guest-customers.ts';
import { orderItems } from '../../../src/mapping/attributes/order-items.ts';
import { rowHash } from '../../../src/mapping/build/row-hash.ts';
import type { Row, WooRecord } from '../../../src/mapping/model/record.ts';
import { compiled, fieldRow, mappingRow, recorded, STORE } from '../support/mappings.ts';
import { ORG, SHOP } from '../support/shop.ts';

const { mappings, problems } = SHOP;

function build(mapping: string, record: WooRecord): Row {
  const found = mappings.find(({ name }) => name === mapping);
  const result = found?.build(record, STORE);
  if (!result?.row) throw new Error(JSON.stringify(result?.problems ?? 'no such mapping'));
  return result.row;
}

const reference = (name: string, to: string, key: string | null, more: object = {}) => ({
  field: name,
  relationshipName: name.replace('__c', '__r'),
  object: to,
  keyField: 'Woo_Key__c',
  required: false,
  key,
  ...more,
});

describe('rows of recorded records', () => {
  it('compile without a problem', () => {
    expect(problems).toEqual([]);
    expect(mappings).toHaveLength(5);
  });

  it('is every mapped field of an order of a guest', () => {
    expect(build('Order', recorded('orders', 212))).toEqual({
      key: 'main:212',
      fields: {
        Name: '212',
        Status__c: 'completed',
        Currency_Code__c: 'USD',
        Total__c: 149.49,
        Refunded_Total__c: 0,
        Created_In_Woo__c: '2025-06-04T10:54:41Z',
        Completed_In_Woo__c: '2026-11-24T22:37:02Z',
        Billing_Street__c: '46 Main St',
        Billing_Last_Name__c: 'Müller',
        Billing_State__c: 'n/a',
        PO_Number__c: 'PO-10006',
        Day__c: '2025-06-04',
        Vip__c: false,
      },
      onCreate: { Channel__c: 'Web' },
      whenEmpty: {},
      lookups: [
        reference('Account__c', 'Account', 'main:guest:guest6@store.example'),
        reference('Contact__c', 'Contact', 'main:guest:guest6@store.example'),
      ],
    });
  });

  it('is the registered customer and what was refunded, with dates not reached yet empty', () => {
    const refunded = build('Order', recorded('orders', 224));
    expect(refunded.fields).toMatchObject({ Total__c: 94.61, Refunded_Total__c: 32.13 });
    expect(refunded.lookups[0]?.key).toBe('main:127');
    const paid = build('Order', recorded('orders', 1199));
    expect(paid.fields).toMatchObject({
      Completed_In_Woo__c: null,
      Created_In_Woo__c: '2025-10-31T03:38:14Z',
      Billing_State__c: 'JP13',
      Day__c: '2025-10-31',
    });
  });

  it('clears the lookups of an order whose customer was erased', () => {
    const order = recorded('orders', 212);
    const billing = { ...(order['billing'] as object), email: 'deleted@site.invalid' };
    const { lookups } = build('Order', { ...order, billing });
    expect(lookups.map(({ key }) => key)).toEqual([null, null]);
  });

  it('is one row per item, its order required and a deleted product left alone', () => {
    const rows = orderItems(recorded('orders', 1177)).map((line) => build('Order_Item', line));
    expect(rows.map(({ key, fields }) => [key, ...Object.values(fields)])).toEqual([
      ['main:4260', 6, 2, 12, 'product'],
      ['main:4261', 16, 3, 'VAR-0003-red-m', 48, 'product'],
      ['main:4262', 8.4, 1, 'LAB-0004', 8.4, 'product'],
      ['main:4263', 21, 1, 'VAR-0003-blue-m', 21, 'product'],
      ['main:4264', null, null, null, 7.5, 'shipping'],
      ['main:4266', null, null, null, 0, 'coupon'],
      ['main:4265', null, null, null, 18.42, 'tax'],
    ]);
    const order = reference('Order__c', 'Woo_Order__c', 'main:1177', { required: true });
    expect(rows[0]?.lookups).toEqual([order]);
    expect(rows[1]?.lookups).toEqual([order, reference('Product__c', 'Product2', 'main:139')]);
  });

  it('is a guest under the same key as the order refers to', () => {
    const guest = guestOf(recorded('orders', 3801));
    expect(build('Customer_Contact', guest ?? {})).toEqual({
      key: 'main:guest:zoe@store.example',
      fields: { LastName: '& Co', Email: 'zoe@store.example' },
      onCreate: {},
      whenEmpty: { FirstName: 'Zoë' },
      lookups: [
        {
          ...reference('AccountId', 'Account', 'main:guest:zoe@store.example'),
          relationshipName: 'Account',
          onCreate: true,
        },
      ],
    });
  });

  it('is a customer without names under what is known', () => {
    const { fields, whenEmpty } = build('Customer_Contact', recorded('customers', 2));
    expect(fields).toEqual({ LastName: 'subscriber1', Email: 'subscriber1@store.example' });
    expect(whenEmpty).toEqual({ FirstName: null });
  });

  it('leaves alone what a record was sent without', () => {
    const { fields, lookups } = build('Order', { id: 5, number: '5', billing: null });
    expect(Object.keys(fields)).toEqual([
      'Billing_Last_Name__c',
      'Billing_State__c',
      'Billing_Street__c',
      'Name',
      'Refunded_Total__c',
    ]);
    expect(lookups.map(({ key }) => key)).toEqual([null, null]);
  });
});

describe('records that cannot be built', () => {
  const problemsOf = (mapping: string, record: WooRecord) =>
    mappings.find(({ name }) => name === mapping)?.build(record, STORE).problems ?? [];

  it.each<[string, WooRecord, string, string]>([
    ['Order', {}, 'Woo_Key__c', 'KEY_MISSING'],
    ['Order', { code: 'invalid_id', message: 'x' }, 'Woo_Key__c', 'KEY_MISSING'],
    ['Order', { id: 1, total: '10,50' }, 'Total__c', 'VALUE_NOT_NUMBER'],
    [
      'Order',
      { id: 1, date_created_gmt: '2026-02-30T00:00:00' },
      'Created_In_Woo__c',
      'VALUE_NOT_DATE',
    ],
    ['Order', { id: 1, status: ['a'] }, 'Status__c', 'VALUE_IS_LIST'],
    ['Order', { id: 1, currency: 'EURO' }, 'Currency_Code__c', 'VALUE_TOO_LONG'],
    ['Order_Item', { id: 1, type: 'gift', order_id: 5 }, 'Type__c', 'VALUE_NOT_IN_PICKLIST'],
    ['Order_Item', { id: 1 }, 'Order__c', 'VALUE_REQUIRED'],
    ['Order_Item', { id: 1, order_id: 0 }, 'Order__c', 'VALUE_REQUIRED'],
    ['Order_Item', { id: 1, order_id: [5] }, 'Order__c', 'VALUE_IS_LIST'],
    ['Product', { id: 1, name: ' ' }, 'Name', 'VALUE_REQUIRED'],
    ['Customer_Account', { id: 1 }, 'Name', 'VALUE_REQUIRED'],
    [
      'Customer_Contact',
      { guest: true, email: 'deleted@site.invalid' },
      'Woo_Key__c',
      'KEY_MISSING',
    ],
    [
      'Customer_Contact',
      { guest: true, email: `${'a'.repeat(300)}@b.example` },
      'Woo_Key__c',
      'KEY_TOO_LONG',
    ],
  ])('%s of %j: %s is %s', (mapping, record, name, code) => {
    const found = problemsOf(mapping, record).find((problem) => problem.field === name);
    expect(found?.code).toBe(code);
    expect(found?.message).toMatch(new RegExp(`^${mapping}: .*\\.$`, 's'));
  });

  it('tells everything that is wrong at once', () => {
    const wrong = problemsOf('Order', { id: 1, total: 'x', currency: 'EURO' });
    expect(wrong.map(({ field: name }) => name)).toEqual(['Currency_Code__c', 'Total__c']);
  });

  it('does not repeat what identifies a person', () => {
    const [wrong] = problemsOf('Customer_Contact', {
      id: 1,
      last_name: 'Müller',
      email: 'zoe@nowhere',
    });
    expect(wrong?.code).toBe('VALUE_NOT_EMAIL');
    const phone = compiled(
      {
        mappings: [mappingRow({ name: 'Order' })],
        fields: [fieldRow('Total__c', 'billing.phone')],
      },
      ORG,
    ).build({ id: 1, billing: { phone: '555-0100' } }, STORE);
    expect(phone.problems?.[0]?.message).toContain('(not shown)');
    expect(JSON.stringify([wrong, phone.problems])).not.toMatch(/zoe|Müller|555/);
  });

  it('never throws, whatever the record', () => {
    const key = fc.constantFrom(
      'id',
      'billing',
      'line_items',
      'refunds',
      'meta_data',
      'total',
      'customer_id',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...mappings),
        fc.dictionary(key, fc.jsonValue()),
        (mapping, record) => {
          expect(() => mapping.build(record, STORE)).not.toThrow();
        },
      ),
    );
  });
});

describe('row hash', () => {
  const row = () => build('Order', recorded('orders', 212));
  const hashOf = (some: Row) => rowHash(some, JSON.stringify(some.fields));

  it('is short, and blind to the order in which the org lists the field mappings', () => {
    expect(hashOf(row())).toMatch(/^[\w-]{22}$/);
    expect(Object.keys(row().fields)).toEqual(Object.keys(row().fields).sort());
    expect(row().lookups.map(({ field }) => field)).toEqual(['Account__c', 'Contact__c']);
  });

  it('does not see what only a create sends', () => {
    const { lookups } = row();
    const created = { ...reference('AccountId', 'Account', 'main:9'), onCreate: true };
    expect(hashOf({ ...row(), onCreate: {} })).toBe(hashOf(row()));
    expect(hashOf({ ...row(), lookups: [...lookups, created] })).toBe(hashOf(row()));
  });

  it('sees each field, null against absent, and each lookup', () => {
    const { fields, lookups } = row();
    const without = Object.fromEntries(
      Object.entries(fields).filter(([name]) => name !== 'Total__c'),
    );
    const hashes = [
      row(),
      { ...row(), key: 'main:213' },
      { ...row(), fields: without },
      { ...row(), fields: { ...fields, Total__c: null } },
      { ...row(), fields: { ...fields, Total__c: 149.5 } },
      { ...row(), fields: { ...fields, Total__c: '149.49' } },
      { ...row(), lookups: lookups.slice(1) },
      { ...row(), whenEmpty: { Phone: '1' } },
      { ...row(), whenEmpty: { Phone: '2' } },
      {
        ...row(),
        lookups: lookups.map((each) => ({
          ...each,
          key: 'main:9',
          onCreate: true,
          whenEmpty: true,
        })),
      },
      { ...row(), lookups: lookups.map((each) => ({ ...each, key: null })) },
    ].map((each) => hashOf(each));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
