import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { US } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { KEYS, PERSON, TwoStores, type Key, type Setting } from './two-stores.ts';

const PRODUCTS = [1, 2];
/** Who wrote a value shows in it: its first digit, or its first letter. */
const PRICE = { main: '10', outlet: '20', person: '30' } as const;
const NAME = { main: 'M', outlet: 'O', person: 'P' } as const;
const FIRST_ID = { main: 0, outlet: 100 };

async function begun(setting: Setting = {}): Promise<TwoStores> {
  const stores = new TwoStores(setting);
  for (const key of KEYS) {
    for (const id of PRODUCTS) {
      stores.change(key, FIRST_ID[key] + id, {
        sku: `sku-${id}`,
        name: `${NAME[key]}0`,
        regular_price: `${PRICE[key]}.00`,
        stock_quantity: key === 'main' ? 1000 : 2000,
      });
    }
    await stores.settle();
  }
  for (const key of KEYS) stores.shops[key].writes = 0;
  stores.org.written.length = 0;
  return stores;
}

const shop = (stores: TwoStores, key: Key, id: number) =>
  stores.shops[key].products.get(FIRST_ID[key] + id);

describe('a product that two stores share', () => {
  it('has the values of the store whose key it carries', async () => {
    const stores = await begun();
    expect(stores.record(1)).toMatchObject({ Woo_Key__c: 'main:1', Price__c: 10, Stock__c: 1000 });
    stores.change('outlet', 101, { regular_price: '1.23', stock_quantity: 500 });
    await stores.settle();
    expect(stores.record(1)).toMatchObject({ Name: 'M0', Price__c: 10, Stock__c: 1000 });
    stores.change('main', 1, { stock_quantity: 999 });
    await stores.settle();
    expect(stores.record(1)).toMatchObject({ Price__c: 10, Stock__c: 999 });
    expect(stores.failures).toEqual([]);
  });

  it('sends an edit to that store alone, and nothing that another shop wrote', async () => {
    const stores = await begun();
    stores.change('outlet', 101, { regular_price: '1.23' });
    await stores.settle();
    await stores.edit(1, { Name: 'P1' });
    await stores.settle();
    expect(shop(stores, 'main', 1)).toMatchObject({ name: 'P1', regular_price: '10.00' });
    expect(shop(stores, 'outlet', 1)).toMatchObject({ name: 'O0', regular_price: '1.23' });
    expect(stores.shops.outlet.sent).toEqual([]);
  });

  it('is looked for by lookups of the other store: its link leads there', async () => {
    const stores = await begun();
    const links = await stores.state.links('Product2', ['outlet:101']);
    expect(links.get('outlet:101')).toMatchObject({ recordId: stores.record(1)['Id'], byId: true });
  });

  it('stays when the other store deletes its product', async () => {
    const stores = await begun();
    stores.shops.outlet.products.delete(101);
    await stores.tell(1);
    stores.change('outlet', 102, { name: 'O1' });
    await stores.settle();
    expect(stores.org.of('Product2')).toHaveLength(2);
    expect(stores.org.written).toEqual([]);
  });

  it('gets from another store what that has a field of its own for, and gives it back', async () => {
    const stores = await begun({ outletPrice: true });
    expect(stores.record(1)).toMatchObject({ Name: 'M0', Price__c: 10, Outlet_Price__c: 20 });
    await stores.edit(1, { Outlet_Price__c: 30, Name: 'P1' });
    await stores.settle();
    expect(shop(stores, 'outlet', 1)).toMatchObject({ name: 'O0', regular_price: '30' });
    expect(shop(stores, 'main', 1)).toMatchObject({ name: 'P1', regular_price: '10.00' });
    stores.change('outlet', 101, { regular_price: '20.50', name: 'O2' });
    await stores.settle();
    expect(stores.record(1)).toMatchObject({ Name: 'P1', Price__c: 10, Outlet_Price__c: 20.5 });
  });

  it('has a conflict with each store, which shows what that store and Salesforce hold by now', async () => {
    const stores = await begun({ outletPrice: true, rule: 'ask' });
    const open = async () => {
      stores.failures.length = 0;
      await stores.settle();
      return Object.fromEntries(
        stores.failures.map(({ key, wooValue, salesforceValue }) => [
          key,
          [wooValue, salesforceValue],
        ]),
      );
    };
    stores.change('main', 1, { regular_price: '11' });
    stores.change('outlet', 101, { regular_price: '21' });
    await stores.edit(1, { Price__c: 12, Outlet_Price__c: 22 });
    const [ofMain, ofOutlet] = ['main:1#Price__c', 'outlet:101#Outlet_Price__c'].map(
      (key) => `product:Product2:${key}`,
    );
    expect(await open()).toEqual({ [`${ofMain}`]: ['11', '12'], [`${ofOutlet}`]: ['21', '22'] });
    await stores.edit(1, { Outlet_Price__c: 23 });
    expect(await open()).toEqual({ [`${ofMain}`]: ['11', '12'], [`${ofOutlet}`]: ['21', '23'] });
    stores.change('outlet', 101, { regular_price: '23' });
    expect(await open()).toEqual({});
    await stores.tell(1);
    expect(await open()).toEqual({ [`${ofMain}`]: ['11', '12'] });
  });

  it('costs the other store no look at Salesforce, and no look at the shop for an edit', async () => {
    const stores = await begun();
    const asked = stores.shops.outlet.asked.length;
    stores.org.queried.length = 0;
    stores.change('outlet', 101, { regular_price: '1.23' });
    await stores.settle();
    expect(stores.org.queried).toEqual([]);
    await stores.edit(1, { Name: 'P1' });
    await stores.settle();
    expect(stores.shops.outlet.asked.length).toBe(asked);
  });
});

