import { expect, test } from 'vitest';
import { loadPlatform } from './platform.ts';

interface Query {
  readonly cellOf: (values: object, field: string, info: object) => object;
  readonly conditionOf: (filter: object, info: object | undefined) => string;
  readonly labelOf: (info: object) => string;
  readonly listQuery: (info: object, options: object) => string;
  readonly orderOf: (field: string, info: object, isDescending: boolean) => string;
  readonly recordFields: (info: object, fields: readonly string[]) => string[];
}

const { cellOf, conditionOf, labelOf, listQuery, orderOf, recordFields } =
  await loadPlatform<Query>('host/query');

const plain = (dataType: string) => ({ dataType, label: dataType, reference: false });
const lookup = {
  dataType: 'Reference',
  label: 'Contact ID',
  reference: true,
  relationshipName: 'Contact__r',
  referenceToInfos: [{ apiName: 'Contact', nameFields: ['FirstName', 'LastName', 'Name'] }],
};
const owner = {
  ...lookup,
  relationshipName: 'Owner',
  referenceToInfos: [
    { apiName: 'User', nameFields: ['Name'] },
    { apiName: 'Group', nameFields: ['Name'] },
  ],
};
const info = {
  apiName: 'Thing__c',
  fields: { Name: plain('String'), Total__c: plain('Double'), Contact__c: lookup, OwnerId: owner },
};

test.each([
  ['String', 'equals', 'red', '{ F: { eq: "red" } }'],
  ['String', 'equals', 'red,blue', '{ F: { in: ["red", "blue"] } }'],
  ['String', 'contains', 'a"b', '{ F: { like: "%a\\"b%" } }'],
  ['String', 'startsWith', 're', '{ F: { like: "re%" } }'],
  ['Picklist', 'notEqual', 'open', '{ F: { ne: "open" } }'],
  ['String', 'notEqual', '', '{ F: { ne: null } }'],
  ['Boolean', 'equals', '1', '{ F: { eq: true } }'],
  ['Boolean', 'equals', '0', '{ F: { eq: false } }'],
  ['Double', 'greaterThan', '0', '{ F: { gt: 0 } }'],
  ['DateTime', 'equals', 'LAST_N_DAYS:30', '{ F: { eq: { range: { last_n_days: 30 } } } }'],
  ['Date', 'equals', 'THIS_MONTH', '{ F: { eq: { literal: THIS_MONTH } } }'],
  ['Date', 'lessThan', '2026-01-01', '{ F: { lt: { value: "2026-01-01" } } }'],
])('a filter: %s %s %s', (dataType, operation, value, expected) => {
  expect(conditionOf({ field: 'F', operation, value }, plain(dataType))).toBe(expected);
});

test('a filter that cannot be asked is told', () => {
  const filter = { field: 'F', operation: 'within', value: '5mi' };
  expect(() => conditionOf(filter, plain('Location'))).toThrow('F within 5mi');
  expect(() => conditionOf({ ...filter, operation: 'equals' }, undefined)).toThrow('F equals');
});

test('a list asks for the fields that are known, and for the names of lookups', () => {
  const columns = ['Name', 'Contact__c', 'OwnerId', 'Nothing__c'];
  const text = listQuery(info, { alias: 'all', columns, first: 5, where: '{ a: 1 }' });
  expect(text.replace(/\s+/g, ' ')).toBe(
    'all: Thing__c(first: 5, where: { a: 1 }) { totalCount pageInfo { hasNextPage endCursor } ' +
      'edges { node { Id Name { value displayValue } Contact__c { value displayValue } ' +
      'Contact__r { Id Name { value } } OwnerId { value displayValue } } } }',
  );
});

test('a record is asked for each field once, with the names of its lookups', () => {
  expect(recordFields(info, ['Name', 'Contact__c', 'Name', 'OwnerId', 'Nothing__c'])).toEqual([
    'Thing__c.Name',
    'Thing__c.Contact__c',
    'Thing__c.Contact__r.Name',
    'Thing__c.OwnerId',
    'Thing__c.Owner.Name',
  ]);
});

test.each([
  ['a record of UI API', { value: { fields: { Name: { value: 'Ada' } } } }],
  ['a node of GraphQL', { Name: { value: 'Ada' } }],
])('a lookup shows the name and leads to the record: %s', (_, parent) => {
  const values = { Contact__c: { value: '003x', displayValue: null }, Contact__r: parent };
  expect(cellOf(values, 'Contact__c', lookup)).toMatchObject({ text: 'Ada', link: '003x' });
});

test('a lookup whose record cannot be seen shows its id and leads nowhere', () => {
  const values = { Contact__c: { value: '003x', displayValue: null }, Contact__r: null };
  expect(cellOf(values, 'Contact__c', lookup)).toMatchObject({ text: '003x', link: undefined });
});

test('a value shows as the org writes it', () => {
  const values = { Total__c: { value: 1234.5, displayValue: '$1,234.50' } };
  expect(cellOf(values, 'Total__c', plain('Currency'))).toMatchObject({ text: '$1,234.50' });
});

test('an owner shows the name, of a user or a queue', () => {
  const values = { OwnerId: { value: '005x', displayValue: null } };
  const Owner = { value: { fields: { Name: { value: 'Ada Admin' } } } };
  expect(cellOf({ ...values, Owner }, 'OwnerId', owner)).toMatchObject({ text: 'Ada Admin' });
  expect(cellOf(values, 'OwnerId', owner)).toMatchObject({ text: '005x', link: undefined });
});

test.each([
  ['Double', 2, 1767.03, '1,767.03'],
  ['Double', 2, 217.3, '217.30'],
  ['Double', 0, 1240, '1,240'],
  ['Int', 0, -3, '-3'],
  ['Percent', 1, 12.5, '12.5%'],
  ['String', 0, '217.3', '217.3'],
  ['Double', 2, null, null],
])('a number has as many decimals as its field: %s(%i) %s', (dataType, scale, value, text) => {
  const values = { F: { value, displayValue: value === null ? null : String(value) } };
  expect(cellOf(values, 'F', { ...plain(dataType), scale })).toMatchObject({ text });
});

test('a list is sorted by a column, by a lookup as its names are', () => {
  expect(orderOf('Total__c', info.fields.Total__c, true)).toBe('{ Total__c: { order: DESC } }');
  expect(orderOf('Contact__c', lookup, false)).toBe('{ Contact__r: { Name: { order: ASC } } }');
});

test('lookups are named for their records', () => {
  expect(labelOf(lookup)).toBe('Contact');
  expect(labelOf({ label: 'Woo ID', reference: false })).toBe('Woo ID');
});
