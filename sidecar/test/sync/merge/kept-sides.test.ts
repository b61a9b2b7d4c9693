import { describe, expect, it } from 'vitest';

import type { KeptField, Mapping } from '../../../src/mapping/model/mapping.ts';
import type { FieldValue } from '../../../src/mapping/model/record.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { FieldVersions, SyncBase } from '../../../src/ports/two-way-state.ts';
import {
  asks,
  hadAnotherKey,
  isLost,
  onceWritten,
  openKeys,
  sent,
  type Sides,
  sidesOf,
  stepOf,
  withForgotten,
} from '../../../src/sync/merge/kept-sides.ts';
import type { Linked } from '../../../src/sync/merge/linked.ts';
import { conflictKey } from '../../../src/sync/merge/resolutions.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Found } from '../../../src/sync/model/record.ts';
import { US } from '../../support/holding-org.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const OBJECT = 'Contact';
const KEY = 'main:1';
const RECORD = '003000000000001AAA';
const MODIFIED = '2026-11-24T10:00:00.000+0000';

/** Stands in where it begins with an @; the shop has no name where its record says so. */
function kept(field: string, more: Partial<KeptField> = {}): KeptField {
  return {
    field,
    attribute: field.toLowerCase(),
    isMatch: false,
    isHashed: true,
    form: (value) => (typeof value === 'string' && value !== '' ? value.trim() : null),
    isStandIn: (held) => String(held).startsWith('@'),
    isNameless: (record) => record['nameless'] === true,
    ...more,
  };
}

const NAME = kept('LastName');
const EMAIL = kept('Email', { isMatch: true });
const both = (value: FieldValue): FieldVersions => [digest(value), digest(value)];
/** What is known of a field that holds what a person typed. */
const persons = (value: FieldValue): FieldVersions => [digest(value), ''];

interface Given {
  readonly fields?: Readonly<Record<string, string>>;
  readonly mapping?: Partial<Mapping>;
  readonly link?: Partial<Link> | null;
  readonly found?: Partial<Found>;
  readonly nameless?: boolean;
  readonly base?: Partial<SyncBase>;
}

function linked(given: Given = {}): Linked {
  const { fields = { LastName: 'of the shop' }, link = {} } = given;
  return {
    row: {
      mapping: mappingTo(OBJECT, { resource: 'customer', kept: [NAME], ...given.mapping }),
      key: KEY,
      parentKey: null,
      record: { nameless: given.nameless === true },
      row: rowOf(KEY, fields),
      link: link === null ? undefined : { byId: false, state: 'verified', ...link },
      found: given.found,
    },
    recordId: RECORD,
    base: given.base && {
      object: OBJECT,
      key: KEY,
      recordId: RECORD,
      base: {},
      pending: {},
      ...given.base,
    },
  } as unknown as Linked;
}

function sides(over: Partial<Sides> = {}): Sides {
  return {
    field: NAME,
    woo: 'of the shop',
    salesforce: 'of Salesforce',
    step: undefined,
    base: undefined,
    isUnderWay: false,
    modified: MODIFIED,
    isUntouched: false,
    ...over,
  };
}

const held = (more: Readonly<Record<string, unknown>> = {}) =>
  ({
    Id: RECORD,
    LastName: ' of Salesforce ',
    LastModifiedById: US,
    LastModifiedDate: MODIFIED,
    CreatedDate: MODIFIED,
    ...more,
  }) as OrgRow;

it('only fields of which the shop says something are sent', () => {
  expect(sent(linked({ mapping: { kept: [NAME, EMAIL] } }).row)).toEqual([NAME]);
});

