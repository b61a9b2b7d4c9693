import { expect, it } from 'vitest';
import type { Cell } from '../columns.ts';
import { filterOf } from '../filters.ts';

it.each([
  ['equals', 'completed, Processing', ['Completed', 'processing'], ['complete', null]],
  ['notEqual', 'completed,processing', ['failed', null], ['COMPLETED', 'processing']],
  ['contains', 'tea', ['Green Tea', 'teapot'], ['mug', null]],
  ['notContain', 'tea,mug', ['cup', null], ['green tea', 'Mugs']],
  ['startsWith', 'tea', ['Teapot'], ['Green Tea', null]],
  ['lessThan', '10', [9.5, -1], [10, 11, null]],
  ['lessOrEqual', '10', [9.5, 10], [10.5, null]],
  ['greaterThan', '0', [0.5], [0, -1, null]],
  ['greaterOrEqual', '0', [0, 0.5], [-1, null]],
  ['equals', '1', [true], [false]],
  ['equals', 'False', [false], [true]],
])('%s "%s" takes %j and not %j', (operator, wanted, taken, left) => {
  const holds = filterOf(operator, wanted);
  expect((taken as Cell[]).filter(holds)).toEqual(taken);
  expect((left as Cell[]).filter(holds)).toEqual([]);
});

it('another operator is refused by name', () => {
  expect(() => filterOf('within', '1')).toThrow('within');
});
