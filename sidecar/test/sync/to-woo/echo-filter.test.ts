import { describe, expect, it } from 'vitest';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { EchoFilter } from '../../../src/sync/to-woo/echo-filter.ts';
import { mappingTo } from '../../support/rows.ts';

const KEY = 'main:7';
const PRODUCT = { resource: 'product', key: KEY } as const;
const ORDER = { resource: 'order', key: KEY } as const;
const name: OutgoingField = {
  ...{ place: 'Name', field: 'Name', attribute: 'name', kind: 'value', direction: 'both' },
  fromWoo: (record) => String(record['name']),
  fromSalesforce: String,
  toWoo: () => ({ patch: {} }),
};
const price: OutgoingField = {
  ...name,
  ...{ place: 'Price', field: 'Price__c', attribute: 'price' },
  fromWoo: (record) => String(record['price']),
};
const products = mappingTo('Product2', {
  ...{ resource: 'product', direction: 'both', outgoing: [name, price] },
  build: (record) => ({
    row: {
      ...{ key: KEY, onCreate: {}, whenEmpty: {}, lookups: [] },
      fields: { Name: String(record['name']), Stock__c: Number(record['stock']) },
    },
  }),
});

const before: WooRecord = { id: 7, name: 'Tea', price: '3', stock: 16, status: 'publish' };
const written = new Set([name]);
const answer: WooRecord = { ...before, name: 'Green tea' };

function world() {
  let now = 0;
  const clock = { now: () => new Date(now) };
  const echoes = new EchoFilter({ key: 'main', url: 'https://shop.example' }, clock);
  const tells = (body: unknown, mappings = [products]) => echoes.has(PRODUCT, body, mappings);
  return { echoes, tells, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('an event', () => {
  it('that says what the shop has answered to our change is an echo, however often it comes', () => {
    const { echoes, tells } = world();
    expect(tells(answer)).toBe(false);
    echoes.note(products, KEY, before, answer, written);
    expect(tells({ ...answer, price_html: '<b>1</b>' })).toBe(true);
    expect(tells(answer)).toBe(true);
  });

  it.each([
    ['another name', { ...answer, name: 'Black tea' }],
    ['less stock', { ...answer, stock: 12 }],
    ['another status', { ...answer, status: 'trash' }],
    ['no record', 'Green tea'],
  ])('that says %s is none', (_, body) => {
    const { echoes, tells } = world();
    echoes.note(products, KEY, before, answer, written);
    expect(tells(body)).toBe(false);
  });

  it.each([{ stock: 15 }, { price: '4' }])(
    'is none where the shop has changed more than we wrote: %j',
    (change) => {
      const { echoes, tells } = world();
      const more = { ...answer, ...change };
      echoes.note(products, KEY, before, more, written);
      expect(tells(more)).toBe(false);
    },
  );

  it('that goes back to what was written is none: in between Salesforce was told otherwise', () => {
    const { echoes, tells } = world();
    echoes.note(products, KEY, before, answer, written);
    expect(tells({ ...answer, name: 'Black tea' })).toBe(false);
    expect(tells(answer)).toBe(false);
    echoes.note(products, KEY, before, answer, written);
    echoes.forget(PRODUCT);
    expect(tells(answer)).toBe(false);
  });

  it('is none after some time, or where several mappings want the record', () => {
    const { echoes, tells, pass } = world();
    echoes.note(products, KEY, before, answer, written);
    expect(tells(answer, [products, products])).toBe(false);
    echoes.note(products, KEY, before, answer, written);
    pass(120_001);
    expect(tells(answer)).toBe(false);
  });
});

describe('an event of an order', () => {
  const orders = mappingTo('Woo_Order__c', { reads: ['status', 'date_paid_gmt'] });
  const items = mappingTo('Woo_Order_Item__c', {
    ...{ resource: 'order_item' as const, reads: ['line_items.name'] },
  });
  const shown = {
    ...{ id: 7, status: 'completed', date_modified_gmt: '2026-01-01T10:00:00' },
    ...{ date_paid_gmt: null, order_key: 'wc_1', line_items: [{ id: 1, name: 'Tea' }] },
  };

  it.each([[[orders]], [[orders, items]], [[orders, mappingTo('Order', { reads: ['total'] })]]])(
    'that shows what the shop answered, of all that is read of orders, is an echo',
    (mappings) => {
      const { echoes } = world();
      echoes.noteOrder(KEY, shown, mappings);
      expect(echoes.has(ORDER, { ...shown, version: '10.5' }, mappings)).toBe(true);
      expect(echoes.has(PRODUCT, shown, [products])).toBe(false);
      expect(echoes.has(ORDER, shown, mappings)).toBe(true);
    },
  );

  it.each([
    ['a later date', { date_modified_gmt: '2026-01-01T10:00:01' }],
    ['another status', { status: 'processing' }],
    ['a line that changed', { line_items: [{ id: 1, name: 'Tee' }] }],
    ['what a second mapping reads', { total: '3.00' }],
  ])('that shows %s is none, nor are those behind it', (_, other) => {
    const { echoes } = world();
    const mappings = [orders, items, mappingTo('Order', { reads: ['total'] })];
    echoes.noteOrder(KEY, shown, mappings);
    expect(echoes.has(ORDER, { ...shown, ...other }, mappings)).toBe(false);
    expect(echoes.has(ORDER, shown, mappings)).toBe(false);
  });

  it('of another store is none', () => {
    const { echoes } = world();
    echoes.noteOrder(KEY, shown, [orders]);
    expect(echoes.has({ ...ORDER, key: 'outlet:7' }, shown, [orders])).toBe(false);
  });
});
