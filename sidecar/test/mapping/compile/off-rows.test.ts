import { describe, expect, it } from 'vitest';
import type { MappingRow, MappingSource } from '../../../src/mapping/model/config-rows.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const ORG = schemas(
  object('Woo_Order__c', field('Name', 'string', { nillable: false }), field('Total__c', 'double')),
);
const NAME = fieldRow('Name', 'number');
const TOTAL = fieldRow('Total__c', 'total');
const PAID = conditionRow(1, 'status', 'equals', 'completed');
const GIFT = { name: 'Order_Gift', mapping: 'order', position: 2 };

function compiled(parts: Partial<MappingSource>, more: Partial<MappingRow> = {}) {
  const mappings = [mappingRow({ name: 'Order', ...more })];
  return compileRows({ mappings, fields: [NAME], conditions: [PAID], ...parts }, ORG);
}

const off = (rows: Partial<NonNullable<MappingSource['off']>>) => ({
  off: { fields: [], conditions: [], ...rows },
});

describe('a row that is off', () => {
  it('is as if it were not there', () => {
    const { mappings, problems } = compiled(off({ fields: [TOTAL], conditions: [GIFT] }));
    expect(problems).toEqual([]);
    expect(mappings[0]?.fields.map((one) => one.field)).toEqual(['Name']);
    expect(mappings[0]?.meets({ status: 'completed' })).toBe(true);
  });

  it('holds the mapping whose condition logic names it, with place and cure', () => {
    const parts = off({ conditions: [GIFT] });
    const { mappings, problems } = compiled(parts, { conditionLogic: '1 AND 2' });
    expect(mappings).toEqual([]);
    expect(problems).toEqual([
      {
        code: 'CONDITION_LOGIC',
        mapping: 'Order',
        place: 'Order_Gift',
        fatal: true,
        message:
          'Order: the condition logic "1 AND 2" names condition 2, which is off (Order_Gift).',
        cure: 'Check Active of Order_Gift, or take 2 out of the condition logic of Order.',
      },
    ]);
    expect(compiled(parts, { conditionLogic: '1' }).problems).toEqual([]);
  });

  it('may have the position of one that is on', () => {
    const parts = off({ conditions: [{ ...GIFT, position: 1 }] });
    expect(compiled(parts, { conditionLogic: 'NOT 1' }).problems).toEqual([]);
  });

  it('is named where Salesforce requires its field', () => {
    const { mappings, problems } = compiled({ fields: [TOTAL], ...off({ fields: [NAME] }) });
    expect(mappings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'MAPPING_REQUIRED_FIELD', place: 'Map_Name' }]);
    expect(problems[0]?.message).toContain('which Woo_Order__c requires: Map_Name is off.');
    expect(problems[0]?.cure).toContain('Check Active of Map_Name');
  });

  it('leaves a mapping without fields, where all are off', () => {
    const { problems } = compiled({ fields: [], ...off({ fields: [NAME, TOTAL] }) });
    expect(problems).toMatchObject([{ code: 'MAPPING_NO_FIELDS', place: 'Order' }]);
    expect(problems[0]?.message).toContain('has no field mappings that are on');
    expect(problems[0]?.cure).toContain('(2 are off)');
  });

  it.each([
    ['with a condition', {}],
    ['without conditions', { conditions: [] }],
  ])('is named by a warning where it is one of most of a mapping %s', (_, more) => {
    const fields = [TOTAL, fieldRow('Note__c', 'note')];
    const { running, problems } = compiled({ ...more, ...off({ fields }) });
    expect(running).toEqual(['Order']);
    expect(problems).toMatchObject([{ code: 'MAPPING_FIELDS_OFF', place: 'Order', fatal: false }]);
    expect(problems[0]?.message).toContain(
      'Order: 2 of its 3 field mappings are off, and Salesforce keeps what it has in their fields: Map_Total__c, Map_Note__c.',
    );
    expect(problems[0]?.cure).toContain('docs/upgrade.md');
    expect(compiled({ ...more, ...off({ fields: [TOTAL] }) }).problems).toEqual([]);
  });

  describe('that is the last condition', () => {
    const open = { conditions: [], ...off({ conditions: [GIFT] }) };

    it('lets the mapping take every record, which is a warning', () => {
      const parts = { ...open, off: { ...open.off, fields: [TOTAL] } };
      const { mappings, problems } = compiled(parts);
      expect(mappings[0]?.meets({ status: 'pending' })).toBe(true);
      expect(problems).toMatchObject([{ code: 'CONDITION_ALL_OFF', place: 'Order', fatal: false }]);
      expect(problems[0]?.message).toContain('takes every record. Off: Order_Gift.');
    });

    it('holds the mapping where more field mappings are off than on, as after an upgrade', () => {
      const parts = { ...open, off: { ...open.off, fields: [TOTAL, fieldRow('Note__c', 'note')] } };
      const { mappings, problems } = compiled(parts);
      expect(mappings).toEqual([]);
      expect(problems).toMatchObject([{ code: 'MAPPING_ROWS_OFF', place: 'Order', fatal: true }]);
      expect(problems[0]?.message).toContain('(Order_Gift) and 2 of its 3 field mappings are off');
      expect(problems[0]?.cure).toContain('docs/upgrade.md');
    });

    it('lets the mapping run that has another one on', () => {
      expect(compiled(off({ conditions: [GIFT] })).problems).toEqual([]);
    });
  });
});
