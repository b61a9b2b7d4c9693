import { describe, expect, it } from 'vitest';
import { field, fieldRow, mappingRow } from '../../mapping/support/mappings.ts';
import { checked, described, foundIn, ORDER_FIELDS } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('a mapping that is right', () => {
  it('has nothing said of it', async () => {
    const report = await checked({ source: { fields: [NAME, fieldRow('Total__c', 'total')] } });
    expect(report.setup).toEqual([]);
    expect(report.stores).toMatchObject([{ store: 'main', findings: [] }]);
    expect(report.mappings).toMatchObject([{ mapping: 'Order', findings: [] }]);
  });

  it('names what is not active, and does not check it', async () => {
    const mappings = [
      mappingRow({ name: 'Order' }),
      mappingRow({ name: 'Old', object: 'Nope__c', active: false }),
    ];
    const report = await checked({ source: { mappings, fields: [NAME] } });
    expect(report.inactive).toEqual(['Old']);
    expect(report.mappings.map(({ mapping }) => mapping)).toEqual(['Order']);
  });
});

describe('what holds a mapping', () => {
  it('is an error, what it runs with a warning', async () => {
    const found = await foundIn({
      source: {
        fields: [
          NAME,
          fieldRow('Totl__c', 'total'),
          fieldRow('Email__c', 'billing.emial.x.'),
          fieldRow('Account__c', 'customer', { kind: 'lookup' }),
        ],
      },
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'error MAPPING_UNKNOWN_FIELD Map_Totl__c',
        'error MAPPING_BAD_PATH Map_Email__c',
      ]),
    );
  });

  it('is a mapping without field mappings', async () => {
    expect(await foundIn({})).toEqual(['error MAPPING_NO_FIELDS Order']);
  });

  it('is a required field that nothing fills', async () => {
    const needs = field('Reason__c', 'string', { nillable: false });
    const objects = [described('Woo_Order__c', [...ORDER_FIELDS, needs])];
    expect(await foundIn({ source: { fields: [NAME] }, objects })).toContain(
      'error MAPPING_REQUIRED_FIELD Order',
    );
  });
});
