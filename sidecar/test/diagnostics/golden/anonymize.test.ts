import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Replacer } from '../../../src/diagnostics/golden/anonymize.ts';
import { parseCase } from '../../../src/diagnostics/golden/case.ts';
import { keysToKeep, recordCase } from '../../../src/diagnostics/golden/record.ts';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { Resource, WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooStore } from '../../../src/ports/store.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  recorded,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { listsBy } from '../../support/memory-state.ts';

const replacer = (...keep: string[]) =>
  new Replacer({ url: 'https://real-shop.example', keep: new Set(keep) });

/** Everything in an order that says who somebody is, beside what the shop sells. */
const ORDER: WooRecord = {
  id: 7,
  number: '7',
  status: 'completed',
  total: '10.00',
  customer_id: 12,
  order_key: 'wc_order_S3cr3tK3y',
  billing: {
    first_name: 'Ada',
    last_name: 'Lovelace',
    company: 'Analytical & Sons',
    vat: 'GB123456789',
    address_1: 'Ockham Park 12',
    address_2: '',
    city: 'Ripley',
    state: 'NY',
    country: 'US',
    postcode: 'GU23 6NQ',
    email: 'ada@lovelace.example',
    phone: '+44 1483 211000',
  },
  shipping: { first_name: 'Byron', last_name: '山田', city: 'Ripley', country: 'US' },
  customer_note: 'Leave it with Mr. Babbage, door code 4711',
  customer_ip_address: '81.2.69.142',
  customer_user_agent: 'Mozilla/5.0 (AdaOS)',
  transaction_id: 'pi_3Nabcdef',
  payment_url: 'https://real-shop.example/checkout/order-pay/7/?key=wc_order_S3cr3tK3y',
  date_created_gmt: '2026-11-24T22:36:02',
  line_items: [
    {
      id: 1,
      name: 'Mug for Lovelace',
      product_id: 3,
      sku: 'MUG-1',
      total: '10.00',
      image: { id: '9', src: 'https://real-shop.example/mug.png' },
      plugin_field: 'Engraved: Augusta',
      meta_data: [
        {
          id: 1,
          key: 'engraving',
          value: 'For Augusta',
          display_key: 'Text',
          display_value: 'For Augusta',
        },
        { id: 2, key: 'pa_color', value: 'green', display_key: 'Color', display_value: 'Green' },
      ],
    },
  ],
  coupon_lines: [{ id: 2, code: 'thanks-augusta', discount: '1.00' }],
  refunds: [{ id: 8, reason: 'Broken by Babbage', total: '-1.00' }],
  meta_data: [
    { id: 3, key: 'vat_number', value: 'GB123456789' },
    { id: 4, key: 'born', value: 18151210 },
    { id: 5, key: 'gift', value: 'yes' },
    {
      id: 6,
      key: 'profile',
      value: { nick: 'Enchantress', tags: ['poet', 2], on: true, none: null },
    },
    { id: 7, key: 'sent_to_ada@lovelace.example', value: '' },
    { id: 8, key: 'level', value: 'gold' },
  ],
  loyalty_plugin: { card: '4929 1234', holder: 'A. Lovelace' },
  acf: { birthplace: 'Marylebone' },
  _links: { customer: [{ href: 'https://real-shop.example/wp-json/wc/v3/customers/12' }] },
};

const SECRETS = [
  'Ada',
  'Lovelace',
  'Analytical',
  'GB123456789',
  'Ockham',
  'Ripley',
  'GU23',
  'lovelace.example',
  '1483',
  'Byron',
  '山田',
  'Babbage',
  '4711',
  '81.2.69',
  'AdaOS',
  'S3cr3t',
  '3Nabcdef',
  'ugusta',
  '18151210',
  'Enchantress',
  'poet',
  '4929',
  'Marylebone',
  'real-shop',
];

