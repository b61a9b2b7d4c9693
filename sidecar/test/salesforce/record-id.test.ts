import { describe, expect, it } from 'vitest';
import { fits } from '../../src/salesforce/record-id.ts';

describe('a record id', () => {
  it.each([
    ['product2', '01txx0000000001AAA', true],
    ['Product2', '003xx0000000001AAA', false],
    ['woo_command__c', 'a00xx0000000001AAA', true],
    ['woo_command__c', '01txx0000000001AAA', false],
    ['somethingelse', '003xx0000000001AAA', true],
    ['constructor', '003xx0000000001AAA', true],
  ])('of %s may be %s: %s', (object, id, may) => {
    expect(fits(object, id)).toBe(may);
  });
});
