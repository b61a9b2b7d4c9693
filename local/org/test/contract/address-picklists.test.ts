import { beforeAll, expect, it } from 'vitest';
import { codeOf, DataOrg, firstError } from './data-org.ts';
import { Cursors } from '../../soql/cursors.ts';
import { statement } from './statement.ts';

let org: DataOrg;

beforeAll(() => {
  org = new DataOrg({ features: { statePicklists: true } });
});

const names = ['MailingCountry', 'MailingCountryCode', 'MailingState', 'MailingStateCode'] as const;
const person = (address: object): object => ({ LastName: 'King', ...address });
const address = (id: string): unknown => names.map((name) => org.value(id, name));

statement(
  'Addresses have `StateCode` and `CountryCode` fields beside the texts only when the picklists are on, and their compound fields show the codes.',
  () => {
    const off = new DataOrg();
    const codes = (one: DataOrg, object: string): readonly string[] =>
      one
        .object(object)
        .fields.map(({ name }) => name)
        .filter((name) => /(State|Country)Code$/.test(name));
    expect(['Account', 'Contact', 'Lead', 'Order'].flatMap((one) => codes(off, one))).toEqual([]);
    expect(codes(org, 'Lead')).toEqual(['StateCode', 'CountryCode']);
    expect(codes(org, 'Order')).toEqual(
      ['Billing', 'Shipping'].flatMap((one) => [`${one}StateCode`, `${one}CountryCode`]),
    );
    const id = org.created('Contact', person({ MailingCountryCode: 'US', MailingStateCode: 'CA' }));
    const soql = `SELECT MailingAddress FROM Contact WHERE Id = '${id}'`;
    const page = { org: org.data, soql, withDeleted: false, pageSize: 200, version: 'v66.0' };
    expect(new Cursors().start(page).records).toMatchObject([
      {
        MailingAddress: {
          country: 'United States',
          countryCode: 'US',
          state: 'California',
          stateCode: 'CA',
        },
      },
    ]);
  },
);

statement.group('A code brings its text, a text its code; case does not count.', () => {
  const california = ['United States', 'US', 'California', 'CA'];
  it.each([
    [{ MailingCountryCode: 'US', MailingStateCode: 'CA' }, california],
    [{ MailingCountryCode: 'us', MailingStateCode: 'ca' }, california],
    [{ MailingCountry: 'united states', MailingState: 'california' }, california],
    [{ MailingCountryCode: 'US', MailingState: 'California' }, california],
    [{ MailingCountry: 'Germany' }, ['Germany', 'DE', null, null]],
    [{ MailingCity: 'Berlin' }, [null, null, null, null]],
  ])('%j', (given, expected) => {
    expect(address(org.created('Contact', person(given)))).toEqual(expected);
  });

  it('and null takes both away', () => {
    const id = org.created('Contact', person({ MailingCountryCode: 'US', MailingStateCode: 'CA' }));
    expect(codeOf(org.update('Contact', id, { MailingStateCode: null }))).toBe('ok');
    expect(address(id)).toEqual(['United States', 'US', null, null]);
    org.update('Contact', id, { MailingCountry: null });
    expect(address(id)).toEqual([null, null, null, null]);
  });
});

statement.group(
  'An unknown country, a state that its country does not have, a state without a country, and a text that contradicts its code are refused: `FIELD_INTEGRITY_EXCEPTION`.',
  () => {
    it.each([
      [{ MailingCountryCode: 'XX' }, 'MailingCountryCode', 'a problem with this country'],
      [{ MailingCountry: 'USA' }, 'MailingCountry', 'a problem with this country'],
      [{ MailingCountry: 'Germany', MailingCountryCode: 'US' }, 'MailingCountry', 'this country'],
      [{ MailingState: 'California' }, 'MailingState', 'A country/territory must be specified'],
      [
        { MailingCountryCode: 'US', MailingState: 'Bavaria' },
        'MailingState',
        "There's a problem with this state",
      ],
      [
        { MailingCountryCode: 'US', MailingStateCode: 'BC' },
        'MailingStateCode',
        "The existing country/territory doesn't recognize the state value",
      ],
      [
        { MailingCountryCode: 'US', MailingStateCode: 'CA', MailingState: 'Nevada' },
        'MailingState',
        "There's a problem with this state",
      ],
    ])('%j', (given, field, message) => {
      const error = firstError(org.create('Contact', person(given)));
      expect(error).toMatchObject({ statusCode: 'FIELD_INTEGRITY_EXCEPTION', fields: [field] });
      expect(error?.message).toContain(message);
    });

    it('a change of the country alone, when the state stays behind', () => {
      const id = org.created(
        'Contact',
        person({ MailingCountryCode: 'US', MailingStateCode: 'CA' }),
      );
      const change = org.update('Contact', id, { MailingCountryCode: 'DE' });
      expect(codeOf(change)).toBe('FIELD_INTEGRITY_EXCEPTION');
      const both = { MailingCountryCode: 'DE', MailingStateCode: null };
      expect(codeOf(org.update('Contact', id, both))).toBe('ok');
    });
  },
);

statement(
  'States are known of Australia, Brazil, Canada, India and the United States; other countries take no state.',
  () => {
    const state = (country: string, code: string): string =>
      codeOf(
        org.create('Lead', {
          LastName: country,
          Company: code,
          CountryCode: country,
          StateCode: code,
        }),
      );
    const known = [
      ['AU', 'NSW'],
      ['BR', 'SP'],
      ['CA', 'QC'],
      ['IN', 'MH'],
      ['US', 'TX'],
    ] as const;
    expect(known.map(([country, code]) => state(country, code))).toEqual(known.map(() => 'ok'));
    expect(state('DE', 'BY')).toBe('FIELD_INTEGRITY_EXCEPTION');
  },
);
