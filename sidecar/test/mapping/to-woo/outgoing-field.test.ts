import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import { mergePatches } from '../../../src/mapping/to-woo/outgoing-field.ts';
import { compiled, field, fieldRow, mappingRow, object, schemas } from '../support/mappings.ts';
import { stored } from '../support/stored.ts';

const PRODUCT = mappingRow({
  name: 'Product',
  resource: 'product',
  object: 'Product2',
  direction: 'both',
});

const RECORD: WooRecord = {
  id: 7,
  parent_id: 0,
  type: 'simple',
  name: 'Tea',
  description: '',
  short_description: '',
  sku: '',
  regular_price: '10.50',
  sale_price: '',
  status: 'publish',
  featured: false,
  weight: '',
  dimensions: { length: '1', width: '', height: '' },
  tax_class: '',
  date_on_sale_from_gmt: null,
  date_on_sale_to_gmt: null,
  menu_order: 0,
  meta_data: [],
  low_stock_amount: null,
  manage_stock: false,
  global_unique_id: '',
  slug: 'tea',
};
const VARIATION: WooRecord = {
  id: 8,
  parent_id: 7,
  type: 'variation',
  name: 'Red',
  parent_name: 'Tea',
  regular_price: '10',
  description: '',
  sku: '',
  manage_stock: 'parent',
  tax_class: 'parent',
};

/** The field of one type that goes to one attribute. */
function outgoing(
  attribute: string,
  type = 'string',
  more: Partial<FieldSchema> = {},
  direction = 'to_woo',
): OutgoingField {
  const target = field('F__c', type, more);
  const row = fieldRow('F__c', attribute, { mapping: 'Product', direction });
  const { outgoing: all } = compiled(
    { mappings: [PRODUCT], fields: [row] },
    schemas(object('Product2', target)),
  );
  const [one] = all;
  if (!one) throw new Error(`nothing goes to ${attribute}`);
  return one;
}

/** An attribute, the type of its field, what that holds, and what is expected. */
type Case = readonly [attribute: string, type: string, held: unknown, expected: unknown];

function given(one: OutgoingField, held: unknown, record = RECORD): unknown {
  const made = one.toWoo(held, record);
  return 'patch' in made ? made.patch : made.problem.code;
}

