import { expect, it } from 'vitest';

import { maskEmails, withoutValue } from '../../src/lib/redact.ts';

it.each([
  ['main:guest:ada@shop.example', 'main:guest:a…@shop.example'],
  ['invalid email address: ada.l+x@y', 'invalid email address: a…@y'],
  ['<ada@a.example>, "bob@b.example"', '<a…@a.example>, "b…@b.example"'],
  ['main:17', 'main:17'],
])('masks %s', (text, masked) => {
  expect(maskEmails(text)).toBe(masked);
});

it.each([
  [
    'First Name: data value too large: Ada Augusta; King (max length=10)',
    'First Name: data value too large (max length=10)',
  ],
  ['Email: invalid email address: ada lovelace', 'Email: invalid email address'],
  ['bad value for restricted picklist field: Lovelace', 'bad value for restricted picklist field'],
  [
    'Cannot deserialize instance of date from VALUE_STRING value 10 Dec 1815 or request may be missing a required field',
    'Cannot deserialize instance of date or request may be missing a required field',
  ],
  ['Required fields are missing: [Name]', 'Required fields are missing: [Name]'],
])('leaves the value out of %s', (message, without) => {
  expect(withoutValue(message)).toBe(without);
});
