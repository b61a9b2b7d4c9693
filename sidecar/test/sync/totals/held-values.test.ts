import { describe, expect, it } from 'vitest';
import { TOTALS_FIELDS } from '../../../src/mapping/attributes/customer-totals.ts';
import type { CurrencyTotals } from '../../../src/ports/totals/totals-state.ts';
import { currencyRecord, digestOfHeld, rowsOf } from '../../../src/sync/totals/held-values.ts';

const spent = (currency: string, over: Partial<CurrencyTotals> = {}): CurrencyTotals => ({
  currency,
  orders: 1,
  spent: 10,
  refunded: 0,
  average: 10,
  first: '2026-03-01T10:00:00Z',
  last: '2026-03-02T10:00:00Z',
  ...over,
});
const rows = (...currencies: readonly CurrencyTotals[]) => rowsOf({ currencies, guestOrders: 0 });
const mainOf = (...currencies: readonly CurrencyTotals[]) =>
  rows(...currencies).own.fields['Woo_Currency__c'];

describe('what a customer ordered in several currencies', () => {
  it.each([
    ['most was spent', spent('USD', { spent: 11 }), spent('EUR', { orders: 5 })],
    ['most orders are, of as much', spent('USD', { orders: 2 }), spent('EUR')],
    ['comes first by its code, of the same', spent('EUR'), spent('USD')],
  ])('stands in the one in which %s', (_, main, other) => {
    expect(mainOf(main, other)).toBe(main.currency);
    expect(mainOf(other, main)).toBe(main.currency);
    expect([...rows(other, main).others.keys()]).toEqual([other.currency]);
    expect(rows(other, main).own.fields['Woo_More_Currencies__c']).toBe(true);
    expect(rows(main).own.fields['Woo_More_Currencies__c']).toBe(false);
  });

  it('counts the orders of all of them, from the first to the last', () => {
    const old = spent('USD', { orders: 2, spent: 1, first: '2025-01-01T00:00:00Z', last: null });
    const late = spent('CHF', { spent: 2, first: null, last: '2026-04-01T00:00:00Z' });
    expect(rows(late, spent('EUR'), old).own.fields).toMatchObject({
      Woo_Orders__c: 4,
      Woo_Spent__c: 10,
      Woo_More_Currencies__c: true,
      Woo_First_Order__c: '2025-01-01T00:00:00Z',
      Woo_Last_Order__c: '2026-04-01T00:00:00Z',
    });
  });

  it('has a record of each other one, found by the customer and the currency', () => {
    const row = rows(spent('EUR', { spent: 20 }), spent('USD', { refunded: 3 })).others.get('USD');
    if (row === undefined) throw new Error('no row');
    expect(JSON.parse(currencyRecord('Contact', '003A', 'USD', row))).toMatchObject({
      Woo_Key__c: '003A:USD',
      Name: 'USD',
      Contact__c: '003A',
      Orders__c: 1,
      Spent__c: 10,
      Refunded__c: 3,
      Average_Order__c: 10,
    });
    expect(() => currencyRecord('Lead', '00Q', 'USD', row)).toThrow('Lead is no customer');
  });
});

it('says something of a customer of whom only guest orders are known, and nothing of one without any', () => {
  expect(rowsOf({ currencies: [], guestOrders: 1 }).isEmpty).toBe(false);
  expect(rows(spent('EUR')).isEmpty).toBe(false);
  expect(rows().isEmpty).toBe(true);
});

describe('what the org answers', () => {
  const own = rowsOf({ currencies: [spent('EUR')], guestOrders: 2 }).own;
  const digestOf = (over: Readonly<Record<string, unknown>> = {}) =>
    digestOfHeld({ ...own.fields, ...over }, TOTALS_FIELDS);

  it('is the same as what was written, though its dates are written otherwise', () => {
    const Woo_First_Order__c = '2026-03-01T10:00:00.000+0000';
    expect(digestOf({ Woo_First_Order__c, Id: '003A' })).toBe(own.digest);
    expect(digestOf({ Woo_First_Order__c: '2026-03-01T10:00:01.000+0000' })).not.toBe(own.digest);
    expect(digestOf({ Woo_Guest_Orders__c: 0 })).not.toBe(own.digest);
    expect(digestOf({ Woo_Currency__c: 'USD' })).not.toBe(own.digest);
  });

  it('is nothing of a customer who was never counted, and something of one whose orders are none', () => {
    expect(digestOfHeld({ Woo_More_Currencies__c: false }, TOTALS_FIELDS)).toBeNull();
    const none = { ...rows().own.fields };
    expect(digestOfHeld(none, TOTALS_FIELDS)).toBe(rows().own.digest);
  });
});
