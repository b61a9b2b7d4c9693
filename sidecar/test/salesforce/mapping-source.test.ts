import { describe, expect, it } from 'vitest';
import { toMappingSource } from '../../src/salesforce/mapping-source.ts';

const NONE = { stores: [], mappings: [], fields: [], conditions: [], every: [], transitions: [] };
const Mapping__r = { DeveloperName: 'Order', Active__c: true };

const field = (DeveloperName: string, Active__c?: boolean) => ({
  DeveloperName,
  Mapping__r,
  Active__c,
  Salesforce_Field__r: { QualifiedApiName: 'Total__c' },
  Salesforce_Field__c: 'Total__c',
});
const condition = (DeveloperName: string, Position__c: number, Active__c?: boolean) => ({
  DeveloperName,
  Mapping__r,
  Position__c,
  Active__c,
});

function read(
  fields: readonly ReturnType<typeof field>[],
  conditions: readonly ReturnType<typeof condition>[],
  every = fields,
) {
  const found = toMappingSource({ ...NONE, fields, conditions, every });
  return {
    ...found,
    fields: found.fields.map(({ name }) => name),
    conditions: found.conditions.map(({ name }) => name),
  };
}

describe('the checkbox Active of field mappings and conditions', () => {
  it('tells those that are off from the others', () => {
    const found = read(
      [field('Total', true), field('Note', false)],
      [condition('Paid', 1, false), condition('Gift', 2, true)],
    );
    expect(found).toMatchObject({ fields: ['Total'], conditions: ['Gift'] });
    expect(found.off).toEqual({
      fields: [{ name: 'Note', mapping: 'Order', field: 'Total__c' }],
      conditions: [{ name: 'Paid', mapping: 'Order', position: 1 }],
    });
    expect(found.isActiveUnfilled).toBeUndefined();
  });

  it('says nothing where all are on', () => {
    const found = read([field('Total', true)], [condition('Paid', 1, true)]);
    expect(found).toMatchObject({ fields: ['Total'], conditions: ['Paid'] });
    expect(found.off).toBeUndefined();
  });

  it.each([false, undefined])(
    'switches nothing off where an upgrade brought it and the org filled none: %s',
    (active) => {
      const found = read([field('Total', active), field('Note', active)], [condition('Paid', 1)]);
      expect(found).toMatchObject({
        fields: ['Total', 'Note'],
        conditions: ['Paid'],
        isActiveUnfilled: true,
        hidden: { fields: [] },
      });
      expect(found.off).toBeUndefined();
    },
  );

  it('is filled where a hidden field mapping is active', () => {
    const off = field('Total', false);
    const found = read([off], [condition('Paid', 1, true)], [off, field('Hidden', true)]);
    expect(found).toMatchObject({
      fields: [],
      conditions: ['Paid'],
      hidden: { fields: [{ name: 'Hidden' }] },
    });
  });
});
