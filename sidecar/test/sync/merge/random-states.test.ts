import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConflictRule, FieldValue } from '../../../src/mapping/model/record.ts';
import type { Base, FieldVersions } from '../../../src/ports/two-way-state.ts';
import { digest } from '../../../src/sync/model/digest.ts';
import { US } from '../../support/holding-org.ts';
import { ADA, World } from './kept-world.ts';
import { TwoSides } from './two-sides.ts';
import { KEYS, TwoStores } from './two-stores.ts';

/*
 * Not what edits lead to, but any state at all: both sides, what is known of them, and what was under way. MERGE_CASES
 * sets how many are tried, MERGE_SEED which: `MERGE_CASES=100000 npm run test:unit -- random-states`.
 */
const CASES = Number(process.env['MERGE_CASES'] ?? 2000);
const SEED = Number(process.env['MERGE_SEED'] ?? 1);
const share = (of: number) => ({ seed: SEED, numRuns: Math.ceil(CASES * of) });

const RULES = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const;
const PERSON = '005000000000002AAA';
/** Before and after each other, as the shop says it. */
const [EARLY, LATE] = ['2026-03-01T10:00:00', '2026-03-01T10:00:05'];
const inOrg = (time: string) => `${time}.000+0000`;

/** What is known of a field of which each side may hold one of some values; places say which. */
interface Memory {
  /** What both held; null for nothing known. */
  readonly base: readonly [number, number] | null;
  /** What was being written, and to which side. */
  readonly pending: readonly ['woo' | 'salesforce', number] | null;
}

const place = fc.nat(3);
const memory: fc.Arbitrary<Memory> = fc.record({
  base: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: place.map((at) => [at, at] as const) },
    { weight: 1, arbitrary: fc.tuple(place, place) },
  ),
  pending: fc.option(fc.tuple(fc.constantFrom('woo' as const, 'salesforce' as const), place), {
    freq: 2,
  }),
});

/** @param values as they are compared, by place */
function known(
  memories: Readonly<Record<string, Memory>>,
  values: (field: string) => FieldValue[],
) {
  const base: Record<string, FieldVersions> = {};
  const pending: Record<string, FieldVersions> = {};
  for (const [name, of] of Object.entries(memories)) {
    const at = (index: number) => digest(values(name)[index] ?? null);
    if (of.base) base[name] = [at(of.base[0]), at(of.base[1])];
    if (of.pending)
      pending[name] = of.pending[0] === 'woo' ? [at(of.pending[1]), ''] : ['', at(of.pending[1])];
  }
  return { base: base as Base, pending: pending as Base };
}

/** The shop may keep what it was sent otherwise: both are in step then, though they differ. */
function isApart({ base }: Memory): boolean {
  return base !== null && base[0] !== base[1];
}

/** What a field must come to by what is known of it; undefined where a write was under way, or nothing is known. */
function expected(
  { base, pending }: Memory,
  { woo, salesforce }: { readonly woo: number; readonly salesforce: number },
  rule: ConflictRule,
  newest: 'woo' | 'salesforce',
): { readonly place: number; readonly isConflict: boolean } | 'asked' | undefined {
  if (base === null || base[0] !== base[1] || pending !== null) return undefined;
  if (woo === salesforce || salesforce === base[1]) return { place: woo, isConflict: false };
  if (woo === base[0]) return { place: salesforce, isConflict: false };
  if (rule === 'ask') return 'asked';
  const isShops = rule === 'newest_wins' ? newest === 'woo' : rule === 'woo_wins';
  return { place: isShops ? woo : salesforce, isConflict: true };
}

const VALUES = {
  Name: ['Tea', 'Mug', 'Cup', 'Чай'],
  Price__c: ['10', '12.5', '20', ''],
} as const;
type Both = keyof typeof VALUES;
const FIELDS: readonly Both[] = ['Name', 'Price__c'];
const ATTRIBUTE: Readonly<Record<Both, string>> = { Name: 'name', Price__c: 'regular_price' };
/** As the org holds it, and as both are compared. */
const heldOf = (field: Both, at: number): FieldValue => {
  const text = VALUES[field][at] ?? '';
  if (field === 'Name') return text;
  return text === '' ? null : Number(text);
};

