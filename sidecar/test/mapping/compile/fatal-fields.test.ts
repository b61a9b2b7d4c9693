import { describe, expect, it } from 'vitest';
import { fieldRow } from '../support/mappings.ts';
import { NAME, link, run } from './small-org.ts';
import { expectFatal, type FatalCase } from './fatal-case.ts';

describe('a field mapping with a fatal problem holds its mapping and says why', () => {
  it.each<FatalCase>([
    [
      'unknown field',
      { fields: [fieldRow('Totl__c', 'total')] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Map_Totl__c', /"Totl__c".*Did you mean Total__c\?/s] as const),
    ],
    [
      'no field',
      { fields: [fieldRow('x', 'total', { field: null })] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Map_x', /writes to ""/] as const),
    ],
    [
      'unknown attribute',
      { fields: [fieldRow('Total__c', 'totl')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Map_Total__c', /"totl".*Did you mean total\?/s] as const),
    ],
    [
      'meta key without meta_data',
      { fields: [fieldRow('Total__c', '_po_number')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Map_Total__c', /meta_data\._po_number/] as const),
    ],
    [
      'no attribute',
      { fields: [fieldRow('Total__c', ' ')] },
      ...(['MAPPING_NO_ATTRIBUTE', 'Map_Total__c', /which WooCommerce attribute/] as const),
    ],
    [
      'path out of the data',
      { fields: [fieldRow('Total__c', 'billing.__proto__')] },
      ...(['MAPPING_BAD_PATH', 'Map_Total__c', /"__proto__"/] as const),
    ],
    [
      'image towards Salesforce',
      { fields: [fieldRow('Name', 'product_featured_image')] },
      ...(['MAPPING_ATTRIBUTE_DIRECTION', 'Map_Name', /only goes from Salesforce/] as const),
    ],
    [
      'unknown kind',
      { fields: [fieldRow('Name', 'number', { kind: 'magic' })] },
      ...(['MAPPING_UNKNOWN_KIND', 'Map_Name', /kind "magic"/] as const),
    ],
    [
      'unknown overflow',
      { fields: [fieldRow('Name', 'number', { overflow: 'spill' })] },
      ...(['MAPPING_UNKNOWN_RULE', 'Map_Name', /overflow rule "spill"/] as const),
    ],
    [
      'unknown write when',
      { fields: [fieldRow('Name', 'number', { writeWhen: 'sometimes' })] },
      ...(['MAPPING_UNKNOWN_RULE', 'Map_Name', /"sometimes"/] as const),
    ],
    [
      'unknown field direction',
      { fields: [fieldRow('Name', 'number', { direction: 'up' })] },
      ...(['MAPPING_UNKNOWN_DIRECTION', 'Map_Name', /direction "up"/] as const),
    ],
    [
      'field mapped twice',
      { fields: [NAME, fieldRow('name', 'id', { name: 'Other' })] },
      ...(['MAPPING_FIELD_TWICE', 'Other', /Name, and so does Map_Name/] as const),
    ],
    [
      'key mapped as a field',
      { fields: [fieldRow('Woo_Key__c', 'id')] },
      ...(['MAPPING_FIELD_TWICE', 'Map_Woo_Key__c', /record's key/] as const),
    ],
    [
      'read-only field',
      { fields: [fieldRow('Formula__c', 'total')] },
      ...(['MAPPING_FIELD_READ_ONLY', 'Map_Formula__c', /read-only/] as const),
    ],
    [
      'field that cannot be updated',
      { fields: [fieldRow('Source__c', 'created_via')] },
      ...(['MAPPING_FIELD_NOT_UPDATEABLE', 'Map_Source__c', /on_create/] as const),
    ],
    [
      'field that takes no value',
      { fields: [fieldRow('Place__c', 'billing')] },
      ...(['MAPPING_FIELD_TYPE', 'Map_Place__c', /type location/] as const),
    ],
    [
      'lookup kind on a text field',
      { fields: [fieldRow('Name', 'customer', link)] },
      ...(['MAPPING_NOT_A_LOOKUP', 'Map_Name', /not a lookup/] as const),
    ],
  ])('%s', (...wrong) => {
    expectFatal(wrong);
  });

  it.each([
    ['Total__c', 'ten'],
    ['Channel__c', 'Fax'],
    ['Paid__c', 'maybe'],
    ['Day__c', 'today'],
    ['Note__c', 'too long'],
    ['Name', ''],
  ])('%s does not take the static value %j', (name, staticValue) => {
    const { mappings, problems } = run({
      fields: [fieldRow(name, null, { kind: 'static', staticValue })],
    });
    expect(mappings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_STATIC', place: `Map_${name}` }]);
    // Issues and commands say the place before it.
    expect(problems[0]?.message).not.toMatch(/^Map_\w+:/);
  });

  it('a default that does not fit', () => {
    const { problems } = run({ fields: [fieldRow('Total__c', 'total', { defaultValue: 'none' })] });
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_DEFAULT', fatal: true }]);
  });
});
