import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/diagnostics/explain/explain.ts';
import type { MappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../../mapping/support/mappings.ts';
import { ListStore } from '../../support/list-store.ts';
import { PRODUCTS, TwoSides } from '../merge/two-sides.ts';

const OBJECT = 'Product2';
const FIELDS = [
  field('Name', 'string'),
  field('Price__c', 'double'),
  field('Stock__c', 'double', { scale: 0 }),
  field('Note__c', 'string'),
  field('Deleted__c', 'boolean'),
];
const ORG = schemas(object(OBJECT, ...FIELDS), object('Copy__c', ...FIELDS));

interface Half extends Partial<MappingRow> {
  /** Operator and value of its condition on the type; null for none. */
  readonly wants: readonly [string, string] | null;
}

const OTHERS: Half = { name: 'Others', wants: ['not_equals', 'simple'] };
const SIMPLE: Half = { name: 'Simple', wants: ['equals', 'simple'] };

function rowsOf({ wants, name = '', ...more }: Half) {
  const { direction = 'both' } = more;
  const [names, own] = [
    { mapping: name, direction },
    { mapping: name, direction: 'to_salesforce' },
  ];
  const row = mappingRow({ name, resource: 'product', object: OBJECT });
  const flags = { deleteRule: 'flag', deleteField: 'Deleted__c', deleteValue: 'true' };
  return {
    mapping: { ...row, direction, ...flags, ...more },
    fields: [
      fieldRow('Name', 'name', names),
      fieldRow('Price__c', 'regular_price', names),
      fieldRow('Stock__c', 'stock_quantity', own),
      // So that what they write is never the same.
      ...(name === 'Simple' ? [fieldRow('Note__c', 'purchase_note', own)] : []),
    ],
    conditions: wants === null ? [] : [conditionRow(1, 'type', ...wants, name)],
  };
}

/** Two mappings of products, read in this order. */
function pair(first: Half, second: Half): readonly [Mapping, Mapping] {
  const rows = [first, second].map(rowsOf);
  const { mappings, problems } = compileRows(
    {
      mappings: rows.map(({ mapping }) => mapping),
      fields: rows.flatMap(({ fields }) => fields),
      conditions: rows.flatMap(({ conditions }) => conditions),
    },
    ORG,
  );
  const [a, b] = mappings;
  if (a === undefined || b === undefined) throw new Error(JSON.stringify(problems));
  return [a, b];
}

interface World {
  readonly sides: TwoSides;
  readonly mappings: readonly Mapping[];
  /** Loads what the shop has. @returns how many were wanted and updated by each mapping, and how many writes it took */
  readonly load: (dry?: boolean) => Promise<{
    readonly wanted: readonly number[];
    readonly updated: readonly number[];
    readonly writes: number;
  }>;
}

/** Product 1 is a simple one, and in step. */
async function world(first: Half, second: Half): Promise<World> {
  const mappings = pair(first, second);
  const [one, ...beside] = mappings;
  const sides = new TwoSides('woo_wins', { ...PRODUCTS, mapping: () => one, beside });
  await sides.begin(1);
  const { org, state, shop } = sides;
  const load: World['load'] = async (dry = false) => {
    const store = new ListStore({ products: [...shop.products.values()] });
    const before = sides.writes;
    const result = await backfill({ org: org.asOrg, state, store, mappings, dry });
    return {
      wanted: result.mappings.map(({ wanted }) => wanted),
      updated: result.mappings.map(({ updated }) => updated),
      writes: sides.writes - before,
    };
  };
  return { sides, mappings, load };
}

const held = (sides: TwoSides) => {
  const { Name, Price__c } = sides.record(1);
  const { name, regular_price } = sides.shop.products.get(1) ?? {};
  return [Name, Price__c, name, Number(regular_price)];
};

async function shopSays(sides: TwoSides, fields: WooRecord): Promise<void> {
  sides.editWoo(1, fields);
  sides.change(1);
  await sides.settle();
}

describe('two mappings that exclude each other and keep what is in Salesforce', () => {
  it.each([
    ['the second', OTHERS, SIMPLE],
    ['the first', SIMPLE, OTHERS],
  ])('decide a conflict by the rule of the one that wants the record, %s', async (_, a, b) => {
    const ruled = (half: Half): Half => ({
      ...half,
      conflictRule: half === SIMPLE ? 'salesforce_wins' : 'woo_wins',
    });
    const { sides } = await world(ruled(a), ruled(b));
    sides.editSalesforce(1, { Name: 'Of the rep', Price__c: 201 });
    sides.editWoo(1, { name: 'Of the shop', regular_price: '101' });
    await sides.tell(1);
    await sides.settle();
    expect(held(sides)).toEqual(['Of the rep', 201, 'Of the rep', 201]);
    expect(sides.failures.map(({ code, field: of }) => [code, of])).toEqual([
      ['CONFLICT_DECIDED', 'Name'],
      ['CONFLICT_DECIDED', 'Price__c'],
    ]);
  });

  it('write nothing by a second backfill, and each takes its own', async () => {
    const { load } = await world(OTHERS, SIMPLE);
    expect(await load()).toEqual({ wanted: [0, 1], updated: [0, 0], writes: 0 });
    expect(await load(true)).toEqual({ wanted: [0, 1], updated: [0, 0], writes: 0 });
  });

  it('hand over a record that becomes one of the other, which writes it from then on', async () => {
    const { sides, load } = await world(
      { ...OTHERS, conflictRule: 'salesforce_wins' },
      { ...SIMPLE, conflictRule: 'woo_wins' },
    );
    await shopSays(sides, { type: 'external', name: 'Elsewhere' });
    expect(held(sides)).toEqual(['Elsewhere', 10, 'Elsewhere', 10]);
    expect(await load()).toEqual({ wanted: [1, 0], updated: [0, 0], writes: 0 });
    sides.editSalesforce(1, { Price__c: 7 });
    sides.editWoo(1, { regular_price: '8' });
    await sides.tell(1);
    await sides.settle();
    expect(held(sides)).toEqual(['Elsewhere', 7, 'Elsewhere', 7]);
    await shopSays(sides, { type: 'simple', name: 'Back', regular_price: '9' });
    expect(held(sides)).toEqual(['Back', 9, 'Back', 9]);
    expect(await load()).toEqual({ wanted: [0, 1], updated: [0, 0], writes: 0 });
  });

  it('send an edit of Salesforce alone to the shop once', async () => {
    const { sides } = await world(OTHERS, SIMPLE);
    sides.editSalesforce(1, { Price__c: 12 });
    await sides.tell(1);
    await sides.settle();
    expect([held(sides), sides.shop.writes, sides.org.written.length]).toEqual([
      ['Tea 1', 12, 'Tea 1', 12],
      1,
      0,
    ]);
  });

  it('keep on with a record that neither wants any more, and one of them does', async () => {
    const { sides, load } = await world({ ...OTHERS, wants: ['equals', 'grouped'] }, SIMPLE);
    await shopSays(sides, { type: 'external', name: 'Elsewhere' });
    expect(held(sides)).toEqual(['Elsewhere', 10, 'Elsewhere', 10]);
    expect(await load()).toEqual({ wanted: [1, 0], updated: [0, 0], writes: 0 });
  });

  it('say by whom the record is written', async () => {
    const { sides, mappings } = await world(OTHERS, SIMPLE);
    const { org, state, shop: store } = sides;
    const parts = { org: org.asOrg, state, store, problems: [], mappings };
    const said = await explain({ ...parts, only: 'Others' }, 'product', '1');
    const [others, simple] = said.parts.flatMap((part) => part.mappings);
    expect(others).toMatchObject({
      action: 'none',
      why: 'The mapping Simple takes it, and each record of an object is written by one mapping.',
    });
    expect(simple).toMatchObject({ action: 'unchanged' });
  });
});

describe('a record that moves to a mapping of the same object', () => {
  it('is not deleted by the one that it leaves', async () => {
    const { sides } = await world(OTHERS, { ...SIMPLE, whenUnmet: 'delete' });
    await shopSays(sides, { type: 'external', name: 'Elsewhere' });
    expect(sides.record(1)).toMatchObject({ Name: 'Elsewhere' });
    expect(sides.record(1)['Deleted__c']).not.toBe(true);
  });

  it('but is where the other one does not want it either', async () => {
    const other: Half = { ...OTHERS, wants: ['equals', 'grouped'], whenUnmet: 'stop' };
    const { sides } = await world(other, { ...SIMPLE, whenUnmet: 'delete' });
    await shopSays(sides, { type: 'external' });
    expect(sides.record(1)).toMatchObject({ Deleted__c: true });
  });
});

describe('two mappings that want the same record', () => {
  it.each([
    ['in order', OTHERS, SIMPLE, [1, 0]],
    ['out of order', SIMPLE, OTHERS, [0, 1]],
  ])('are one writer, the first by name, read %s', async (_, a, b, wanted) => {
    const { sides, load } = await world({ ...a, wants: null }, { ...b, wants: null });
    await shopSays(sides, { stock_quantity: 5 });
    expect(sides.record(1)).toMatchObject({ Stock__c: 5 });
    expect(await load()).toEqual({ wanted, updated: [0, 0], writes: 0 });
  });

  it('are the one that updates, where the first only creates', async () => {
    const first: Half = { ...OTHERS, wants: null, onUpdate: false };
    const { sides, load } = await world(first, { ...SIMPLE, wants: null, onCreate: false });
    await shopSays(sides, { stock_quantity: 5 });
    expect(sides.record(1)).toMatchObject({ Stock__c: 5 });
    expect(await load()).toEqual({ wanted: [0, 1], updated: [0, 0], writes: 0 });
  });
});

describe('a mapping with no rival', () => {
  it('writes a record beside a mapping of another object', async () => {
    const copy: Half = { ...SIMPLE, object: 'Copy__c', direction: 'to_salesforce', wants: null };
    const { sides, load } = await world(OTHERS, copy);
    expect(sides.org.of(OBJECT)).toEqual([]);
    await shopSays(sides, { type: 'external', stock_quantity: 5 });
    expect(sides.org.of('Copy__c')).toMatchObject([{ Stock__c: 5 }]);
    expect(sides.record(1)).toMatchObject({ Stock__c: 5 });
    expect(await load()).toEqual({ wanted: [1, 1], updated: [0, 0], writes: 0 });
  });

  it('keeps a record that it wants no more, beside one that stops', async () => {
    const other: Half = { ...OTHERS, wants: ['equals', 'grouped'], whenUnmet: 'stop' };
    const { sides, load } = await world(other, SIMPLE);
    await shopSays(sides, { type: 'external', stock_quantity: 5 });
    expect(sides.record(1)).toMatchObject({ Stock__c: 5 });
    expect(await load()).toEqual({ wanted: [0, 1], updated: [0, 0], writes: 0 });
  });
});
