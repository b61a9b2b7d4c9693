import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../../src/mapping/model/record.ts';
import type { FieldVersions } from '../../../src/ports/two-way-state.ts';
import { digest } from '../../../src/sync/model/digest.ts';
import {
  decide,
  decideShops,
  lastInStep,
  mayDiffer,
  NOT_WRITTEN,
  type Question,
  type Verdict,
} from '../../../src/sync/merge/three-way.ts';

type Side = 'woo' | 'salesforce';

const both = (value: FieldValue): FieldVersions => [digest(value), digest(value)];
const toWoo = (value: FieldValue): FieldVersions => [digest(value), NOT_WRITTEN];
const toSalesforce = (value: FieldValue): FieldVersions => [NOT_WRITTEN, digest(value)];

function ask(over: Partial<Question>): string {
  const { step, conflict } = decide({
    direction: 'both',
    woo: 'a',
    salesforce: 'a',
    base: both('a'),
    pending: undefined,
    rule: 'woo_wins',
    newest: 'woo',
    decided: null,
    ...over,
  });
  return conflict ? `${step}, a conflict` : step;
}

const changed = { woo: 'w', salesforce: 's' };
/** The shop keeps `A` where it is given `a`. */
const kept = { woo: 'A', base: [digest('A'), digest('a')] as const };

describe('a field of both sides', () => {
  it.each<[string, string, Partial<Question>]>([
    ['is in step', 'agree', {}],
    ['is in step though both have changed', 'agree', { woo: 'x', salesforce: 'x' }],
    ['has changed in the shop', 'to_salesforce', { woo: 'w' }],
    ['has changed in Salesforce', 'to_woo', { salesforce: 's' }],
    ['was emptied in the shop', 'to_salesforce', { woo: null }],
    ['was emptied in Salesforce', 'to_woo', { salesforce: null }],
    ['is kept otherwise by the shop', 'keep', kept],
    ['was kept otherwise, and has changed', 'to_woo', { ...kept, salesforce: 's' }],
  ])('that %s: %s', (_what, verdict, over) => {
    expect(ask(over)).toBe(verdict);
  });

  it.each<[string, string, Partial<Question>]>([
    ['woo_wins', 'to_salesforce, a conflict', { rule: 'woo_wins' }],
    ['salesforce_wins', 'to_woo, a conflict', { rule: 'salesforce_wins' }],
    ['newest_wins', 'to_salesforce, a conflict', { rule: 'newest_wins', newest: 'woo' }],
    ['newest_wins', 'to_woo, a conflict', { rule: 'newest_wins', newest: 'salesforce' }],
    ['ask', 'ask, a conflict', { rule: 'ask' }],
    ['ask, and take_woo', 'to_salesforce', { rule: 'ask', decided: 'woo' }],
    ['ask, and take_salesforce', 'to_woo', { rule: 'ask', decided: 'salesforce' }],
  ])('fault 41: that both have changed, by the rule %s: %s', (_rule, verdict, over) => {
    expect(ask({ ...changed, ...over })).toBe(verdict);
  });

  it('that only one has changed is not a conflict, whatever the rule', () => {
    for (const rule of ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const) {
      expect(ask({ rule, woo: 'w' })).toBe('to_salesforce');
      expect(ask({ rule, salesforce: 's' })).toBe('to_woo');
    }
  });

  it.each<[string, string, Partial<Question>]>([
    ['both hold the same', 'agree', { woo: 'x', salesforce: 'x' }],
    ['the shop holds nothing', 'to_woo', { woo: null, rule: 'woo_wins' }],
    ['Salesforce holds nothing', 'to_salesforce', { salesforce: null, rule: 'salesforce_wins' }],
    ['they differ', 'to_salesforce, a conflict', { ...changed, rule: 'woo_wins' }],
    ['a person decides', 'ask, a conflict', { ...changed, rule: 'ask' }],
    ['a person has decided', 'to_woo', { ...changed, rule: 'ask', decided: 'salesforce' }],
    ['a person has taken the shop’s', 'to_salesforce', { ...changed, rule: 'ask', decided: 'woo' }],
  ])('that is met for the first time, where %s: %s', (_what, verdict, over) => {
    expect(ask({ base: undefined, ...over })).toBe(verdict);
  });
});