describe('the sides of a field', () => {
  it('are none of a record that is not there', () => {
    expect(sidesOf(linked(), undefined, US)).toEqual([]);
  });

  it('are what both hold in the same form', () => {
    expect(sidesOf(linked(), held(), US)).toEqual([sides({ isUntouched: true })]);
  });

  it.each<[boolean, string | null, Readonly<Record<string, unknown>>]>([
    [true, US, {}],
    [false, US, { LastModifiedById: '005000000000002AAA' }],
    [false, US, { CreatedDate: '2026-11-24T09:00:00.000+0000' }],
    [false, null, {}],
    [false, null, { LastModifiedById: null }],
  ])('are of a record that nobody has touched: %s for %s, %j', (isUntouched, us, more) => {
    expect(sidesOf(linked(), held(more), us)).toMatchObject([{ isUntouched }]);
  });

  const NAMED = agreedName(NAME);

  it.each<[string, Partial<SyncBase>, Partial<Sides>]>([
    [
      'nothing is under way',
      { base: { [NAMED]: both('a') } },
      { isUnderWay: false, base: both('a'), step: both('a') },
    ],
    [
      'a person typed it',
      { base: { [NAMED]: persons('a') } },
      { isUnderWay: false, base: persons('a'), step: persons('a') },
    ],
    [
      'a write has not arrived',
      { base: { [NAMED]: both('a') }, pending: { [NAMED]: ['', digest('b')] } },
      { isUnderWay: true, step: both('a') },
    ],
    [
      'a write has arrived',
      { base: { [NAMED]: both('a') }, pending: { [NAMED]: ['', digest('of Salesforce')] } },
      { isUnderWay: true, step: both('of Salesforce') },
    ],
    [
      'the first write has not arrived',
      { pending: { [NAMED]: ['', digest('b')] } },
      { isUnderWay: true, step: undefined },
    ],
  ])('are measured by what is known where %s', (_, base, said) => {
    expect(sidesOf(linked({ base }), held(), US)).toMatchObject([said]);
  });

  it('are a person’s still where the write of a match field has arrived', () => {
    const name = agreedName(EMAIL);
    const one = linked({
      fields: { Email: 'b' },
      mapping: { kept: [EMAIL] },
      base: { base: { [name]: persons('a') }, pending: { [name]: ['', digest('b')] } },
    });
    expect(sidesOf(one, held({ Email: 'b' }), US)).toMatchObject([{ step: persons('b') }]);
  });
});

it.each<[KeptField, FieldVersions | undefined, FieldVersions]>([
  [NAME, undefined, both('w')],
  [NAME, persons('a'), both('w')],
  [EMAIL, undefined, persons('w')],
  [EMAIL, persons('a'), persons('w')],
  [EMAIL, both('a'), both('w')],
])('once $field is written, known before %j, it holds %j', (field, base, said) => {
  expect(onceWritten(field, digest('w'), base)).toEqual(said);
});

describe('what becomes of a field', () => {
  const changed = { step: both('before') };

  it.each<[string, string, Partial<Sides>, Given]>([
    ['agree', 'both hold the same', { salesforce: 'of the shop' }, {}],
    ['bring', 'Salesforce holds nothing', { salesforce: null }, {}],
    ['keep', 'they differ and nothing is known', {}, {}],
    ['bring', 'Salesforce holds a stand-in', { salesforce: '@ada' }, {}],
    ['bring', 'so it does by its key', { salesforce: '@ada' }, { found: { adopted: false } }],
    ['keep', 'that was there before', { salesforce: '@ada' }, { found: { adopted: true } }],
    ['keep', 'the shop has not changed it', { step: [digest('of the shop'), 'x'] }, {}],
    ['conflict', 'both have changed it', changed, {}],
    ['bring', 'the shop alone has', { step: [digest('a'), digest('of Salesforce')] }, {}],
    ['leave', 'the shop has no name', changed, { nameless: true }],
    [
      'leave',
      'a new account lacks it',
      { ...changed, woo: null },
      { found: { baseKey: 'main:7' } },
    ],
    ['conflict', 'it says another', changed, { found: { baseKey: 'main:7' } }],
    ['conflict', 'the account is the same', { ...changed, woo: null }, {}],
  ])('%s where %s', (step, _, over, given) => {
    expect(stepOf(linked(given), sides(over))).toBe(step);
  });

  it('goes by another key where the record had one', () => {
    expect(hadAnotherKey(linked({ found: { baseKey: 'main:7' } }).row)).toBe(true);
    expect(hadAnotherKey(linked({ found: { baseKey: null } }).row)).toBe(false);
  });
});

