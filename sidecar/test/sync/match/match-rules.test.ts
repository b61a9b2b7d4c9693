import { describe, expect, it } from 'vitest';

import {
  decide,
  relationOf,
  type MatchCandidate,
  type MatchRequest,
} from '../../../src/sync/match/match-rules.ts';

const customer: MatchRequest = { key: 'main:5', isCustomer: true, email: 'ada@example.com' };
const guest: MatchRequest = {
  key: 'main:guest:ada@example.com',
  isCustomer: true,
  email: 'ada@example.com',
};
const nameless: MatchRequest = { key: 'main:5', isCustomer: true, email: null };
const product: MatchRequest = { key: 'main:5', isCustomer: false, email: null };

describe('what a record is to who looks for it', () => {
  it.each([
    ['a customer', customer, null, 'free'],
    ['a customer', customer, '', 'free'],
    ['a customer', customer, 'main:5', 'own'],
    ['a customer', customer, 'main:6', 'stranger'],
    ['a customer', customer, 'main:guest:ada@example.com', 'former'],
    ['a customer', customer, 'main:guest:other@example.com', 'stranger'],
    ['a customer', customer, 'other:5', 'shared'],
    ['a customer', customer, 'other:guest:ada@example.com', 'shared'],
    ['a customer', customer, 'C-000017', 'shared'],
    ['one without an address', nameless, 'main:6', 'stranger'],
    ['one without an address', nameless, 'main:guest:ada@example.com', 'stranger'],
    ['a guest', guest, 'main:5', 'account'],
    ['a guest', guest, 'main:guest:other@example.com', 'stranger'],
    ['a product', product, 'main:6', 'stranger'],
    ['a product', product, 'other:6', 'shared'],
  ] as const)('%s (%o) and a record with the key %s: %s', (_who, request, key, relation) => {
    expect(relationOf(request, key, false)).toBe(relation);
  });

  it('is a former one’s where the shop has deleted the customer whose key it carries', () => {
    const gone = new Set(['main:6']);
    expect(relationOf(customer, 'main:6', false, gone)).toBe('former');
    expect(relationOf(customer, 'main:6', true, gone)).toBe('former');
    expect(relationOf(customer, 'main:7', false, gone)).toBe('stranger');
    expect(relationOf(guest, 'main:6', false, gone)).toBe('account');
    expect(relationOf(product, 'main:6', false, gone)).toBe('stranger');
    expect(relationOf(customer, 'other:6', false, new Set(['other:6']))).toBe('shared');
  });

  it('is shared where it is the account of several customers', () => {
    expect(relationOf(customer, 'main:6', true)).toBe('shared');
    expect(relationOf(customer, 'main:guest:ada@example.com', true)).toBe('former');
  });
});

const hit = (recordId: string, key: string | null = null): MatchCandidate => ({
  recordId,
  key,
  modified: null,
});
const of = (...hits: MatchCandidate[]) => ({ hits, through: false });

describe('the decision', () => {
  it('is the record with the own key, whatever else matches', () => {
    const found = decide(customer, [hit('a', 'main:5')], [of(hit('b'), hit('c'))]);
    expect(found).toMatchObject({ kind: 'link', recordId: 'a', adopted: false, byId: false });
  });

  it('comes from the first field that finds somebody who is no stranger', () => {
    const fields = [of(), of(hit('a', 'main:9')), of(hit('b')), of(hit('c'))];
    expect(decide(customer, [], fields)).toMatchObject({ kind: 'link', recordId: 'b' });
  });

  it('is not made between several, be they free or shared', () => {
    expect(decide(customer, [], [of(hit('a'), hit('b', 'other:1'), hit('c', 'main:9'))])).toEqual({
      kind: 'ambiguous',
      recordIds: ['a', 'b'],
    });
  });

  it('prefers what the same person has in this store already', () => {
    const fields = [of(hit('a'), hit('b', 'main:guest:ada@example.com'))];
    expect(decide(customer, [], fields)).toMatchObject({
      recordId: 'b',
      formerKey: 'main:guest:ada@example.com',
      byId: false,
      silent: false,
    });
  });

  it('lets a guest point to the account, and keep quiet', () => {
    expect(decide(guest, [], [of(hit('a', 'main:5'))])).toMatchObject({
      recordId: 'a',
      byId: true,
      silent: true,
      formerKey: null,
    });
  });

  it('is to create where nobody is found', () => {
    expect(decide(product, [], [of(), of(hit('a', 'main:9'))])).toEqual({ kind: 'create' });
  });
});
