import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/mapping/model/record.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

/** One object for each resource, and one with a lookup to each of them. */
const OBJECTS: Readonly<Record<Resource, string>> = {
  order: 'Woo_Order__c',
  order_item: 'Woo_Order_Item__c',
  refund: 'Woo_Refund__c',
  product: 'Product2',
  customer: 'Contact',
  product_category: 'Category__c',
  product_tag: 'Tag__c',
  product_attribute: 'Attribute__c',
  tax_class: 'Tax_Class__c',
  coupon: 'Coupon__c',
  product_review: 'Review__c',
  content: 'Page__c',
};
const RESOURCES = Object.keys(OBJECTS) as Resource[];

const ORG = schemas(
  ...Object.values(OBJECTS).map((name) => object(name, field('Name', 'string'))),
  object(
    'Own__c',
    ...RESOURCES.map((resource) => lookup(`To_${resource}__c`, OBJECTS[resource])),
    lookup('Anybody__c', 'Contact', { referenceTo: ['Product2', 'Contact'] }),
  ),
);

function compile(resource: Resource, attribute: string, target: string) {
  const others = RESOURCES.map((one) =>
    mappingRow({ name: one, resource: one, contentType: 'page', object: OBJECTS[one] }),
  );
  const own = mappingRow({ name: 'Own', resource, contentType: 'book', object: 'Own__c' });
  const fields = [
    ...RESOURCES.map((mapping) => {
      const id = mapping === 'tax_class' ? 'slug' : 'id';
      return { ...fieldRow('Name', id, { mapping }), name: mapping };
    }),
    fieldRow(target, attribute, { mapping: 'Own', name: 'Link', kind: 'lookup' }),
  ];
  const { mappings, running, problems } = compileRows({ mappings: [...others, own], fields }, ORG);
  const found = problems.filter(({ mapping }) => mapping === 'Own');
  return { running, own: mappings.at(-1), found };
}

describe('a lookup by an id of the wrong kind holds its mapping, and no other', () => {
  it.each<[Resource, string, Resource, string]>([
    [
      'order',
      'customer_id',
      'product',
      'id of the kind customer, but Product2 holds product records',
    ],
    [
      'order',
      'line_items.0.product_id',
      'customer',
      'id of the kind product, but Contact holds customer',
    ],
    ['order', 'line_items[0].variation_id', 'customer', 'id of the kind product'],
    ['order', 'line_items.0.id', 'product', 'id of the kind order item, but Product2'],
    ['order', 'refunds.0.id', 'order', 'id of the kind refund'],
    ['order', 'id', 'customer', 'id of the kind order, but Contact holds customer records'],
    ['order', 'parent_id', 'product', 'id of the kind order'],
    ['order', 'number', 'order', 'no id of a record'],
    ['order', 'billing.email', 'customer', 'no id of a record'],
    ['order', 'total', 'customer', 'no id of a record'],
    ['order', 'line_items.0.quantity', 'product', 'no id of a record'],
    ['order', 'line_items.product_id', 'product', 'a list, and no single id'],
    ['order', 'customer_note', 'customer', 'no id of a record'],
    ['order', 'transaction_id', 'order', 'no id of a record'],
    ['order_item', 'id', 'product', 'id of the kind order item'],
    ['order_item', 'order_id', 'product', 'id of the kind order, but'],
    ['order_item', 'rate_id', 'product', 'no id of a record'],
    ['order_item', 'sku', 'product', 'no id of a record'],
    ['refund', 'refunded_by', 'customer', 'no id of a record'],
    ['refund', 'id', 'order', 'id of the kind refund'],
    ['product', 'categories.0.id', 'product', 'id of the kind product category'],
    ['content', 'parent', 'content', 'id of the kind content, but Page__c holds page records'],
    ['content', 'author', 'content', 'id of the kind user, but Page__c holds page records'],
    ['product_review', 'product_id', 'product_category', 'id of the kind product'],
    ['product', 'images.0.id', 'product', 'no id of a record'],
    ['product', 'shipping_class_id', 'order', 'no id of a record'],
    ['product', 'upsell_ids', 'product', 'a list, and no single id'],
    ['product', 'stock_quantity', 'customer', 'no id of a record'],
    ['customer', 'id', 'order', 'id of the kind customer'],
  ])('%s: %s to a %s', (resource, attribute, target, said) => {
    const { running, found } = compile(resource, attribute, `To_${target}__c`);
    expect(running).toEqual(RESOURCES);
    expect(found).toMatchObject([{ code: 'MAPPING_LOOKUP_ATTRIBUTE', place: 'Link', fatal: true }]);
    expect(found[0]?.message).toContain(said);
    expect(found[0]?.cure).toMatch(/^(?:Choose|Name)/);
  });
});

