import { expect, it } from 'vitest';
import { readBeforeText } from '../../../src/sync/report/read-before.ts';

const whole = (list: 'products' | 'orders') => ({ list, isWhole: true });

it('says nothing of a run that began at the beginning', () => {
  expect(readBeforeText([])).toBeNull();
});

it.each([
  [[whole('products'), whole('orders')], 'all of products, orders'],
  [[whole('products'), whole('products')], 'all of products'],
  [[{ list: 'customers', isWhole: false }], 'a part of customers'],
  // Its trash is read in a walk of its own.
  [[whole('orders'), { list: 'orders', isWhole: false }], 'a part of orders'],
  [[whole('products'), { list: 'orders', isWhole: false }], 'all of products and a part of orders'],
] as const)('names what was read before: %j', (before, named) => {
  expect(readBeforeText(before)).toBe(
    `It went on where an earlier run had stopped. That had read ${named}, which is not counted here.`,
  );
});
