import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import type { MappingReport } from '../../../sidecar/src/sync/report/run-report.ts';
import { compare, type OrgSide } from './compare.ts';
import type { Expected } from './expected.ts';

const expected: Expected = {
  inStore: { order: 3 },
  wanted: { order: 2 },
  shared: {},
  known: { customer: [], product: [] },
  stock: new Decimal(12),
  money: new Map([['USD', { total: new Decimal('30.10'), refunded: new Decimal('5') }]]),
};
const orders: MappingReport = {
  mapping: 'Order',
  label: 'Orders',
  resource: 'order',
  object: 'Woo_Order__c',
  read: 3,
  wanted: 2,
  created: 2,
  adopted: 0,
  updated: 0,
  pushed: 0,
  unchanged: 0,
  removed: 0,
  failed: 0,
  ambiguous: 0,
  leftOut: 0,
  adoptions: [],
  failures: [],
  noted: 0,
  kept: 0,
  notes: [],
};
const usd = { currency: 'USD', total: '30.1', refunded: '5' };
const side = (count: number, ...money: OrgSide['money']): OrgSide => ({
  counts: new Map([['Woo_Order__c', count]]),
  money,
  stock: '12',
});

describe('both sides', () => {
  it('agree when counts and money are the same, however amounts are written', () => {
    const { text, agrees } = compare(expected, [orders], side(2, usd));
    expect(agrees).toBe(true);
    expect(text).toMatch(/Orders → Woo_Order__c +│ +3 │ +2 │ +0 │ +2 │ +0 │ agrees/);
    expect(text).toMatch(/USD +│ +30\.10 │ +30\.10 │ +5\.00 │ +5\.00 │ agrees/);
    expect(text).not.toContain('DIFFERS');
  });

  it.each([
    ['a record is missing', side(1, usd)],
    ['a record is too many', side(3, usd)],
    ['a cent is missing', side(2, { ...usd, total: '30.09' })],
    ['a refund is missing', side(2, { ...usd, refunded: '0' })],
    ['a currency is missing', side(2)],
    ['a variation shows the stock of before', { ...side(2, usd), stock: '14' }],
    ['a currency is too many', side(2, usd, { currency: 'EUR', total: '1', refunded: '0' })],
  ])('differ when %s', (_, org) => {
    const { text, agrees } = compare(expected, [orders], org);
    expect(agrees).toBe(false);
    expect(text).toContain('DIFFERS');
  });

  it('agree when what a store shares is there under the key of the other one', () => {
    const sharing = { ...expected, shared: { order: 1 } };
    expect(compare(sharing, [orders], side(1, usd)).agrees).toBe(true);
    expect(compare(sharing, [orders], side(2, usd)).agrees).toBe(false);
  });

  it('do not agree when nothing was synced', () => {
    expect(compare(expected, [], side(2, usd)).agrees).toBe(false);
    expect(compare({ ...expected, money: new Map() }, [orders], side(2)).agrees).toBe(false);
  });

  it('name each record that failed, and why', () => {
    const failure = { key: 'main:7', code: 'STRING_TOO_LONG', message: 'Name: too long' };
    const failed = { ...orders, failed: 1, failures: [failure] };
    const { text, agrees } = compare(expected, [failed], side(1, usd));
    expect(agrees).toBe(false);
    expect(text).toContain('Orders main:7: STRING_TOO_LONG: Name: too long');
  });
});
