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
    mappingRow({ name: one, resource: one, object: OBJECTS[one] }),
  );
  const own = mappingRow({ name: 'Own', resource, object: 'Own__c' });
  const fields = [
    ...RESOURCES.map((mapping) => ({ ...fieldRow('Name', 'id', { mapping }), name: mapping })),
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
    ['product', 'categories.0.id', 'product', 'no id of a record'],
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
  ])('%s: %s to a %s', (resource, attribute, target) => {
    const { running, found } = compile(resource, attribute, `To_${target}__c`);
    expect(found).toEqual([]);
    expect(running).toContain('Own');
  });

  it('goes to the object of its kind where the field may refer to several', () => {
    const { own } = compile('order', 'customer', 'Anybody__c');
    const { row } = own?.build({ id: 7, customer_id: 15 }, STORE) ?? {};
    expect(row?.lookups).toMatchObject([{ object: 'Contact', key: 'main:15' }]);
  });
});
