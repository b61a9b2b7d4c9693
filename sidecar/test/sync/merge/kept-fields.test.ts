import { beforeEach, describe, expect, it } from 'vitest';

import type { KeptField } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule, FieldValue } from '../../../src/mapping/model/record.ts';
import type { Base, FieldVersions } from '../../../src/ports/two-way-state.ts';
import { KeptFields, type Winner } from '../../../src/sync/merge/kept-fields.ts';
import type { Sides } from '../../../src/sync/merge/kept-sides.ts';
import type { Linked } from '../../../src/sync/merge/linked.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Found } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const OBJECT = 'Contact';
const PAIR = { object: OBJECT, key: 'main:1', recordId: '003000000000001AAA' };
const MODIFIED = '2026-11-24T10:00:00.000+0000';

function kept(field: string, isMatch = false): KeptField {
  return {
    field,
    attribute: field.toLowerCase(),
    isMatch,
    isHashed: true,
    form: (value) => (typeof value === 'string' ? value.trim() : null),
    isStandIn: () => false,
    isNameless: (record) => record['nameless'] === true,
  };
}

const NAME = kept('LastName');
const EMAIL = kept('Email', true);
const NAMED = agreedName(NAME);
const both = (value: FieldValue): FieldVersions => [digest(value), digest(value)];
const persons = (value: FieldValue): FieldVersions => [digest(value), ''];

interface Given extends Partial<Sides> {
  readonly known?: Base;
  readonly found?: Partial<Found>;
  readonly rule?: ConflictRule;
  readonly nameless?: boolean;
  readonly winner?: Winner;
}

let findings: CollectedFailures;
let counted: number;

beforeEach(() => {
  findings = new CollectedFailures();
});

function take(given: Given): KeptFields {
  const { known, found, rule = 'woo_wins', nameless = false, winner, ...over } = given;
  const mapping = mappingTo(OBJECT, {
    resource: 'customer',
    kept: [NAME, EMAIL],
    conflictRule: rule,
  });
  const one = {
    row: {
      mapping,
      key: PAIR.key,
      parentKey: null,
      record: { nameless },
      row: rowOf(PAIR.key),
      link: { byId: false, state: 'verified' },
      found,
    },
    recordId: PAIR.recordId,
    base: known && { ...PAIR, base: known, pending: {} },
  } as unknown as Linked;
  const base = 'base' in over ? over.base : over.step;
  const sides: Sides = {
    field: NAME,
    woo: 'of the shop',
    salesforce: 'of Salesforce',
    step: undefined,
    isUnderWay: false,
    modified: MODIFIED,
    isUntouched: false,
    ...over,
    base,
  };
  const report = new Report([mapping], findings);
  const fields = new KeptFields({ report } as Run, one, [sides], () => {
    if (winner === undefined) throw new Error('it is no conflict');
    return winner;
  });
  counted = report.of(mapping).kept;
  return fields;
}

const reached = (base: FieldVersions, field = NAME) => [
  { ...PAIR, base: { [agreedName(field)]: base } },
];
const said = () => findings.take().map(({ code, reason }) => [code, reason]);
const over = () => findings.settledConflicts.map(({ reason }) => reason);
const ALL = new Set(['LastName', 'Email']);
const OF_SALESFORCE = digest('of Salesforce');

describe('a field that both sides hold alike', () => {
  const same = { salesforce: 'of the shop' };

  it.each<[string, Given, FieldVersions]>([
    ['nothing was known', {}, both('of the shop')],
    ['both have changed', { step: both('before') }, both('of the shop')],
    ['a person typed it', { step: persons('before') }, persons('of the shop')],
    ['it was lost', { step: ['', ''] }, both('of the shop')],
    ['the record was adopted', { found: { adopted: true } }, persons('of the shop')],
    ['it was found by its key', { found: { adopted: false } }, both('of the shop')],
    [
      'it was known, and adopted',
      { step: both('before'), found: { adopted: true } },
      both('of the shop'),
    ],
  ])('is in step from now on where %s', (_, given, base) => {
    const fields = take({ ...same, ...given });
    expect(fields.reached).toEqual(reached(base));
    expect(fields.coming).toEqual([]);
    expect(fields.merged).toEqual({ withheld: ALL, forced: false, agrees: {}, guards: [] });
  });

  it.each<[string, string[], Given]>([
    ['a person was to decide', ['LastName is the same on both sides now.'], { rule: 'ask' }],
    ['a rule decides', [], {}],
    ['the shop says what it said', [], { rule: 'ask', step: both('of the shop') }],
    ['nothing was known', [], { rule: 'ask', step: undefined }],
  ])('is said to be over where %s', (_, reasons, given) => {
    take({ ...same, step: both('before'), ...given });
    expect(over()).toEqual(reasons);
  });
});