describe('a lookup by the id of its own kind runs', () => {
  it.each<[Resource, string, Resource]>([
    ['order', 'customer', 'customer'],
    ['order', '_customer_user', 'customer'],
    ['order', 'line_items.0.product_id', 'product'],
    ['order', 'id', 'order'],
    ['order', 'parent_id', 'order'],
    ['order', 'refunds.0.id', 'refund'],
    ['order', 'fee_lines.0.id', 'order_item'],
    ['order', 'meta_data.sales_rep', 'customer'],
    ['order', 'line_items.0.meta_data._sold_by', 'customer'],
    ['order_item', 'product', 'product'],
    ['order_item', 'order_id', 'order'],
    ['refund', 'order_id', 'order'],
    ['product', 'parent', 'product'],
    ['product', 'upsell_ids.0', 'product'],
    ['product', 'id', 'product'],
    ['customer', 'customer', 'customer'],
    ['product', 'categories.0.id', 'product_category'],
    ['product_category', 'parent', 'product_category'],
    ['product_review', 'product_id', 'product'],
    ['coupon', 'product_ids.0', 'product'],
    // A customer of the shop is a user of WordPress.
    ['content', 'author', 'customer'],
  ])('%s: %s to a %s', (resource, attribute, target) => {
    const { running, found } = compile(resource, attribute, `To_${target}__c`);
    expect(found).toEqual([]);
    expect(running).toContain('Own');
  });

  it('names the key of its kind', () => {
    const { own } = compile('product', 'categories.0.id', 'To_product_category__c');
    const product = { id: 7, categories: [{ id: 15 }] };
    expect(own?.build(product, STORE).row?.lookups).toMatchObject([
      { object: 'Category__c', key: 'main:product_category:15' },
    ]);
    const order = compile('order', 'meta_data.landing_page', 'To_content__c').own;
    const meta = [{ key: 'landing_page', value: '12' }];
    expect(order?.build({ id: 7, meta_data: meta }, STORE).row?.lookups).toMatchObject([
      { object: 'Page__c', key: 'main:page:12' },
    ]);
  });

  it('goes to the object of its kind where the field may refer to several', () => {
    const { own } = compile('order', 'customer', 'Anybody__c');
    const { row } = own?.build({ id: 7, customer_id: 15 }, STORE) ?? {};
    expect(row?.lookups).toMatchObject([{ object: 'Contact', key: 'main:15' }]);
  });
});

describe('a lookup by an id whose kind the attribute does not say', () => {
  const PLACES = schemas(
    object('Place__c', field('Name', 'string')),
    object('Event__c', lookup('Place__c', 'Place__c')),
  );
  /** `kinds` are mapped to one object, which events look up by the attribute. */
  function linked(attribute: string, ...kinds: readonly string[]) {
    const targets = kinds.map((kind) => {
      const [resource = '', contentType = null] = kind.split(' ');
      return mappingRow({ name: kind, resource, contentType, object: 'Place__c' });
    });
    const event = { name: 'Event', resource: 'content', contentType: 'event', object: 'Event__c' };
    const fields = [
      ...kinds.map((mapping) => ({ ...fieldRow('Name', 'id', { mapping }), name: mapping })),
      fieldRow('Place__c', attribute, { mapping: 'Event', name: 'Link', kind: 'lookup' }),
    ];
    const rows = { mappings: [...targets, mappingRow(event)], fields };
    const { mappings, running, problems } = compileRows(rows, PLACES);
    const record = { id: 7, content_type: 'event', acf: { poster: 26 }, author: 26 };
    const terms = { 'event-types': [26], genre: [26], product_cat: [26] };
    const own = mappings.find(({ name }) => name === 'Event');
    const row = own?.build({ ...record, ...terms }, STORE).row;
    const found = problems.filter(({ place }) => place === 'Link');
    return { running, found, key: row?.lookups[0]?.key };
  }

  it.each([
    ['acf.poster', 'product_category', 'content attachment'],
    ['acf.poster', 'content page', 'content attachment'],
    ['event-types.0', 'product_category', 'content event_type'],
    ['event-types.0', 'product_category'],
  ])('%s holds its mapping where the object has %s %s', (attribute, ...kinds) => {
    const { running, found } = linked(attribute, ...kinds);
    expect(running).toEqual(kinds);
    expect(found).toMatchObject([{ code: 'MAPPING_LOOKUP_ATTRIBUTE', place: 'Link', fatal: true }]);
    expect(found[0]?.message).toContain('kind that cannot be known');
    expect(found[0]?.cure).toContain('an object with records of the right kind alone');
  });

  it.each([
    ['genre.0', 'main:genre:26', 'product_category', 'content genre'],
    ['product_cat.0', 'main:product_category:26', 'content genre', 'product_category'],
    ['event-types.0', 'main:event_type:26', 'content event_type'],
    ['acf.poster', 'main:attachment:26', 'content attachment'],
    ['author', 'main:user:26', 'customer', 'content user'],
  ])('%s finds %s', (attribute, expected, ...kinds) => {
    const { found, key } = linked(attribute, ...kinds);
    expect(found).toEqual([]);
    expect(key).toBe(expected);
  });
});
