import { expect, it } from 'vitest';
import { currency, field, picklist } from '../../schema/fields.ts';
import { displayValueOf, rawValueOf } from '../display-value.ts';

const entries = [
  { value: 'on-hold', label: 'On hold', default: false, active: true },
  { value: 'done', label: 'Completed', default: false, active: false },
];

it.each([
  [picklist('Status__c', 255, entries), 'on-hold', 'On hold'],
  [picklist('Status__c', 255, entries), 'done', 'Completed'],
  [picklist('Status__c', 255, entries), 'brewing;hot', 'brewing;hot'],
  [
    field('Tags__c', 'multipicklist', { picklistValues: entries }),
    'done;on-hold;x',
    'Completed;On hold;x',
  ],
  [currency('Price', 2), 1234.5, '$1,234.50'],
  [currency('Price', 0), -1_000_000, '-$1,000,000'],
  [field('Day__c', 'date'), '2026-01-09', '1/9/2026'],
  [field('At__c', 'datetime'), '2026-01-09T00:05:59.000+0000', '1/9/2026, 12:05 AM'],
  [field('At__c', 'datetime'), '2026-12-31T23:30:00.000+0000', '12/31/2026, 11:30 PM'],
  [field('Total__c', 'double', { scale: 2 }), 1234.5, null],
  [field('Gone__c', 'boolean'), true, null],
  [field('Name', 'string'), 'a', null],
  [currency('Price', 2), null, null],
  [field('Day__c', 'date'), null, null],
])('%s %s', (of, value, shown) => {
  expect(displayValueOf(of, value)).toBe(shown);
});

it('writes times with Z and leaves all else alone', () => {
  const at = field('At__c', 'datetime');
  expect(rawValueOf(at, '2026-01-09T00:05:59.000+0000')).toBe('2026-01-09T00:05:59.000Z');
  expect(rawValueOf(at, null)).toBeNull();
  expect(rawValueOf(field('Day__c', 'date'), '2026-01-09')).toBe('2026-01-09');
});
