import { describe, expect, it, vi } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import { withBases } from '../../../src/sync/merge/linked.ts';
import { comingBases } from '../../../src/sync/model/coming-record.ts';
import type { PendingWrite } from '../../../src/sync/model/pending-write.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { withCutCreations } from '../../../src/sync/to-salesforce/cut-creations.ts';
import { mappingTo } from '../../support/rows.ts';
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
  isMet: (sides: TwoSides) => boolean = isThere,
): Promise<void> {
  let met = 0;
  for (let calls = 1; ; calls += 1) {
    if (calls === 80) throw new Error('it was always killed');
    const killed = await killedAfter(calls, sides());
    if (killed === null) break;
    if (!isThere(killed) || !isMet(killed)) continue;
    met += 1;
    await then(killed, calls);
  }
  expect(met).toBeGreaterThan(0);
}

describe('an order that Salesforce has made when the process is killed', () => {
  it('is completed in the shop where a rep has completed it, whatever the rule', async () => {
    for (const rule of ['woo_wins', 'salesforce_wins', 'newest_wins'] as const) {
      await wherever(
        () => new TwoSides(rule, ORDERS),
        async (sides, calls) => {
          sides.editSalesforce(1, { Status__c: 'completed' });
          await sides.tell(1);
          await sides.settle();
          const both = [sides.shop.products.get(1)?.['status'], sides.record(1)['Status__c']];
          expect(both, `${rule}, after ${calls} calls`).toEqual(['completed', 'completed']);
        },
      );
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
      await wherever(
        () => new TwoSides(rule, ORDERS),
        async (sides, calls) => {
          const before = { Status__c: 'completed', CreatedDate: '2020-01-01T00:00:00.000+0000' };
          sides.editSalesforce(1, before);
          await sides.tell(1);
          await sides.settle();
          const both = [sides.shop.products.get(1)?.['status'], sides.record(1)['Status__c']];
          expect(both, `after ${calls} calls`).toEqual([status, status]);
        },
        ({ state }) => state.saved.size === 0,
      );
    },
  );

  it('nor is one that somebody makes after the org has refused ours', async () => {
    const sides = new TwoSides('woo_wins', ORDERS);
    const refusal = {
      code: 'DUPLICATES_DETECTED',
      kind: 'permanent',
      message: 'One is there.',
      fields: [],
    } as const;
    const write = vi
      .spyOn(sides.org.asOrg, 'write')
      .mockImplementation((collections) =>
        Promise.resolve(collections.map(() => [{ id: null, created: false, errors: [refusal] }])),
      );
    sides.shop.change(1, ORDERS.record(1));
    await sides.run();
    expect(sides.failures).toHaveLength(1);
    write.mockRestore();
    sides.org.add('Woo_Order__c', { Woo_Key__c: 'main:1', Status__c: 'completed' });
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.sent).toEqual([]);
    expect(sides.record(1)).toMatchObject({ Status__c: 'processing' });
  });
});

describe('withBases', () => {
  const row = {
    key: 'main:1',
    mapping: { object: 'Woo_Order__c' },
    link: { recordId: 'a01' },
  } as unknown as Planned;
  const found = { ...row, found: { baseKey: null } } as unknown as Planned;

  it('takes what was to be made for what the link leads to, unless that was found', async () => {
    const { state } = new TwoSides('woo_wins', ORDERS);
    const base = { Status__c: ['w', 's'] as const };
    const coming = { object: 'Woo_Order__c', target: null, kind: 'upsert', key: 'main:1' };
    const entry = { ...coming, agrees: base } as unknown as PendingWrite;
    await state.twoWay.saveBase(comingBases([entry], new Date()));
    const basesOf = async (one: Planned) => {
      const linked = await withBases({ state } as unknown as Run, [one]);
      return linked.map((of) => of.base?.base);
    };
    expect(await basesOf(row)).toEqual([base]);
    expect(await basesOf(found)).toEqual([undefined]);
  });
});

describe('withCutCreations', () => {
  const began = new Date('2026-11-28T12:00:00Z');
  const made = (Id: string, key: string, CreatedDate: string): OrgRow => ({
    Id,
    CreatedDate,
    Woo_Key__c: key,
  });

  /** @returns how the rows are linked, by their keys, and what the org was asked */
  async function linkedOf(ways: Pick<Mapping, 'outgoing' | 'kept'>, there: readonly OrgRow[]) {
    const mapping = { ...mappingTo('Woo_Order__c'), ...ways };
    const { state } = new TwoSides('woo_wins', ORDERS);
    const pairs = ['main:1', 'main:2', 'main:3', 'main:5'].map((key) => ({ mapping, key }));
    const coming = { object: 'Woo_Order__c', target: null, kind: 'upsert', agrees: {} };
    const entries = pairs.map(({ key }) => ({ ...coming, key }) as unknown as PendingWrite);
    await state.twoWay.saveBase(comingBases(entries, began));
    // Of the fourth another process knows how it ended.
    await state.twoWay.saveBase([
      { object: 'Woo_Order__c', key: 'main:4', recordId: 'a04', base: {} },
    ]);
    const asked: string[] = [];
    const queries = (soql: readonly string[]) => {
      asked.push(...soql);
      return Promise.resolve(soql.map(() => there));
    };
    const known = { key: 'main:5', mapping, link: { recordId: 'a05', state: 'verified' } };
    const rows = [...pairs.slice(0, 3), { mapping, key: 'main:4' }, known].map(
      (row) => ({ link: undefined, parentKey: null, readAt: began, ...row }) as unknown as Planned,
    );
    const run = { state, org: { queries } } as unknown as Run;
    const linked = await withCutCreations(run, rows);
    const links = linked.map(
      ({ key, link }) => `${key} ${link?.recordId ?? ''} ${link?.state ?? ''}`,
    );
    return { links, asked };
  }

  const ONE = [{}] as unknown as Mapping['outgoing'] & Mapping['kept'];
  const there = [
    made('a01', 'main:1', '2026-11-28T12:00:02.000+0000'),
    made('a02', 'main:2', '2026-11-27T12:00:00.000+0000'),
  ];

  it.each([
    ['that goes to the shop too', { outgoing: ONE, kept: [] }],
    ['that keeps what people type', { outgoing: [], kept: ONE }],
  ])('of a mapping %s links what is there, and asks for nothing else', async (_, ways) => {
    const { links, asked } = await linkedOf(ways, there);
    expect(links).toEqual([
      'main:1 a01 verified',
      'main:2 a02 unverified',
      'main:3  ',
      'main:4  ',
      'main:5 a05 verified',
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("'main:3'");
    expect(asked[0]).not.toMatch(/'main:[45]'/);
  });

  it('asks nothing for a mapping that only comes from the shop', async () => {
    const { links, asked } = await linkedOf({ outgoing: [], kept: [] }, there);
    expect(links.slice(0, 3)).toEqual(['main:1  ', 'main:2  ', 'main:3  ']);
    expect(asked).toEqual([]);
  });
});
