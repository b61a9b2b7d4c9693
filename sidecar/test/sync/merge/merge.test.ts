import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { US } from '../../support/holding-org.ts';
import { MOST_CALLS, type Sort, TwoSides } from './two-sides.ts';

const IDS = [1, 2, 3];
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
      calls: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: MOST_CALLS })),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const rules = fc.constantFrom<ConflictRule>('woo_wins', 'salesforce_wins', 'newest_wins');

/** @returns how many edits and runs that broke off there were */
async function happen(sides: TwoSides, steps: readonly Step[]): Promise<number> {
  let causes = 0;
  for (const one of steps) {
    if (one.kind === 'run') {
      if (!(await sides.run(one.calls))) causes += 1;
      continue;
    }
    const { kind, id, name, price } = one;
    causes += 1;
    if (kind === 'woo') {
      sides.editWoo(id, {
        ...(name !== null && { name }),
        ...(price !== null && { regular_price: price }),
      });
      if (one.told > 0) sides.change(id);
    } else {
      sides.editSalesforce(id, {
        ...(name !== null && { Name: name }),
        ...(price !== null && { Price__c: price === '' ? null : Number(price) }),
      });
      for (let told = 0; told < one.told; told += 1) await sides.tell(id);
    }
  }
  return causes;
}

async function sweep(sides: TwoSides, ids: readonly number[] = IDS): Promise<number> {
  for (const id of ids) await sides.tell(id);
  return sides.settle();
}

async function converges(rule: ConflictRule, steps: readonly Step[]): Promise<void> {
  const sides = new TwoSides(rule);
  await sides.begin(...IDS);
  const causes = await happen(sides, steps);
  await sweep(sides);
  for (const id of IDS) {
    const { woo, salesforce } = sides.compared(id);
    expect(woo).toEqual(salesforce);
  }
  expect(sides.failures.filter(({ code }) => code !== 'CONFLICT_DECIDED')).toEqual([]);
  // Each edit, and each run that broke off, is the cause of one write to either side at most.
  expect(sides.writes).toBeLessThanOrEqual(2 * causes);
  const { writes } = sides;
  expect(await sweep(sides)).toBe(1);
  expect(sides.writes, 'writes where nothing has changed').toBe(writes);
}

describe('whatever is edited in the shop and in Salesforce', () => {
  it('both are in step after a sweep, wherever runs broke off, and then nothing is written', () =>
    fc.assert(fc.asyncProperty(rules, fc.array(step, { maxLength: 20 }), converges), {
      numRuns: 300,
    }));

  it.each(['woo', 'salesforce'] as const)(
    'is brought by a run of %s that can be killed at each of its calls, before and after it has written',
    async (kind) => {
      const written = new Set<boolean>();
      let calls = 0;
      for (let isWhole = false; !isWhole; calls += 1) {
        const sides = new TwoSides('woo_wins');
        await sides.begin(1);
        await happen(sides, [{ kind, id: 1, name: 'Mug', price: null, told: 1 }]);
        isWhole = await sides.run(calls);
        if (!isWhole) written.add(sides.writes > 0);
      }
      expect([...written]).toEqual([false, true]);
      expect(calls).toBeLessThanOrEqual(MOST_CALLS);
    },
  );

  it.each(['woo', 'salesforce'] as const)(
    'fault 5: what was edited in %s alone is what both have, with no conflict, killed at whatever call, twice',
    async (kind) => {
      const edits = ['Mug', 'Cup', 'Tea 1'];
      for (let first = 0; first < MOST_CALLS; first += 1) {
        for (let second = 0; second < MOST_CALLS; second += 1) {
          const sides = new TwoSides('woo_wins');
          await sides.begin(1);
          for (const [at, name] of edits.entries()) {
            await happen(sides, [{ kind, id: 1, name, price: null, told: 1 }]);
            await sides.run([first, second][at]);
          }
          await sweep(sides, [1]);
          const both = `Tea 1 after ${first} and ${second} calls`;
          expect(`${String(sides.compared(1).woo[0])} after ${first} and ${second} calls`).toBe(
            both,
          );
          expect(sides.compared(1).salesforce).toEqual(sides.compared(1).woo);
          expect(sides.failures).toEqual([]);
        }
      }
    },
  );

  it.each(['woo_wins', 'salesforce_wins'] as const)(
    'by %s, what is overwritten is said with both values, killed at whatever call',
    async (rule) => {
      for (let calls = 0; calls < MOST_CALLS; calls += 1) {
        for (const isAnswered of [true, false]) {
          const sides = new TwoSides(rule);
          await sides.begin(1);
          sides.editSalesforce(1, { Name: 'Of the rep' });
          sides.editWoo(1, { name: 'Of the shop' });
          await sides.tell(1);
          await sides.run(calls, isAnswered);
          await sweep(sides, [1]);
          const { woo, salesforce } = sides.compared(1);
          const when = `after ${calls} calls, ${isAnswered ? 'answered' : 'carried out'}`;
          const kept = rule === 'woo_wins' ? 'Of the shop' : 'Of the rep';
          expect([woo[0], salesforce[0]], when).toEqual([kept, kept]);
          expect(sides.failures, when).toContainEqual(
            expect.objectContaining({
              code: 'CONFLICT_DECIDED',
              wooValue: 'Of the shop',
              salesforceValue: 'Of the rep',
            }),
          );
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
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Tea & mug' });
    await sides.tell(1);
    expect(await sides.settle(), 'the change, and the echo of the shop').toBe(2);
    expect([sides.shop.writes, sides.org.written.length]).toEqual([1, 0]);
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Tea &amp; mug' });
    sides.editWoo(1, { regular_price: '7' });
    sides.change(1);
    await sides.settle();
    await sides.tell(1);
    await sides.settle();
    expect([sides.shop.writes, sides.org.written.length]).toEqual([1, 1]);
    expect(sides.record(1)).toMatchObject({ Price__c: 7 });
  });

  it('Salesforce is not asked where the shop holds what it held, and nobody told of anything', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1, 2);
    sides.org.queried.length = 0;
    sides.editWoo(1, { stock_quantity: 7 });
    sides.change(1);
    sides.change(2);
    await sides.settle();
    expect(sides.org.queried).toEqual([]);
    expect(sides.org.written.map(({ record }) => record)).toEqual([
      { Stock__c: 7, Woo_Key__c: 'main:1', id: sides.record(1)['Id'] },
    ]);
  });
});

