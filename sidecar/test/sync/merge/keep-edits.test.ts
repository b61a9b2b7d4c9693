import { beforeEach, describe, expect, it } from 'vitest';

import type { KeptField, Mapping } from '../../../src/mapping/model/mapping.ts';
import type { FieldValue } from '../../../src/mapping/model/record.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { Base, FieldVersions, SyncBase } from '../../../src/ports/two-way-state.ts';
import { keepEdits } from '../../../src/sync/merge/kept.ts';
import { conflictKey } from '../../../src/sync/merge/resolutions.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Found, Merged, Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { US } from '../../support/holding-org.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const OBJECT = 'Contact';
const MODIFIED = '2026-11-24T10:00:00.000+0000';

function kept(field: string): KeptField {
  return {
    field,
    attribute: field.toLowerCase(),
    isMatch: false,
    isHashed: true,
    form: (value) => (typeof value === 'string' ? value.trim() : null),
    isStandIn: () => false,
    isNameless: () => false,
  };
}

const NAME = kept('LastName');
const PHONE = kept('Phone');
const NAMED = agreedName(NAME);
const both = (value: FieldValue): FieldVersions => [digest(value), digest(value)];

interface Given {
  readonly says?: Readonly<Record<string, string>>;
  readonly mapping?: Partial<Mapping>;
  readonly link?: Partial<Link> | null;
  readonly found?: Partial<Found>;
  readonly base?: Base;
  readonly pending?: Base;
  /** What Salesforce holds; null for a record that is not there. */
  readonly held?: string | null;
  /** When the shop's record was changed last. */
  readonly modified?: string;
}

let calls: unknown[];
let queries: string[];
let queued: unknown[];
let conflicts: string[];

beforeEach(() => {
  calls = [];
  queries = [];
  queued = [];
  conflicts = [];
});

const keyOf = (at: number) => `main:${at + 1}`;
const recordOf = (at: number) => `00300000000000${at + 1}AAA`;

/** @param resolution what a person has decided of all conflicts */
async function keep(
  all: readonly Given[],
  resolution?: string,
  more: Partial<Record<keyof Run, unknown>> = {},
): Promise<readonly (Merged | undefined)[]> {
  const rows = all.map((given, at) => {
    const { says = { LastName: 'of the shop' }, link = {}, found, mapping } = given;
    return {
      mapping: mappingTo(OBJECT, { resource: 'customer', kept: [NAME, PHONE], ...mapping }),
      key: keyOf(at),
      parentKey: null,
      record: { date_modified_gmt: given.modified ?? '2026-11-24T09:00:00' },
      row: rowOf(keyOf(at), says),
      link:
        link === null
          ? undefined
          : { key: keyOf(at), recordId: recordOf(at), byId: false, state: 'verified', ...link },
      found,
    } as unknown as Planned;
  });
  const bases = all.flatMap(({ base, pending = {} }, at): readonly SyncBase[] =>
    base ? [{ object: OBJECT, key: keyOf(at), recordId: recordOf(at), base, pending }] : [],
  );
  const org = all.flatMap(({ held = 'of Salesforce' }, at): readonly OrgRow[] =>
    held === null
      ? []
      : [
          {
            Id: recordOf(at),
            LastName: held,
            LastModifiedDate: MODIFIED,
            CreatedDate: MODIFIED,
            LastModifiedById: US,
          },
        ],
  );
  const issues = rows.map(({ mapping, key }) => ({
    Issue_Key__c: conflictKey(mapping, key, NAME),
    Resolution__c: resolution ?? null,
    State__c: 'open',
  }));
  const heard = (name: string) => (saved: unknown) => {
    calls.push([name, saved]);
    return Promise.resolve();
  };
  const run = {
    org: {
      queries: (asked: readonly string[]) => {
        queries.push(...asked);
        return Promise.resolve(
          asked.map((soql) => (soql.includes('Woo_Sync_Issue__c') ? issues : org)),
        );
      },
    },
    state: {
      twoWay: {
        syncBases: () => Promise.resolve(new Map(bases.map((base) => [base.key, base]))),
        saveBase: heard('saveBase'),
        savePending: heard('savePending'),
      },
    },
    report: new Report([mappingTo(OBJECT)], {
      failed: (_, { code }) => conflicts.push(code),
      seen: () => undefined,
    }),
    userId: () => {
      calls.push('userId');
      return Promise.resolve(US);
    },
    enqueueFollowUps: (changes: unknown) => queued.push(changes),
    ...more,
  } as unknown as Run;
  const merged = await keepEdits(run, rows);
  return rows.map((row) => merged.get(row));
}

const IN_STEP: Given = { base: { [NAMED]: both('of the shop') } };
const CHANGED: Given = { base: { [NAMED]: both('before') }, held: 'before' };
const CONFLICT: Given = { base: { [NAMED]: both('before') } };
const WHOLE = { withheld: new Set(), forced: true, agrees: { [NAMED]: both('of the shop') } };
const WITHHELD = { withheld: new Set(['LastName', 'Phone']), forced: false, agrees: {} };

