import { describe, expect, it } from 'vitest';
import { Availability } from '../../../src/engine/availability.ts';
import { changeOwner } from '../../../src/engine/commands/change-owner.ts';
import type { Command, CommandsParts, Work } from '../../../src/engine/commands/command.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import type { Setup } from '../../../src/ports/setup.ts';
import { KEYS, type Key, type Setting, TwoStores } from '../../sync/merge/two-stores.ts';

const PRODUCTS = [1, 2];
const FIRST_ID = { main: 0, outlet: 100 };
const NAME = { main: 'M', outlet: 'O' };
const PRICE = { main: '10', outlet: '20' };
const STOCK = { main: 1000, outlet: 2000 };

/** Two loaded stores that share two products, which belong to the main one. */
async function begun(setting: Setting = {}): Promise<TwoStores> {
  const stores = new TwoStores(setting);
  for (const key of KEYS) {
    for (const id of PRODUCTS) {
      stores.change(key, FIRST_ID[key] + id, {
        sku: `sku-${id}`,
        name: `${NAME[key]}${id}`,
        regular_price: PRICE[key],
        stock_quantity: STOCK[key],
      });
    }
    await stores.settle();
    stores.state.cursors.set(`${key} loaded`, { at: '2026-12-01T08:00:00Z' });
  }
  for (const key of KEYS) {
    stores.shops[key].writes = 0;
    stores.shops[key].sent.length = 0;
  }
  return stores;
}

interface Given {
  /** Runs each time that somebody waits for records, before they are looked at. */
  readonly whenWaiting?: (waits: number) => void | Promise<void>;
  /** Runs with each change event that is queued. */
  readonly whenQueued?: (adds: number) => void;
  readonly signal?: AbortSignal;
  /** Stores that run; both where it is left out. */
  readonly running?: readonly Key[];
}

function give(stores: TwoStores, fields: Partial<Command>, given: Given = {}) {
  let [waits, adds] = [0, 0];
  const now = () => new Date('2026-12-01T10:00:00Z');
  const clock = { now, sleep: () => Promise.resolve() };
  const all = stores.setups.filter(({ store }) =>
    (given.running ?? KEYS).includes(store.key as Key),
  );
  const setup = { stores: all, held: [], stopped: [], problems: [] } as unknown as Setup;
  const queue = {
    add: (changes: Parameters<TwoStores['add']>[0]) => {
      given.whenQueued?.((adds += 1));
      return stores.add(changes);
    },
    countOpen: async () => {
      await given.whenWaiting?.((waits += 1));
      await stores.settle();
      return 0;
    },
  };
  const parts = {
    org: stores.org.asOrg,
    state: stores.state,
    queue,
    clock,
    setup: () => setup,
    availability: new Availability(clock),
  } as unknown as CommandsParts;
  const command: Command = {
    id: 'x',
    name: 'WC-1',
    type: 'change_owner',
    state: 'running',
    arguments: '',
    recordId: '',
    resource: '',
    store: '',
    ...fields,
  };
  const signal = given.signal ?? new AbortController().signal;
  const work: Work = {
    command,
    setup,
    resumed: false,
    signal,
    looking: null,
    tell: () => undefined,
  };
  return changeOwner(parts, work);
}

const inSalesforce = (stores: TwoStores, id: number) => {
  const { Woo_Key__c: key, Name: name, Price__c: price, Stock__c: stock } = stores.record(id);
  return { key, name, price, stock };
};
const ofStore = (key: Key, id: number) => ({
  key: `${key}:${FIRST_ID[key] + id}`,
  name: `${NAME[key]}${id}`,
  price: Number(PRICE[key]),
  stock: STOCK[key],
});
const inShop = (stores: TwoStores, key: Key, id: number) =>
  stores.shops[key].products.get(FIRST_ID[key] + id);

