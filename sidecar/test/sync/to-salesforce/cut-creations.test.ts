import { describe, expect, it } from 'vitest';
import { ORDERS } from '../to-woo/order-sides.ts';
import { TwoSides } from '../merge/two-sides.ts';

const isThere = (sides: TwoSides) => sides.org.of('Woo_Order__c').length > 0;

/** An order that was on its way to Salesforce when the process was killed. @returns null once it was not killed */
async function killedAfter(calls: number, sides: TwoSides): Promise<TwoSides | null> {
  sides.shop.change(1, ORDERS.record(1));
  const whole = await sides.run(calls);
  sides.startAnew();
  return whole ? null : sides;
}

async function wherever(
  sides: () => TwoSides,
  then: (sides: TwoSides, calls: number) => Promise<void>,
): Promise<number> {
  let met = 0;
  for (let calls = 1; ; calls += 1) {
    if (calls === 80) throw new Error('it was always killed');
    const killed = await killedAfter(calls, sides());
    if (killed === null) return met;
    if (!isThere(killed)) continue;
    met += 1;
    await then(killed, calls);
  }
}

describe('an order that Salesforce has made when the process is killed', () => {
  it('is completed in the shop where a rep has completed it, whatever the rule', async () => {
    for (const rule of ['woo_wins', 'salesforce_wins', 'newest_wins'] as const) {
      const met = await wherever(
        () => new TwoSides(rule, ORDERS),
        async (sides, calls) => {
          sides.editSalesforce(1, { Status__c: 'completed' });
          await sides.tell(1);
          await sides.settle();
          const both = [sides.shop.products.get(1)?.['status'], sides.record(1)['Status__c']];
          expect(both, `${rule}, after ${calls} calls`).toEqual(['completed', 'completed']);
        },
      );
      expect(met).toBeGreaterThan(0);
    }
  });

  it('is in Salesforce as the shop changes it meanwhile', async () => {
    await wherever(
      () => new TwoSides('salesforce_wins', ORDERS),
      async (sides, calls) => {
        sides.shop.change(1, { status: 'on-hold' });
        await sides.settle();
        const both = [sides.shop.products.get(1)?.['status'], sides.record(1)['Status__c']];
        expect(both, `after ${calls} calls`).toEqual(['on-hold', 'on-hold']);
        expect(sides.shop.sent).toEqual([]);
      },
    );
  });
});

describe('a record that was in Salesforce before, of which nothing is known', () => {
  it.each([
    ['woo_wins', 'processing'],
    ['salesforce_wins', 'completed'],
  ] as const)(
    'is not taken for the one that was on its way, but goes by %s',
    async (rule, status) => {
      const met = await wherever(
        () => new TwoSides(rule, ORDERS),
        async (sides, calls) => {
          if (sides.state.saved.size > 0) return;
          const before = { Status__c: 'completed', CreatedDate: '2020-01-01T00:00:00.000+0000' };
          sides.editSalesforce(1, before);
          await sides.tell(1);
          await sides.settle();
          const both = [sides.shop.products.get(1)?.['status'], sides.record(1)['Status__c']];
          expect(both, `after ${calls} calls`).toEqual([status, status]);
        },
      );
      expect(met).toBeGreaterThan(0);
    },
  );
});