describe('a field that the shop alone says', () => {
  it('gets its value back where somebody else has changed it in Salesforce, without a call more', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Stock__c: 999 });
    sides.org.queried.length = 0;
    await sides.tell(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Stock__c: 1 });
    expect(sides.shop.writes).toBe(0);
    expect(sides.org.queried).toHaveLength(1);
  });

  it('is left to the org where nobody else has: a trigger would do the same for ever', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Stock__c: 999, LastModifiedById: US });
    await sides.tell(1);
    await sides.settle();
    expect(sides.org.written).toEqual([]);
  });

  it('stays as it is where another field was edited and this one agrees', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Mug' });
    await sides.tell(1);
    await sides.settle();
    expect([sides.shop.writes, sides.org.written.length]).toEqual([1, 0]);
  });
});

describe('a field that is written unless edited, beside one that goes both ways', () => {
  const ORG = schemas(
    object(
      'Product2',
      field('Name', 'string'),
      field('Note__c', 'string'),
      field('Stock__c', 'double', { scale: 0 }),
    ),
  );
  const sort: Sort = {
    mapping: (conflictRule) => {
      const names = { mapping: 'Product' };
      const row = mappingRow({ name: 'Product', resource: 'product', object: 'Product2' });
      const own = { ...names, direction: 'to_salesforce' } as const;
      const fields = [
        fieldRow('Name', 'name', { ...names, direction: 'both' }),
        fieldRow('Note__c', 'purchase_note', { ...own, writeWhen: 'unless_edited' }),
        fieldRow('Stock__c', 'stock_quantity', own),
      ];
      return compiled(
        source({ mappings: [{ ...row, direction: 'both', conflictRule }], fields }),
        ORG,
      );
    },
    resource: 'product',
    list: 'products',
    record: (id) => ({
      type: 'simple',
      name: `Tea ${id}`,
      purchase_note: 'of the shop',
      stock_quantity: 1,
    }),
  };

  it('keeps what a person typed, whatever else the shop and the person change', async () => {
    const sides = new TwoSides('woo_wins', sort);
    await sides.begin(1);
    sides.editSalesforce(1, { Note__c: 'typed' });
    sides.editWoo(1, { stock_quantity: 7 });
    sides.change(1);
    await sides.settle();
    sides.editSalesforce(1, { Name: 'Cup' });
    await sides.tell(1);
    await sides.settle();
    sides.editWoo(1, { name: 'Mug', stock_quantity: 8 });
    sides.change(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Name: 'Mug', Note__c: 'typed', Stock__c: 8 });
    expect(sides.failures).toEqual([]);
  });

  it('follows the shop where nobody edited it', async () => {
    const sides = new TwoSides('woo_wins', sort);
    await sides.begin(1);
    sides.editWoo(1, { purchase_note: 'another', name: 'Mug', stock_quantity: 7 });
    sides.change(1);
    await sides.settle();
    const record = { Name: 'Mug', Note__c: 'another', Stock__c: 7 };
    expect(sides.record(1)).toMatchObject(record);
    expect(sides.org.written).toHaveLength(1);
  });

  it('is no value of the shop that somebody wrote over: nothing is written', async () => {
    const sides = new TwoSides('woo_wins', sort);
    await sides.begin(1);
    sides.editSalesforce(1, { Note__c: 'typed' });
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(0);
  });
});