const product = fc.record({
  rule: fc.constantFrom(...RULES),
  woo: fc.record({ Name: place, Price__c: place }),
  salesforce: fc.record({ Name: place, Price__c: place }),
  memory: fc.record({ Name: memory, Price__c: memory }),
  newest: fc.constantFrom('woo' as const, 'salesforce' as const),
  by: fc.constantFrom(US, PERSON),
  /** What is heard of first; a sweep finds the rest. */
  heard: fc.constantFrom('nothing', 'woo', 'salesforce'),
});

type ProductState = typeof product extends fc.Arbitrary<infer T> ? T : never;

/** A product that both sides hold so. */
async function productIn({ rule, woo, salesforce, newest, by, memory: memories }: ProductState) {
  const sides = new TwoSides(rule);
  await sides.begin(1);
  sides.editWoo(1, {
    name: VALUES.Name[woo.Name],
    regular_price: VALUES.Price__c[woo.Price__c],
    date_modified_gmt: newest === 'woo' ? LATE : EARLY,
  });
  sides.editSalesforce(1, {
    ...Object.fromEntries(FIELDS.map((field) => [field, heldOf(field, salesforce[field])])),
    LastModifiedById: by,
    LastModifiedDate: inOrg(newest === 'woo' ? EARLY : LATE),
  });
  const { base, pending } = known(
    Object.fromEntries(FIELDS.map((field) => [`${field}<${ATTRIBUTE[field]}`, memories[field]])),
    (name) => [0, 1, 2, 3].map((at) => heldOf(name.split('<')[0] as Both, at)),
  );
  const { kept } = sides.state.twoWay;
  const before = kept.get('Product2 main:1');
  if (before === undefined) throw new Error('nothing is known of the product');
  const names = FIELDS.map((field) => `${field}<${ATTRIBUTE[field]}`);
  const rest = Object.entries(before.base).filter(([name]) => !names.includes(name));
  expect(rest).toHaveLength(Object.keys(before.base).length - names.length);
  kept.set('Product2 main:1', {
    ...before,
    base: { ...Object.fromEntries(rest), ...base },
    pending,
  });
  return sides;
}

function judge(one: ProductState, sides: TwoSides, field: Both): void {
  const [woo, salesforce] = [one.woo[field], one.salesforce[field]];
  const text = String(sides.shop.products.get(1)?.[ATTRIBUTE[field]]);
  const inWoo = field === 'Name' ? text : text === '' ? null : Number(text);
  const inSalesforce = sides.record(1)[field];
  const were = [woo, salesforce].map((index) => heldOf(field, index));
  const said = sides.failures.flatMap((failure) => (failure.field === field ? [failure.code] : []));
  const isOpen = said.includes('CONFLICT_OPEN');
  expect(were, field).toContainEqual(inWoo);
  const mayDiffer = isOpen || isApart(one.memory[field]);
  expect(mayDiffer ? were : [inWoo], field).toContainEqual(inSalesforce);
  if (isOpen) expect(one.rule).toBe('ask');
  const due = expected(one.memory[field], { woo, salesforce }, one.rule, one.newest);
  if (due === 'asked') expect(isOpen).toBe(true);
  else if (due !== undefined) {
    const value = heldOf(field, due.place);
    expect([inWoo, inSalesforce], field).toEqual([value, value]);
    expect(said).toEqual(due.isConflict ? ['CONFLICT_DECIDED'] : []);
  }
}

