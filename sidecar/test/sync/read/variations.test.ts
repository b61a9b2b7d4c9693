import { expect, it } from 'vitest';

import { withoutParentSku, withParents } from '../../../src/sync/read/variations.ts';
import { IdStore } from '../../support/memory-state.ts';

it('names the product of each variation, with one read for all', async () => {
  const store = new IdStore({ products: [{ id: 7, name: 'Shirt' }] });
  const variations = await withParents(store, [
    { id: 71, parent_id: 7, name: 'Red' },
    { id: 72, parent_id: 7, name: 'Blue' },
    { id: 81, parent_id: 8, name: 'Lost' },
  ]);
  expect(variations).toEqual([
    { id: 71, parent_id: 7, name: 'Red', parent_name: 'Shirt' },
    { id: 72, parent_id: 7, name: 'Blue', parent_name: 'Shirt' },
    { id: 81, parent_id: 8, name: 'Lost' },
  ]);
  expect(store.asked).toEqual(['products 7,8']);
});

it('asks nothing where there is no variation', async () => {
  const store = new IdStore({});
  expect(await withParents(store, [])).toEqual([]);
  expect(store.asked).toEqual([]);
});

it('does not read products again that were read already', async () => {
  const store = new IdStore({ products: [{ id: 8, name: 'Hat' }] });
  const variations = [
    { id: 71, parent_id: 7 },
    { id: 81, parent_id: 8 },
  ];
  const named = await withParents(store, variations, [{ id: 7, name: 'Shirt' }]);
  expect(named.map(({ parent_name }) => parent_name)).toEqual(['Shirt', 'Hat']);
  expect(store.asked).toEqual(['products 8']);
});

it('leaves a variation no SKU but its own, for WooCommerce lends it that of its product', async () => {
  const store = new IdStore({ products: [{ id: 7, name: 'Shirt', sku: 'SHIRT-2' }] });
  const variations = await withParents(store, [
    { id: 71, parent_id: 7, sku: 'SHIRT-2' },
    { id: 72, parent_id: 7, sku: 'SHIRT-2-RED' },
  ]);
  expect(variations.map(({ sku }) => sku)).toEqual(['', 'SHIRT-2-RED']);
  const answered = withoutParentSku({ ...variations[0], sku: 'SHIRT-2' });
  expect(answered['sku']).toBe('');
});
