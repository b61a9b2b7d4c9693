import { describe, expect, it } from 'vitest';

import type { ChangeEvent } from '../../../src/ports/change.ts';
import { lookAgain, reportConflict, reportSettled } from '../../../src/sync/merge/conflicts.ts';
import { newestOf, winnerByRule } from '../../../src/sync/merge/conflict-rule.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { mappingTo } from '../../support/rows.ts';

const mapping = mappingTo('Product2', { resource: 'product' });
const ROW = { mapping, key: 'main:1', parentKey: null };
/** A guest comes with an order that nobody knows here. */
const GUEST = {
  mapping: mappingTo('Contact', { resource: 'customer' }),
  key: 'main:a@b.example',
  parentKey: null,
};
const ITSELF = { resource: 'product', key: 'main:1' };
const CONFLICT = {
  recordId: '01t1',
  field: 'Name',
  values: { woo: 12, salesforce: null },
} as const;

/** What is said, and which records are to be looked at again. */
function world() {
  const findings = new CollectedFailures();
  const decided: ChangeEvent[] = [];
  const run = {
    report: new Report([mapping, GUEST.mapping], findings),
    onDecided: (some: readonly ChangeEvent[]) => void decided.push(...some),
    enqueueFollowUps: (some: readonly ChangeEvent[]) => void decided.push(...some),
  };
  return { run, findings, decided };
}

describe('a conflict', () => {
  it.each([
    ['woo', "Name was changed on both sides: the shop's value was kept."],
    ['salesforce', "Name was changed on both sides: Salesforce's value was kept."],
  ] as const)(
    'that %s wins is said with both values, and closed by the next look',
    (winner, said) => {
      const { run, findings, decided } = world();
      reportConflict(run, ROW, { ...CONFLICT, winner });
      expect(findings.take()).toMatchObject([
        {
          code: 'CONFLICT_DECIDED',
          reason: said,
          field: 'Name',
          wooValue: '12',
          salesforceValue: null,
        },
      ]);
      expect(decided).toEqual([ITSELF]);
    },
  );

  it('that a person is to decide waits, and nobody looks again', () => {
    const { run, findings, decided } = world();
    reportConflict(run, ROW, { ...CONFLICT, winner: 'ask', why: 'Name differs' });
    expect(findings.take()).toMatchObject([
      { code: 'CONFLICT_OPEN', reason: 'Name differs: nothing was overwritten.' },
    ]);
    expect(decided).toEqual([]);
  });

  it('of a record that nothing makes be looked at again is said all the same', () => {
    const { run, findings, decided } = world();
    reportConflict(run, GUEST, { ...CONFLICT, winner: 'woo' });
    expect(findings.take()).toHaveLength(1);
    expect(decided).toEqual([]);
  });

  it('is said where a load decides it, which looks at nothing again', () => {
    const { run, findings } = world();
    reportConflict({ report: run.report }, ROW, { ...CONFLICT, winner: 'woo' });
    expect(findings.take()).toHaveLength(1);
  });
});

describe('a record that is to be looked at again', () => {
  it('is, but where nothing can make it be', () => {
    const { run, decided } = world();
    lookAgain(run, ROW);
    lookAgain(run, GUEST);
    lookAgain({}, ROW);
    expect(decided).toEqual([ITSELF]);
  });
});

it.each([
  ['same', false, 'Name is the same on both sides now.'],
  ['same', true, 'Name is the same on both sides now.'],
  [
    'woo',
    false,
    "Name: the shop's value was taken, since Salesforce holds again what both held before.",
  ],
  [
    'salesforce',
    false,
    "Name: Salesforce's value was taken, since the shop holds again what both held before.",
  ],
  ['salesforce', true, "Name: Salesforce's value was taken, as a person has decided."],
] as const)('a conflict that is over says how: %s, decided: %s', (taken, isDecided, said) => {
  const { run, findings } = world();
  reportSettled(run, ROW, { field: 'Name', values: CONFLICT.values, taken, isDecided });
  expect(findings.settledConflicts).toMatchObject([
    { code: 'CONFLICT_OVER', reason: said, field: 'Name', wooValue: '12', salesforceValue: null },
  ]);
});

describe('the newer side', () => {
  const newest = (date_modified_gmt: string, LastModifiedDate: string) =>
    newestOf({ record: { date_modified_gmt } }, { Id: '01t1', LastModifiedDate });

  it.each([
    ['2026-11-24T10:00:01', '2026-11-24T10:00:00.000+0000', 'woo'],
    ['2026-11-24T09:59:59', '2026-11-24T10:00:00.000+0000', 'salesforce'],
    ['2026-11-24T10:00:00', '2026-11-24T10:00:00.000+0000', 'woo'],
    ['2026-11-24T10:00:00', '2026-11-24T10:00:00.001Z', 'salesforce'],
  ] as const)('of %s in the shop and %s in Salesforce is %s', (shop, org, side) => {
    expect(newest(shop, org)).toBe(side);
  });

  it('is asked for by the rule alone that needs it', () => {
    const never = () => {
      throw new Error('nobody asks');
    };
    expect(winnerByRule('woo_wins', never)).toBe('woo');
    expect(winnerByRule('salesforce_wins', never)).toBe('salesforce');
    expect(winnerByRule('ask', never)).toBe('ask');
    expect(winnerByRule('newest_wins', () => 'salesforce')).toBe('salesforce');
    expect(winnerByRule('newest_wins', () => 'woo')).toBe('woo');
  });
});
