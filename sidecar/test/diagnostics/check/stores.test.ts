import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { StoreRow } from '../../../src/mapping/model/config-rows.ts';
import { fieldRow, STORE_ROW } from '../../mapping/support/mappings.ts';
import { checked, short } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('stores', () => {
  it('that cannot be opened or read are told of, each with its own error', async () => {
    const stores = [
      STORE_ROW,
      { ...STORE_ROW, name: 'Two', key: 'two' },
      { ...STORE_ROW, name: 'Off', key: 'off', active: false },
    ];
    const report = await checked({
      source: { stores, fields: [NAME] },
      openStore: ({ key }) => {
        throw new CodedError(key === 'two' ? 'WOO_NOT_FOUND' : 'WOO_KEY_REFUSED', 'no', 'none');
      },
    });
    expect(report.stores.flatMap(({ findings }) => findings.map(short))).toEqual([
      'error WOO_KEY_REFUSED main',
      'error WOO_NOT_FOUND two',
    ]);
  });

  it('are shown without a password or key that stands in their URL', async () => {
    const url = 'http://ann:s3cret@shop.example/wp?consumer_key=ck_1';
    const { stores } = await checked({ source: { stores: [{ ...STORE_ROW, url }] } });
    expect(stores.map((store) => store.url)).toEqual(['http://shop.example/wp']);
  });

  it('need a key of their own, and there must be one', async () => {
    const twins = [STORE_ROW, { ...STORE_ROW, name: 'Twin' }];
    const two = await checked({ source: { stores: twins, fields: [NAME] } });
    expect(two.setup.map(short)).toEqual(['error STORE_KEY_TWICE main']);
    const none = await checked({ source: { stores: [], mappings: [], fields: [NAME] } });
    expect(none.setup.map(short)).toEqual(
      expect.arrayContaining([
        'error STORE_UNKNOWN Woo_Store',
        'error MAPPINGS_MISSING Woo_Mapping',
        'warning MAPPING_UNKNOWN_MAPPING Map_Name',
      ]),
    );
  });
});

describe('stores beside each other', () => {
  it('says which records of the store belong to others, as a hint, and no address of a guest', async () => {
    const first = [
      { object: 'Product2', key: 'main:7', recordId: '01t7', owner: 'outlet:9' },
      {
        object: 'Contact',
        key: 'main:guest:ada@shop.example',
        recordId: '0031',
        owner: 'outlet:4',
      },
    ];
    const twoWay = { shared: () => Promise.resolve({ count: 12, first }) };
    const { stores } = await checked({ source: { fields: [NAME] }, twoWay });
    expect(stores[0]?.findings.map(short)).toEqual(['hint RECORDS_SHARED main']);
    const said = stores[0]?.findings[0]?.message;
    expect(said).toContain('12 of its records are shared with outlet');
    expect(said).toContain('Product2 01t7 (main:7 here, belongs to outlet:9)');
    expect(said).toContain('10 more');
    expect(said).not.toContain('ada@');
  });

  it('says of which stores the first backfill waits until it is told, as a hint', async () => {
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet', loadWhenTold: true };
    const closed = { ...outlet, name: 'Closed', key: 'closed', active: false };
    const stores = [STORE_ROW, outlet, closed];
    const { setup } = await checked({ source: { fields: [NAME], stores } });
    expect(setup.map(short)).toEqual(['hint LOAD_WHEN_TOLD outlet']);
  });

  it('says which stores have too few API calls for the day, and that they have more together than the org', async () => {
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet', dailyApiCalls: 10 };
    const large = { ...STORE_ROW, name: 'Large', key: 'large', dailyApiShare: 100 };
    const usage = { limit: 5000, remaining: 4000 };
    const said = async (...stores: readonly StoreRow[]) =>
      (await checked({ source: { fields: [NAME], stores }, usage })).setup.map(short);
    expect(await said(STORE_ROW)).toEqual([]);
    expect(await said(outlet)).toEqual(['warning BUDGET_SMALL outlet']);
    expect(await said(outlet, large)).toEqual([
      'warning BUDGET_SMALL outlet',
      'warning BUDGETS_EXCEED Woo_Store',
    ]);
  });

  it('says where a budget has silence noticed later than a store promises', async () => {
    const few = { ...STORE_ROW, dailyApiCalls: 400, silentMinutes: 15 };
    const said = async (...stores: readonly StoreRow[]) =>
      (await checked({ source: { fields: [NAME], stores } })).setup.filter(
        ({ code }) => code === 'BUDGET_SILENCE',
      );
    expect(await said(few)).toEqual([
      expect.objectContaining({
        severity: 'warning',
        place: few.key,
        message: 'By the budget of API calls silence is noticed after 216 minutes, not 15.',
      }),
    ]);
    // Where it is promised for no sooner, or nothing is promised; and of several stores one has calls enough for all.
    for (const silentMinutes of [216, 300, null])
      expect(await said({ ...few, silentMinutes })).toEqual([]);
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet' };
    expect(await said(few, outlet)).toEqual([]);
    expect(await said(few, { ...outlet, active: false })).toHaveLength(1);
    expect((await said(few, { ...outlet, dailyApiCalls: 400 }))[0]?.message).toContain(
      '108 minutes',
    );
  });

  it('says once that shared records could not be listed, and why, where there are two stores', async () => {
    const pairs = new CodedError(
      'STATE_LOCKED',
      'The state is in use by another process.',
      'Stop it.',
    );
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet' };
    const fields = [NAME];
    const two = await checked({ source: { fields, stores: [STORE_ROW, outlet] }, twoWay: pairs });
    expect(two.setup.map(short)).toEqual(['hint RECORDS_SHARED_UNSEEN state']);
    expect(two.setup[0]?.message).toContain('is in use by another process');
    expect(two.setup[0]?.cure).toContain('its log says at its start which records are shared');
    const other = new CodedError('STATE_UNREACHABLE', 'No.', 'Put a directory in DATA_DIR.');
    const unreached = await checked({
      source: { fields, stores: [STORE_ROW, outlet] },
      twoWay: other,
    });
    expect(unreached.setup[0]?.cure).toBe('Put a directory in DATA_DIR.');
    expect((await checked({ source: { fields }, twoWay: pairs })).setup).toEqual([]);
  });
});