const PHONES = ['1', '2', '777', ''];
const phoneOf = (at: number): FieldValue => (PHONES[at] ?? '') || null;
const contact = fc.record({
  rule: fc.constantFrom(...RULES, null),
  woo: place,
  salesforce: place,
  memory,
  /** What stands there was typed, as far as is known. */
  isPersons: fc.boolean(),
  newest: fc.constantFrom('woo' as const, 'salesforce' as const),
});
type ContactState = typeof contact extends fc.Arbitrary<infer T> ? T : never;

/** A contact that both sides hold so, and the customer that the shop shows. */
async function contactIn({ rule, newest, woo, salesforce, ...one }: ContactState) {
  const world = new World(rule);
  await world.load(ADA);
  Object.assign(world.contact, {
    Phone: phoneOf(salesforce),
    LastModifiedById: PERSON,
    LastModifiedDate: inOrg(newest === 'woo' ? EARLY : LATE),
  });
  const name = 'Phone<billing.phone';
  const { kept } = world.state.twoWay;
  const before = kept.get('Contact main:3');
  if (before?.base[name] === undefined) throw new Error('nothing is known of the contact');
  const { [name]: _, ...rest } = before.base;
  const { base, pending } = known({ [name]: one.memory }, () =>
    PHONES.map((_phone, at) => phoneOf(at)),
  );
  const of = base[name];
  const typed = of && one.isPersons ? { [name]: [of[0], ''] as const } : {};
  kept.set('Contact main:3', { ...before, base: { ...rest, ...base, ...typed }, pending });
  await world.state.clearHashes(['main:3'], null);
  const shop = {
    ...ADA,
    billing: { phone: PHONES[woo] },
    date_modified_gmt: newest === 'woo' ? LATE : EARLY,
  };
  return { world, shop };
}

/** What the contact holds in the end, and what was said of it first, where nothing was under way; undefined elsewhere. */
function expectedOf(one: ContactState): readonly [FieldValue, readonly string[]] | undefined {
  const { rule, newest, woo, salesforce } = one;
  const { base, pending } = one.memory;
  if (base === null || pending !== null || woo === salesforce) return undefined;
  if (woo === base[0]) return [phoneOf(salesforce), []];
  if (!one.isPersons && salesforce === base[1]) return [phoneOf(woo), []];
  if (rule === 'ask') return [phoneOf(salesforce), ['CONFLICT_OPEN']];
  const isShops = rule === 'newest_wins' ? newest === 'woo' : rule !== 'salesforce_wins';
  return [phoneOf(isShops ? woo : salesforce), ['CONFLICT_DECIDED']];
}

const SHARED = { main: ['M0', 'M1', 'P0', 'P1'], outlet: ['O0', 'O1', 'P0', 'P1'] } as const;
const shared = fc.record({
  rule: fc.constantFrom(...RULES),
  editsToAllStores: fc.boolean(),
  main: place,
  outlet: place,
  salesforce: place,
  memories: fc.record({ main: memory, outlet: memory }),
  heard: fc.subarray([...KEYS]),
});

type SharedState = typeof shared extends fc.Arbitrary<infer T> ? T : never;

/** A product that two shops and the org hold so. */
async function sharedIn(one: SharedState): Promise<TwoStores> {
  const { rule, editsToAllStores, main, outlet, salesforce } = one;
  const stores = new TwoStores({ rule, editsToAllStores });
  const fields = { sku: 'sku-1', regular_price: '10', stock_quantity: 1 };
  stores.change('main', 1, { ...fields, name: 'M0' });
  await stores.settle();
  stores.change('outlet', 101, { ...fields, name: 'O0' });
  await stores.settle();
  const record = stores.record(1);
  for (const key of KEYS) {
    const pair = `Product2 ${key === 'main' ? 'main:1' : 'outlet:101'}`;
    const before = stores.state.twoWay.kept.get(pair);
    if (before === undefined) continue;
    const { 'Name<name': _, ...rest } = before.base;
    const { base, pending } = known({ 'Name<name': one.memories[key] }, () => [...SHARED[key]]);
    stores.state.twoWay.kept.set(pair, { ...before, base: { ...rest, ...base }, pending });
  }
  stores.shops.main.products.set(1, {
    ...stores.shops.main.products.get(1),
    name: SHARED.main[main],
    date_modified_gmt: EARLY,
  });
  stores.shops.outlet.products.set(101, {
    ...stores.shops.outlet.products.get(101),
    name: SHARED.outlet[outlet],
    date_modified_gmt: EARLY,
  });
  Object.assign(record, { Name: SHARED.main[salesforce], LastModifiedById: PERSON });
  return stores;
}

