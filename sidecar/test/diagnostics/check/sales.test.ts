import { describe, expect, it } from 'vitest';
import { fieldRow, mappingRow, recorded, STORE_ROW } from '../../mapping/support/mappings.ts';
import { checked, type Scene, short } from './ground.ts';

const NAME = fieldRow('Name', 'number');
const SALE = fieldRow('Counts_As_Sale__c', 'is_sale');
const ORDER = mappingRow({ name: 'Order' });

async function found(paidStatuses: string | null, source: Scene['source'] = {}) {
  const stores = [{ ...STORE_ROW, paidStatuses }];
  const { mappings } = await checked({
    source: { stores, mappings: [ORDER], fields: [NAME], ...source },
  });
  return mappings
    .flatMap(({ findings }) => findings)
    .filter(({ code }) => code === 'CHECK_SALES_UNMAPPED');
}

it('warns of paid statuses of a store that its mapping of orders does not bring', async () => {
  for (const listed of ['processing; completed; shipped', 'completed']) {
    const all = await found(listed);
    expect(all.map(short)).toEqual(['warning CHECK_SALES_UNMAPPED Order']);
  }
  const [finding] = await found('processing; completed; shipped');
  expect(finding?.message).toContain('Main_Store are processing, completed, shipped');
  expect(finding?.cure).toContain('from is_sale to Counts_As_Sale__c to Order');
});

it.each([null, '', 'Completed; wc-processing', 'none'])(
  'says nothing of those that charts know: %s',
  async (listed) => {
    expect(await found(listed)).toEqual([]);
  },
);

it('says nothing where the field is mapped, by whichever mapping of the store', async () => {
  const other = mappingRow({ name: 'Other', store: 'main' });
  expect(await found('completed', { fields: [NAME, SALE] })).toEqual([]);
  const fields = [NAME, { ...SALE, mapping: 'Other' }];
  expect(await found('completed', { mappings: [ORDER, other], fields })).toEqual([]);
  for (const one of [
    { ...other, store: 'outlet' },
    { ...other, active: false },
  ]) {
    expect(await found('completed', { mappings: [ORDER, one], fields })).toHaveLength(1);
  }
});

it('goes by the mapping of the store, which the common one does not stand in for', async () => {
  const own = mappingRow({ name: 'Own', store: 'main' });
  const mappings = [ORDER, own];
  const common = { mappings, fields: [NAME, SALE, { ...NAME, mapping: 'Own' }] };
  const warned = ['warning CHECK_SALES_UNMAPPED Own'];
  expect((await found('completed', common)).map(short)).toEqual(warned);
  const neither = { mappings, fields: [NAME, { ...NAME, mapping: 'Own' }] };
  expect((await found('completed', neither)).map(short)).toEqual(warned);
});

it('is no matter of other objects and of stores that are not active', async () => {
  const contact = mappingRow({ name: 'Order', object: 'Contact' });
  expect(await found('completed', { mappings: [contact] })).toEqual([]);
  const stores = [{ ...STORE_ROW, paidStatuses: 'completed', active: false }];
  expect(await found(null, { stores })).toEqual([]);
});

describe('paid statuses that the shop may not have', () => {
  const order = recorded('orders', 3801);

  async function ofStore(paidStatuses: string | null, scene: Scene = {}) {
    const stores = [{ ...STORE_ROW, paidStatuses }];
    const records = { orders: [{ ...order, status: 'shipped' }] };
    const given = { source: { stores, fields: [NAME] }, records, ...scene };
    const [store] = (await checked(given)).stores;
    return store?.findings.filter(({ code }) => code === 'CHECK_PAID_UNKNOWN') ?? [];
  }

  it('warns of one that WooCommerce does not know and no order has', async () => {
    const all = await ofStore('procesing; completed; shiped');
    expect(all.map(short)).toEqual([
      'warning CHECK_PAID_UNKNOWN Main_Store',
      'warning CHECK_PAID_UNKNOWN Main_Store',
    ]);
    expect(all[0]?.message).toContain('"procesing"');
    expect(all[0]?.cure).toMatch(/^Did you mean processing\?/);
  });

  it.each([null, 'none', 'wc-Processing; completed', 'completed, shipped'])(
    'says nothing of %s',
    async (listed) => {
      expect(await ofStore(listed)).toEqual([]);
    },
  );

  it('says nothing where orders are not looked at', async () => {
    const mappings = [mappingRow({ name: 'Product', resource: 'product', object: 'Product2' })];
    const stores = [{ ...STORE_ROW, paidStatuses: 'procesing' }];
    expect(await ofStore('procesing', { source: { stores, mappings } })).toEqual([]);
  });
});
