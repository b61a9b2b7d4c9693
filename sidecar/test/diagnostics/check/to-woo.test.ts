import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { field, fieldRow, mappingRow } from '../../mapping/support/mappings.ts';
import { described, foundIn, type Scene } from './ground.ts';

describe('a mapping that goes to WooCommerce', () => {
  const both = mappingRow({
    name: 'Product',
    resource: 'product',
    object: 'Product2',
    direction: 'both',
  });
  const fieldsOf = [
    field('Name', 'string'),
    field('Description', 'textarea', { length: 4000 }),
    field('Price__c', 'double'),
    field('Image__c', 'string'),
  ];
  const product = described('Product2', fieldsOf, { label: 'Product' });
  const own = { mapping: 'Product' };
  const scene = (...fields: ReturnType<typeof fieldRow>[]): Scene => ({
    source: { mappings: [both], fields },
    objects: [product],
    flows: [
      { ApiName: 'Woo_Product_Updated', IsActive: true, TriggerObjectOrEventLabel: 'Product' },
    ],
  });

  it('is fine where values can be turned back', async () => {
    const there = scene(
      fieldRow('Name', 'name', own),
      fieldRow('Image__c', 'product_featured_image', { ...own, direction: 'to_woo' }),
    );
    expect(await foundIn(there)).toEqual([]);
  });

  it('is fine with notes of an order, and of no other record', async () => {
    const notes = [
      fieldRow('Name', 'note_private', { ...own, direction: 'to_woo' }),
      fieldRow('Image__c', 'note_to_customer', { ...own, direction: 'to_woo' }),
    ];
    const orders = { ...both, resource: 'order' as const };
    const found = await foundIn({
      ...scene(...notes),
      source: { mappings: [orders], fields: notes },
    });
    expect(found).not.toContainEqual(expect.stringContaining('MAPPING_UNKNOWN_ATTRIBUTE'));
    expect(await foundIn(scene(...notes))).toContain('error MAPPING_UNKNOWN_ATTRIBUTE Map_Name');
  });

  it('is fine with the name of a product, which is derived for variations only', async () => {
    expect(await foundIn(scene(fieldRow('Name', 'post_title', own)))).toEqual([]);
  });

  it.each([
    ['a transform', fieldRow('Description', 'description', { ...own, transform: 'plain_text' })],
    ['truncation', fieldRow('Description', 'description', { ...own, overflow: 'truncate' })],
    ['a derived attribute', fieldRow('Description', 'parent', own)],
  ])('is told of %s, which cannot be turned back', async (_, row) => {
    const found = await foundIn(scene(fieldRow('Name', 'name', own), row));
    expect(found).toContain('error MAPPING_LOSSY_BOTH_WAYS Map_Description');
  });

  it('is told of attributes that nobody can write, and of such that there are none', async () => {
    const found = await foundIn(
      scene(
        fieldRow('Price__c', 'price', own),
        fieldRow('Name', 'nmae', { ...own, direction: 'to_woo' }),
        fieldRow('Gone__c', 'sku', { ...own, direction: 'to_woo' }),
      ),
    );
    expect(found).toEqual([
      'error MAPPING_NOT_WRITABLE Map_Price__c',
      'error MAPPING_UNKNOWN_ATTRIBUTE Map_Name',
      'error MAPPING_UNKNOWN_FIELD Map_Gone__c',
    ]);
  });

  it('is told of flows that do not run, of none, and of such that it cannot see', async () => {
    const there = scene(fieldRow('Name', 'name', own));
    const flow = { ApiName: 'Woo_Product_Created', IsActive: false };
    const inactive = [{ ...flow, TriggerObjectOrEventLabel: 'Product' }];
    expect(await foundIn({ ...there, flows: inactive })).toEqual(['error FLOW_INACTIVE Product']);
    const other = [{ ...flow, TriggerObjectOrEventLabel: 'Account' }];
    expect(await foundIn({ ...there, flows: other })).toEqual(['hint FLOW_MISSING Product']);
    const refused = new CodedError('SF_REFUSED', 'no', 'none');
    expect(await foundIn({ ...there, flows: refused })).toEqual(['hint FLOW_UNKNOWN Product']);
    const limit = new CodedError('SF_LIMIT_EXCEEDED', 'no', 'none');
    await expect(foundIn({ ...there, flows: limit })).rejects.toBe(limit);
  });
});