describe('what is sent to the shop', () => {
  const sent: readonly Case[] = [
    ['name', 'string', 'A & B', { name: 'A &amp; B' }],
    ['name', 'string', 'Mug <Large> &amp;', { name: 'Mug &lt;Large&gt; &amp;amp;' }],
    ['post_title', 'string', ' Tea 🍵 ', { name: 'Tea 🍵' }],
    ['name', 'string', null, 'TO_WOO_EMPTY'],
    ['description', 'textarea', 'A & B <b>x</b>\r\ny', { description: 'A & B <b>x</b>\ny' }],
    ['description', 'textarea', 'x <script>1</script>', 'TO_WOO_FILTERED'],
    ['description', 'textarea', '<a<x>', 'TO_WOO_FILTERED'],
    ['description', 'textarea', null, { description: '' }],
    ['sku', 'string', 'T  1 & 2', { sku: 'T 1 & 2' }],
    ['sku', 'string', 'T<1>', 'TO_WOO_FILTERED'],
    ['sku', 'string', 'T%20', 'TO_WOO_FILTERED'],
    ['sku', 'string', 'T'.repeat(101), 'TO_WOO_TOO_LONG'],
    ['sku', 'string', null, { sku: '' }],
    ['global_unique_id', 'string', '40-1', { global_unique_id: '40-1' }],
    ['global_unique_id', 'string', '40 1', 'TO_WOO_FORM'],
    ['_regular_price', 'double', 10.5, { regular_price: '10.5' }],
    ['regular_price', 'double', 1e21, { regular_price: '1000000000000000000000' }],
    ['regular_price', 'double', -1, 'TO_WOO_NUMBER'],
    ['regular_price', 'string', '10,50', 'TO_WOO_NUMBER'],
    ['regular_price', 'string', '1,234.50', 'TO_WOO_NUMBER'],
    ['regular_price', 'string', '1e3', 'TO_WOO_NUMBER'],
    ['regular_price', 'string', ' 010.50 ', { regular_price: '10.5' }],
    ['regular_price', 'double', null, { regular_price: '' }],
    ['sale_price', 'double', 10.49, { sale_price: '10.49' }],
    ['sale_price', 'double', 10.5, 'TO_WOO_SALE_PRICE'],
    ['sale_price', 'double', null, { sale_price: '' }],
    ['status', 'picklist', 'Draft', { status: 'draft' }],
    ['status', 'picklist', 'trash', 'TO_WOO_WORD'],
    ['status', 'picklist', 'future', 'TO_WOO_WORD'],
    ['status', 'picklist', null, 'TO_WOO_EMPTY'],
    ['featured', 'boolean', true, { featured: true }],
    ['featured', 'string', 'Yes', { featured: true }],
    ['featured', 'string', 'perhaps', 'TO_WOO_FORM'],
    ['featured', 'string', null, { featured: false }],
    ['menu_order', 'double', 3, { menu_order: 3 }],
    ['menu_order', 'double', 3.5, 'TO_WOO_NUMBER'],
    ['menu_order', 'double', null, { menu_order: 0 }],
    ['low_stock_amount', 'double', -1, 'TO_WOO_NUMBER'],
    ['low_stock_amount', 'double', null, { low_stock_amount: null }],
    ['dimensions.width', 'double', 2, { dimensions: { width: '2' } }],
    ['_height', 'string', '', { dimensions: { height: '' } }],
    ['slug', 'string', 'green-tea', { slug: 'green-tea' }],
    ['slug', 'string', 'Green Tea', 'TO_WOO_FORM'],
    ['tax_class', 'string', 'Reduced rate', { tax_class: 'reduced-rate' }],
    ['tax_class', 'string', 'standard', { tax_class: '' }],
    ['date_on_sale_from', 'date', '2026-11-24', { date_on_sale_from: '2026-11-24T00:00:00' }],
    ['date_on_sale_to', 'date', '2026-11-24', { date_on_sale_to: '2026-11-24T23:59:59' }],
    [
      'date_on_sale_to',
      'datetime',
      '2026-11-24T10:00:00.000+0200',
      { date_on_sale_to_gmt: '2026-11-24T08:00:00' },
    ],
    ['date_on_sale_to_gmt', 'datetime', null, { date_on_sale_to_gmt: '' }],
    ['date_on_sale_to_gmt', 'string', 'soon', 'TO_WOO_FORM'],
    ['meta_data.vat', 'string', 'DE1', { meta_data: [{ key: 'vat', value: 'DE1' }] }],
    ['meta_data.a.b', 'double', 7, { meta_data: [{ key: 'a.b', value: '7' }] }],
    ['meta_data.eco', 'boolean', false, { meta_data: [{ key: 'eco', value: '0' }] }],
    ['meta_data.vat', 'string', null, {}],
  ];

  it.each(sent)('%s of a %s %j', (attribute, type, held, expected) => {
    expect(given(outgoing(attribute, type), held)).toEqual(expected);
  });

  it('says which value cannot go, and what to do', () => {
    const made = outgoing('regular_price').toWoo('10,50', RECORD);
    expect('problem' in made && made.problem).toEqual({
      code: 'TO_WOO_NUMBER',
      field: 'F__c',
      attribute: 'regular_price',
      message:
        'Product: F__c for regular_price is "10,50", which the shop would misread: write a plain number with a point for the decimals, such as 1234.50.',
    });
    const word = outgoing('status').toWoo('published', RECORD);
    expect('problem' in word && word.problem.message).toMatch(/did you mean publish\?/);
  });

  it('repeats no value that may be personal', () => {
    const made = outgoing('purchase_note').toWoo('<script>Ada</script>', RECORD);
    expect('problem' in made && made.problem.message).toContain('(not shown)');
  });
});

