import { describe, expect, it } from 'vitest';

import { toObjectSchema } from '../../src/salesforce/describe.ts';

const value = (code: string, label: string, bits?: string, active = true) => ({
  value: code,
  label,
  active,
  defaultValue: false,
  validFor: bits === undefined ? null : Buffer.from(bits, 'hex').toString('base64'),
});

const field = (name: string, picklistValues: readonly object[], controllerName: string | null) => ({
  name,
  label: name,
  type: 'picklist',
  length: 10,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: true,
  updateable: true,
  calculated: false,
  filterable: true,
  externalId: false,
  unique: false,
  caseSensitive: false,
  defaultedOnCreate: false,
  referenceTo: [],
  relationshipName: null,
  restrictedPicklist: true,
  picklistValues,
  controllerName,
});

describe('choices of states and countries', () => {
  const countries = ['US', 'XX', 'CA', 'JP', 'A1', 'A2', 'A3', 'A4', 'IT'];
  const { fields } = toObjectSchema({
    name: 'Contact',
    label: 'Contact',
    createable: true,
    updateable: true,
    deletable: true,
    fields: [
      field(
        'MailingStateCode',
        [
          value('CA', 'California', '8000'),
          value('CA', 'Cagliari', '0080'),
          value('NL', 'Newfoundland and Labrador', '20'),
          value('ZZ', 'Gone', '8000', false),
          value('AN', 'Anywhere'),
        ],
        'MailingCountryCode',
      ),
      field(
        'MailingCountryCode',
        countries.map((code) => value(code, `Country ${code}`, undefined, code !== 'XX')),
        null,
      ),
      field('LeadSource', [value('Web', 'Web')], null),
    ],
  });

  it('know the country that they belong to, inactive countries counted', () => {
    const states = fields.get('mailingstatecode')?.choices ?? [];
    expect(states.map(({ label, validFor }) => [label, validFor && [...validFor]])).toEqual([
      ['California', ['US']],
      ['Cagliari', ['IT']],
      ['Newfoundland and Labrador', ['CA']],
      ['Anywhere', null],
    ]);
  });

  it('are kept of no other picklist', () => {
    expect(fields.get('mailingcountrycode')?.choices).toHaveLength(8);
    expect(fields.get('leadsource')?.choices).toBeUndefined();
    expect(fields.get('leadsource')?.picklistValues).toEqual(['Web']);
  });
});
