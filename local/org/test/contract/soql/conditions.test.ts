import { beforeAll, expect, it } from 'vitest';
import { fillOrg, names, query, setClock } from './soql-org.ts';
import { statement } from '../statement.ts';
import { expectRefusal } from './refusal.ts';

beforeAll(fillOrg);

statement.group('Text compares without case, except in case-sensitive fields.', () => {
  it.each([
    ["Name = 'a'", 'A'],
    ["Woo_Key__c = 'main:a'", 'A'],
    ["Woo_Key__c IN ('MAIN:A', 'x')", 'B'],
  ])('%s gives %s', (where, expected) => {
    expect(names(where)).toBe(expected);
  });
});

statement.group('Date literals count in UTC; fiscal ones are not emulated.', () => {
  it.each([
    ['Created_In_Woo__c = TODAY', 'A'],
    ['Created_In_Woo__c = YESTERDAY', 'B'],
    ['Day__c = LAST_N_DAYS:1', 'A B'],
    ['Day__c = THIS_MONTH', 'A B'],
    ['Day__c = LAST_MONTH', 'C'],
    ['Day__c < THIS_MONTH', 'C'],
    ['Day__c >= YESTERDAY', 'A B'],
    ['Day__c = N_DAYS_AGO:10', 'C'],
    ['Day__c = THIS_WEEK', 'A B'],
    ['Day__c = LAST_N_MONTHS:1', 'C'],
    ['Day__c = THIS_QUARTER AND Day__c != TODAY', 'B C'],
  ])('%s gives %s', (where, expected) => {
    expect(names(where)).toBe(expected);
  });

  it('by the clock of the org', () => {
    setClock('2027-01-01T00:30:00Z');
    expect(names('Day__c = LAST_YEAR')).toBe('A B C');
    expect(names('Day__c = LAST_N_QUARTERS:4')).toBe('A B C');
    expect(names('Day__c = TODAY')).toBe('');
    setClock('2026-03-10T12:00:00Z');
  });

  it('fiscal ones are refused', () => {
    expectRefusal(
      'SELECT Id FROM Contact WHERE CreatedDate = THIS_FISCAL_YEAR',
      'NOT_EMULATED',
      'THIS_FISCAL_YEAR',
    );
  });
});

statement('`query` leaves the recycle bin out, `queryAll` does not.', () => {
  expect(query('SELECT Name, IsDeleted FROM Woo_Order__c').totalSize).toBe(4);
  const gone = query('SELECT Name, IsDeleted FROM Woo_Order__c WHERE IsDeleted = true', true);
  expect(gone.records).toMatchObject([{ Name: 'Gone', IsDeleted: true }]);
});