describe('a store that becomes the owner of records that it shares', () => {
  it.each<ConflictRule>(['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'])(
    'has its values in Salesforce, and no shop gets those of the other, by the rule %s; and back',
    async (rule) => {
      const stores = await begun({ rule });
      expect(PRODUCTS.map((id) => inSalesforce(stores, id))).toEqual(
        PRODUCTS.map((id) => ofStore('main', id)),
      );
      for (const key of ['outlet', 'main'] as const) {
        expect(await give(stores, { store: key })).toEqual({
          failed: false,
          text: `2 records belong to the store "${key}" now, with what its shop says.`,
        });
        expect(PRODUCTS.map((id) => inSalesforce(stores, id))).toEqual(
          PRODUCTS.map((id) => ofStore(key, id)),
        );
      }
      expect(KEYS.map((key) => stores.shops[key].sent)).toEqual([[], []]);
      expect(stores.failures).toEqual([]);
      expect(await give(stores, { store: 'main' })).toMatchObject({
        text: 'No record of the store "main" belongs to another one.',
      });
    },
  );

  it('gets edits and changes from then on, and the other one none', async () => {
    const stores = await begun();
    await give(stores, { store: 'outlet' });
    await stores.edit(1, { Name: 'P1' });
    stores.change('main', 2, { name: 'late', stock_quantity: 1 });
    stores.change('outlet', 102, { name: 'sold', stock_quantity: 7 });
    await stores.settle();
    expect(inShop(stores, 'outlet', 1)).toMatchObject({ name: 'P1' });
    expect(inShop(stores, 'main', 1)).toMatchObject({ name: 'M1' });
    expect(inSalesforce(stores, 2)).toMatchObject({ name: 'sold', stock: 7 });
    expect(stores.shops.main.sent).toEqual([]);
  });

  it('takes those alone that the command names', async () => {
    const stores = await begun();
    const [one, other] = PRODUCTS.map((id) => String(stores.record(id)['Id']));
    const named = { store: 'outlet', resource: 'product', arguments: '102' };
    expect(await give(stores, named)).toMatchObject({ failed: false });
    expect(PRODUCTS.map((id) => inSalesforce(stores, id).key)).toEqual(['main:1', 'outlet:102']);
    expect([one, other]).toEqual(PRODUCTS.map((id) => stores.record(id)['Id']));
    // Of its own already.
    expect((await give(stores, named)).text).toContain('among those that were named');
  });

  it('leaves an edit that waits to the shop for which it was made', async () => {
    const stores = await begun({ rule: 'salesforce_wins' });
    Object.assign(stores.record(1), { Name: 'P1' });
    await give(stores, { store: 'outlet' });
    expect(inShop(stores, 'main', 1)).toMatchObject({ name: 'P1' });
    expect(inSalesforce(stores, 1)).toEqual(ofStore('outlet', 1));
    expect(stores.shops.outlet.sent).toEqual([]);
  });

  it.each<[ConflictRule, string, string]>([
    ['woo_wins', 'O1', 'O1'],
    ['salesforce_wins', 'P1', 'P1'],
    ['ask', 'P1', 'O1'],
  ])('has a conflict with what is typed meanwhile, by the rule %s', async (rule, held, shop) => {
    const stores = await begun({ rule });
    await give(
      stores,
      { store: 'outlet' },
      {
        whenWaiting: (waits) => {
          if (waits === 2) Object.assign(stores.record(1), { Name: 'P1' });
        },
      },
    );
    expect(inSalesforce(stores, 1)).toMatchObject({ key: 'outlet:101', name: held });
    expect(inShop(stores, 'outlet', 1)).toMatchObject({ name: shop });
    expect(inShop(stores, 'main', 1)).toMatchObject({ name: 'M1' });
    const issues = [...new Map(stores.failures.map((one) => [one.key, one])).values()];
    expect(issues).toMatchObject([
      { recordKey: 'outlet:101', field: 'Name', wooValue: 'O1', salesforceValue: 'P1' },
    ]);
  });

  it('keeps what it has a field of its own for', async () => {
    const stores = await begun({ outletPrice: true, rule: 'salesforce_wins' });
    await stores.edit(1, { Outlet_Price__c: 25 });
    await stores.settle();
    stores.shops.outlet.sent.length = 0;
    await give(stores, { store: 'outlet' });
    expect(stores.record(1)).toMatchObject({ Name: 'O1', Outlet_Price__c: 25, Price__c: 10 });
    expect(inShop(stores, 'outlet', 1)).toMatchObject({ regular_price: '25' });
    expect([stores.shops.outlet.sent, stores.failures]).toEqual([[], []]);
  });

  it.each(['outlet', 'main'] as const)(
    'says nothing of a price that a person typed while it belonged to the other one, which has it: %s',
    async (to) => {
      const stores = await begun({ outletPrice: true });
      await stores.edit(1, { Price__c: 33, Outlet_Price__c: 25 });
      await stores.settle();
      expect(inShop(stores, 'main', 1)).toMatchObject({ regular_price: '33' });
      await give(stores, { store: 'outlet' });
      if (to === 'main') await give(stores, { store: 'main' });
      await stores.tell(1);
      await stores.settle();
      expect(stores.failures).toEqual([]);
    },
  );

  it('gets what waits of a field of its own', async () => {
    const stores = await begun({ outletPrice: true });
    await stores.edit(1, { Outlet_Price__c: 25 });
    await stores.settle();
    Object.assign(stores.record(1), { Outlet_Price__c: 26 });
    await give(stores, { store: 'outlet' });
    expect(stores.record(1)).toMatchObject({ Name: 'O1', Outlet_Price__c: 26 });
    expect(inShop(stores, 'outlet', 1)).toMatchObject({ regular_price: '26' });
  });

  it('shares what is typed with the other one as before, where edits go to all stores', async () => {
    const stores = await begun({ editsToAllStores: true });
    await give(stores, { store: 'outlet' });
    expect(inSalesforce(stores, 1)).toEqual(ofStore('outlet', 1));
    expect(inShop(stores, 'main', 1)).toMatchObject({ name: 'M1', regular_price: '10' });
    await stores.edit(1, { Price__c: 30 });
    await stores.settle();
    expect(KEYS.map((key) => inShop(stores, key, 1)?.['regular_price'])).toEqual(['30', '30']);
  });

  it('takes them of a store that does not run', async () => {
    const stores = await begun();
    expect(await give(stores, { store: 'outlet' }, { running: ['outlet'] })).toMatchObject({
      failed: false,
    });
    expect(inSalesforce(stores, 1)).toEqual(ofStore('outlet', 1));
  });
});