describe('nobody but a person decides', () => {
  it.each<[boolean, Partial<Sides>, Given]>([
    [false, { step: both('a') }, {}],
    [false, { step: undefined }, {}],
    [true, { step: both('a') }, { mapping: { conflictRule: 'ask' } }],
    [true, { step: ['', ''] }, {}],
    [false, { step: persons('a') }, {}],
    [true, { step: persons('a'), field: EMAIL }, {}],
    [false, { step: both('a'), field: EMAIL }, {}],
    [false, { step: undefined, field: EMAIL }, {}],
  ])('%s: %j %j', (isAsked, over, given) => {
    expect(asks(linked(given), sides(over))).toBe(isAsked);
  });

  it.each<[boolean, FieldVersions | undefined]>([
    [true, ['', '']],
    [false, ['', 'x']],
    [false, ['x', '']],
    [false, undefined],
  ])('lost is %s of %j', (lost, known) => {
    expect(isLost(known)).toBe(lost);
  });
});

describe('a field that may wait for a person', () => {
  const ASK: Given = { mapping: { conflictRule: 'ask' } };
  const BACK: Given = { link: { state: 'unverified' } };

  it.each<[boolean, string, Partial<Sides>, Given]>([
    [true, 'is a conflict that one decides', { step: both('a') }, ASK],
    [false, 'is a conflict that a rule decides', { step: both('a') }, {}],
    [false, 'is in step', { step: both('of the shop'), salesforce: 'of the shop' }, ASK],
    [false, 'has changed in the shop', { step: [digest('a'), digest('of Salesforce')] }, ASK],
    [false, 'has changed in Salesforce alone', { step: both('of the shop') }, ASK],
    [true, 'differs, and the rule asks', {}, ASK],
    [false, 'differs, and the rule decides', {}, {}],
    [true, 'was found by', { field: EMAIL }, {}],
    [false, 'is to be filled', { salesforce: null }, ASK],
    [true, 'is of a record of ours that was found again', {}, BACK],
    [false, 'is empty in the shop', { woo: null }, BACK],
    [false, 'is met for the first time', {}, { ...ASK, found: { adopted: true } }],
    [true, 'was found by its key', {}, { ...ASK, found: { adopted: false } }],
    [
      true,
      'is of another’s record',
      {},
      { ...ASK, found: { adopted: true }, link: { byId: true } },
    ],
    [false, 'is of none', {}, { ...ASK, found: { adopted: true }, link: null }],
  ])('%s: one that %s', (isOpen, _, over, given) => {
    const one = linked(given);
    const all = sides(over);
    const key = conflictKey(one.row.mapping, KEY, all.field);
    expect(openKeys(one, [all])).toEqual(isOpen ? [key] : []);
  });

  describe('is taken for', () => {
    const OWN: FieldVersions = ['', digest('of Salesforce')];
    const LOST: FieldVersions = ['', ''];

    it.each<[string, FieldVersions | undefined, Partial<Sides>, Given, boolean]>([
      ['what it was: no issue is open', undefined, {}, ASK, false],
      ['lost where its issue is open', LOST, {}, ASK, true],
      ['what it was: nobody was asked', undefined, {}, {}, true],
      ['lost where the state was', LOST, {}, BACK, false],
      ['the shop’s where nobody touched it', OWN, { isUntouched: true }, BACK, false],
      ['lost where it is matched by', LOST, { isUntouched: true, field: EMAIL }, BACK, false],
      ['known where it is', both('a'), { step: both('a') }, BACK, true],
    ])('%s: %j', (_, step, over, given, isOpen) => {
      const one = linked(given);
      const all = sides(over);
      const open = new Map(isOpen ? [[conflictKey(one.row.mapping, KEY, all.field), '']] : []);
      expect(withForgotten(one, [all], open)).toEqual([{ ...all, step }]);
    });
  });
});