describe('a sale price', () => {
  const sale = outgoing('sale_price', 'double');

  it('is compared with the regular price that is sent along', () => {
    const raised = outgoing('regular_price', 'double').toWoo(30, RECORD);
    const record = mergePatches([RECORD, 'patch' in raised ? raised.patch : {}]);
    expect(given(sale, 20, record)).toEqual({ sale_price: '20' });
  });

  it('needs a regular price, unless the record was read without', () => {
    expect(given(sale, 20, { ...RECORD, regular_price: '' })).toBe('TO_WOO_SALE_PRICE');
    expect(given(sale, 20, {})).toEqual({ sale_price: '20' });
  });

  it('comes after the regular one', () => {
    const target = [field('A__c', 'double'), field('B__c', 'double')];
    const rows = [fieldRow('A__c', 'sale_price'), fieldRow('B__c', 'regular_price')];
    const { outgoing: all } = compiled(
      { mappings: [PRODUCT], fields: rows.map((row) => ({ ...row, mapping: 'Product' })) },
      schemas(object('Product2', ...target)),
    );
    expect(all.map(({ attribute }) => attribute)).toEqual(['regular_price', 'sale_price']);
  });
});

describe('a product of another type', () => {
  it.each(['variable', 'grouped'])('that is %s has no price of its own', (type) => {
    const price = outgoing('regular_price', 'double');
    expect(given(price, 5, { ...RECORD, type })).toBe('TO_WOO_PRODUCT_TYPE');
    expect(given(price, null, { ...RECORD, type })).toEqual({ regular_price: '' });
  });

  it('must be external to lead elsewhere', () => {
    const link = outgoing('external_url', 'url');
    const address = 'https://a.example/?a=1&b=2';
    expect(given(link, address)).toBe('TO_WOO_PRODUCT_TYPE');
    expect(given(link, address, { type: 'external' })).toEqual({ external_url: address });
    expect(given(link, 'ftp://a', { type: 'external' })).toBe('TO_WOO_FORM');
  });
});

describe('a variation', () => {
  it.each(['name', 'post_title', 'short_description', 'catalog_visibility', 'featured', 'slug'])(
    'is not given a %s',
    (attribute) => {
      expect(given(outgoing(attribute), 'x', VARIATION)).toEqual({});
    },
  );

  it.each([
    ['description', 'x', { description: 'x' }],
    ['sku', 'x', { sku: 'x' }],
    ['regular_price', '5', { regular_price: '5' }],
    ['status', 'private', { status: 'private' }],
    ['meta_data.x', 'x', { meta_data: [{ key: 'x', value: 'x' }] }],
  ])('is given a %s', (attribute, held, patch) => {
    expect(given(outgoing(attribute), held, VARIATION)).toEqual(patch);
  });

  it('is known by its parent where its type was not read', () => {
    expect(given(outgoing('name'), 'x', { id: 8, parent_id: 7 })).toEqual({});
    expect(given(outgoing('name'), 'x', { id: 8, parent_id: 7, type: 'simple' })).not.toEqual({});
  });

  it('that leaves stock and tax to its product holds what an empty field does', () => {
    const stock = outgoing('manage_stock', 'boolean');
    expect(stock.fromWoo(VARIATION)).toBe(stock.fromSalesforce(false));
    const tax = outgoing('tax_class');
    expect(tax.fromWoo(VARIATION)).toBe(tax.fromSalesforce(null));
  });
});

