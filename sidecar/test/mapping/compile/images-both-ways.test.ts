import { describe, expect, it } from 'vitest';
import type { FieldMappingRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import { compileRows, field, fieldRow, mappingRow, object, schemas } from '../support/mappings.ts';

const ORG = schemas(
  object(
    'Product2',
    field('Name', 'string', { nillable: false }),
    field('Main__c', 'string', { length: 255 }),
    field('More__c', 'textarea', { length: 5000 }),
    field('Formula__c', 'string', { calculated: true, createable: false, updateable: false }),
    field('Fixed__c', 'string', { updateable: false }),
  ),
);

function compile(fields: readonly FieldMappingRow[], more: Partial<MappingRow> = {}) {
  const row = mappingRow({
    name: 'Product',
    resource: 'product',
    object: 'Product2',
    direction: 'both',
    ...more,
  });
  const name = fieldRow('Name', 'name', { mapping: 'Product' });
  const { mappings, problems } = compileRows({ mappings: [row], fields: [name, ...fields] }, ORG);
  return { mapping: mappings[0], codes: problems.map(({ code }) => code) };
}

const images = (target: string, direction: string | null, attribute = 'product_featured_image') =>
  fieldRow(target, attribute, { mapping: 'Product', direction });

describe('images of a mapping that goes both ways', () => {
  it('go both ways where their field mapping says so', () => {
    const { mapping, codes } = compile([
      images('Main__c', 'both'),
      images('More__c', 'Both', 'product_gallery_images'),
    ]);
    expect(codes).toEqual([]);
    const written = mapping?.outgoing.filter(({ kind }) => kind !== 'value');
    expect(written).toMatchObject([
      { kind: 'featured_image', field: 'Main__c', direction: 'both', length: 255 },
      { kind: 'gallery_images', field: 'More__c', direction: 'both', length: 5000 },
    ]);
    const record = { id: 7, name: 'Tea', images: [{ id: 3 }] };
    const store = { key: 'main', url: 'https://shop.example' };
    expect(mapping?.build(record, store).row?.fields).toEqual({ Name: 'Tea' });
    expect(mapping?.fields).toContainEqual(
      expect.objectContaining({ field: 'Main__c', direction: 'both', lossy: null }),
    );
  });

  it('only go to the shop where it says nothing', () => {
    const { mapping, codes } = compile([images('Main__c', null)]);
    expect(codes).toEqual([]);
    expect(mapping?.outgoing).toContainEqual(
      expect.objectContaining({ kind: 'featured_image', direction: 'to_woo' }),
    );
  });

  it.each([
    ['a formula', [images('Formula__c', 'both')], 'MAPPING_FIELD_READ_ONLY'],
    [
      'a field that nobody may change',
      [images('Fixed__c', 'both')],
      'MAPPING_FIELD_NOT_UPDATEABLE',
    ],
    ['a field that is not there', [images('Other__c', 'both')], 'MAPPING_UNKNOWN_FIELD'],
    ['a field that is taken', [images('Name', 'both')], 'MAPPING_FIELD_TWICE'],
  ])('are not written to %s', (_what, fields, code) => {
    const { mapping, codes } = compile(fields);
    expect([mapping, codes]).toEqual([undefined, [code]]);
  });

  it('do not come back where the mapping only goes to Salesforce, or is not of products', () => {
    const both = [images('Main__c', 'both')];
    expect(compile(both, { direction: 'to_salesforce' }).codes).toContain(
      'MAPPING_ATTRIBUTE_DIRECTION',
    );
    expect(compile(both, { resource: 'customer' }).codes).toContain('MAPPING_ATTRIBUTE_DIRECTION');
  });

  it('only go to the shop where the whole mapping does', () => {
    const { mapping } = compile([images('Main__c', 'both')], { direction: 'to_woo' });
    expect(mapping?.outgoing).toContainEqual(
      expect.objectContaining({ kind: 'featured_image', direction: 'to_woo' }),
    );
  });
});
