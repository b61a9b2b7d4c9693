import { expect, it } from 'vitest';
import { shopOf } from '../../../src/sync/detect/webhook-source.ts';

const SHOP = shopOf('https://shop.example');

it.each([
  ['https://shop.example/', true],
  ['http://www.shop.example', true],
  ['https://SHOP.example/de/', true],
  ['https://shop.example/pt-br/', true],
  ['https://shop.example//', true],
  ['https://staging.shop.example/', false],
  ['https://shop.example/staging/', false],
  ['https://shop.example:8443/', false],
  ['https://shop.example.net/', false],
])('%s is the shop at shop.example: %s', (source, isSame) => {
  expect(shopOf(source) === SHOP).toBe(isSame);
});

it('of a shop in a folder is host and path, and of what is no address nothing', () => {
  expect(shopOf('https://www.example.com/Shop/en/')).toBe('example.com/shop');
  expect(shopOf('')).toBeNull();
  expect(shopOf('ftp://shop.example/')).toBeNull();
});
