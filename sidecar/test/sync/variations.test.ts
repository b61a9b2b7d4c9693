import { expect, it } from 'vitest';

import { withParentNames } from '../../src/sync/variations.ts';
import { IdStore } from './memory.ts';

it('names the product of each variation, with one read for all', async () => {
  const store = new IdStore({ products: [{ id: 7, name: 'Shirt' }] });
  const variations = await withParentNames(store, [
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
  expect(await withParentNames(store, [])).toEqual([]);
  expect(store.asked).toEqual([]);
});

it('does not read products again that were read already', async () => {
  const store = new IdStore({ products: [{ id: 8, name: 'Hat' }] });
  const variations = [
    { id: 71, parent_id: 7 },
    { id: 81, parent_id: 8 },
  ];
  const named = await withParentNames(store, variations, [{ id: 7, name: 'Shirt' }]);
  expect(named.map(({ parent_name }) => parent_name)).toEqual(['Shirt', 'Hat']);
  expect(store.asked).toEqual(['products 8']);
});
