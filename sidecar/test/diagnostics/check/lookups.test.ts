import { describe, expect, it } from 'vitest';
import { field, fieldRow, mappingRow } from '../../mapping/support/mappings.ts';
import { checked, described, foundIn, ORDER_FIELDS, type Scene } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('a lookup', () => {
  const contact = mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' });
  const scene = (attribute: string): Scene => ({
    objects: [
      described('Woo_Order__c', ORDER_FIELDS),
      described('Contact', [field('LastName', 'string')]),
    ],
    source: {
      mappings: [mappingRow({ name: 'Order' }), contact],
      fields: [
        NAME,
        fieldRow('LastName', 'last_name', { mapping: 'Contact' }),
        fieldRow('Contact__c', attribute, { kind: 'lookup' }),
      ],
    },
  });

  it.each([
    ['customer', []],
    ['customer_id', []],
    ['meta_data.sales_rep', []],
    ['date_paid', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.0.product_id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.product_id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['number', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.0.meta_data._sold_by', []],
  ])('by %s', async (attribute, expected) => {
    expect(await foundIn(scene(attribute))).toEqual(expected);
  });

  it("by another resource's id is told of what the field refers to", async () => {
    const product = mappingRow({ name: 'Product', resource: 'product', object: 'Contact' });
    const { mappings } = await checked({
      source: {
        mappings: [mappingRow({ name: 'Order' }), product],
        fields: [NAME, fieldRow('Contact__c', 'customer', { kind: 'lookup' })],
      },
    });
    const found = mappings[0]?.findings.find(({ code }) => code === 'MAPPING_LOOKUP_ATTRIBUTE');
    expect(found?.message).toContain(
      'customer, which is an id of the kind customer, but Contact holds product records',
    );
  });
});
