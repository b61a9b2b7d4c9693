import { describe, expect, it } from 'vitest';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { conditionRow, fieldRow, mappingRow } from '../support/mappings.ts';
import { CONTACT, LAST_NAME, NAME, ORDER, link, run } from './small-org.ts';

describe('a mapping runs with a warning', () => {
  it.each<[string, Partial<MappingSource>, string]>([
    [
      'where its key is not unique',
      { mappings: [{ ...ORDER, externalIdField: 'Other_Key__c' }] },
      'MAPPING_KEY_NOT_UNIQUE',
    ],
    [
      'where its logic leaves out a condition',
      {
        mappings: [{ ...ORDER, conditionLogic: '1' }],
        conditions: [
          conditionRow(1, 'status', 'equals', 'completed'),
          conditionRow(2, 'total', 'at_least', '10'),
        ],
      },
      'CONDITION_LOGIC',
    ],
    [
      'where nothing writes the records of an optional lookup',
      { fields: [NAME, fieldRow('Contact__c', 'customer', link)] },
      'MAPPING_LOOKUP_WITHOUT_MAPPING',
    ],
    [
      'beside a field mapping of no mapping',
      { fields: [NAME, fieldRow('Total__c', 'total', { mapping: 'Ordr' })] },
      'MAPPING_UNKNOWN_MAPPING',
    ],
    [
      'beside a condition of no mapping',
      { conditions: [conditionRow(1, 'status', 'equals', 'x', 'Ordr')] },
      'MAPPING_UNKNOWN_MAPPING',
    ],
  ])('%s', (_what, parts, code) => {
    const { mappings, problems } = run(parts);
    expect(mappings).toHaveLength(1);
    expect(problems).toMatchObject([{ code, fatal: false }]);
  });

  it('where another one writes the same records', () => {
    const again = { ...ORDER, name: 'Again' };
    const total = fieldRow('Total__c', 'total', { mapping: 'Again' });
    const { mappings, problems } = run({ mappings: [ORDER, again], fields: [NAME, total] });
    expect(mappings).toHaveLength(2);
    expect(problems).toMatchObject([{ code: 'MAPPING_SAME_OBJECT', place: 'Again', fatal: false }]);
    expect(problems[0]?.message).toBe(
      `Again and ${ORDER.name} both write order to ${ORDER.object}. They share no field. A record that both want is written by Again alone.`,
    );
  });

  it('and names the fields that both write', () => {
    const again = { ...ORDER, name: 'Again' };
    const fields = [NAME, fieldRow('Name', 'number', { mapping: 'Again' })];
    const { problems } = run({ mappings: [ORDER, again], fields });
    expect(problems[0]?.message).toContain(
      'Both write Name. A record that both want is written by Again alone.',
    );
  });

  it('but holds it where another one writes other records under the same keys', () => {
    const refund = mappingRow({ name: 'Refund', resource: 'refund', object: ORDER.object });
    const reason = fieldRow('Note__c', 'reason', { mapping: 'Refund' });
    const { mappings, problems } = run({ mappings: [ORDER, refund], fields: [NAME, reason] });
    expect(mappings.map(({ name }) => name)).toEqual([ORDER.name]);
    expect(problems).toMatchObject([{ code: 'MAPPING_SAME_KEYS', place: 'Refund', fatal: true }]);
  });

  it('but not where the other one is held itself, as it is before it has field mappings', () => {
    const half = mappingRow({ name: 'Half', resource: 'refund', object: ORDER.object });
    const { mappings, problems } = run({ mappings: [half, ORDER], fields: [NAME] });
    expect(mappings.map(({ name }) => name)).toEqual([ORDER.name]);
    expect(problems).toMatchObject([{ code: 'MAPPING_NO_FIELDS', place: 'Half', fatal: true }]);
  });

  it('but not where the other one only goes to WooCommerce', () => {
    const out = { ...CONTACT, name: 'Out', direction: 'to_woo' };
    for (const mappings of [
      [CONTACT, out],
      [out, CONTACT],
    ]) {
      const fields = [LAST_NAME, fieldRow('LastName', 'last_name', { mapping: 'Out' })];
      const { problems } = run({ mappings, fields });
      expect(problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
        'MAPPING_NOT_TO_WOO Out',
      ]);
    }
  });
});
