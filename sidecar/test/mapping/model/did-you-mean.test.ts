import { expect, it } from 'vitest';

import { nearest } from '../../../src/mapping/model/did-you-mean.ts';

it.each([
  ['mian', 'main'],
  ['biling', 'billing'],
  ['STATSU', 'status'],
  ['shiping', 'shipping'],
  ['toatl', 'total'],
  ['xyzzy', null],
  ['', null],
])('%j is most like %j', (name, expected) => {
  expect(nearest(name, ['total', 'status', 'billing', 'shipping', 'main'])).toBe(expected);
});
