import { describe, expect, it } from 'vitest';

import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import type { SyncBase } from '../../../src/ports/two-way-state.ts';
import { Resolutions } from '../../../src/sync/merge/resolutions.ts';
import { verdictOf, type Circumstances } from '../../../src/sync/merge/verdict.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import { mappingTo } from '../../support/rows.ts';

const FIELD = { field: 'Name', attribute: 'name', kind: 'value', direction: 'both' };
const CHANGED = { woo: 'of the shop', salesforce: 'of Salesforce', pending: undefined };
const BEFORE = [digest('before'), digest('before')] as const;

function verdict(
  field: Partial<OutgoingField>,
  rule: ConflictRule,
  base: readonly [string, string] | undefined,
  more: Partial<Circumstances> = {},
) {
  const row = {
    mapping: mappingTo('Product2', { resource: 'product', conflictRule: rule }),
    key: 'main:1',
    record: { date_modified_gmt: '2026-11-24T10:00:00' },
  } as unknown as Planned;
  const { step, conflict } = verdictOf(
    {
      row,
      held: { Id: '01t000000000001AAA', LastModifiedDate: '2026-11-24T11:00:00.000+0000' },
      decided: new Resolutions(new Map()),
      owner: undefined,
      told: true,
      mayBeTyped: false,
      isOurs: false,
      ...more,
    },
    { ...FIELD, ...field } as OutgoingField,
    { ...CHANGED, base },
  );
  return conflict ? `${step}, a conflict` : step;
}

describe('a field that both sides have', () => {
  it.each<[string, ConflictRule]>([
    ['to_salesforce, a conflict', 'woo_wins'],
    ['to_woo, a conflict', 'salesforce_wins'],
    ['to_woo, a conflict', 'newest_wins'],
    ['ask, a conflict', 'ask'],
  ])('is %s by the rule %s', (said, rule) => {
    expect(verdict({}, rule, BEFORE)).toBe(said);
    expect(verdict({}, rule, undefined)).toBe(said);
  });

  it.each<[string, ConflictRule, typeof BEFORE | undefined]>([
    ['to_salesforce, a conflict', 'salesforce_wins', undefined],
    ['ask, a conflict', 'ask', undefined],
    ['to_woo, a conflict', 'salesforce_wins', BEFORE],
  ])('is %s by the rule %s where we changed the record last, known %j', (said, rule, base) => {
    expect(verdict({}, rule, base, { isOurs: true })).toBe(said);
  });

  it('goes back into Salesforce where the shop alone says it', () => {
    expect(verdict({ isShops: () => true }, 'salesforce_wins', BEFORE)).toBe('to_salesforce');
    expect(verdict({ isShops: () => false }, 'salesforce_wins', BEFORE)).toBe('to_woo, a conflict');
  });
});

describe('a field of a record that belongs to another store', () => {
  const owner: SyncBase = {
    object: 'Product2',
    key: 'outlet:5',
    recordId: '01t000000000001AAA',
    base: { [agreedName({ field: 'Name', attribute: 'name' })]: BEFORE },
    pending: {},
  };

  it.each<[string, Partial<OutgoingField>, Partial<Circumstances>]>([
    ['to_woo', { direction: 'to_woo' }, {}],
    ['keep', { direction: 'both' }, {}],
    ['to_woo', { direction: 'both' }, { owner }],
  ])('is %s where it is %j, of its owner %j', (said, field, more) => {
    expect(verdict({ onlyEdits: true, ...field }, 'woo_wins', BEFORE, more)).toBe(said);
  });

  it('is measured on first contact by what Salesforce has reported', () => {
    const field = { onlyEdits: true, direction: 'to_woo' } as const;
    expect(verdict(field, 'woo_wins', undefined)).toBe('to_woo');
    expect(verdict(field, 'woo_wins', undefined, { told: false })).toBe('keep');
  });
});
