import { describe, expect, it } from 'vitest';
import { isHalfHeld, isHeldBack, isUnmapped, lookedAtFor } from '../../src/engine/issue-scope.ts';
import type { MappingRow, Problem } from '../../src/mapping/model/config-rows.ts';
import type { Mapping } from '../../src/mapping/model/mapping.ts';
import type { IssueScope } from '../../src/ports/issues.ts';
import { heldMappings } from '../../src/ports/held-mappings.ts';

const ORDER = { resource: 'order', object: 'Woo_Order__c' } as const;
const ITEM = { resource: 'order_item', object: 'Woo_Order_Item__c' } as const;
const active = (scope: IssueScope) => scope as Mapping;

/** A mapping that is held, with what its row says. */
function held(row: Partial<MappingRow>, code = 'MAPPING_FIELD_TWICE') {
  const rows = [{ name: 'M', label: 'M', store: null, ...row } as MappingRow];
  const problem = { code, mapping: 'M', place: 'M', message: '', cure: '', fatal: true } as Problem;
  return heldMappings({ mappings: rows }, { problems: [problem], notFor: new Map() });
}

describe('what a job looks at', () => {
  it('is what active mappings are of', () => {
    const setup = { mappings: [active(ORDER)], held: held({ ...ITEM }) };
    expect(lookedAtFor(setup)).toEqual([ORDER]);
  });

  it('is nothing of a mapping that runs without its held other half', () => {
    const half = { resource: ' Order ', object: 'woo_order__C', direction: 'to_woo' };
    const setup = { mappings: [active(ORDER), active(ITEM)], held: held(half) };
    expect(lookedAtFor(setup)).toEqual([ITEM]);
    expect(isHalfHeld(setup, ORDER)).toBe(true);
    expect(isHalfHeld(setup, ITEM)).toBe(false);
  });
});

describe('an issue', () => {
  it('is of no mapping where none is active or held', () => {
    expect(isUnmapped({ mappings: [active(ORDER)], held: [] }, ITEM)).toBe(true);
    expect(isUnmapped({ mappings: [active(ORDER)], held: [] }, ORDER)).toBe(false);
    const moved = { ...ORDER, object: 'Other__c' };
    expect(isUnmapped({ mappings: [active(moved)], held: [] }, ORDER)).toBe(true);
  });

  it.each([
    ['as it was', { ...ITEM }],
    ['with a mistake in its object', { ...ITEM, object: 'Woo_Ordr_Item__c' }],
    ['with a mistake in its resource', { ...ITEM, resource: 'order_items' }],
    ['without either', { resource: null, object: null }],
  ])('is of a held mapping %s', (_, row) => {
    const setup = { mappings: [active(ORDER)], held: held(row) };
    expect(isUnmapped(setup, ITEM)).toBe(false);
    expect(isHeldBack(setup, ITEM)).toBe(true);
    expect(isHeldBack({ ...setup, held: [] }, ITEM)).toBe(false);
    expect(isHeldBack(setup, ORDER)).toBe(false);
  });

  it('is of no mapping where a held one is of other records', () => {
    expect(isUnmapped({ mappings: [], held: held({ ...ORDER }) }, ITEM)).toBe(true);
  });
});

it('a mapping that names a store that there is not is held for every store', () => {
  expect(held({ ...ORDER, store: 'mian' }, 'MAPPING_UNKNOWN_STORE')).toMatchObject([
    { store: null, ...ORDER },
  ]);
  expect(held({ ...ORDER, store: 'main' })).toMatchObject([{ store: 'main' }]);
});
