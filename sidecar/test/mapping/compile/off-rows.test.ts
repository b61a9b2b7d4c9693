import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { MappingRow, MappingSource } from '../../../src/mapping/model/config-rows.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
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
  return compileMappings(source({ mappings, fields: [NAME], conditions: [PAID], ...parts }), ORG);
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
        ...{ code: 'CONDITION_LOGIC', mapping: 'Order', place: 'Order_Gift', fatal: true },
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
});
