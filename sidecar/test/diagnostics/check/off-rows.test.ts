import { describe, expect, it } from 'vitest';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { conditionRow, fieldRow } from '../../mapping/support/mappings.ts';
import { checked, short } from './ground.ts';

const NAME = fieldRow('Name', 'number');
const PAID = conditionRow(1, 'status', 'equals', 'completed');

async function found(parts: Partial<MappingSource>) {
  const { setup, mappings } = await checked({
    source: { fields: [NAME], conditions: [PAID], ...parts },
  });
  return { setup, findings: mappings[0]?.findings ?? [] };
}

describe('rows that are off', () => {
  it('are counted and named, as a hint, and warned of where they are most', async () => {
    const fields = ['Order_Note', 'Order_Total'].map((name) => ({
      name,
      mapping: 'Order',
      field: 'Note__c',
    }));
    const conditions = [{ name: 'Order_Gift', mapping: 'Order', position: 2 }];
    const { findings } = await found({ off: { fields, conditions } });
    expect(findings.map(short)).toEqual([
      'warning MAPPING_FIELDS_OFF Order',
      'hint CHECK_ROWS_OFF Order',
    ]);
    expect(findings[1]?.message).toBe(
      '2 field mappings and 1 condition of Order are off: Order_Note, Order_Total, Order_Gift.',
    );
    const [few] = fields;
    const { findings: hint } = await found({ off: { fields: few ? [few] : [], conditions: [] } });
    expect(hint.map(short)).toEqual(['hint CHECK_ROWS_OFF Order']);
  });

  it('are told of where they leave the mapping without a condition', async () => {
    const off = { fields: [], conditions: [{ name: 'Paid', mapping: 'Order', position: 1 }] };
    const { findings } = await found({ conditions: [], off });
    expect(findings.map(short)).toEqual([
      'warning CONDITION_ALL_OFF Order',
      'hint CHECK_ROWS_OFF Order',
    ]);
    expect(findings[0]?.message).toContain(
      'no condition is on, so it takes every record. Off: Paid.',
    );
    expect(findings[1]?.message).toBe('1 condition of Order is off: Paid.');
    const other = { fields: [], conditions: [{ name: 'Paid', mapping: 'Other', position: 1 }] };
    expect((await found({ off: other })).findings).toEqual([]);
  });

  it('are taken for on where the org has filled none, which is a warning', async () => {
    const { setup } = await found({ isActiveUnfilled: true });
    expect(setup.map(short)).toEqual(['warning CHECK_ACTIVE_UNFILLED Woo_Field_Mapping']);
    expect(setup[0]?.cure).toContain('deploy them');
    expect((await found({})).setup).toEqual([]);
  });
});