describe('fault 41: a field that both sides have changed', () => {
  const EDITED = { woo: 'Mug', salesforce: 'Cup' };

  /** When the shop has changed its record: before Salesforce, and after. */
  const [OLDER, NEWER] = ['2026-03-01T10:00:00', '2026-03-01T10:00:02'] as const;

  async function conflict(rule: ConflictRule, woo: string = OLDER): Promise<TwoSides> {
    const sides = new TwoSides(rule);
    await sides.begin(1);
    const salesforce = '2026-03-01T10:00:01.000+0000';
    sides.editWoo(1, { name: EDITED.woo, regular_price: '11', date_modified_gmt: woo });
    sides.editSalesforce(1, { Name: EDITED.salesforce, LastModifiedDate: salesforce });
    await sides.tell(1);
    return sides;
  }

  const names = (sides: TwoSides) => [
    sides.shop.products.get(1)?.['name'],
    sides.record(1)['Name'],
  ];

  it.each<[ConflictRule, 'woo' | 'salesforce', string]>([
    ['woo_wins', 'woo', OLDER],
    ['salesforce_wins', 'salesforce', NEWER],
    ['newest_wins', 'salesforce', OLDER],
    ['newest_wins', 'woo', NEWER],
  ])('has by the rule %s that of %s, and an issue with both values', async (rule, winner, woo) => {
    const sides = await conflict(rule, woo);
    await sides.settle();
    const kept = EDITED[winner];
    expect(names(sides)).toEqual([kept, kept]);
    expect(sides.failures).toMatchObject([
      {
        code: 'CONFLICT_DECIDED',
        field: 'Name',
        resource: 'product',
        recordKey: 'main:1',
        wooValue: EDITED.woo,
        salesforceValue: EDITED.salesforce,
        recordId: sides.record(1)['Id'],
      },
    ]);
    // What only the shop has changed is no part of it.
    expect(sides.record(1)).toMatchObject({ Price__c: 11 });
  });

  it('is left as it is by the rule ask, while other fields go on, until a person decides', async () => {
    const sides = await conflict('ask');
    await sides.settle();
    expect(names(sides)).toEqual([EDITED.woo, EDITED.salesforce]);
    expect(sides.record(1)).toMatchObject({ Price__c: 11 });
    expect(sides.failures).toMatchObject([
      {
        code: 'CONFLICT_OPEN',
        field: 'Name',
        wooValue: EDITED.woo,
        salesforceValue: EDITED.salesforce,
      },
    ]);
    await sides.tell(1);
    await sides.settle();
    expect(sides.failures).toMatchObject([{ code: 'CONFLICT_OPEN' }, { code: 'CONFLICT_OPEN' }]);
    expect(names(sides)).toEqual([EDITED.woo, EDITED.salesforce]);
  });

  it.each([
    ['take_woo', EDITED.woo],
    ['take_salesforce', EDITED.salesforce],
  ])('has after %s what was decided, and the decision counts once', async (decision, kept) => {
    const sides = await conflict('ask');
    await sides.settle();
    const issue = { Issue_Key__c: 'product:Product2:main:1#Name', Resolution__c: decision };
    const id = sides.org.add('Woo_Sync_Issue__c', { ...issue, State__c: 'open' });
    await sides.tell(1);
    sides.failures.length = 0;
    await sides.settle();
    expect(names(sides)).toEqual([kept, kept]);
    expect(sides.failures).toEqual([]);
    Object.assign(sides.org.get('Woo_Sync_Issue__c', id) ?? {}, { State__c: 'resolved' });
    sides.editWoo(1, { name: 'Pot' });
    sides.editSalesforce(1, { Name: 'Jug' });
    await sides.tell(1);
    await sides.settle();
    expect(names(sides)).toEqual(['Pot', 'Jug']);
  });

  it('shows what both hold by now, once either is edited again', async () => {
    const sides = await conflict('ask');
    await sides.settle();
    for (const [woo, salesforce] of [
      ['Mug', 'Jug'],
      ['Pot', 'Jug'],
    ] as const) {
      sides.failures.length = 0;
      sides.editWoo(1, { name: woo });
      sides.editSalesforce(1, { Name: salesforce });
      await sides.tell(1);
      await sides.settle();
      expect(sides.failures).toMatchObject([
        { code: 'CONFLICT_OPEN', wooValue: woo, salesforceValue: salesforce },
      ]);
    }
  });

  it('is over once both hold the same, and says so', async () => {
    const sides = await conflict('ask');
    await sides.settle();
    expect(sides.settled.filter(({ field }) => field === 'Name')).toEqual([]);
    sides.failures.length = 0;
    sides.editSalesforce(1, { Name: EDITED.woo });
    await sides.tell(1);
    await sides.settle();
    expect(sides.failures).toEqual([]);
    expect(sides.settled).toMatchObject([
      { field: 'Price__c' },
      {
        key: 'product:Product2:main:1#Name',
        code: 'CONFLICT_OVER',
        field: 'Name',
        wooValue: EDITED.woo,
        salesforceValue: EDITED.woo,
        reason: 'Name is the same on both sides now.',
      },
    ]);
    const { writes } = sides;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(writes);
  });

  it.each([
    ['woo', 'Cup', "Salesforce's value was taken, since the shop"],
    ['salesforce', 'Mug', "the shop's value was taken, since Salesforce"],
  ] as const)(
    'goes to the other side once %s holds again what both held',
    async (back, kept, reason) => {
      const sides = await conflict('ask');
      await sides.settle();
      // The shop reports its own change; nothing is heard of Salesforce any more.
      if (back === 'woo') sides.shop.change(1, { name: 'Tea 1' });
      else {
        sides.editSalesforce(1, { Name: 'Tea 1' });
        await sides.tell(1);
      }
      sides.change(1);
      sides.failures.length = 0;
      await sides.settle();
      expect(names(sides)).toEqual([kept, kept]);
      expect(sides.failures).toEqual([]);
      const said = sides.settled.filter(({ field }) => field === 'Name');
      expect(said[0]?.reason).toContain(reason);
    },
  );

  it('of which there are two in one record are decided one by one', async () => {
    const sides = await conflict('ask');
    sides.editSalesforce(1, { Price__c: 12 });
    await sides.settle();
    const open = () =>
      sides.failures.map(({ field, wooValue, salesforceValue }) => {
        return [field, wooValue, salesforceValue];
      });
    const price = ['Price__c', '11', '12'];
    expect(open()).toEqual([['Name', EDITED.woo, EDITED.salesforce], price]);
    const decided = { Issue_Key__c: 'product:Product2:main:1#Name', Resolution__c: 'take_woo' };
    sides.org.add('Woo_Sync_Issue__c', { ...decided, State__c: 'open' });
    sides.failures.length = 0;
    await sides.tell(1);
    await sides.settle();
    // Once for the decision, and once for the answer of the side that it was written to.
    expect(new Set(open().map(String))).toEqual(new Set([String(price)]));
    expect(names(sides)).toEqual([EDITED.woo, EDITED.woo]);
    expect(sides.record(1)).toMatchObject({ Price__c: 12 });
    expect(sides.settled).toMatchObject([
      {
        field: 'Name',
        reason: expect.stringMatching(/the shop's value was taken.*decided/) as string,
      },
    ]);
  });

  it('that differs where nothing is known of both is told of as a note', async () => {
    const sides = await conflict('salesforce_wins');
    sides.state.twoWay.kept.clear();
    await sides.settle();
    expect(names(sides)).toEqual([EDITED.salesforce, EDITED.salesforce]);
    expect(sides.failures).toEqual([]);
  });
});

describe('a field that only goes to the shop', () => {
  it('is given to it, and a change of the shop stays until the next one of Salesforce', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    const note = () => sides.shop.products.get(1)?.['purchase_note'];
    const told = async (value: string) => {
      sides.editSalesforce(1, { Note__c: value });
      await sides.tell(1);
      await sides.settle();
    };
    await told('Brew it');
    expect(note()).toBe('Brew it');
    sides.editWoo(1, { purchase_note: 'Own words' });
    await sweep(sides, [1]);
    expect([note(), sides.record(1)['Note__c']]).toEqual(['Own words', 'Brew it']);
    await told('Brew it long');
    expect(note()).toBe('Brew it long');
    expect(sides.failures).toEqual([]);
  });
});
