import { expect, it } from 'vitest';

import { maskEmails } from '../../src/sync/mask.ts';

it.each([
  ['main:guest:ada@shop.example', 'main:guest:a…@shop.example'],
  ['invalid email address: ada.l+x@y', 'invalid email address: a…@y'],
  ['<ada@a.example>, "bob@b.example"', '<a…@a.example>, "b…@b.example"'],
  ['main:17', 'main:17'],
])('masks %s', (text, masked) => {
  expect(maskEmails(text)).toBe(masked);
});