describe('an order without anything personal', () => {
  const made = replacer('level').record('order', ORDER);

  it.each(SECRETS)('does not hold %s', (secret) => {
    expect(JSON.stringify(made).toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it('keeps what the shop sold and what decides', () => {
    expect(made).toMatchObject({
      id: 7,
      number: '7',
      status: 'completed',
      total: '10.00',
      customer_id: 12,
      date_created_gmt: '2026-11-24T22:36:02',
      billing: { country: 'US', state: 'NY', address_2: '' },
      coupon_lines: [{ id: 2, discount: '1.00' }],
      refunds: [{ id: 8, total: '-1.00' }],
      line_items: [
        {
          id: 1,
          product_id: 3,
          sku: 'MUG-1',
          total: '10.00',
          image: { id: '9', src: 'https://shop.example/mug.png' },
          meta_data: [{ key: 'engraving' }, { key: 'pa_color', value: 'green' }],
        },
      ],
    });
    expect(made).not.toHaveProperty('_links');
  });

  it('keeps types, emptiness and what mappings decide by', () => {
    const meta = made['meta_data'] as { key: string; value: unknown }[];
    expect(meta.map(({ value }) => typeof value)).toEqual([
      'string',
      'number',
      'string',
      'object',
      'string',
      'string',
    ]);
    expect(meta[2]?.value).toBe('yes');
    expect(meta[3]?.value).toMatchObject({ on: true, none: null });
    expect(meta[4]?.value).toBe('');
    expect(meta[5]).toEqual({ id: 8, key: 'level', value: 'gold' });
  });

  it('names one person by one name', () => {
    const name = (made['billing'] as WooRecord)['last_name'] as string;
    const [line] = made['line_items'] as WooRecord[];
    expect(line?.['name']).toBe(`Mug for ${name}`);
    expect((made['shipping'] as WooRecord)['city']).toBe((made['billing'] as WooRecord)['city']);
  });
});

describe('a customer and a refund without anything personal', () => {
  it('have no name, address or reason', () => {
    const customer = {
      id: 12,
      role: 'customer',
      email: 'ada@lovelace.example',
      username: 'ada.l',
      first_name: 'Ada',
      last_name: 'Lovelace',
      avatar_url: 'https://gravatar.example/abc',
      billing: ORDER['billing'],
      is_paying_customer: true,
    };
    const both = replacer();
    const made = [both.record('customer', customer), both.record('refund', { reason: 'For Ada' })];
    expect(made[0]).toMatchObject({ id: 12, role: 'customer', is_paying_customer: true });
    expect(JSON.stringify(made)).not.toMatch(/ada|lovelace|gravatar/i);
  });
});

describe('a product and a way to pay', () => {
  it('keep what the shop says, and neither its passwords nor what only buyers may load', () => {
    const product = {
      id: 3,
      name: 'Mug',
      sku: 'MUG-1',
      description: '<p>A mug</p>',
      post_password: 'S3same',
      downloads: [{ id: 'k-77', name: 'Plan', file: 'https://real-shop.example/secret/plan.pdf' }],
    };
    const made = replacer().record('product', product);
    expect(made).toMatchObject({ id: 3, name: 'Mug', sku: 'MUG-1', description: '<p>A mug</p>' });
    expect(JSON.stringify(made)).not.toMatch(/S3same|k-77|secret|plan/i);
  });

  it('show no digits of a card', () => {
    const titles = ['Visa ending in 4242', 'Cash on delivery'].map(
      (payment_method_title) =>
        replacer().record('order', { payment_method_title })['payment_method_title'],
    );
    expect(titles[0]).not.toContain('4242');
    expect(titles[0]).toHaveLength('Visa ending in 4242'.length);
    expect(titles[1]).toBe('Cash on delivery');
  });
});

describe('recorded orders', () => {
  const file = new URL('../../recordings/orders.json', import.meta.url);
  const orders = JSON.parse(readFileSync(file, 'utf8')) as WooRecord[];

  it.each(orders.map((order) => [order['id'], order] as const))('%s', (_, order) => {
    const made = JSON.stringify(replacer().record('order', order));
    for (const group of ['billing', 'shipping'] as const) {
      const address = Object.entries(order[group] as Record<string, string>);
      for (const [name, value] of address) {
        if (['country', 'state'].includes(name) || value.length < 4) continue;
        expect(made).not.toContain(JSON.stringify(value).slice(1, -1));
      }
    }
  });
});

/** A shop of which every list has the record. */
const storeOf = (record: WooRecord) =>
  ({
    key: 'main',
    url: 'https://real-shop.example',
    lists: listsBy(() =>
      Promise.resolve({ records: [record], total: 1, pages: 1, storeTime: new Date(0) }),
    ),
  }) as unknown as WooStore;

describe('a golden order that is recorded', () => {
  const known = schemas(
    object(
      'Woo_Order__c',
      field('Name', 'string'),
      field('Email__c', 'email'),
      field('Vat__c', 'string'),
      field('Level__c', 'picklist'),
      field('Way__c', 'string'),
    ),
    object('Contact', field('LastName', 'string', { length: 80, nillable: false })),
  );
  const config = source({
    mappings: [
      mappingRow({ name: 'Order' }),
      mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' }),
    ],
    fields: [
      fieldRow('Name', 'number'),
      fieldRow('Email__c', 'billing.email'),
      fieldRow('Vat__c', 'meta_data.vat_number'),
      fieldRow('Level__c', 'meta_data.level'),
      fieldRow('Way__c', 'meta_data.way', { kind: 'translation', valueTable: 'post = By post' }),
      fieldRow('LastName', 'last_name', { mapping: 'Contact', transform: 'name_fallback' }),
    ],
    conditions: [conditionRow(1, 'meta_data.gift', 'is_not_empty', null)],
  });
  const { mappings } = compileMappings(config, known);
  const keep = keysToKeep(config, known);

  it('is recorded with its moment, where conditions go by the time', async () => {
    const order = { id: 7, number: '7', status: 'completed' };
    const { golden } = await recordCase(storeOf(order), 'order', '7', {
      mappings: [],
      keep: new Set<string>(),
      at: '2026-11-28T12:00:00.000Z',
    });
    expect(golden.at).toBe('2026-11-28T12:00:00.000Z');
    expect(parseCase('x.json', JSON.stringify(golden))).toEqual(golden);
  });

  it('keeps the custom fields that decide, or that take no free text', () => {
    expect([...keep].sort()).toEqual(['gift', 'level', 'way']);
  });

  it('expects what the mappings make, with nothing personal in it', async () => {
    const order = { ...ORDER, customer_id: 0, refunds: [] };
    const { golden, replaced } = await recordCase(storeOf(order), 'order', '7', { mappings, keep });
    expect(replaced).toBeGreaterThan(15);
    expect(golden.expected).toMatchObject({
      Order: [{ key: 'main:7', fields: { Name: '7', Level__c: 'gold' } }],
      // The guest comes with the order.
      Contact: [{ key: expect.stringMatching(/^main:guest:.+@x+\.example$/) as string }],
    });
    for (const secret of SECRETS) expect(JSON.stringify(golden)).not.toContain(secret);
  });

  it('has no row of what the mappings do not want, and the reasons of what they refuse', async () => {
    const plain = recorded('orders', 3801);
    const unwanted = await recordCase(storeOf(plain), 'order', '3801', { mappings, keep });
    expect(unwanted.golden.expected).toEqual({ Order: [], Contact: [] });
    const long = { ...ORDER, number: 'x'.repeat(300), refunds: [] };
    const refused = await recordCase(storeOf(long), 'order', '7', { mappings, keep });
    expect(refused.golden.expected['Order']).toEqual([
      { key: 'main:7', refused: ['VALUE_TOO_LONG Name'] },
    ]);
  });

  it.each<[Resource]>([['product']])('of a %s is what the shop sells', async (resource) => {
    const product = recorded('products', firstProduct());
    const { golden } = await recordCase(storeOf(product), 'product', String(product['id']), {
      mappings,
      keep,
    });
    expect(golden.resource).toBe(resource);
    expect(golden.record).toMatchObject({ name: product['name'], sku: product['sku'] });
  });
});

describe('a golden record of another list', () => {
  const page = { id: 12, content_type: 'page', status: 'publish', title: { rendered: 'Ada' } };
  const listed = [
    ['coupon', '7', { id: 7, code: 'thanks-ada', amount: '5.00', discount_type: 'percent' }],
    ['product_category', '7', { id: 7, name: 'Hats', slug: 'hats', parent: 3, count: 2 }],
    ['content', 'page:12', page],
  ] as const;

  it.each(listed)(
    'is recorded of %s, and its mapping makes the same row of it',
    async (...given) => {
      const [resource, id, record] = given;
      const contentType = resource === 'content' ? 'page' : null;
      const own = mappingRow({ name: 'Own', resource, object: 'Thing__c', contentType });
      const config = source({
        mappings: [own],
        fields: [fieldRow('Name', 'id', { mapping: 'Own' })],
      });
      const { mappings } = compileMappings(
        config,
        schemas(object('Thing__c', field('Name', 'string'))),
      );
      const store = storeOf(record);
      const { golden } = await recordCase(store, resource, id, {
        mappings,
        keep: new Set<string>(),
      });
      const key = resource === 'content' ? 'main:page:12' : `main:${resource}:7`;
      expect(golden.expected).toEqual({ Own: [{ key, fields: { Name: String(record.id) } }] });
      expect(parseCase('x.json', JSON.stringify(golden))).toEqual(golden);
      expect(JSON.stringify(golden)).not.toMatch(/ada/i);
    },
  );
});

function firstProduct(): number {
  const file = new URL('../../recordings/products.json', import.meta.url);
  const [first] = JSON.parse(readFileSync(file, 'utf8')) as { id: number }[];
  return first?.id ?? 0;
}

describe('a custom field that is a text of several values', () => {
  it('can be taken apart still, and holds nothing of a person', () => {
    const texts = [
      '{"to":{"name":"Ada Lovelace"}}',
      'a:1:{s:4:"name";s:12:"Ada Lovelace";}',
      '{"to',
    ];
    const meta_data = texts.map((value, at) => ({ id: at, key: 'gift', value }));
    const made = replacer().record('order', { id: 7, meta_data });
    const values = (made['meta_data'] as readonly WooRecord[]).map(({ value }) => value);
    expect(values[0]).toMatch(/^\{"to":\{"name":"[^"]+"\}\}$/);
    expect(values[1]).toMatch(/^\{"name":"[^"]+"\}$/);
    expect(JSON.stringify(made)).not.toContain('Lovelace');
    const whole = replacer('gift').record('order', { id: 7, meta_data });
    expect(whole['meta_data']).toEqual(meta_data);
  });

  it('is kept by its key where a condition asks its second entry', () => {
    const kept = keysToKeep(
      source({
        mappings: [mappingRow({ name: 'Order' })],
        conditions: [conditionRow(1, 'meta_data.gift#2.kind', 'equals', 'box')],
      }),
      schemas(),
    );
    expect([...kept]).toEqual(['gift']);
  });
});
