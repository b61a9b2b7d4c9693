import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { TwoSides, US } from './two-sides.ts';

const IDS = [1, 2, 3];
/** More than one batch of work on one product makes. */
const CALLS = 14;
const NAMES = ['Tea', 'Tea & mug', 'Tea <b>', 'Чай'];
const PRICES = ['', '1.50', '12.5', '20'];

/** What may happen; an edit of which nobody hears is found by the sweep in the end. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('woo' as const, 'salesforce' as const),
      id: fc.constantFrom(...IDS),
      name: fc.option(fc.constantFrom(...NAMES)),
      price: fc.option(fc.constantFrom(...PRICES)),
      /** How often it is reported. */
      told: fc.nat(2),
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

/** @returns how many edits and runs that broke off there were */
async function happen(availability: TwoSides, steps: readonly Step[]): Promise<number> {
  let causes = 0;
  for (const one of steps) {
    if (one.kind === 'run') {
      if (!(await availability.run(one.calls))) causes += 1;
      continue;
    }
    const { kind, id, name, price } = one;
    causes += 1;
    if (kind === 'woo') {
      availability.editWoo(id, {
        ...(name !== null && { name }),
        ...(price !== null && { regular_price: price }),
      });
      if (one.told > 0) availability.change(id);
    } else {
      availability.editSalesforce(id, {
        ...(name !== null && { Name: name }),
        ...(price !== null && { Price__c: price === '' ? null : Number(price) }),
      });
      for (let told = 0; told < one.told; told += 1) await availability.tell(id);
    }
  }
  return causes;
}

async function sweep(availability: TwoSides, ids: readonly number[] = IDS): Promise<number> {
  for (const id of ids) await availability.tell(id);
  return availability.settle();
}

async function converges(rule: ConflictRule, steps: readonly Step[]): Promise<void> {
  const availability = new TwoSides(rule);
  await availability.begin(...IDS);
  const causes = await happen(availability, steps);
  await sweep(availability);
  for (const id of IDS) {
    const { woo, salesforce } = availability.compared(id);
    expect(woo).toEqual(salesforce);
  }
  expect(availability.failures.filter(({ code }) => code !== 'CONFLICT_DECIDED')).toEqual([]);
  // Each edit, and each run that broke off, is the cause of one write to either side at most.
  expect(availability.writes).toBeLessThanOrEqual(2 * causes);
  const { writes } = availability;
  expect(await sweep(availability)).toBe(1);
  expect(availability.writes, 'writes where nothing has changed').toBe(writes);
}

describe('whatever is edited in the shop and in Salesforce', () => {
  it('both are in step after a sweep, wherever runs broke off, and then nothing is written', () =>
    fc.assert(fc.asyncProperty(rules, fc.array(step, { maxLength: 20 }), converges), {
      numRuns: 300,
    }));

  it.each(['woo', 'salesforce'] as const)(
    'fault 5: what was edited in %s alone is what both have, with no conflict, killed at whatever call, twice',
    async (kind) => {
      const edits = ['Mug', 'Cup', 'Tea 1'];
      for (let first = 0; first < CALLS; first += 1) {
        for (let second = 0; second < CALLS; second += 1) {
          const availability = new TwoSides('woo_wins');
          await availability.begin(1);
          for (const [at, name] of edits.entries()) {
            await happen(availability, [{ kind, id: 1, name, price: null, told: 1 }]);
            await availability.run([first, second][at]);
          }
          await sweep(availability, [1]);
          const both = `Tea 1 after ${first} and ${second} calls`;
          expect(
            `${String(availability.compared(1).woo[0])} after ${first} and ${second} calls`,
          ).toBe(both);
          expect(availability.compared(1).salesforce).toEqual(availability.compared(1).woo);
          expect(availability.failures).toEqual([]);
        }
      }
    },
  );

  it('fault 40: our own writes come back as nothing, through 1,000 steps', () =>
    fc.assert(
      fc.asyncProperty(rules, fc.nat(), (rule, seed) =>
        converges(rule, fc.sample(step, { seed, numRuns: 1000 })),
      ),
      { numRuns: 4, endOnFailure: true },
    ));

  it('fault 40: a write to either side is told of by it, and causes no other', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.editSalesforce(1, { Name: 'Tea & mug' });
    await availability.tell(1);
    expect(await availability.settle(), 'the change, and the echo of the shop').toBe(2);
    expect([availability.shop.writes, availability.org.written.length]).toEqual([1, 0]);
    expect(availability.shop.products.get(1)).toMatchObject({ name: 'Tea &amp; mug' });
    availability.editWoo(1, { regular_price: '7' });
    availability.change(1);
    await availability.settle();
    await availability.tell(1);
    await availability.settle();
    expect([availability.shop.writes, availability.org.written.length]).toEqual([1, 1]);
    expect(availability.record(1)).toMatchObject({ Price__c: 7 });
  });

  it('Salesforce is not asked where the shop holds what it held, and nobody told of anything', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1, 2);
    availability.org.queried.length = 0;
    availability.editWoo(1, { stock_quantity: 7 });
    availability.change(1);
    availability.change(2);
    await availability.settle();
    expect(availability.org.queried).toEqual([]);
    expect(availability.org.written.map(({ record }) => record)).toEqual([
      { Stock__c: 7, Woo_Key__c: 'main:1', id: availability.record(1)['Id'] },
    ]);
  });
});