describe('a mapping whose edits go to all stores', () => {
  const sharing = () => begun({ editsToAllStores: true });

  it('sends what a person typed to each, and leaves them what they had', async () => {
    const stores = await sharing();
    expect(shop(stores, 'outlet', 1)).toMatchObject({ name: 'O0', regular_price: '20.00' });
    await stores.edit(1, { Name: 'P1' });
    await stores.settle();
    expect(shop(stores, 'main', 1)).toMatchObject({ name: 'P1', regular_price: '10.00' });
    expect(shop(stores, 'outlet', 1)).toMatchObject({ name: 'P1', regular_price: '20.00' });
  });

  it.each([['main', 'outlet'] as const, ['outlet', 'main'] as const])(
    'whichever of both is looked at first: %s',
    async (...order) => {
      const stores = await sharing();
      await stores.edit(1, { Price__c: 30 });
      for (const key of order) await stores.run(key);
      await stores.settle();
      for (const key of KEYS) expect(shop(stores, key, 1)).toMatchObject({ regular_price: '30' });
    },
  );

  it('says of no field that a conflict is over where there can be none', async () => {
    const stores = await begun({ editsToAllStores: true, rule: 'ask' });
    await stores.edit(1, { Price__c: 30 });
    await stores.settle();
    expect(KEYS.map((key) => shop(stores, key, 1)?.['regular_price'])).toEqual(['30', '30']);
    // The owner's shop may have been asked of it before, the other one never.
    expect(stores.settled.map(({ recordKey }) => recordKey)).toEqual(['main:1']);
  });

  it('sends nothing that the owner’s shop wrote, be it told of as an edit', async () => {
    const stores = await sharing();
    stores.change('main', 1, { regular_price: '10.70', name: 'M1' });
    await stores.settle();
    await stores.tell(1);
    await stores.settle();
    expect(shop(stores, 'outlet', 1)).toMatchObject({ name: 'O0', regular_price: '20.00' });
    expect(stores.shops.outlet.sent).toEqual([]);
  });

  it('keeps what the other shop wrote after an edit, until the next one', async () => {
    const stores = await sharing();
    await stores.edit(1, { Price__c: 30 });
    await stores.settle();
    stores.change('outlet', 101, { regular_price: '20.50' });
    await stores.settle();
    await stores.tell(1);
    await stores.settle();
    expect(shop(stores, 'outlet', 1)).toMatchObject({ regular_price: '20.50' });
    expect(stores.record(1)).toMatchObject({ Price__c: 30 });
    await stores.edit(1, { Price__c: 31 });
    await stores.settle();
    expect(shop(stores, 'outlet', 1)).toMatchObject({ regular_price: '31' });
  });
});