describe('what a person has decided of a field', () => {
  it.each<[string, string, Partial<Question>]>([
    ['both have changed', 'to_woo', { ...changed, decided: 'salesforce' }],
    ['only the shop has changed', 'to_woo', { woo: 'w', decided: 'salesforce' }],
    ['only Salesforce has changed', 'to_salesforce', { salesforce: 's', decided: 'woo' }],
    ['neither has changed since', 'keep', { ...kept, decided: 'woo' }],
  ])('holds where %s: %s', (_what, verdict, over) => {
    expect(ask({ rule: 'ask', ...over })).toBe(verdict);
  });
});

describe('a field of which the shop alone speaks', () => {
  it.each([
    ['agree', 'both', undefined, 'w'],
    ['to_salesforce', 'both', undefined, 's'],
    ['keep', 'both', true, 's'],
    ['keep', 'to_woo', undefined, 's'],
  ] as const)('is %s where it goes %s, edits only %s', (step, direction, onlyEdits, salesforce) => {
    const field = { direction, ...(onlyEdits && { onlyEdits }) };
    expect(decideShops(field, { woo: 'w', salesforce })).toEqual({ step, conflict: false });
  });
});

describe('a field that only goes to the shop', () => {
  it.each<[string, string, Partial<Question>]>([
    ['has changed in Salesforce', 'to_woo', { salesforce: 's' }],
    ['has changed in the shop', 'keep', { woo: 'w' }],
    ['has changed in both', 'to_woo', { ...changed, rule: 'ask' }],
    ['is met for the first time', 'to_woo', { ...changed, base: undefined, rule: 'woo_wins' }],
    ['is met empty', 'keep', { woo: 'w', salesforce: null, base: undefined }],
  ])('that %s: %s', (_what, verdict, over) => {
    expect(ask({ direction: 'to_woo', ...over })).toBe(verdict);
  });
});

describe('a write whose end is not known', () => {
  it.each<[string, string, Partial<Question>]>([
    ['has not reached the shop is repeated', 'to_woo', { salesforce: 's', pending: toWoo('s') }],
    ['has reached the shop is over', 'agree', { woo: 's', salesforce: 's', pending: toWoo('s') }],
    [
      'has reached the shop, and was taken back in Salesforce, is taken back in the shop',
      'to_woo',
      { woo: 's', salesforce: 'a', pending: toWoo('s') },
    ],
    [
      'has reached the shop, whose value has changed since, is over',
      'to_woo',
      { woo: 's', salesforce: 't', pending: toWoo('s') },
    ],
    [
      'has not reached the shop, which has changed meanwhile, is a conflict',
      'to_salesforce, a conflict',
      { woo: 'w', salesforce: 's', pending: toWoo('s') },
    ],
    [
      'has not reached Salesforce is repeated',
      'to_salesforce',
      { woo: 'w', pending: toSalesforce('w') },
    ],
    [
      'has reached Salesforce, and was taken back in the shop, is taken back in Salesforce',
      'to_salesforce',
      { woo: 'a', salesforce: 'w', pending: toSalesforce('w') },
    ],
    [
      'has not reached Salesforce, which has changed meanwhile, is a conflict',
      'to_salesforce, a conflict',
      { woo: 'w', salesforce: 's', pending: toSalesforce('w') },
    ],
    [
      'was the first one and did not arrive is as if it had not been',
      'to_woo, a conflict',
      { ...changed, base: undefined, pending: toWoo('s'), rule: 'salesforce_wins' },
    ],
  ])('and %s: %s', (_what, verdict, over) => {
    expect(ask(over)).toBe(verdict);
  });

  it('is saved with an empty text for the side that it does not go to', () => {
    expect(NOT_WRITTEN).toBe('');
  });

  it('makes Salesforce be asked, as a change of the shop does', () => {
    expect(mayDiffer('a', { base: both('a'), pending: undefined })).toBe(false);
    expect(mayDiffer('b', { base: both('a'), pending: undefined })).toBe(true);
    expect(mayDiffer('a', { base: undefined, pending: undefined })).toBe(true);
    expect(mayDiffer('a', { base: both('a'), pending: toSalesforce('w') })).toBe(true);
  });
});

