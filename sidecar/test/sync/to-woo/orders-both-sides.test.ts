import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { TwoSides } from '../merge/two-sides.ts';
import { ORDERS } from './order-sides.ts';

const IDS = [1, 2, 3];
/** Also those that the list does not give, and one that is none. */
const STATUSES = ['pending', 'on-hold', 'processing', 'completed', 'cancelled', 'Nonsense!'];

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('woo' as const, 'salesforce' as const),
      id: fc.constantFrom(...IDS),
      status: fc.option(fc.constantFrom(...STATUSES)),
      tracking: fc.option(fc.constantFrom('T1', 'T2')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      calls: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 16 })),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const rules = fc.constantFrom<ConflictRule>('woo_wins', 'salesforce_wins', 'newest_wins');

async function take(sides: TwoSides, one: Step): Promise<void> {
  if (one.kind === 'run') {
    await sides.run(one.calls);
    return;
  }
  const { kind, id, status, tracking } = one;
  if (kind === 'salesforce') {
    const fields = { Status__c: status, Tracking__c: tracking };
    sides.editSalesforce(
      id,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
    );
    await sides.tell(id);
    return;
  }
  const meta = tracking === null ? [] : [{ key: 'tracking_number', value: tracking }];
  sides.shop.change(id, {
    // The shop itself gives no status that is none.
    ...(status !== null && status !== 'Nonsense!' && { status }),
    ...(tracking !== null && { meta_data: meta }),
  });
}

/** What no person has let out: each status that we gave came by the list. */
async function converges(rule: ConflictRule, steps: readonly Step[]): Promise<void> {
  const sides = new TwoSides(rule, ORDERS);
  await sides.begin(...IDS);
  for (const one of steps) await take(sides, one);
  for (let times = 0; times < 2; times += 1) {
    for (const id of IDS) await sides.tell(id);
    await sides.settle();
  }
  for (const id of IDS) {
    const { woo, salesforce } = sides.compared(id);
    expect(woo).toEqual(salesforce);
    expect(STATUSES.slice(0, -1)).toContain(sides.shop.products.get(id)?.['status']);
  }
  const given = sides.shop.sent.flat().flatMap(({ fields }) => fields['status'] ?? []);
  for (const status of given) expect(['on-hold', 'processing', 'completed']).toContain(status);
  const { writes } = sides;
  for (const id of IDS) await sides.tell(id);
  await sides.settle();
  expect(sides.writes, 'writes where nothing has changed').toBe(writes);
}

describe('whatever becomes of orders in the shop and in Salesforce', () => {
  it('both are in step afterwards, wherever runs broke off, and no status is given that the list lacks', () =>
    fc.assert(fc.asyncProperty(rules, fc.array(step, { maxLength: 20 }), converges), {
      numRuns: 100,
    }));
});
