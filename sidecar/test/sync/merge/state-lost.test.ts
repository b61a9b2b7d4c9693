import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import type { FieldMappingRow } from '../../../src/mapping/model/config-rows.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
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
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { PRODUCTS, TwoSides } from './two-sides.ts';

const ORG = schemas(
  object(
    'Product2',
    field('Name', 'string'),
    field('Price__c', 'double'),
    field('Sku__c', 'string'),
    field('Stock__c', 'double', { scale: 0 }),
    field('Note__c', 'string'),
  ),
);

type Direction = FieldMappingRow['direction'];

/** Products whose name and price go both ways, and whose stock comes from the shop. */
function mappingOf(
  conflictRule: ConflictRule,
  {
    price = 'both',
    matchFields = null,
    keepsNote = false,
  }: { price?: Direction; matchFields?: string | null; keepsNote?: boolean } = {},
): Mapping {
  const names = { mapping: 'Product', direction: 'both' } as const;
  const own = { ...names, direction: 'to_salesforce' } as const;
  const row = mappingRow({ name: 'Product', resource: 'product', object: 'Product2', matchFields });
  const fields = [
    fieldRow('Name', 'name', names),
    fieldRow('Price__c', 'regular_price', { ...names, direction: price }),
    fieldRow('Sku__c', 'sku', own),
    fieldRow('Stock__c', 'stock_quantity', own),
    ...(keepsNote ? [fieldRow('Note__c', 'sku', { ...own, writeWhen: 'unless_edited' })] : []),
  ];
  return compiled(source({ mappings: [{ ...row, direction: 'both', conflictRule }], fields }), ORG);
}

const SORT = {
  ...PRODUCTS,
  mapping: (rule: ConflictRule) => mappingOf(rule),
  record: (id: number) => ({ ...PRODUCTS.record(id), sku: `T-${id}` }),
};

async function begun(rule: ConflictRule): Promise<TwoSides> {
  const sides = new TwoSides(rule, SORT);
  await sides.begin(1, 2);
  return sides;
}

/** A load, mostly by a service that remembers nothing. */
async function load(
  { org, shop }: TwoSides,
  mapping: Mapping,
  { state = new MemoryState(), dry = false, asks = true } = {},
) {
  const heard = new CollectedFailures();
  let askedWho = 0;
  const userId = () => {
    askedWho += 1;
    return Promise.resolve(US);
  };
  org.queried.length = 0;
  const result = await backfill({
    org: org.asOrg,
    state,
    mappings: [mapping],
    listener: heard,
    dry,
    store: new ListStore({ products: [...shop.products.values()] }),
    ...(asks && { userId }),
  });
  const [report] = result.mappings;
  return { state, report, failures: heard.take(), queries: org.queried.length, askedWho };
}

const held = (sides: TwoSides, id = 1) => {
  const { Name, Price__c } = sides.record(id);
  return [Name, Price__c];
};