const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('main' as const, 'outlet' as const, 'person' as const),
    id: fc.constantFrom(...PRODUCTS),
    name: fc.option(fc.nat(3)),
    price: fc.option(fc.nat(3)),
    stock: fc.nat(50),
  }),
  fc.record({ kind: fc.constant('run' as const), key: fc.constantFrom(...KEYS) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function happen(stores: TwoStores, one: Step): Promise<void> {
  if (one.kind === 'run') return stores.run(one.key);
  const { kind, id, name, price, stock } = one;
  const said = price === null ? null : `${PRICE[kind]}.${price}`;
  if (kind === 'person') {
    return stores.edit(id, {
      ...(name !== null && { Name: `P${name}` }),
      ...(said !== null && { Price__c: Number(said) }),
    });
  }
  stores.change(kind, FIRST_ID[kind] + id, {
    ...(name !== null && { name: `${NAME[kind]}${name}` }),
    ...(said !== null && { regular_price: said }),
    stock_quantity: (kind === 'main' ? 1000 : 2000) + stock,
  });
  return undefined;
}

/** No value of one shop is in the other one, nor in a field that is the other's. */
function staysApart(stores: TwoStores, { editsToAllStores, outletPrice }: Setting): void {
  for (const id of PRODUCTS) {
    const inOrg = stores.record(id);
    const [main, outlet] = [shop(stores, 'main', id), shop(stores, 'outlet', id)];
    expect([inOrg['Name'], main?.['name']].join()).not.toMatch(/O/);
    expect([inOrg['Price__c'], main?.['regular_price']].join()).not.toMatch(/(^|,)20/);
    expect(inOrg['Stock__c']).toBeLessThan(2000);
    expect(outlet?.['name']).toMatch(editsToAllStores ? /^[OP]/ : /^O/);
    expect(outlet?.['regular_price']).toMatch(editsToAllStores ? /^[23]0/ : /^20/);
    if (outletPrice) expect(String(inOrg['Outlet_Price__c'])).toMatch(/^20/);
  }
}

describe.each<Setting>([{}, { editsToAllStores: true }, { outletPrice: true }])(
  'two stores with prices and stocks of their own, set up as %j',
  (setting) => {
    it('never get a value of each other, and come to rest, whatever happens', async () => {
      const steps = fc.array(step, { minLength: 1, maxLength: 25 });
      const property = fc.asyncProperty(steps, async (taken) => {
        const stores = await begun(setting);
        for (const one of taken) {
          await happen(stores, one);
          staysApart(stores, setting);
        }
        await stores.settle();
        staysApart(stores, setting);
        const writes = stores.org.written.length;
        for (const id of PRODUCTS) await stores.tell(id);
        await stores.settle();
        expect(stores.org.written.length).toBe(writes);
        for (const id of PRODUCTS) {
          const inOrg = stores.record(id);
          expect(shop(stores, 'main', id)?.['name']).toBe(inOrg['Name']);
          expect(Number(shop(stores, 'main', id)?.['regular_price'])).toBe(inOrg['Price__c']);
          expect(shop(stores, 'main', id)?.['stock_quantity']).toBe(inOrg['Stock__c']);
        }
        expect(stores.failures.filter(({ code }) => code !== 'CONFLICT_DECIDED')).toEqual([]);
      });
      await fc.assert(property, { numRuns: 40 });
    });
  },
);

describe('a field of the second store, once the state was lost', () => {
  const typed = { LastModifiedById: PERSON, Outlet_Price__c: 30 };

  async function lost(fields: Readonly<Record<string, unknown>>): Promise<TwoStores> {
    const stores = await begun({ outletPrice: true });
    Object.assign(stores.record(1), fields);
    stores.state = new MemoryState();
    for (const key of KEYS) await stores.load(key);
    return stores;
  }

  it('is a conflict where a person has typed another value than the shop has', async () => {
    const stores = await lost(typed);
    expect(stores.failures).toMatchObject([
      {
        code: 'CONFLICT_DECIDED',
        recordKey: 'outlet:101',
        field: 'Outlet_Price__c',
        wooValue: '20',
        salesforceValue: '30',
      },
    ]);
    expect(stores.record(1)).toMatchObject({ Outlet_Price__c: 20 });
  });

  it.each([
    ['we have written the record last', { ...typed, LastModifiedById: US }],
    ['both hold the same', { ...typed, Outlet_Price__c: 20 }],
    ['nothing was typed', { ...typed, Outlet_Price__c: null }],
  ])('is none where %s', async (_, fields) => {
    expect((await lost(fields)).failures).toEqual([]);
  });
});