describe('whatever both sides hold, and whatever is known and under way', () => {
  it('a product comes to rest with one value of each field, which one of the sides had', async () => {
    const property = fc.asyncProperty(product, async (one) => {
      const sides = await productIn(one);
      if (one.heard === 'woo') sides.change(1);
      if (one.heard === 'salesforce') await sides.tell(1);
      await sides.settle();
      await sides.tell(1);
      await sides.settle();
      for (const field of FIELDS) judge(one, sides, field);
      const { writes } = sides;
      sides.change(1);
      await sides.tell(1);
      await sides.settle();
      expect(sides.writes, 'writes where nothing has changed').toBe(writes);
    });
    await fc.assert(property, share(0.5));
  });

  it('a contact comes to rest, and what a person typed stays but for a rule and a change of the shop', async () => {
    const property = fc.asyncProperty(contact, async (one) => {
      const { world, shop } = await contactIn(one);
      await world.load(shop);
      const said = world.failures.filter(({ field }) => field === 'Phone').map(({ code }) => code);
      for (let rounds = 1; world.org.written.length > 0 || world.looked.length > 0; rounds += 1) {
        expect(rounds).toBeLessThan(50);
        await world.load(shop);
      }
      const value = (world.contact['Phone'] ?? null) as FieldValue;
      expect([phoneOf(one.woo), phoneOf(one.salesforce)]).toContainEqual(value);
      const due = expectedOf(one);
      if (due !== undefined) expect([value, said]).toEqual(due);
    });
    await fc.assert(property, share(0.3));
  });

  it('a product of two stores comes to rest, and nothing of the other store is in the first', async () => {
    const property = fc.asyncProperty(shared, async (one) => {
      const { rule, editsToAllStores, main, outlet, salesforce } = one;
      const stores = await sharedIn(one);
      for (const key of one.heard)
        await stores.add([{ resource: 'product', key: key === 'main' ? 'main:1' : 'outlet:101' }]);
      await stores.settle();
      await stores.tell(1);
      await stores.add(
        ['main:1', 'outlet:101'].map((key) => ({ resource: 'product', key }) as const),
      );
      await stores.settle();

      const inMain = stores.shops.main.products.get(1)?.['name'];
      const inOutlet = stores.shops.outlet.products.get(101)?.['name'];
      const inSalesforce = stores.record(1)['Name'];
      expect([SHARED.main[main], SHARED.main[salesforce]]).toContain(inMain);
      const isOpen = stores.failures.some(({ code }) => code === 'CONFLICT_OPEN');
      if (isOpen) expect(rule).toBe('ask');
      else if (!isApart(one.memories.main)) expect(inSalesforce).toBe(inMain);
      expect(`${String(inMain)} ${String(inSalesforce)}`).not.toContain('O');
      if (!editsToAllStores) expect(inOutlet).toBe(SHARED.outlet[outlet]);
      else
        expect([SHARED.outlet[outlet], SHARED.main[salesforce], SHARED.main[main]]).toContain(
          inOutlet,
        );
      const { length } = stores.org.written;
      const sent = KEYS.map((key) => stores.shops[key].sent.length);
      await stores.tell(1);
      await stores.settle();
      expect(stores.org.written).toHaveLength(length);
      expect(KEYS.map((key) => stores.shops[key].sent.length)).toEqual(sent);
    });
    await fc.assert(property, share(0.2));
  });
});
