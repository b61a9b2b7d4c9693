import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigReader } from '../../sidecar/src/app/config-reader.ts';
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import { systemClock } from '../../sidecar/src/lib/clock.ts';
import { inQueries, soqlText } from '../../sidecar/src/lib/soql.ts';
import type { WooRecord } from '../../sidecar/src/mapping/model/record.ts';
import type { ItemResult, Org } from '../../sidecar/src/ports/org.ts';
import type { WooStore } from '../../sidecar/src/ports/store.ts';
import { HoldingOrg } from '../../sidecar/test/support/holding-org.ts';
import { ListStore } from '../../sidecar/test/support/list-store.ts';
import { MemoryState } from '../../sidecar/test/support/memory-state.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let localOrg: Org;
let localStore: WooStore;
/** A shop in memory that holds what the local one shows. */
let memoryStore: WooStore;

beforeAll(async () => {
  world = await openWorld(6);
  const { config, org } = connect({ ...world.env });
  localOrg = org;
  const state = Object.assign(new MemoryState(), { forgetCursors: () => Promise.resolve() });
  const reader = new ConfigReader({ config, org, clock: systemClock, state });
  const [setup] = (await reader.read()).stores;
  if (setup === undefined) throw new Error('the world is not set up');
  localStore = setup.store;
  const read = async (list: 'products' | 'orders') => {
    const all: WooRecord[] = [];
    for await (const { records } of localStore.walk(list, null)) all.push(...records);
    return all;
  };
  memoryStore = new ListStore({ products: await read('products'), orders: await read('orders') });
});

afterAll(async () => {
  await world.close();
});

type Row = Readonly<Record<string, unknown>>;

/** What was made, without the ids, which each org gives as it likes. */
const shape = (results: readonly ItemResult[] | undefined) =>
  results?.map(({ id, created, errors }) => [
    id !== null,
    created,
    errors.map(({ code, kind }) => `${kind} ${code}`),
  ]);

