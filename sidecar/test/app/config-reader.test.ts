import { describe, expect, it } from 'vitest';
import { ConfigReader } from '../../src/app/config-reader.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { SalesforceOrg } from '../../src/salesforce/org.ts';
import type { MappingSource } from '../../src/mapping/model/config-rows.ts';
import type { ObjectSchema } from '../../src/mapping/model/schema.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  STORE_ROW,
} from '../mapping/support/mappings.ts';
import { SHOP_ADDRESS } from '../../src/ports/state.ts';
import { MemoryState } from '../support/memory-state.ts';

const config = loadConfig({
  SF_LOGIN_URL: 'https://org.example',
  SF_CLIENT_ID: 'id',
  SF_CLIENT_SECRET: 'secret',
  WOO_MY_SHOP_KEY: 'ck_1',
  WOO_MY_SHOP_SECRET: 'cs_1',
  WOO_US_KEY: 'ck_2',
  WOO_US_SECRET: 'cs_2',
});

interface Given extends Partial<Pick<MappingSource, 'mappings' | 'fields'>> {
  readonly schemas: ReadonlyMap<string, ObjectSchema>;
}

/** The keys of the stores that a reader opens and holds, of an org with these. */
function readerOf(
  rows: readonly Partial<typeof STORE_ROW>[],
  home = 'https://new.example',
  { schemas: known, ...given }: Given = { schemas: new Map() },
) {
  const source = {
    stores: rows.map((row, at) => ({ ...STORE_ROW, name: `Store_${at}`, ...row })),
    mappings: [],
    fields: [],
    conditions: [],
    ...given,
  };
  const org = {
    organizationId: null,
    readMappings: () => Promise.resolve(source),
    describe: () => Promise.resolve(known),
    apexRest: () =>
      Promise.resolve({
        status: 200,
        body: JSON.stringify({ home }),
        header: (name: string) => (name === 'woo-status' ? '200' : null),
      }),
  } as unknown as SalesforceOrg;
  const state = Object.assign(new MemoryState(), { forgetCursors: () => Promise.resolve() });
  return { state, reader: new ConfigReader({ config, org, clock: systemClock, state }) };
}

async function read(rows: readonly Partial<typeof STORE_ROW>[]) {
  const setup = await readerOf(rows).reader.read();
  return {
    open: setup.stores.map(({ store }) => store.key),
    stopped: setup.stopped.map(({ key, reason }) => [key, reason.code]),
    inactive: setup.inactive.map(({ key }) => key),
  };
}

describe('whose shared records are', () => {
  it('is said by the order of the stores, be one stopped, and only where they may share some', async () => {
    const contact = object('Contact', field('LastName', 'string'), field('Email', 'email'));
    const to = { resource: 'customer', object: 'Contact', matchFields: 'Email' };
    const own = { ...to, store: 'own', matchFields: null };
    const mappings = [mappingRow({ name: 'Contact', ...to }), mappingRow({ name: 'Own', ...own })];
    const values = { LastName: 'last_name', Email: 'email' };
    const fields = mappings.flatMap(({ name }) =>
      Object.entries(values).map(([target, from]) =>
        fieldRow(target, from, { name: `${name}_${target}`, mapping: name }),
      ),
    );
    const given = { mappings, fields, schemas: schemas(contact) };
    const route = { route: 'named_credential', namedCredential: 'X' } as const;
    const keys = ['off', 'b', 'a', 'own', 'c'];
    const rows = keys.map((key) => ({ ...route, key, active: key !== 'off' }));
    // Nobody gives a key for it.
    rows[1] = { ...STORE_ROW, key: 'b', route: 'direct' } as never;
    const setup = await readerOf(rows, 'https://new.example', given).reader.read();
    expect(setup.problems).toEqual([]);
    expect(setup.stopped.map(({ key }) => key)).toEqual(['b']);
    const earlier = setup.stores.map(({ store, earlier: before }) => [
      store.key,
      before?.map((one) => one.store.key),
    ]);
    expect(earlier).toEqual([
      ['a', ['b']],
      ['own', []],
      ['c', ['b', 'a', 'own']],
    ]);
  });
});

