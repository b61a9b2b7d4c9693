import { beforeEach, describe, expect, it } from 'vitest';

import type { KeptField } from '../../../src/mapping/model/mapping.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { SyncBase } from '../../../src/ports/two-way-state.ts';
import { formerOf, isFoundAgain, isForgotten, withBases } from '../../../src/sync/merge/linked.ts';
import { comingBases } from '../../../src/sync/model/coming-record.ts';
import type { Found, Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { mappingTo, upsert } from '../../support/rows.ts';

const OBJECT = 'Contact';
const KEY = 'main:1';
const RECORD = '003000000000001AAA';
const OTHER_RECORD = '003000000000002AAA';
const VERSIONS = ['of the shop', 'of Salesforce'] as const;
const KEPT = [
  { field: 'Email', attribute: 'email', isMatch: true },
  { field: 'Phone', attribute: 'phone', isMatch: false },
] as KeptField[];
const BASE: SyncBase = {
  object: OBJECT,
  key: KEY,
  recordId: RECORD,
  base: { 'Email<email': VERSIONS, 'Phone<phone': VERSIONS },
  pending: { 'Email<email': VERSIONS },
};

function rowOf(more: {
  readonly key?: string;
  readonly object?: string;
  readonly link?: Partial<Link> | null;
  readonly found?: Partial<Found>;
}): Planned {
  const { key = KEY, object = OBJECT, link = {} } = more;
  return {
    mapping: mappingTo(object, { kept: KEPT }),
    key,
    link: link === null ? undefined : { object, key, recordId: RECORD, state: 'verified', ...link },
    found: more.found,
  } as unknown as Planned;
}

let asked: unknown[];

beforeEach(() => {
  asked = [];
});

function linked(rows: readonly Planned[], bases: readonly SyncBase[]) {
  const run = {
    state: {
      twoWay: {
        syncBases: (object: string, keys: readonly string[]) => {
          asked.push([object, keys]);
          const some = bases.filter((base) => base.object === object && keys.includes(base.key));
          return Promise.resolve(new Map(some.map((base) => [base.key, base])));
        },
      },
    },
  } as unknown as Run;
  return withBases(run, rows);
}

describe('rows with the sync base on of them', () => {
  it('are those whose records are in Salesforce', async () => {
    const row = rowOf({});
    const all = await linked([row, rowOf({ key: 'main:2', link: null })], [BASE]);
    expect(all).toEqual([{ row, recordId: RECORD, base: BASE }]);
    expect(asked).toEqual([[OBJECT, [KEY]]]);
  });

  it('are asked for by object', async () => {
    const account = rowOf({ object: 'Account', link: { recordId: OTHER_RECORD } });
    const ofAccount = { ...BASE, object: 'Account', recordId: OTHER_RECORD };
    const all = await linked([rowOf({}), account], [BASE, ofAccount]);
    expect(all.map(({ base }) => base)).toEqual([BASE, ofAccount]);
    expect(asked).toEqual([
      [OBJECT, [KEY]],
      ['Account', [KEY]],
    ]);
  });

  it.each<[string, SyncBase[]]>([
    ['nothing is known', []],
    ['it is of another record', [{ ...BASE, recordId: OTHER_RECORD }]],
  ])('have none where %s', async (_, bases) => {
    const [one] = await linked([rowOf({})], bases);
    expect(one).toMatchObject({ recordId: RECORD, base: undefined });
  });

  describe('of a record that was about to be made', () => {
    const made = upsert(OBJECT, KEY, { agrees: BASE.base });
    const coming = comingBases([made], new Date(0)).map((base) => ({ ...base, pending: {} }));

    it('have it where the link was saved alone', async () => {
      const [one] = await linked([rowOf({})], coming);
      expect(one?.base).toEqual({ ...BASE, pending: {} });
    });

    it('have none where another record was found', async () => {
      const [one] = await linked([rowOf({ found: { baseKey: null } })], coming);
      expect(one?.base).toBeUndefined();
    });
  });

  describe('of who was known by another key', () => {
    const GUEST = 'main:guest:ada@example.com';
    const again = (baseKey: string) => rowOf({ found: { baseKey } });

    it('have that of the guest as it is', async () => {
      const former = { ...BASE, key: GUEST };
      const [one] = await linked([again(GUEST)], [former]);
      expect(one?.base).toBe(former);
      expect(asked).toEqual([[OBJECT, [KEY, GUEST]]]);
    });

    it('have that of a deleted customer, but for what the record was found by', async () => {
      const former = {
        ...BASE,
        key: 'main:7',
        pending: { 'Email<email': VERSIONS, 'Phone<phone': VERSIONS },
      };
      const [one] = await linked([again('main:7')], [former]);
      expect(one?.base).toEqual({
        ...former,
        base: { 'Phone<phone': VERSIONS },
        pending: { 'Phone<phone': VERSIONS },
      });
    });

    it('have none that is of another record', async () => {
      const [one] = await linked([again(GUEST)], [{ ...BASE, key: GUEST, recordId: OTHER_RECORD }]);
      expect(one?.base).toBeUndefined();
    });

    it('have their own where there is one', async () => {
      const former = { ...BASE, key: GUEST };
      const [one] = await linked([again(GUEST)], [former, BASE]);
      expect(one?.base).toBe(BASE);
    });
  });

  it('had no other key where they were not found', () => {
    expect(formerOf(rowOf({}))).toBeNull();
  });
});

describe('a record is found again', () => {
  it.each<[boolean, Partial<Link> | null]>([
    [true, { byId: false, state: 'unverified' }],
    [false, { byId: true, state: 'unverified' }],
    [false, { byId: false, state: 'verified' }],
    [false, null],
  ])('%s: %j', (isFound, link) => {
    expect(isFoundAgain({ row: rowOf({ link }) })).toBe(isFound);
  });
});

describe('it is not known of a record what both sides held', () => {
  const FOREIGN = { byId: true } as const;

  it.each<[boolean, Partial<Link> | null, string | null, SyncBase | undefined]>([
    [true, FOREIGN, 'outlet:5', undefined],
    [false, FOREIGN, 'outlet:5', BASE],
    [false, FOREIGN, 'main:5', undefined],
    [false, FOREIGN, null, undefined],
    [true, { byId: false, state: 'unverified' }, KEY, BASE],
    [false, { byId: false, state: 'verified' }, 'outlet:5', undefined],
    [false, null, 'outlet:5', undefined],
  ])('%s: linked %j, carries %s, known %j', (isUnknown, link, owner, base) => {
    const held = { Id: RECORD, Woo_Key__c: owner } as unknown as OrgRow;
    expect(isForgotten({ row: rowOf({ link }), recordId: RECORD, base }, held)).toBe(isUnknown);
  });
});