describe('a row with fields that people may edit', () => {
  it('goes as a whole where it has no record, with what both will hold', async () => {
    expect(await keep([{ link: null }])).toEqual([WHOLE]);
    expect([queries, calls]).toEqual([[], []]);
  });

  it('writes none of them where the shop has not changed, without a call', async () => {
    expect(await keep([IN_STEP])).toEqual([WITHHELD]);
    expect([queries, calls]).toEqual([[], []]);
  });

  it.each<[string, Given]>([
    ['has none', { mapping: { kept: [] } }],
    ['only says whose the record is', { found: { silent: true } }],
    ['has none and says so', { mapping: { kept: [] }, found: { silent: true } }],
  ])('is not decided on where it %s', async (_, given) => {
    expect(await keep([{ ...CHANGED, ...given }])).toEqual([undefined]);
    expect([queries, calls]).toEqual([[], []]);
  });

  it('brings what the shop alone has changed, which is written ahead', async () => {
    const [row] = await keep([CHANGED]);
    expect(row).toMatchObject({ withheld: new Set(['Phone']), forced: true });
    const pair = { object: OBJECT, key: keyOf(0), recordId: recordOf(0) };
    expect(calls).toEqual([
      ['saveBase', []],
      ['savePending', [{ ...pair, pending: { [NAMED]: ['', digest('of the shop')] } }]],
    ]);
    expect(queries).toHaveLength(1);
    expect(queries[0]).toMatch(/^SELECT Id, ?LastName, ?Phone, ?LastModifiedDate FROM Contact /);
  });

  it('goes as a whole where its record is gone, and is looked at again', async () => {
    expect(await keep([{ ...CHANGED, held: null }])).toEqual([WHOLE]);
    expect(queued).toEqual([[{ resource: 'customer', key: keyOf(0) }]]);
  });

  it('is not looked at again where its record is there', async () => {
    await keep([CHANGED]);
    expect(queued).toEqual([]);
  });
});

describe('Salesforce is asked', () => {
  it.each<[string, boolean, Given]>([
    ['of what the shop has changed', true, CHANGED],
    ['not of what it has not', false, IN_STEP],
    ['of what is not known', true, {}],
    ['of what was being written', true, { ...IN_STEP, pending: { [NAMED]: ['', 'x'] } }],
    ['of who had another key', true, { ...IN_STEP, found: { baseKey: 'main:7' } }],
    ['not of what the shop says nothing of', false, { says: {} }],
  ])('%s: %s', async (_, isAsked, given) => {
    await keep([given]);
    expect(queries).toHaveLength(isAsked ? 1 : 0);
  });

  it('who has changed a record, and who we are, where one is found again', async () => {
    await keep([CHANGED, { link: { state: 'unverified' } }]);
    expect(calls).toContain('userId');
    expect(queries[0]).toMatch(/CreatedDate, ?LastModifiedById/);
  });

  it('not who we are where none is', async () => {
    await keep([CHANGED]);
    expect(calls).not.toContain('userId');
  });
});

describe('what both sides have changed', () => {
  it.each<[Mapping['conflictRule'], boolean, string[]]>([
    ['woo_wins', true, ['CONFLICT_DECIDED']],
    ['salesforce_wins', false, ['CONFLICT_DECIDED']],
    ['newest_wins', false, ['CONFLICT_DECIDED']],
    ['ask', false, ['CONFLICT_OPEN']],
  ])('is brought by the rule %s: %s', async (conflictRule, isBrought, codes) => {
    const [row] = await keep([{ ...CONFLICT, mapping: { conflictRule } }]);
    expect(row?.forced).toBe(isBrought);
    expect(conflicts).toEqual(codes);
  });

  it('is brought by the rule newest_wins where the shop has changed it last', async () => {
    const mapping = { conflictRule: 'newest_wins' } as const;
    const [row] = await keep([{ ...CONFLICT, mapping, modified: '2026-11-24T11:00:00' }]);
    expect(row?.forced).toBe(true);
  });

  it.each([
    ['take_woo', true],
    ['take_salesforce', false],
  ])('is brought where a person says %s: %s', async (said, isBrought) => {
    const [row] = await keep([{ ...CONFLICT, mapping: { conflictRule: 'ask' } }], said);
    expect(row?.forced).toBe(isBrought);
    expect(conflicts).toEqual([]);
    const [saved] = calls as [string, unknown[]][];
    expect(saved?.[1]).toHaveLength(isBrought ? 0 : 1);
  });

  it.each(['woo_wins', 'salesforce_wins'] as const)(
    'is kept as decided before anything of it is saved, by the rule %s',
    async (conflictRule) => {
      const keepDecided = () => {
        calls.push(['keepDecided', [...conflicts]]);
        return Promise.resolve();
      };
      await keep([{ ...CONFLICT, mapping: { conflictRule } }], undefined, { keepDecided });
      const [first, ...others] = calls as [string, unknown][];
      expect(first).toEqual(['keepDecided', ['CONFLICT_DECIDED']]);
      expect(others.map(([name]) => name)).toEqual(['saveBase', 'savePending']);
    },
  );
});

describe('a record of ours that was found again, and that nobody but us has changed', () => {
  const AGAIN: Given = { link: { state: 'unverified' } };

  it('gets what the shop says', async () => {
    const [row] = await keep([AGAIN]);
    expect([row?.forced, conflicts]).toEqual([true, []]);
  });

  it('waits for a person where nobody can say who we are', async () => {
    const [row] = await keep([AGAIN], undefined, { userId: undefined });
    expect([row?.forced, conflicts]).toEqual([false, ['CONFLICT_OPEN']]);
  });
});