describe('a change of owner that is disturbed', () => {
  /** What a process writes that had read the record as the main store's. */
  async function late(stores: TwoStores): Promise<void> {
    const record = stores.record(1);
    Object.assign(record, { Woo_Key__c: 'main:1', Name: 'M1', Price__c: 10, Stock__c: 1000 });
    const link = { object: 'Product2', key: 'main:1', recordId: String(record['Id']) };
    const written = { state: 'verified', hash: 'old', parentKey: null, byId: false } as const;
    await stores.state.didWrite([{ ...link, ...written, readNumber: 1 }], []);
  }

  it('takes a record once more that a process has written which knew the former owner', async () => {
    const stores = await begun({ rule: 'salesforce_wins' });
    const waited: number[] = [];
    const { failed } = await give(
      stores,
      { store: 'outlet' },
      {
        whenWaiting: async (waits) => {
          waited.push(waits);
          if (waits !== 2) return;
          await stores.settle();
          await late(stores);
        },
      },
    );
    expect([failed, waited]).toEqual([false, [1, 2, 3]]);
    expect(PRODUCTS.map((id) => inSalesforce(stores, id))).toEqual(
      PRODUCTS.map((id) => ofStore('outlet', id)),
    );
    expect(KEYS.map((key) => stores.shops[key].sent)).toEqual([[], []]);
    const links = await stores.state.links('Product2', ['main:1', 'outlet:101']);
    expect([...links.values()].map(({ key, byId }) => [key, byId])).toEqual([
      ['main:1', true],
      ['outlet:101', false],
    ]);
  });

  it('says of which the key is not written, and changes the others', async () => {
    const stores = await begun();
    const write = stores.org.write.bind(stores.org);
    const refusal = { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no', fields: [] };
    const errors = [{ ...refusal, kind: 'permanent' as const }];
    stores.org.write = async (collections) => {
      const results: Awaited<ReturnType<typeof write>>[number][] = [];
      for (const one of collections) {
        const texts = one.kind === 'delete' ? [] : one.records;
        const isRefused = texts.some((text) => text.includes('outlet:101'));
        results.push(
          isRefused
            ? texts.map(() => ({ id: null, created: false, errors }))
            : ((await write([one]))[0] ?? []),
        );
      }
      return results;
    };
    // Each by itself, since what stands in for the org refuses a collection as a whole here.
    for (const id of ['101', '102'])
      await give(stores, { store: 'outlet', resource: 'product', arguments: id });
    stores.org.write = write;
    expect(inSalesforce(stores, 2)).toEqual(ofStore('outlet', 2));
    expect(inSalesforce(stores, 1).key).toBe('main:1');
    expect(stores.failures.map(({ recordKey }) => recordKey)).toContain('outlet:101');
  });

  it('goes on with what a process was about that ended', async () => {
    for (let adds = 1; adds <= 3; adds += 1) {
      const stores = await begun();
      const ends = (now: number) => {
        if (now === adds) throw new Error('the process ends');
      };
      await give(stores, { store: 'outlet' }, { whenQueued: ends }).catch(() => undefined);
      expect(await give(stores, { store: 'outlet' })).toMatchObject({ failed: false });
      expect(PRODUCTS.map((id) => inSalesforce(stores, id))).toEqual(
        PRODUCTS.map((id) => ofStore('outlet', id)),
      );
      expect(stores.state.cursors.get('outlet owner') ?? null).toBeNull();
    }
  });

  it('changes nothing where it is cancelled while it waits', async () => {
    const stores = await begun();
    const cancel = new AbortController();
    const whenWaiting = () => {
      cancel.abort();
    };
    const given = { signal: cancel.signal, whenWaiting };
    expect((await give(stores, { store: 'outlet' }, given)).text).toContain('Stopped');
    expect(PRODUCTS.map((id) => inSalesforce(stores, id))).toEqual(
      PRODUCTS.map((id) => ofStore('main', id)),
    );
  });
});

describe('what no store can own', () => {
  it.each([
    ['no store', {}, 'STORE_UNKNOWN', 'does not say which store'],
    ['a store that there is not', { store: 'moon' }, 'STORE_UNKNOWN', 'moon'],
    [
      'a record of another shop',
      { store: 'outlet', recordId: 'Product2-1' },
      'COMMAND_RECORD_UNKNOWN',
      '',
    ],
  ])('is refused for %s', async (_, fields, code, says) => {
    const stores = await begun();
    await expect(give(stores, fields)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(says) as string,
    });
    expect(inSalesforce(stores, 1)).toEqual(ofStore('main', 1));
  });

  it('is what a guest is linked to, and what the store does not map', async () => {
    const stores = await begun();
    const link = { recordId: String(stores.record(1)['Id']), parentKey: null, byId: true } as const;
    const known = { ...link, state: 'verified', hash: null, readNumber: 0 } as const;
    for (const key of ['main:9', 'outlet:guest:ada@x.example', 'outlet:9'])
      stores.state.saved.set(`Contact ${key}`, {
        ...known,
        object: 'Contact',
        key,
        recordId: 'c',
        byId: key !== 'main:9',
      });
    expect(await give(stores, { store: 'outlet' })).toEqual({
      failed: true,
      text: [
        '2 records belong to the store "outlet" now, with what its shop says.',
        'Contact outlet:9 stays as it is: no mapping of the store that runs brings it to Salesforce.',
      ].join('\n'),
    });
  });
});
