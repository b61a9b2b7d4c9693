import { expect, it } from 'vitest';

import { maskEmails, plainAddress, withoutValue } from '../../src/lib/redact.ts';

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

it.each([
  ['https://shop.example', 'https://shop.example'],
  ['https://shop.example/wp/', 'https://shop.example/wp'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://ann:pw@shop.example/wp', 'http://shop.example/wp'],
  ['https:ann:pw@shop.example', 'https://shop.example'],
  ['https://shop.example/wp/?consumer_key=ck_1&consumer_secret=cs_1#x', 'https://shop.example/wp'],
  // Not addresses that a client could ask.
  ['ann:pw@shop.example', 'shop.example'],
  ['http://ann:p/w?x@shop.example', 'shop.example'],
  ['shop.example?consumer_secret=cs_1', 'shop.example'],
  ['', ''],
])('shows of the address %s what is not secret', (url, shown) => {
  expect(plainAddress(url)).toBe(shown);
});
