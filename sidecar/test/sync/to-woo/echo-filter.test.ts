import { describe, expect, it } from 'vitest';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { EchoFilter } from '../../../src/sync/to-woo/echo-filter.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { lookup } from '../../support/shop-mappings.ts';

const KEY = 'main:7';
const PRODUCT = { resource: 'product', key: KEY } as const;
const ORDER = { resource: 'order', key: KEY } as const;
const name: OutgoingField = {
  place: 'Name',
  field: 'Name',
  attribute: 'name',
  kind: 'value',
  direction: 'both',
  fromWoo: (record) => String(record['name']),
  fromSalesforce: String,
  toWoo: () => ({ patch: {} }),
};
const price: OutgoingField = {
  ...name,
  place: 'Price',
  field: 'Price__c',
  attribute: 'price',
  fromWoo: (record) => String(record['price']),
};
const products = mappingTo('Product2', {
  resource: 'product',
  direction: 'both',
  outgoing: [name, price],
  build: (record) => ({
    row: {
      key: KEY,
      onCreate: {},
      whenEmpty: {},
      lookups: [],
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

describe('an event of a product', () => {
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
    ['nothing', null],
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
    pass(120_000);
    expect(tells(answer)).toBe(true);
    pass(1);
    expect(tells(answer)).toBe(false);
  });

  it('is an echo whatever else of the shop is mapped', () => {
    const { echoes, tells } = world();
    const orders = mappingTo('Woo_Order__c', {});
    echoes.note(products, KEY, before, answer, written);
    expect(tells(answer, [orders, products])).toBe(true);
  });

  it('is none where a later answer changed more than we wrote', () => {
    const { echoes, tells } = world();
    echoes.note(products, KEY, before, answer, written);
    echoes.note(products, KEY, before, { ...answer, stock: 15 }, written);
    expect(tells(answer)).toBe(false);
  });

  it.each([
    ['what is written where nothing is there', { whenEmpty: { Stock__c: 0 } }, true],
    ['which record it refers to', { lookups: [lookup('Product2', 'main:1')] }, true],
    ['whether it is brought', {}, false],
  ])('is none where the shop has changed %s', (_, more, meets) => {
    const { echoes } = world();
    const isSame = ({ stock }: WooRecord) => stock === before['stock'];
    const other = {
      ...products,
      build: (record: WooRecord) => ({
        row: { ...rowOf(KEY, {}), ...(isSame(record) ? {} : more) },
      }),
      meets: (record: WooRecord) => meets || isSame(record),
    };
    const changed = { ...answer, stock: 15 };
    echoes.note(other, KEY, before, changed, written);
    expect(echoes.has(PRODUCT, changed, [other])).toBe(false);
  });

  it('is none of a record that cannot be brought', () => {
    const { echoes } = world();
    const refused = mappingTo('Product2', { ...products, build: () => ({ problems: [] }) });
    echoes.note(refused, KEY, before, answer, written);
    expect(echoes.has(PRODUCT, answer, [refused])).toBe(false);
  });

  it('is an echo of the latest 10,000 answers', () => {
    const { echoes } = world();
    const answered = (id: number) => {
      echoes.note(products, `main:${id}`, before, answer, written);
    };
    const isEcho = (id: number) =>
      echoes.has({ ...PRODUCT, key: `main:${id}` }, answer, [products]);
    for (let id = 1; id <= 10_000; id += 1) answered(id);
    answered(1);
    answered(10_001);
    expect([1, 2, 3].map(isEcho)).toEqual([true, false, true]);
  });
});

describe('an event of an order', () => {
  const orders = mappingTo('Woo_Order__c', {
    reads: ['status', 'date_paid_gmt', 'date_modified'],
  });
  const items = mappingTo('Woo_Order_Item__c', {
    resource: 'order_item' as const,
    reads: ['line_items.name'],
  });
  const shown = {
    id: 7,
    status: 'completed',
    date_modified_gmt: '2026-01-01T10:00:00',
    date_paid_gmt: null,
    order_key: 'wc_1',
    line_items: [{ id: 1, name: 'Tea' }],
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

  describe('that was read', () => {
    const again = { ...shown, date_modified: '2026-01-01T11:00:09' };
    const saved = { ...again, date_modified_gmt: '2026-01-01T10:00:09' };

    it('is none that shows it saved anew, and nothing else: the read may have fired it', () => {
      const { echoes, pass } = world();
      echoes.noteReads([shown], [orders, items]);
      expect(echoes.has(ORDER, saved, [orders, items])).toBe(true);
      expect(echoes.has(ORDER, shown, [orders, items])).toBe(true);
      pass(120_001);
      expect(echoes.has(ORDER, saved, [orders, items])).toBe(false);
    });

    it.each([{ status: 'processing' }, { line_items: [] }, { date_paid_gmt: '2026-01-01' }])(
      'is one that shows more: %j, and those behind it are',
      (other) => {
        const { echoes } = world();
        echoes.noteReads([shown], [orders, items]);
        expect(echoes.has(ORDER, { ...saved, ...other }, [orders, items])).toBe(false);
        expect(echoes.has(ORDER, saved, [orders, items])).toBe(false);
      },
    );

    it('is remembered of the latest 10,000, whichever was read again', () => {
      const { echoes } = world();
      const read = (...ids: readonly number[]) => {
        echoes.noteReads(
          ids.map((id) => ({ ...shown, id })),
          [orders],
        );
      };
      const isEcho = (id: number) =>
        echoes.has({ ...ORDER, key: `main:${id}` }, { ...saved, id }, [orders]);
      read(...Array.from({ length: 10_000 }, (_, at) => at + 1));
      read(1, 10_001);
      expect([1, 2, 3, 10_001].map(isEcho)).toEqual([true, false, true, true]);
    });

    it('is what the shop has answered to our change of it since', () => {
      const { echoes } = world();
      echoes.noteReads([shown], [orders]);
      echoes.noteOrder(KEY, { ...shown, status: 'cancelled' }, [orders]);
      expect(echoes.has(ORDER, shown, [orders])).toBe(false);
    });
  });

  it('of another store is none', () => {
    const { echoes } = world();
    echoes.noteOrder(KEY, shown, [orders]);
    expect(echoes.has({ ...ORDER, key: 'outlet:7' }, shown, [orders])).toBe(false);
  });
});
