import { describe, expect, it } from 'vitest';

import type { Base, SyncBase } from '../../../src/ports/two-way-state.ts';
import { decideShared, editOf, isTyped, noEdit } from '../../../src/sync/merge/edits-to-all.ts';
import { NOT_WRITTEN } from '../../../src/sync/merge/three-way.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';

const NAME = { field: 'Name', attribute: 'name' };
const PRICE = { field: 'Price__c', attribute: 'regular_price' };
const [TEA, MUG] = [digest('Tea'), digest('Mug')];

function owner(base: Base, pending: Base = {}): SyncBase {
  return { object: 'Product2', key: 'main:1', recordId: '01t1', base, pending };
}

describe('a value of a record that two stores share was typed in Salesforce', () => {
  const agreed: Base = { [agreedName(NAME)]: [TEA, TEA] };

  it.each<[string, boolean, SyncBase | undefined]>([
    ['nothing is known of the owner', false, undefined],
    ['the owner has agreed on no such field', false, owner({ [agreedName(PRICE)]: [TEA, TEA] })],
    ['it is not what the owner agreed on', true, owner(agreed)],
    ['it is what the owner agreed on', false, owner({ [agreedName(NAME)]: [MUG, MUG] })],
    ['the owner has just written it', false, owner(agreed, { [agreedName(NAME)]: ['', MUG] })],
    ['the owner is writing something else', true, owner(agreed, { [agreedName(NAME)]: ['', TEA] })],
    [
      'the owner’s shop has got it as an edit',
      true,
      owner({ [agreedName(NAME)]: [MUG, MUG], ...editOf(NAME, MUG) }),
    ],
    [
      'the owner’s shop has got another field’s edit',
      false,
      owner({ [agreedName(NAME)]: [MUG, MUG], ...editOf(PRICE, MUG) }),
    ],
    [
      'the owner’s shop has written over the edit since',
      false,
      owner({ [agreedName(NAME)]: [MUG, MUG], ...editOf(NAME, MUG), ...noEdit(NAME) }),
    ],
  ])('where %s: %s', (_, typed, of) => {
    expect(isTyped(NAME, 'Mug', of)).toBe(typed);
  });
});

describe('another shop that has the record', () => {
  const ASKED = { woo: 'Cup', salesforce: 'Mug', step: undefined, typed: true, told: true };

  it.each<[string, string, Partial<Parameters<typeof decideShared>[0]>]>([
    ['gets what was typed', 'to_woo', {}],
    ['gets it once', 'keep', { step: [TEA, MUG] }],
    ['gets what was typed since', 'to_woo', { step: [MUG, TEA], told: false }],
    ['gets nothing that nobody typed', 'keep', { typed: false }],
    ['keeps what it had on first contact', 'keep', { told: false }],
    ['agrees where it holds the same', 'agree', { woo: 'Mug' }],
  ])('%s: %s', (_, step, over) => {
    expect(decideShared({ ...ASKED, ...over })).toEqual({ step, conflict: false });
  });
});

it('what nobody typed is kept under the same name as an edit, in its place', () => {
  const [[name, kept] = []] = Object.entries(noEdit(NAME));
  expect([name]).toEqual(Object.keys(editOf(NAME, MUG)));
  expect(kept).toEqual([NOT_WRITTEN, NOT_WRITTEN]);
});