describe('a field that the shop alone says', () => {
  it('gets its value back where somebody else has changed it in Salesforce, without a call more', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.editSalesforce(1, { Stock__c: 999 });
    availability.org.queried.length = 0;
    await availability.tell(1);
    await availability.settle();
    expect(availability.record(1)).toMatchObject({ Stock__c: 1 });
    expect(availability.shop.writes).toBe(0);
    expect(availability.org.queried).toHaveLength(1);
  });

  it('is left to the org where nobody else has: a trigger would do the same for ever', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.editSalesforce(1, { Stock__c: 999, LastModifiedById: US });
    await availability.tell(1);
    await availability.settle();
    expect(availability.org.written).toEqual([]);
  });

  it('stays as it is where another field was edited and this one agrees', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.editSalesforce(1, { Name: 'Mug' });
    await availability.tell(1);
    await availability.settle();
    expect([availability.shop.writes, availability.org.written.length]).toEqual([1, 0]);
  });
});

describe('fault 41: a field that both sides have changed', () => {
  const EDITED = { woo: 'Mug', salesforce: 'Cup' };

  async function conflict(rule: ConflictRule): Promise<TwoSides> {
    const availability = new TwoSides(rule);
    await availability.begin(1);
    const [woo, salesforce] = ['2026-03-01T10:00:00', '2026-03-01T10:00:01.000+0000'];
    availability.editWoo(1, { name: EDITED.woo, regular_price: '11', date_modified_gmt: woo });
    availability.editSalesforce(1, { Name: EDITED.salesforce, LastModifiedDate: salesforce });
    await availability.tell(1);
    return availability;
  }

  const names = (availability: TwoSides) => [
    availability.shop.products.get(1)?.['name'],
    availability.record(1)['Name'],
  ];

  it.each<[ConflictRule, 'woo' | 'salesforce']>([
    ['woo_wins', 'woo'],
    ['salesforce_wins', 'salesforce'],
    ['newest_wins', 'salesforce'],
  ])('has by the rule %s that of %s, and an issue with both values', async (rule, winner) => {
    const availability = await conflict(rule);
    await availability.settle();
    const kept = EDITED[winner];
    expect(names(availability)).toEqual([kept, kept]);
    expect(availability.failures).toMatchObject([
      {
        ...{ code: 'CONFLICT_DECIDED', field: 'Name', resource: 'product', recordKey: 'main:1' },
        ...{ wooValue: EDITED.woo, salesforceValue: EDITED.salesforce },
        recordId: availability.record(1)['Id'],
      },
    ]);
    // What only the shop has changed is no part of it.
    expect(availability.record(1)).toMatchObject({ Price__c: 11 });
  });

  it('is left as it is by the rule ask, while other fields go on, until a person decides', async () => {
    const availability = await conflict('ask');
    await availability.settle();
    expect(names(availability)).toEqual([EDITED.woo, EDITED.salesforce]);
    expect(availability.record(1)).toMatchObject({ Price__c: 11 });
    expect(availability.failures).toMatchObject([
      {
        ...{ code: 'CONFLICT_OPEN', field: 'Name' },
        ...{ wooValue: EDITED.woo, salesforceValue: EDITED.salesforce },
      },
    ]);
    await availability.tell(1);
    await availability.settle();
    expect(availability.failures).toMatchObject([
      { code: 'CONFLICT_OPEN' },
      { code: 'CONFLICT_OPEN' },
    ]);
    expect(names(availability)).toEqual([EDITED.woo, EDITED.salesforce]);
  });

  it.each([
    ['take_woo', EDITED.woo],
    ['take_salesforce', EDITED.salesforce],
  ])('has after %s what was decided, and the decision counts once', async (decision, kept) => {
    const availability = await conflict('ask');
    await availability.settle();
    const issue = { Issue_Key__c: 'product:Product2:main:1#Name', Resolution__c: decision };
    const id = availability.org.add('Woo_Sync_Issue__c', { ...issue, State__c: 'open' });
    await availability.tell(1);
    availability.failures.length = 0;
    await availability.settle();
    expect(names(availability)).toEqual([kept, kept]);
    expect(availability.failures).toEqual([]);
    Object.assign(availability.org.get('Woo_Sync_Issue__c', id) ?? {}, { State__c: 'resolved' });
    availability.editWoo(1, { name: 'Pot' });
    availability.editSalesforce(1, { Name: 'Jug' });
    await availability.tell(1);
    await availability.settle();
    expect(names(availability)).toEqual(['Pot', 'Jug']);
  });

  it('that differs where nothing is known of both is told of as a note', async () => {
    const availability = await conflict('salesforce_wins');
    availability.state.twoWay.kept.clear();
    await availability.settle();
    expect(names(availability)).toEqual([EDITED.salesforce, EDITED.salesforce]);
    expect(availability.failures).toEqual([]);
  });
});

describe('a field that only goes to the shop', () => {
  it('is given to it, and a change of the shop stays until the next one of Salesforce', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    const note = () => availability.shop.products.get(1)?.['purchase_note'];
    const told = async (value: string) => {
      availability.editSalesforce(1, { Note__c: value });
      await availability.tell(1);
      await availability.settle();
    };
    await told('Brew it');
    expect(note()).toBe('Brew it');
    availability.editWoo(1, { purchase_note: 'Own words' });
    await sweep(availability, [1]);
    expect([note(), availability.record(1)['Note__c']]).toEqual(['Own words', 'Brew it']);
    await told('Brew it long');
    expect(note()).toBe('Brew it long');
    expect(availability.failures).toEqual([]);
  });
});