describe('a custom field of the shop', () => {
  const meta = (...rows: readonly WooRecord[]) => ({ ...RECORD, meta_data: rows });

  it('is changed by the id of the entry that is read', () => {
    const record = meta({ id: 3, key: 'x', value: 'a' }, { id: 4, key: 'x', value: 'b' });
    const entry = { id: 3, key: 'x', value: 'c' };
    expect(given(outgoing('meta_data.x'), 'c', record)).toEqual({ meta_data: [entry] });
  });

  it('is removed with all entries of its key', () => {
    const record = meta({ id: 3, key: 'x', value: 'a' }, { id: 4, key: 'x', value: 'b' });
    const x = outgoing('meta_data.x');
    const made = x.toWoo(null, record);
    expect('patch' in made && x.fromWoo(stored(record, made.patch))).toBeNull();
  });

  it('keeps to yes and no where the shop has them', () => {
    const eco = outgoing('meta_data.eco', 'boolean');
    const record = meta({ id: 3, key: 'eco', value: 'no' });
    expect(given(eco, true, record)).toEqual({ meta_data: [{ id: 3, key: 'eco', value: 'yes' }] });
  });

  it.each(['slots', 'slots.0.day'])('that holds several values is not replaced by %s', (path) => {
    const record = meta({ id: 3, key: 'slots', value: [{ day: 1 }] });
    expect(given(outgoing(`meta_data.${path}`), 'c', record)).toBe('TO_WOO_CUSTOM_FIELD');
  });
});

describe('equal values of both sides', () => {
  const equal: readonly Case[] = [
    ['name', 'string', 'A & B', { name: 'A &amp; B' }],
    ['name', 'string', 'Tom & Jerry <L>', { name: 'Tom & Jerry <L>' }],
    ['description', 'textarea', 'A & B\r\n5 > 3', { description: 'A &amp; B\n5 &gt; 3 ' }],
    ['description', 'textarea', 'A &amp; B', { description: 'A &amp; B' }],
    ['description', 'textarea', null, { description: ' ' }],
    ['regular_price', 'double', 12.35, { regular_price: '12.3456789' }],
    ['regular_price', 'string', '10.5', { regular_price: '10.50' }],
    ['regular_price', 'double', null, { regular_price: '' }],
    ['status', 'string', 'Publish', { status: 'publish' }],
    ['featured', 'string', 'yes', { featured: true }],
    ['featured', 'boolean', null, { featured: false }],
    ['tax_class', 'string', 'standard', { tax_class: '' }],
    ['menu_order', 'double', null, { menu_order: 0 }],
    ['date_on_sale_to', 'date', '2026-11-24', { date_on_sale_to: '2026-11-24T23:59:59' }],
    [
      'date_on_sale_to',
      'datetime',
      '2026-11-24T08:00:00.000+0000',
      { date_on_sale_to_gmt: '2026-11-24T08:00:00' },
    ],
    ['meta_data.x', 'multipicklist', 'b;a', { meta_data: [{ key: 'x', value: 'a;b' }] }],
    ['meta_data.x', 'email', 'A@b.example', { meta_data: [{ key: 'x', value: 'a@b.example' }] }],
  ];

  it.each(equal)('are one: %s of a %s %j', (attribute, type, held, record) => {
    const one = outgoing(attribute, type, { scale: 2 });
    expect(one.fromWoo({ ...RECORD, ...(record as WooRecord) })).toBe(one.fromSalesforce(held));
  });

  it.each([
    ['name', 'string', 'tea', { name: 'Tea' }],
    ['regular_price', 'double', 0, { regular_price: '' }],
    ['description', 'string', 'x', { description: `x${'y'.repeat(300)}` }],
    ['meta_data.x', 'string', 'a', { meta_data: [{ key: 'x', value: ['a'] }] }],
    ['regular_price', 'double', null, { regular_price: '123456789012345678901' }],
  ])('others are not: %s of a %s %j', (attribute, type, held, record) => {
    const one = outgoing(attribute, type);
    expect(one.fromWoo({ ...RECORD, ...record })).not.toBe(one.fromSalesforce(held));
  });
});

