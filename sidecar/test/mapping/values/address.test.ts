import { describe, expect, it } from 'vitest';
import type { FieldChoice, FieldSchema } from '../../../src/mapping/model/schema.ts';
import {
  compiled,
  compileRows,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const choice = (value: string, label: string, ...countries: string[]): FieldChoice => ({
  value,
  label,
  validFor: countries.length === 0 ? null : new Set(countries),
});

const codes = (name: string, ...choices: readonly FieldChoice[]): FieldSchema =>
  field(name, 'picklist', { choices, picklistValues: choices.map(({ value }) => value) });

const TEXTS = ['MailingStreet', 'MailingCity', 'MailingState', 'MailingCountry'].map((name) =>
  field(name, 'string', { length: 80 }),
);

const PLAIN = schemas(object('Contact', ...TEXTS));
const CODED = schemas(
  object(
    'Contact',
    ...TEXTS,
    codes(
      'MailingStateCode',
      choice('CA', 'California', 'US'),
      choice('CA', 'Cagliari', 'IT'),
      choice('13', 'Tokyo', 'JP'),
      choice('NL', 'Newfoundland and Labrador', 'CA'),
    ),
    codes(
      'MailingCountryCode',
      choice('US', 'United States'),
      choice('JP', 'Japan'),
      choice('IT', 'Italy'),
    ),
  ),
);

const MAPPING = mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' });
const row = (target: string, attribute: string) =>
  fieldRow(target, attribute, { mapping: 'Contact', transform: 'address' });
const FIELDS = [
  row('MailingStreet', 'billing'),
  row('MailingCity', 'billing.city'),
  row('MailingState', 'billing.state'),
  row('MailingCountry', 'billing.country'),
];

const contact = (billing: object) => ({ id: 7, email: 'ann@shop.example', billing });

describe('address', () => {
  it('is text in an org without state and country picklists', () => {
    const mapping = compiled({ mappings: [MAPPING], fields: FIELDS }, PLAIN);
    const billing = {
      address_1: '1-1 Chiyoda',
      address_2: '',
      city: 'Tokyo',
      state: 'JP13',
      country: 'JP',
    };
    expect(mapping.build(contact(billing), STORE).row?.fields).toEqual({
      MailingStreet: '1-1 Chiyoda',
      MailingCity: 'Tokyo',
      MailingState: 'JP13',
      MailingCountry: 'JP',
    });
  });

  const mapping = compiled({ mappings: [MAPPING], fields: FIELDS }, CODED);
  const written = (state: unknown, country: unknown) => {
    const { row: built, notes = [] } = mapping.build(contact({ state, country }), STORE);
    const { MailingStateCode, MailingCountryCode, ...rest } = built?.fields ?? {};
    expect(rest).not.toHaveProperty('MailingState');
    return { state: MailingStateCode, country: MailingCountryCode, notes: notes.length };
  };

  it.each([
    ['CA', 'US', 'CA', 'US'],
    ['ca', 'us', 'CA', 'US'],
    ['California', 'US', 'CA', 'US'],
    ['JP13', 'JP', '13', 'JP'],
    ['JP-13', 'JP', '13', 'JP'],
    ['13', 'Japan', null, 'JP'],
    ['', 'IT', null, 'IT'],
    ['', '', null, null],
    [null, null, null, null],
  ])('is codes in an org that has them: %j of %j', (state, country, code, of) => {
    expect(written(state, country)).toMatchObject({ state: code, country: of });
  });

  it('drops what the org does not know, with a note, and keeps the rest', () => {
    expect(written('NL', 'US')).toEqual({ state: null, country: 'US', notes: 1 });
    expect(written('NL', '')).toEqual({ state: null, country: null, notes: 1 });
    expect(written('Narnia', 'XN')).toEqual({ state: null, country: null, notes: 2 });
    expect(mapping.build(contact({ state: 'ZZ', country: 'US' }), STORE).notes).toEqual([
      "MailingStateCode: The org's list of states does not have (not shown) of US, so it is left out.",
    ]);
    const state = mapping
      .explain(contact({ state: 'ZZ', country: 'US' }), STORE)
      .fields.find((each) => each.field === 'MailingStateCode');
    expect(state).toMatchObject({ source: 'ZZ', result: null, problem: null });
    expect(state?.note).toBe(
      'The org\'s list of states does not have "ZZ" of US, so it is left out.',
    );
  });

  it('leaves alone what the record was sent without', () => {
    const built = mapping.build({ id: 7, email: 'a@b.example' }, STORE).row;
    expect(built?.fields).toEqual({});
  });

  it('is refused on what is no part of an address, and twice on one field', () => {
    const problem = (fields: readonly ReturnType<typeof row>[]) =>
      compileRows({ mappings: [MAPPING], fields }, CODED).problems[0];
    expect(problem([row('MailingState', 'role')])).toMatchObject({
      code: 'MAPPING_TRANSFORM_ATTRIBUTE',
      place: 'Map_MailingState',
      fatal: true,
    });
    expect(
      problem([row('MailingState', 'billing.state'), row('MailingStateCode', 'shipping.state')]),
    ).toMatchObject({ code: 'MAPPING_FIELD_TWICE' });
  });
});
