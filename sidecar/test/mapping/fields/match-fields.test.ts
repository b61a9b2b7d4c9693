import { describe, expect, it } from 'vitest';
import { matchedObjects } from '../../../src/mapping/fields/match-fields.ts';
import type { Row } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const ACCOUNT = {
  ...object(
    'Account',
    field('Name', 'string'),
    field('Description', 'textarea', { length: 32000 }),
  ),
  children: [{ relationshipName: 'Contacts', object: 'Contact', field: 'AccountId' }],
};
const CONTACT = object(
  'Contact',
  field('Email', 'email', { length: 80 }),
  field('Code__c', 'string', { caseSensitive: true }),
  field('Secret__c', 'string', { filterable: false, encrypted: true }),
  field('Sealed__c', 'string', { encrypted: true }),
  lookup('AccountId', 'Account'),
);
const KNOWN = schemas(ACCOUNT, CONTACT);

function matching(to: 'Account' | 'Contact', matchFields: string) {
  const row = mappingRow({ name: 'Map', resource: 'customer', object: to, matchFields });
  const fields =
    to === 'Contact'
      ? [fieldRow('Email', 'email', { mapping: 'Map' })]
      : [fieldRow('Name', 'display_name', { mapping: 'Map', writeWhen: 'on_create' })];
  return { mappings: [row], fields };
}

const compile = (to: 'Account' | 'Contact', matchFields: string) =>
  compiled(matching(to, matchFields), KNOWN);

const empty: Row = { key: 'main:1', fields: {}, onCreate: {}, whenEmpty: {}, lookups: [] };

describe('match fields', () => {
  it('are tried in their order, with what the mapping writes to them', () => {
    const { matchFields } = compile('Contact', 'Code__c; email');
    expect(matchFields).toMatchObject([
      { object: 'Contact', field: 'Code__c', caseSensitive: true, through: null },
      { object: 'Contact', field: 'Email', caseSensitive: false, through: null },
    ]);
    const row = { ...empty, fields: { Email: 'Ada@Example.com' }, whenEmpty: { Code__c: ' A1 ' } };
    expect(matchFields.map((one) => one.value({}, row, STORE))).toEqual(['A1', 'ada@example.com']);
  });

  it('have what they equal read from the shop, whether it is mapped or not', () => {
    const fields = 'Email=billing.email; Code__c=meta_data.erp.code';
    expect(compile('Contact', fields).reads).toEqual(['billing.email', 'email', 'id', 'meta_data']);
    expect(compile('Account', 'Contacts.Email=billing.email').reads).toContain('billing');
    expect(compile('Contact', 'Email').reads).toEqual(['email', 'id']);
  });

  it('can name the attribute that they equal', () => {
    const [one] = compile('Contact', 'Email=billing.email').matchFields;
    expect(one?.value({ billing: { email: 'x@example.com' } }, empty, STORE)).toBe('x@example.com');
  });

  it('can be those of records that hang on the one looked for', () => {
    const { matchFields } = compile('Account', 'Contacts.Email = email');
    expect(matchFields).toMatchObject([
      {
        name: 'Contacts.Email',
        object: 'Contact',
        field: 'Email',
        through: { field: 'AccountId', relationshipName: 'Account' },
      },
    ]);
    expect(matchFields[0]?.value({ email: 'a@example.com' }, empty, STORE)).toBe('a@example.com');
  });

  it.each([
    ['nothing', {}],
    ['blank', { Email: ' ' }],
    ['null', { Email: null }],
    ['the address of the erased', { Email: 'deleted@site.invalid' }],
  ])('never match by %s', (_what, fields) => {
    const [one] = compile('Contact', 'Email').matchFields;
    expect(one?.value({}, { ...empty, fields }, STORE)).toBeNull();
  });

  it.each([
    ['Contact', 'Emal', 'MAPPING_UNKNOWN_FIELD', /matches by "Emal".*/, 'Did you mean Email?'],
    ['Account', 'Description', 'MAPPING_MATCH_TYPE', /type is textarea/, 'Match by a text'],
    [
      'Contact',
      'Secret__c=email',
      'MAPPING_MATCH_ENCRYPTED',
      /Contact\.Secret__c/,
      'deterministic',
    ],
    ['Account', 'Contact.Email=email', 'MAPPING_UNKNOWN_RELATIONSHIP', /"Contact"/, 'Contacts?'],
    ['Account', 'Contacts.Email', 'MAPPING_MATCH_ATTRIBUTE', /what it must equal/, 'Email=email'],
    ['Account', 'Contacts.Email=emial', 'MAPPING_UNKNOWN_ATTRIBUTE', /"emial"/, 'meta_data'],
  ] as const)('of %s refuse "%s"', (to, matchFields, code, message, cure) => {
    const { mappings, problems } = compileRows(matching(to, matchFields), KNOWN);
    expect(mappings).toEqual([]);
    expect(problems).toMatchObject([{ code, fatal: true }]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.cure).toContain(cure);
  });

  it('of a field that is encrypted and can be asked for match, and its scheme is asked after', () => {
    const { mappings, problems } = compileRows(matching('Contact', 'Sealed__c=email'), KNOWN);
    expect(mappings[0]?.matchFields).toMatchObject([{ field: 'Sealed__c' }]);
    expect(problems).toMatchObject([{ code: 'MAPPING_MATCH_ENCRYPTED', fatal: false }]);
    expect(problems[0]?.message).toContain('other capitals');
  });

  it('name the objects that must be described too', () => {
    const { mappings } = matching('Account', 'Name; contacts.Email=email');
    expect(matchedObjects(mappings, schemas(ACCOUNT))).toEqual(['Contact']);
    expect(matchedObjects(mappings, KNOWN)).toEqual([]);
  });
});