describe('what was sent comes back as what Salesforce holds', () => {
  const text = fc.oneof(
    fc.stringMatching(/^[a-z0-9-]{1,8}$/),
    fc.stringMatching(/^[0-9-]{1,8}$/),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '&',
          ';',
          '<',
          '>',
          'a',
          ' ',
          '&amp;',
          '&lt;',
          '%4a',
          '<b>',
          '<x',
          '\r\n',
          '#38',
        ),
      )
      .map((parts) => parts.join('')),
  );
  const number = fc.oneof(
    fc.integer({ min: -5, max: 1e6 }),
    fc.integer({ min: 0, max: 1e9 }).map((cents) => cents / 100),
    fc.constant(null),
  );
  const numeral = fc.oneof(
    number.map((value) => (value === null ? '' : String(value))),
    fc.stringMatching(/^ ?[0-9.,e-]{0,8} ?$/),
  );
  const day = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const dayOnly = day.map((iso) => iso.slice(0, 10));
  const instant = day.map((iso) => `${iso.slice(0, 19)}.000+0000`);
  const flag = fc.constantFrom('yes', 'No', 'TRUE', '0', '', 'perhaps', null);
  const words = fc.constantFrom<string | null>(
    'draft',
    'Publish',
    'private',
    'notify',
    'NO',
    'visible',
    'Taxable',
    'x',
    null,
  );

  const kinds: readonly (readonly [string, string, fc.Arbitrary<unknown>])[] = [
    ...['name', 'description', 'short_description', 'purchase_note', 'sku', 'global_unique_id']
      .concat(['slug', 'meta_data.x'])
      .flatMap((attribute) =>
        ['string', 'textarea', 'picklist'].map((type) => [attribute, type, text] as const),
      ),
    ...['regular_price', 'weight', 'dimensions.length', 'menu_order', 'low_stock_amount']
      .concat(['download_limit', 'meta_data.x'])
      .flatMap((attribute) => [
        [attribute, 'double', number] as const,
        [attribute, 'currency', number] as const,
        [attribute, 'string', numeral] as const,
      ]),
    ...['featured', 'manage_stock', 'virtual', 'meta_data.x'].flatMap((attribute) => [
      [attribute, 'boolean', fc.boolean()] as const,
      [attribute, 'string', flag] as const,
    ]),
    ...['status', 'backorders', 'catalog_visibility', 'tax_status', 'tax_class'].map(
      (attribute) => [attribute, 'picklist', words] as const,
    ),
    ['date_on_sale_to', 'date', dayOnly],
    ['date_on_sale_to', 'datetime', instant],
    ['date_on_sale_from_gmt', 'string', day],
    ['meta_data.x', 'date', dayOnly],
    ['meta_data.x', 'datetime', instant],
    ['meta_data.x', 'time', fc.constantFrom('14:30:00.000Z', '00:00:00.000Z', null)],
    ['meta_data.x', 'multipicklist', fc.constantFrom('a', 'b;a', 'a;b', null)],
    ['meta_data.x', 'email', fc.constantFrom('A@b.example', null)],
    ['meta_data.x', 'reference', fc.constantFrom('003000000000001AAA', null)],
  ];

  it.each(kinds)('%s of a %s', (attribute, type, values) => {
    const one = outgoing(attribute, type, { scale: 2, length: 4000 });
    const before = { ...RECORD, meta_data: [{ id: 3, key: 'x', value: 'old' }] };
    let sent = 0;
    fc.assert(
      fc.property(values, (held) => {
        const made = one.toWoo(held, before);
        if ('problem' in made) return;
        sent += 1;
        expect(one.fromWoo(stored(before, made.patch))).toBe(one.fromSalesforce(held));
      }),
      { numRuns: 150 },
    );
    expect(sent).toBeGreaterThan(0);
  });
});