describe('what a person typed in Salesforce before the state was lost', () => {
  it.each<[ConflictRule, string, (string | number)[]]>([
    ['woo_wins', "the shop's", ['Tea 1', 10]],
    ['salesforce_wins', "Salesforce's", ['Of the rep', 123.45]],
  ])(
    'is decided by the rule %s, and shown with the value of the shop',
    async (rule, whose, now) => {
      const sides = await begun(rule);
      sides.editSalesforce(1, { Name: 'Of the rep', Price__c: 123.45 });
      const { failures } = await load(sides, mappingOf(rule));
      const said = (of: string) =>
        `${of} differs, a person has changed the record in Salesforce, and what both sides held before is not known any more: ${whose} value was kept.`;
      const conflict = { code: 'CONFLICT_DECIDED', kind: 'conflict', recordKey: 'main:1' };
      expect(failures).toMatchObject([
        {
          ...conflict,
          field: 'Name',
          reason: said('Name'),
          wooValue: 'Tea 1',
          salesforceValue: 'Of the rep',
        },
        { ...conflict, field: 'Price__c', wooValue: '10', salesforceValue: '123.45' },
      ]);
      expect(held(sides)).toEqual(now);
      expect(held(sides, 2)).toEqual(['Tea 2', 10]);
    },
  );

  it('waits for a person by the rule ask, and the value of each side stays', async () => {
    const sides = await begun('ask');
    sides.editSalesforce(1, { Price__c: 123.45 });
    const { failures } = await load(sides, mappingOf('ask'));
    expect(failures).toMatchObject([
      { code: 'CONFLICT_OPEN', field: 'Price__c', wooValue: '10', salesforceValue: '123.45' },
    ]);
    expect([held(sides), sides.shop.writes]).toEqual([['Tea 1', 123.45], 0]);
  });

  it('is said once: the load after it finds both in step', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Price__c: 123.45 });
    const { state } = await load(sides, mappingOf('woo_wins'));
    expect((await load(sides, mappingOf('woo_wins'), { state })).failures).toEqual([]);
  });

  it('is said by a dry run before, which changes neither side', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Price__c: 123.45 });
    const { failures } = await load(sides, mappingOf('woo_wins'), { dry: true });
    expect(failures.map(({ code }) => code)).toEqual(['CONFLICT_DECIDED']);
    expect([held(sides), sides.writes]).toEqual([['Tea 1', 123.45], 0]);
  });

  it.each(['salesforce_wins', 'newest_wins'] as const)(
    'is not what we wrote last: the shop has changed it, and that is said by the rule %s',
    async (rule) => {
      const sides = await begun(rule);
      sides.editWoo(1, { regular_price: '30', date_modified_gmt: '2020-01-01T00:00:00' });
      const { failures } = await load(sides, mappingOf(rule));
      expect(held(sides)).toEqual(['Tea 1', 30]);
      expect(sides.shop.products.get(1)).toMatchObject({ regular_price: '30' });
      expect(failures).toMatchObject([
        {
          code: 'CONFLICT_DECIDED',
          field: 'Price__c',
          wooValue: '30',
          salesforceValue: '10',
          reason:
            "Price__c differs, and what both sides held before is not known any more: the shop's value was kept.",
        },
      ]);
    },
  );

  it('is shown beside a field that follows the shop unless it was edited', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Price__c: 123.45, Note__c: 'Of the rep' });
    const { failures } = await load(sides, mappingOf('woo_wins', { keepsNote: true }));
    expect(failures).toMatchObject([
      { code: 'CONFLICT_OPEN', field: 'Note__c', salesforceValue: 'Of the rep' },
      { code: 'CONFLICT_DECIDED', field: 'Price__c', salesforceValue: '123.45' },
    ]);
    expect(sides.record(1)).toMatchObject({ Price__c: 10, Note__c: 'Of the rep' });
  });

  it('costs no query', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Price__c: 123.45 });
    const before = await load(sides, mappingOf('woo_wins'), { dry: true, asks: false });
    const { queries } = await load(sides, mappingOf('woo_wins'), { dry: true });
    expect(queries).toBe(before.queries);
  });
});

describe('no conflict is shown', () => {
  it('of a record that nobody but we have changed: the shop did, while the service was down', async () => {
    const sides = await begun('woo_wins');
    sides.editWoo(1, { regular_price: '30' });
    const { failures } = await load(sides, mappingOf('woo_wins'));
    expect([failures, held(sides)]).toEqual([[], ['Tea 1', 30]]);
  });

  it('of values that are equal, of those that the shop alone says, and of an empty field', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Stock__c: 99, Price__c: null });
    const { failures } = await load(sides, mappingOf('woo_wins'));
    expect([failures, held(sides)]).toEqual([[], ['Tea 1', 10]]);
    expect(sides.record(1)).toMatchObject({ Stock__c: 1 });
  });

  it('of a record that is met for the first time, found by a field', async () => {
    const sides = await begun('woo_wins');
    sides.editSalesforce(1, { Woo_Key__c: null, Price__c: 123.45, Name: 'Of the rep' });
    const { failures, report } = await load(
      sides,
      mappingOf('woo_wins', { matchFields: 'Sku__c' }),
    );
    expect(failures).toEqual([]);
    expect(report?.notes.map(({ message }) => message)).toEqual([
      "Name differed on first contact; the shop's value was kept.",
      "Price__c differed on first contact; the shop's value was kept.",
    ]);
    expect(held(sides)).toEqual(['Tea 1', 10]);
  });

  it('of a field that begins to go both ways, for the state knows the record', async () => {
    const sides = new TwoSides('woo_wins', {
      ...SORT,
      mapping: (rule) => mappingOf(rule, { price: 'to_salesforce' }),
    });
    await sides.begin(1);
    sides.editSalesforce(1, { Price__c: 123.45 });
    const { state } = sides;
    const { failures, report, askedWho } = await load(sides, mappingOf('woo_wins'), { state });
    expect([failures, askedWho]).toEqual([[], 0]);
    expect(report?.notes.map(({ message }) => message)).toEqual([
      "Price__c differed on first contact; the shop's value was kept.",
    ]);
  });
});