/** Where a run ends before its time: after it has written ahead, after its write, or before it is reported. */
const steps = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    side: fc.constantFrom<Side>('woo', 'salesforce'),
    value: fc.constantFrom('a', 'b', 'c', null),
  }),
  fc.record({
    kind: fc.constant('run' as const),
    ends: fc.constantFrom('ahead' as const, 'written' as const, 'well' as const),
  }),
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** One field of one pair, with what is remembered of it. */
class Pair {
  readonly held: Record<Side, FieldValue> = { woo: 'a', salesforce: 'a' };
  base: FieldVersions | undefined = both('a');
  pending: FieldVersions | undefined;
  writes = 0;
  readonly #rule: Question['rule'];

  constructor(rule: Question['rule']) {
    this.#rule = rule;
  }

  run(ends: 'ahead' | 'written' | 'well'): Verdict {
    const { woo, salesforce } = this.held;
    const { base, pending } = this;
    const verdict = decide({
      direction: 'both',
      woo,
      salesforce,
      base,
      pending,
      rule: this.#rule,
      newest: 'salesforce',
      decided: null,
    });
    if (pending) this.base = lastInStep({ woo, salesforce, base, pending });
    this.pending = undefined;
    if (verdict.step === 'agree') this.base = both(woo);
    if (verdict.step === 'to_woo') this.#write('woo', salesforce, ends);
    if (verdict.step === 'to_salesforce') this.#write('salesforce', woo, ends);
    return verdict;
  }

  #write(side: Side, value: FieldValue, ends: 'ahead' | 'written' | 'well'): void {
    this.pending = side === 'woo' ? toWoo(value) : toSalesforce(value);
    if (ends === 'ahead') return;
    this.held[side] = value;
    this.writes += 1;
    if (ends === 'written') return;
    this.base = both(value);
    this.pending = undefined;
  }

  take(step: Step): void {
    if (step.kind === 'edit') this.held[step.side] = step.value;
    else this.run(step.ends);
  }
}

const rules = fc.constantFrom('woo_wins', 'salesforce_wins', 'newest_wins');

describe('whatever is edited on both sides, and wherever runs break off', () => {
  it('a run brings both into step, and the next one writes nothing', () => {
    fc.assert(
      fc.property(rules, fc.array(steps, { maxLength: 12 }), (rule, taken) => {
        const pair = new Pair(rule);
        for (const step of taken) pair.take(step);
        pair.run('well');
        expect(pair.held.woo).toBe(pair.held.salesforce);
        const { writes } = pair;
        expect(pair.run('well')).toEqual({ step: 'agree', conflict: false });
        expect(pair.writes).toBe(writes);
      }),
      { numRuns: 3000 },
    );
  });

  it('what one side alone was given is what both have in the end', () => {
    const side = fc.constantFrom<Side>('woo', 'salesforce');
    fc.assert(
      fc.property(side, rules, fc.array(steps, { maxLength: 12 }), (edited, rule, taken) => {
        const pair = new Pair(rule);
        for (const step of taken)
          pair.take(step.kind === 'edit' ? { ...step, side: edited } : step);
        const given = pair.held[edited];
        expect(pair.run('well').conflict).toBe(false);
        expect(pair.held).toEqual({ woo: given, salesforce: given });
      }),
      { numRuns: 3000 },
    );
  });

  it('nothing is overwritten of which a person is asked', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (taken) => {
        const pair = new Pair('ask');
        for (const step of taken) {
          const before = { ...pair.held };
          if (step.kind === 'edit') pair.take(step);
          else if (pair.run(step.ends).step === 'ask') expect(pair.held).toEqual(before);
        }
      }),
    );
  });
});
