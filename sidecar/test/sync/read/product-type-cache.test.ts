import { expect, it } from 'vitest';

import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';

it('remembers the list that showed a product last, and forgets what was noted first', () => {
  const lists = new ProductTypeCache();
  lists.note(1, 'variations');
  lists.note(2, 'products');
  lists.note(2, 'variations');
  expect([lists.mayShow(2, 'products'), lists.mayShow(2, 'variations')]).toEqual([false, true]);
  expect(lists.mayShow(1, 'products')).toBe(false);
  for (let id = 3; id <= 20_001; id++) lists.note(id, 'products');
  expect(lists.mayShow(1, 'products'), 'forgotten: either may show it').toBe(true);
  expect(lists.mayShow(2, 'products')).toBe(false);
});