describe('stores that are reached by one named credential', () => {
  const route = { route: 'named_credential', namedCredential: 'Woo_Store' } as const;
  const main = { ...route, key: 'main', url: 'https://shop.example/store' };
  const outlet = { ...route, key: 'outlet', url: 'https://outlet.example' };
  const heldOf = async (rows: readonly Partial<typeof STORE_ROW>[], home?: string) =>
    (await readerOf(rows, home).reader.read()).stopped.map(({ key, reason }) => [key, reason.code]);

  it.each([
    ['the outlet', 'https://www.shop.example/store/', 'outlet'],
    ['the main store', 'http://outlet.example', 'main'],
    ['whoever was set up later, where the shop is neither', 'https://new.example', 'outlet'],
    ['whoever was set up later, where the shop does not say', 'nothing', 'outlet'],
  ])('are told from each other by what the shop calls itself: %s', async (_, home, held) => {
    const other = { ...outlet, namedCredential: 'woo_store' };
    expect(await heldOf([main, other], home)).toEqual([[held, 'STORE_CREDENTIAL_SHARED']]);
  });

  it('are two where one has a path that may be a language or a site of a multisite', async () => {
    const us = { ...main, key: 'us', url: 'https://shop.example/store/us' };
    const held = [['us', 'STORE_CREDENTIAL_SHARED']];
    expect(await heldOf([main, us], 'https://shop.example/store')).toEqual(held);
    expect(await heldOf([main, us], 'https://shop.example/store/us')).toEqual([
      ['main', 'STORE_CREDENTIAL_SHARED'],
    ]);
  });

  it('are known by their addresses once they are deactivated', async () => {
    const { reader, state } = readerOf([main, outlet], 'https://shop.example/store');
    await reader.read();
    expect(await state.cursor('outlet', SHOP_ADDRESS)).toBe('https://outlet.example');
  });

  it('are named with their addresses, and what to do', async () => {
    const { stopped } = await readerOf([main, outlet], 'https://shop.example/store').reader.read();
    const [{ reason } = { reason: null }] = stopped;
    expect(reason?.message).toBe(
      'The store "outlet" at https://outlet.example is reached by the named credential Woo_Store, as the store "main" at https://shop.example/store is, whose shop calls itself https://shop.example/store: it is the shop of one of them alone.',
    );
    expect(reason?.cure).toMatch(/^Give the store "outlet" a named credential of its own/);
  });

  it.each([
    ['one store has it alone, whatever the shop calls itself', [main]],
    ['the other has another one', [main, { ...outlet, namedCredential: 'Woo_Outlet' }]],
    ['the other is not active', [main, { ...outlet, active: false }]],
    ['they are one shop', [main, { ...outlet, url: 'http://www.shop.example/store/' }]],
    ['the other goes straight', [main, { ...outlet, key: 'us', route: 'direct' } as const]],
    [
      'the other is another shop of the same host',
      [main, { ...main, key: 'b', namedCredential: 'B' }],
    ],
  ])('are none where %s', async (_, rows) => {
    expect(await heldOf(rows)).toEqual([]);
  });
});

describe('a store without a usable address', () => {
  it.each([
    ['main', 'or set WOO_STORE_URL and deploy again'],
    ['outlet', 'WOO_OUTLET_URL for the outlet of config/second-store)'],
  ])('is told where its own stands: %s', async (key, variable) => {
    const row = {
      key,
      url: 'shop.example',
      route: 'named_credential',
      namedCredential: 'X',
    } as const;
    const { stopped } = await readerOf([row]).reader.read();
    expect(stopped[0]?.reason).toMatchObject({ code: 'WOO_URL_INVALID' });
    expect(stopped[0]?.reason.cure).toContain(`whose Key is "${key}"`);
    expect(stopped[0]?.reason.cure).toContain(variable);
  });
});

describe('stores that would share the keys of one shop', () => {
  it('are held, and the others go on', async () => {
    expect(await read([{ key: 'my-shop' }, { key: 'my_shop' }, { key: 'us' }])).toEqual({
      open: ['us'],
      stopped: [
        ['my-shop', 'CONFIG_STORE_KEYS_SHARED'],
        ['my_shop', 'CONFIG_STORE_KEYS_SHARED'],
      ],
      inactive: [],
    });
  });

  it.each([
    ['is not active', { active: false }, ['my-shop'], ['my_shop']],
    [
      'goes through the org',
      { route: 'named_credential', namedCredential: 'X' },
      ['my-shop', 'my_shop'],
      [],
    ],
  ] as const)('are none where one of them %s', async (_how, other, open, inactive) => {
    expect(await read([{ key: 'my-shop' }, { key: 'my_shop', ...other }])).toEqual({
      open,
      stopped: [],
      inactive,
    });
  });
});

describe('a store whose Woo Store has another address than the shop that was loaded', () => {
  const moved: Partial<typeof STORE_ROW> = {
    key: 'main',
    url: 'https://new.example',
    route: 'named_credential',
    namedCredential: 'X',
  };
  const loaded = async (home?: string) => {
    const { state, reader } = readerOf([moved], home);
    await state.saveCursor('main', 'url', 'https://old.example');
    state.counts = () => Promise.resolve(new Map([['Woo_Order__c', 7]]));
    const { stores, stopped } = await reader.read();
    expect(stores).toEqual([]);
    expect(stopped[0]?.reason).toMatchObject({
      code: 'STORE_URL_CHANGED',
      cure: expect.stringContaining('command Adopt with Store = main') as string,
    });
    return { state, reader };
  };

  it('is kept in step again once it is adopted', async () => {
    const { state, reader } = await loaded();
    expect(await reader.adopt('main')).toBe('https://new.example');
    expect(await state.cursor('main', 'url')).toBe('https://new.example');
    expect((await reader.read()).stores.map(({ store }) => store.key)).toEqual(['main']);
  });

  it('is not adopted where the shop there calls itself otherwise', async () => {
    const { state, reader } = await loaded('https://old.example');
    await expect(reader.adopt('main')).rejects.toMatchObject({ code: 'STORE_SHOP_MOVED' });
    expect(await state.cursor('main', 'url')).toBe('https://old.example');
    await expect(reader.adopt('other')).rejects.toMatchObject({ code: 'STORE_UNKNOWN' });
  });
});