describe.each([
  ['in memory', () => new HoldingOrg().asOrg],
  ['that is local', () => localOrg],
] as const)('the org %s', (_, open) => {
  let org: Org;
  const upsert = async (object: string, ...records: readonly Row[]) => {
    const texts = records.map((record) => JSON.stringify(record));
    const [results = []] = await org.write([
      { kind: 'upsert', object, keyField: 'Woo_Key__c', records: texts },
    ]);
    return results;
  };
  const ask = async (columns: readonly string[], field: string, ...values: readonly string[]) => {
    const soql = inQueries('Contact', columns, new Map([[field, new Set(values)]]));
    return (await org.queries(soql)).flat();
  };
  /** jsforce's own word about a row is none of it. */
  const plain = (row: Row | null | undefined): unknown =>
    row &&
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        name === 'attributes'
          ? []
          : [[name, value !== null && typeof value === 'object' ? plain(value as Row) : value]],
      ),
    );

  beforeAll(async () => {
    org = open();
    await upsert('Account', { Woo_Key__c: 'main:1', Name: 'Engines Ltd' });
    await upsert(
      'Contact',
      {
        Woo_Key__c: 'main:2',
        LastName: "O'Neil \\ Byron",
        Email: 'ada@twin.example',
        Account: { Woo_Key__c: 'main:1' },
      },
      { Woo_Key__c: 'main:3', LastName: 'Smith', Email: 'bob@twin.example' },
    );
  });

  it('answers what SELECT names, null for what is empty, and what it names of a parent', async () => {
    const [row] = await ask(['Woo_Key__c', 'Phone', 'Account.Name'], 'Woo_Key__c', 'main:2');
    expect(plain(row)).toEqual({
      Woo_Key__c: 'main:2',
      Phone: null,
      Account: { Name: 'Engines Ltd' },
    });
    const [other] = await ask(['LastName', 'Account.Name'], 'Woo_Key__c', 'main:3');
    expect(plain(other)).toEqual({ LastName: 'Smith', Account: null });
  });

  it.each([
    ['Email', 'ADA@twin.example'],
    ['LastName', "o'neil \\ byron"],
    ['Woo_Key__c', 'main:2'],
  ])('finds by %s whatever the case, and what is quoted: %s', async (field, value) => {
    const rows = await ask(['Woo_Key__c'], field, value, 'nobody');
    expect(rows.map(plain)).toEqual([{ Woo_Key__c: 'main:2' }]);
  });

  it('finds by one field or another, each record once', async () => {
    const values = new Map([
      ['Woo_Key__c', new Set(['main:2', 'main:3'])],
      ['Email', new Set(['ada@twin.example'])],
    ]);
    const rows = (await org.queries(inQueries('Contact', ['Woo_Key__c'], values))).flat();
    expect(rows.map(({ Woo_Key__c }) => Woo_Key__c).sort()).toEqual(['main:2', 'main:3']);
  });

  it('pages by id those whose key begins alike', async () => {
    const page = (after: string, limit: number) =>
      org.queries([
        `SELECT Id, Woo_Key__c FROM Contact WHERE Woo_Key__c LIKE 'main:%'${after} ORDER BY Id LIMIT ${limit}`,
      ]);
    const [all = []] = await page('', 2000);
    const own = ['main:2', 'main:3'];
    expect(own.filter((key) => all.some(({ Woo_Key__c }) => Woo_Key__c === key))).toEqual(own);
    const [first = []] = await page('', 1);
    expect(first).toHaveLength(1);
    const [rest = []] = await page(` AND Id > ${soqlText(String(first[0]?.['Id']))}`, 2000);
    expect(rest).toHaveLength(all.length - 1);
  });

  it('makes a record once by its key, and changes it then', async () => {
    const record = { Woo_Key__c: 'main:4', LastName: 'King' };
    expect(shape(await upsert('Contact', record))).toEqual([[true, true, []]]);
    expect(shape(await upsert('Contact', { ...record, Phone: '1' }))).toEqual([[true, false, []]]);
    const rows = await ask(['LastName', 'Phone'], 'Woo_Key__c', 'main:4');
    expect(rows.map(plain)).toEqual([{ LastName: 'King', Phone: '1' }]);
  });

  it('says what became of records, and refuses to change one that is gone', async () => {
    const [made] = await upsert('Contact', { Woo_Key__c: 'main:5', LastName: 'Gone' });
    const [kept] = await upsert('Contact', { Woo_Key__c: 'main:3', LastName: 'Smith' });
    const ids = [made, kept].map((one) => one?.id ?? '');
    const states = async () => {
      const missing = [{ object: 'Contact', keyField: 'Woo_Key__c', ids }];
      const found = await org.recordStates(missing);
      return ids.map((id) => found.get(id)?.kind);
    };
    expect(await states()).toEqual(['alive', 'alive']);
    await org.write([{ kind: 'delete', object: 'Contact', ids: ids.slice(0, 1) }]);
    expect(await states()).toEqual(['gone', 'alive']);
    const records = ids.map((id) => JSON.stringify({ id, Phone: '7' }));
    const [results] = await org.write([{ kind: 'update', object: 'Contact', records }]);
    expect(shape(results)).toEqual([
      [false, false, ['reference ENTITY_IS_DELETED']],
      [true, false, []],
    ]);
    const rows = await ask(['Phone'], 'Woo_Key__c', 'main:3', 'main:5');
    expect(rows.map(plain)).toEqual([{ Phone: '7' }]);
  });
});

describe.each([
  ['in memory', () => memoryStore],
  ['that is local', () => localStore],
] as const)('the shop %s', (_, open) => {
  const names = (records: readonly WooRecord[]) => [
    ...new Set(records.flatMap((record) => Object.keys(record))),
  ];
  const some = async () => {
    const found = await open().list('products', { per_page: '2', order: 'desc', orderby: 'id' });
    return found.records.map(({ id }) => Number(id));
  };

  it('shows what _fields names of records by id, and leaves out what is not there', async () => {
    const ids = await some();
    const include = [...ids, 999_999].join(',');
    const params = { include, per_page: '100', _fields: 'id,name,nothing_such' };
    const { records } = await open().list('products', params);
    expect(records.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(names(records).sort()).toEqual(['id', 'name']);
  });

  it('shows all of a record where nothing is said', async () => {
    const [id = 0] = await some();
    const { records } = await open().list('products', { include: `${id}`, per_page: '100' });
    expect(names(records)).toEqual(expect.arrayContaining(['id', 'name', 'sku', 'meta_data']));
  });

  it('walks through a list, and shows what _fields names', async () => {
    const found: WooRecord[] = [];
    const params = { _fields: 'id,date_modified_gmt,status' };
    for await (const { records } of open().walk('orders', null, params)) found.push(...records);
    expect(found.length).toBeGreaterThan(3);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(names(found).sort()).toEqual(['date_modified_gmt', 'id', 'status']);
  });
});
