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
      at: fc.nat({ max: 1 }),
      id: fc.constantFrom(...IDS),
      status: fc.option(fc.constantFrom(...STATUSES)),
      tracking: fc.option(fc.constantFrom('T1', 'T2')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      at: fc.nat({ max: 1 }),
      calls: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 48 })),
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
async function converges(rule: ConflictRule, shops: number, steps: readonly Step[]): Promise<void> {
  const main = new TwoSides(rule, ORDERS);
  const all = [main, new TwoSides(rule, ORDERS, main)].slice(0, shops);
  for (const sides of all) await sides.begin(...IDS);
  for (const one of steps) await take(all[one.at % shops] ?? main, one);
  const settle = async () => {
    for (const sides of all) {
      for (const id of IDS) await sides.tell(id);
      await sides.settle();
    }
  };
  for (let times = 0; times < 2; times += 1) await settle();
  for (const sides of all) {
    for (const id of IDS) {
      const { woo, salesforce } = sides.compared(id);
      expect(woo).toEqual(salesforce);
      expect(STATUSES.slice(0, -1)).toContain(sides.shop.products.get(id)?.['status']);
    }
    const given = sides.shop.sent.flat().flatMap(({ fields }) => fields['status'] ?? []);
    for (const status of given) expect(['on-hold', 'processing', 'completed']).toContain(status);
  }
  expect(main.org.of('Woo_Order__c')).toHaveLength(shops * IDS.length);
  const writes = all.map((sides) => sides.writes);
  await settle();
  expect(
    all.map((sides) => sides.writes),
    'writes where nothing has changed',
  ).toEqual(writes);
}

/** The earlier one first. */
const AT = ['2026-03-01T10:00:00', '2026-03-01T12:00:00'];

const tracked = (value: string) => ({ meta_data: [{ key: 'tracking_number', value }] });

describe('whatever becomes of orders in the shops and in Salesforce', () => {
  it.each([1, 2])(
    'both sides are in step afterwards with %i shop(s), wherever runs broke off, and no status is given that the list lacks',
    (shops) =>
      fc.assert(
        fc.asyncProperty(rules, fc.array(step, { maxLength: 20 * shops }), (rule, steps) =>
          converges(rule, shops, steps),
        ),
        { numRuns: 100 / shops },
      ),
  );

  it.each([
    ['woo_wins', 'salesforce', 'woo'],
    ['salesforce_wins', 'woo', 'salesforce'],
    ['newest_wins', 'woo', 'woo'],
    ['newest_wins', 'salesforce', 'salesforce'],
  ] as const)(
    'by the rule %s, where the newest is that of %s, both hold what %s has, wherever runs broke off',
    async (rule, newest, winner) => {
      for (let [calls, isWhole] = [0, false]; !isWhole; calls += 1) {
        const sides = new TwoSides(rule, ORDERS);
        await sides.begin(1);
        sides.shop.change(1, {
          ...tracked('woo'),
          date_modified_gmt: AT[newest === 'woo' ? 1 : 0],
        });
        const LastModifiedDate = `${AT[newest === 'woo' ? 0 : 1]}.000+0000`;
        sides.editSalesforce(1, { Tracking__c: 'salesforce', LastModifiedDate });
        await sides.tell(1);
        isWhole = await sides.run(calls);
        await sides.tell(1);
        await sides.settle();
        expect(sides.record(1)['Tracking__c']).toBe(winner);
        expect(sides.shop.products.get(1)).toMatchObject(tracked(winner));
      }
    },
  );
});