describe('a field that the shop alone has changed', () => {
  const changed = { step: [digest('before'), OF_SALESFORCE] } as const;

  it('is brought to Salesforce, which must still hold what was read', () => {
    const fields = take(changed);
    const { withheld, forced, agrees, guards } = fields.merged;
    expect([withheld, forced, agrees]).toEqual([
      new Set(['Email']),
      true,
      { [NAMED]: both('of the shop') },
    ]);
    expect(guards).toMatchObject([
      {
        name: NAMED,
        field: 'LastName',
        held: 'of Salesforce',
        modified: MODIFIED,
        written: 'of the shop',
      },
    ]);
    expect(guards?.[0]?.form(' x ')).toBe('x');
    expect(fields.coming).toEqual([{ ...PAIR, pending: { [NAMED]: ['', digest('of the shop')] } }]);
    expect(fields.reached).toEqual([]);
    expect(over()).toEqual([]);
  });

  it('fills what is empty, and nothing is known yet', () => {
    const fields = take({ salesforce: null });
    expect([fields.reached, fields.coming.length]).toEqual([[], 1]);
  });

  it('keeps what an attempt before has brought about', () => {
    expect(take({ ...changed, isUnderWay: true }).reached).toEqual(reached(changed.step));
    expect(take({ ...changed, base: undefined }).reached).toEqual(reached(changed.step));
  });

  it('is said to be over where a person was to decide', () => {
    take({ ...changed, rule: 'ask' });
    expect(over()).toEqual([expect.stringContaining("the shop's value was taken, since")]);
  });

  it('takes nothing away where the shop has no name', () => {
    expect(take({ ...changed, nameless: true }).reached).toEqual(
      reached([digest('of the shop'), OF_SALESFORCE]),
    );
    expect(take({ step: both('before'), nameless: true }).reached).toEqual(
      reached(persons('of the shop')),
    );
  });
});

describe('a field that stays as it is', () => {
  it('is a person’s, and counted, where nothing was known', () => {
    expect(take({}).reached).toEqual(reached(persons('of the shop')));
    expect(counted).toBe(1);
  });

  it('is nothing new where it was known', () => {
    const fields = take({ step: both('of the shop'), known: { [NAMED]: both('of the shop') } });
    expect([fields.reached, fields.coming, counted]).toEqual([[], [], 0]);
  });

  it('goes on under the new key with all that was known', () => {
    const other = { 'Phone<phone': both('1') };
    const step = both('of the shop');
    const [one] = take({ step, known: other, found: { baseKey: 'main:7' } }).reached;
    expect(one?.base).toEqual({ ...other, [NAMED]: step });
  });
});

describe('a field that both sides have changed', () => {
  const BY_RULE = { side: 'woo', isDecided: false } as const;
  const changed = { step: both('before') };

  it.each<[Winner['side'], string]>([
    ['woo', 'CONFLICT_DECIDED'],
    ['salesforce', 'CONFLICT_DECIDED'],
    ['ask', 'CONFLICT_OPEN'],
  ])('is said, by the rule %s', (side, code) => {
    const fields = take({ ...changed, winner: { side, isDecided: false } });
    expect(said().map(([of]) => of)).toEqual([code]);
    expect(fields.coming).toHaveLength(side === 'woo' ? 1 : 0);
    expect(fields.reached).toEqual(side === 'salesforce' ? reached(persons('of the shop')) : []);
  });

  it.each(['woo', 'salesforce'] as const)('is over where a person has taken %s', (side) => {
    const fields = take({ ...changed, rule: 'ask', winner: { side, isDecided: true } });
    expect(said()).toEqual([]);
    expect(over()).toEqual([expect.stringContaining('as a person has decided')]);
    expect(fields.coming).toHaveLength(side === 'woo' ? 1 : 0);
  });

  it.each<[string, Given]>([
    ['LastName was changed on both sides', changed],
    ['LastName was changed on both sides', { step: persons('before') }],
    ['LastName differs, and what both sides held before', { step: ['', ''] }],
    ['Email was changed in the shop, and the record', { field: EMAIL, step: persons('before') }],
    ['Email was changed on both sides', { field: EMAIL, step: both('before') }],
  ])('is one since %s', (why, given) => {
    take({ ...given, winner: BY_RULE });
    expect(said()).toEqual([['CONFLICT_DECIDED', expect.stringContaining(why)]]);
  });
});
