import { expect, it } from 'vitest';
import { picklist } from '../../schema/fields.ts';
import { picklistValues } from '../picklist-values.ts';

const value = (name: string, active: boolean, isDefault = false) => ({
  value: name,
  label: name.toUpperCase(),
  active,
  default: isDefault,
});
const shown = (name: string): object => ({
  attributes: null,
  label: name.toUpperCase(),
  validFor: [],
  value: name,
});

it('gives active values and the default with their labels', () => {
  const field = picklist('S__c', 255, [
    value('a', true),
    value('b', false),
    value('c', true, true),
  ]);
  expect(picklistValues(field, '/url')).toMatchObject({
    defaultValue: shown('c'),
    url: '/url',
    values: [shown('a'), shown('c')],
  });
});

it('has no default where none is active', () => {
  const field = picklist('S__c', 255, [value('a', true), value('b', false, true)]);
  expect(picklistValues(field, '/url')).toMatchObject({ defaultValue: null });
});
