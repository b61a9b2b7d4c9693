import { describe, expect, it } from 'vitest';
import { shopAddress } from './install.ts';

describe('the address of a shop', () => {
  it.each([
    ['https://shop.example.com', 'https://shop.example.com'],
    [' https://shop.example.com/de/ ', 'https://shop.example.com/de'],
    ['http://127.0.0.1:8095/', 'http://127.0.0.1:8095'],
  ])('%j is kept as %s', (text, kept) => {
    expect(shopAddress(text)).toBe(kept);
  });

  it.each([
    ['http://shop.example.com', 'it begins with https://'],
    ['shop.example.com', 'it begins with https://'],
    ['https://jane:pa55word@shop.example.com', 'holds a user, a password'],
    ['jane:pa55word@shop.example.com', 'it begins with https://'],
    ['https://shop.example.com/?key=pa55word', 'a query or a hash'],
  ])('%s is refused', (text, reason) => {
    const refused = () => shopAddress(text);
    expect(refused).toThrow(reason);
    expect(refused).not.toThrow('pa55word');
  });
});
