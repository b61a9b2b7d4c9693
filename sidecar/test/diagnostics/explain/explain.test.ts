import { describe, expect, it } from 'vitest';
import { sameValue } from '../../../src/diagnostics/explain/org-records.ts';
import { recorded } from '../../mapping/support/mappings.ts';
import { COMPLETED, explained } from './explained.ts';

describe('other records', () => {
  const customer = recorded('customers', 12);

  it('are found whatever their place', async () => {
    const trashed = { ...COMPLETED, status: 'trash' };
    const { parts } = await explained({ records: { orders: [trashed] } }, 'order', '3801');
    expect(parts[0]?.mappings[0]?.action).toBe('none');
    const one = await explained(
      { records: { customers: [customer] } },
      'customer',
      String(customer['id']),
    );
    expect(one.parts[0]?.mappings[0]).toMatchObject({ mapping: 'Contact', action: 'create' });
  });

  it.each([
    ['order', '99', 'RECORD_NOT_FOUND'],
    ['customer', 'guest:nobody@store.example', 'RECORD_NOT_FOUND'],
    ['product', 'SKU-7', 'RECORD_ID_INVALID'],
  ] as const)('%s %s: %s', async (subject, id, code) => {
    await expect(
      explained({ records: { orders: [COMPLETED] } }, subject, id),
    ).rejects.toMatchObject({
      code,
    });
  });
});

describe('a value beside what is there', () => {
  it.each([
    ['2026-11-24T22:36:02Z', '2026-11-24T22:36:02.000+0000', true],
    ['2026-11-24T22:36:02Z', '2026-11-24T22:36:03.000+0000', false],
    [10.5, 10.5, true],
    [null, undefined, true],
    ['a', 'A', false],
    [false, null, false],
  ])('%s and %s: %s', (written, there, same) => {
    expect(sameValue(written, there)).toBe(same);
  });
});
