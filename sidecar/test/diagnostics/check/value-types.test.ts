import { describe, expect, it } from 'vitest';
import { fieldRow } from '../../mapping/support/mappings.ts';
import { checked, foundIn } from './ground.ts';

describe('the type of an attribute and of its field', () => {
  const cases: readonly (readonly [string, string, string | null, string | null])[] = [
    ['Total__c', 'line_items', null, 'error'],
    ['Total__c', 'categories', null, null], // no attribute of an order: said elsewhere
    ['Name', 'line_items', null, 'error'],
    ['Name', 'line_items.name', null, 'error'],
    ['Name', 'line_items.0.name', null, null],
    ['Name', 'line_items.name', 'join', null],
    ['Name', 'line_items.name', 'first', null],
    ['Name', 'line_items', 'json', null],
    ['Tags__c', 'line_items.name', null, null],
    ['Name', 'billing', null, 'error'],
    ['Name', 'billing', 'street', null],
    ['Total__c', 'status', null, 'error'],
    ['Total__c', 'date_paid', null, 'error'],
    ['Total__c', 'customer_note', null, 'warning'],
    ['Total__c', 'customer_note', 'number', null],
    ['Name', 'customer_note', 'number', 'warning'],
    ['Name', 'total', 'number', 'warning'],
    ['On__c', 'meta_data.day', 'number', 'warning'],
    ['Paid__c', 'meta_data.paid', 'number', null],
    ['Total__c', 'total', null, null],
    ['Total__c', 'order_total', null, null],
    ['Total__c', 'meta_data.weight', null, null],
    ['Paid__c', 'total', null, 'error'],
    ['Paid__c', 'needs_payment', null, null],
    ['On__c', 'date_paid', null, null],
    ['On__c', 'total', null, 'error'],
    ['Email__c', 'billing.email', null, null],
    ['Email__c', 'billing.city', null, 'warning'],
    ['Email__c', 'status', null, 'error'],
    ['Contact__c', 'customer_id', null, 'error'],
  ];

  it.each(cases)('%s ← %s with %s: %s', async (target, attribute, transform, severity) => {
    const found = await foundIn({
      source: { fields: [fieldRow(target, attribute, { transform })] },
    });
    const types = found.filter((line) => /_TYPE|LOOKUP_KIND/.test(line));
    const held = target === 'Contact__c' ? 'MAPPING_LOOKUP_KIND' : 'MAPPING_VALUE_TYPE';
    const code = severity === 'error' ? held : 'CHECK_FIELD_TYPE';
    expect(types).toEqual(severity === null ? [] : [`${severity} ${code} Map_${target}`]);
  });

  it.each([
    ['the transform does not suit the attribute', { attribute: 'date_paid', transform: 'number' }],
    ['the transform is unknown', { attribute: 'customer_note', transform: 'numbr' }],
    ['a rule is unknown', { field: 'Total__c', attribute: 'customer_note', overflow: 'trunc' }],
  ])('is left out where an error explains the row: %s', async (_what, row) => {
    const found = await foundIn({
      source: { fields: [fieldRow('Name', 'customer_note', row)] },
    });
    expect(found.filter((line) => line.endsWith(' Map_Name'))).toEqual([
      expect.stringMatching(/^error MAPPING_/) as string,
    ]);
  });

  it('is said with both names and what to do', async () => {
    const { mappings } = await checked({
      source: { fields: [fieldRow('Total__c', 'line_items')] },
    });
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding?.message).toBe(
      'Map_Total__c writes line_items to Total__c: a list to a field that takes a number.',
    );
    expect(finding?.cure).toMatch(/first.*line_items\.0.*join/);
  });
});
