import { describe, expect, it } from 'vitest';
import type { FieldMappingRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const ORG = schemas(
  object(
    'Product2',
    field('Name', 'string'),
    field('Description', 'textarea', { length: 4000 }),
    field('Price__c', 'double', { scale: 4 }),
    field('Sale_Ends__c', 'datetime'),
    field('Sale_Day__c', 'date'),
    field('Family', 'picklist'),
    lookup('Parent__c', 'Product2'),
  ),
);

const product = (target: string, attribute: string | null, more: Partial<FieldMappingRow> = {}) =>
  fieldRow(target, attribute, { mapping: 'Product', ...more });

function compile(fields: readonly FieldMappingRow[], more: Partial<MappingRow> = {}) {
  const row = mappingRow({ name: 'Product', resource: 'product', object: 'Product2', ...more });
  return compileRows({ mappings: [row], fields }, ORG);
}

const both = { direction: 'both' };

describe('a field that goes both ways', () => {
  it.each([
    ['the name of a product', product('Name', 'post_title', both)],
    ['a price', product('Price__c', '_regular_price', both)],
    ['a moment', product('Sale_Ends__c', 'date_on_sale_to', { ...both, transform: 'gmt_date' })],
  ])('may be %s', (_, row) => {
    const { mappings, problems } = compile([row], both);
    expect(problems).toEqual([]);
    expect(mappings[0]?.fields).toMatchObject([{ direction: 'both', lossy: null }]);
  });

  it.each([
    ['a text without its HTML', { transform: 'plain_text' }, 'transform plain_text'],
    ['letters made small', { transform: 'lower_case' }, 'transform lower_case'],
    ['a part of a text', { transform: 'slice', transformArgument: '0,9' }, 'transform slice'],
    ['what is found', { transform: 'regex', transformArgument: '[a-z]+' }, 'transform regex'],
    ['a text that is cut', { overflow: 'truncate' }, 'too long is cut'],
    ['a static value', { kind: 'static', staticValue: 'Tea' }, 'comes from no attribute'],
  ])('must not be %s', (_, more, reason) => {
    const row = product('Description', 'description', { ...both, ...more });
    const { mappings, problems } = compile([row], both);
    expect(mappings).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'MAPPING_LOSSY_BOTH_WAYS', place: 'Map_Description', fatal: true },
    ]);
    expect(problems[0]?.message).toContain(reason);
    expect(problems[0]?.cure).toContain('to_salesforce');
  });

  it.each([
    ['the parent of a variation', product('Description', 'parent', both), 'made of other'],
    ['a day of a moment', product('Sale_Day__c', 'date_on_sale_to', both), 'time of day is lost'],
    [
      'all names of a list',
      product('Family', 'categories.name', { ...both, transform: 'join' }),
      'join',
    ],
  ])('must not be %s', (_, row, reason) => {
    expect(compile([row], both).problems[0]?.message).toContain(reason);
  });

  it('must not be the second custom field of its key: the shop is given the first', () => {
    const { problems } = compile([product('Description', 'meta_data.gift#2', both)], both);
    expect(problems).toMatchObject([{ code: 'MAPPING_NOT_WRITABLE', place: 'Map_Description' }]);
    expect(problems[0]?.message).toContain('only the first custom field of a key');
  });

  it('is asked of the mapping where the field leaves its direction blank', () => {
    const html = product('Description', 'description', { transform: 'plain_text' });
    expect(compile([html], both).problems).toMatchObject([{ code: 'MAPPING_LOSSY_BOTH_WAYS' }]);
    expect(compile([html]).problems).toEqual([]);
    const oneWay = { ...html, direction: 'to_salesforce' };
    expect(compile([oneWay], both).problems).toEqual([]);
  });

  it('is not a lookup or a static value only because its mapping goes both ways', () => {
    const { mappings, problems } = compile(
      [
        product('Parent__c', 'parent', { kind: 'lookup' }),
        product('Family', null, { kind: 'static', staticValue: 'Tea' }),
      ],
      both,
    );
    expect(problems).toEqual([]);
    expect(mappings[0]?.fields.map((each) => each.direction)).toEqual([
      'to_salesforce',
      'to_salesforce',
    ]);
  });
});

describe('the custom field that receives the Salesforce id', () => {
  it('is there for orders, products and customers', () => {
    const { mappings } = compile([product('Name', 'name')], { wooMetaKey: ' _sf_id ' });
    expect(mappings[0]?.wooMetaKey).toBe('_sf_id');
  });

  it.each([
    ['refund', 'a refund'],
    ['order_item', 'an order item'],
  ])('is not for %s: it is left out with a warning', (resource, named) => {
    const { mappings, problems } = compile([product('Name', 'id')], {
      resource,
      wooMetaKey: '_sf',
    });
    expect(mappings[0]?.wooMetaKey).toBeNull();
    expect(problems).toMatchObject([{ code: 'MAPPING_META_KEY', place: 'Product', fatal: false }]);
    expect(problems[0]?.message).toContain(`no custom field of ${named}`);
  });

  it('goes to one mapping where two of a resource name the same one', () => {
    const rows = ['Product', 'Second'].map((name) =>
      mappingRow({ name, resource: 'product', object: 'Product2', wooMetaKey: '_sf' }),
    );
    const second = fieldRow('Name', 'name', { mapping: 'Second', name: 'Second_Name' });
    const { mappings, problems } = compileRows(
      { mappings: rows, fields: [product('Name', 'name'), second] },
      ORG,
    );
    expect(mappings.map(({ wooMetaKey }) => wooMetaKey)).toEqual(['_sf', null]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'MAPPING_META_KEY', place: 'Second', fatal: false }),
    );
  });
});

describe('a person account', () => {
  const ACCOUNT = object(
    'Account',
    field('Name', 'string', { nillable: false }),
    field('LastName', 'string', { length: 80 }),
    field('IsPersonAccount', 'boolean', { createable: false, updateable: false }),
  );
  const row = mappingRow({ name: 'Person', resource: 'customer', object: 'Account' });
  const of = (target: string) => fieldRow(target, 'last_name', { mapping: 'Person' });
  const problemsOf = (target: string, account = ACCOUNT) =>
    compileRows({ mappings: [row], fields: [of(target)] }, schemas(account)).problems;

  it('takes its name from the last name', () => {
    expect(problemsOf('LastName')).toEqual([]);
  });

  it('is none in an org without person accounts, where the name is required', () => {
    const { fields, ...rest } = ACCOUNT;
    const plain = {
      ...rest,
      fields: new Map([...fields].filter(([name]) => !name.startsWith('is'))),
    };
    expect(problemsOf('LastName', plain)).toMatchObject([{ code: 'MAPPING_REQUIRED_FIELD' }]);
  });
});
