import { afterAll, beforeAll, expect, it } from 'vitest';
import { filledOrg, names } from './filled-org.ts';
import { type HttpOrg, refusals, refused, send } from './graphql-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;
let ada = '';
beforeAll(async () => {
  ({ org, ada } = await filledOrg());
});
afterAll(() => org.close());

statement.group(
  'The GraphQL schema is what the user sees: objects, fields, relationships, arguments, operators and enum values that are unknown or hidden, fields without their subselection, and ids with one, are a `ValidationError`, and `data` is `{}`.',
  () => {
    const inOrders = (fields: string): string => `Woo_Order__c { edges { node { ${fields} } } }`;
    const orders = (args: string): string => `Woo_Order__c(${args}) { totalCount }`;
    it.each([
      ['Woo_Oder__c { totalCount }', "FieldUndefined: Field 'Woo_Oder__c' in type 'RecordQuery'"],
      [inOrders('Totl__c { value }'), "FieldUndefined: Field 'Totl__c' in type 'Woo_Order__c'"],
      [inOrders('name { value }'), "FieldUndefined: Field 'name' in type 'Woo_Order__c'"],
      [inOrders('Contact { Id }'), "FieldUndefined: Field 'Contact' in type 'Woo_Order__c'"],
      [inOrders('Items { totalCount }'), "FieldUndefined: Field 'Items' in type 'Woo_Order__c'"],
      [inOrders('Total__c { label }'), "FieldUndefined: Field 'label' in type 'DoubleValue'"],
      [inOrders('Name'), 'SubSelectionRequired: Sub selection required for type StringValue of'],
      [inOrders('Id { value }'), 'SubSelectionNotAllowed: Sub selection not allowed on leaf type'],
      [orders('last: 3'), 'UnknownArgument: Unknown argument "last"'],
      [orders('where: { Totl__c: { eq: 1 } }'), 'WrongType: '],
      [orders('where: { Customer_Note__c: { eq: "a" } }'), 'WrongType: '],
      [orders('where: { Total__c: { like: 1 } }'), 'WrongType: '],
      [orders('where: { Total__c: { eq: "1" } }'), 'WrongType: '],
      [orders('where: { Created_In_Woo__c: { gt: "2026-01-01T00:00:00Z" } }'), 'WrongType: '],
      [orders('orderBy: { Name: { order: UP } }'), 'WrongType: '],
    ])('%s', async (inner, problem) => {
      const answer = await send(org, `{ uiapi { query { ${inner} } } }`);
      expect(answer.data).toEqual({});
      expect(answer.errors[0]?.extensions.ErrorType).toBe('ValidationError');
      expect(answer.errors[0]?.message).toContain(`Validation error of type ${problem}`);
    });
  },
);

statement(
  'Variables have the types of the schema, in which a text is no picklist value, e-mail address, id or amount: `VariableTypeMismatch`; values are checked, and defaults fill in.',
  async () => {
    const by = (field: string, type: string): string =>
      `query($v: ${type}) { uiapi { query { Woo_Order__c(where: { ${field}: { eq: $v } }) { totalCount } } } }`;
    expect(await refusals(org, by('Status__c', 'String'), { v: 'pending' })).toEqual([
      "ValidationError Validation error of type VariableTypeMismatch: Variable type 'String' doesn't match expected type 'Picklist' @ 'uiapi/query/Woo_Order__c'",
    ]);
    for (const field of ['Billing_Email__c', 'Total__c', 'Contact__c', 'Id']) {
      expect(await refusals(org, by(field, 'String'))).toHaveLength(1);
    }
    expect(await refusals(org, by('Name', 'Strin'))).toContainEqual(
      expect.stringContaining('UnknownType'),
    );
    expect(await names(org, 'Status__c: { eq: $v }', { v: 'pending' }, '($v: Picklist)')).toBe('B');
    expect(await names(org, 'Contact__c: { eq: $v }', { v: ada.slice(0, 15) }, '($v: ID)')).toBe(
      'A',
    );
    expect(await names(org, 'Total__c: { in: $v }', { v: [20] }, '($v: [Double])')).toBe('B');
    expect(await names(org, 'Name: { eq: $v }', {}, '($v: String = "C")')).toBe('C');
    expect(await refusals(org, by('Total__c', 'Double'), { v: 'much' })).toHaveLength(1);
    expect(await refusals(org, by('Name', 'String!'))).toHaveLength(1);
  },
);

statement('Fragments, aliases, `__typename`, `@skip` and `@include` work.', async () => {
  const query = `
    query($no: Boolean!) { __typename uiapi { query { __typename
      mine: Woo_Order__c(where: { Name: { eq: "A" } }) { __typename edges { __typename node {
        ...order total: Total__c { __typename value } Total__c { displayValue }
        ... on Record { ApiName }
        Name @include(if: $no) { value } Day__c @skip(if: $no) { value }
      } } }
    } } }
    fragment order on Woo_Order__c { __typename Contact__r { Name { value } } }`;
  expect((await send(org, query, { no: false })).data).toEqual({
    __typename: 'Query',
    uiapi: {
      query: {
        __typename: 'RecordQuery',
        mine: {
          __typename: 'Woo_Order__cConnection',
          edges: [
            {
              __typename: 'Woo_Order__cEdge',
              node: {
                __typename: 'Woo_Order__c',
                Contact__r: { Name: { value: 'Ada Lovelace' } },
                total: { __typename: 'DoubleValue', value: 1234.5 },
                Total__c: { displayValue: '1,234.5' },
                ApiName: 'Woo_Order__c',
                Day__c: { value: '2026-02-11' },
              },
            },
          ],
        },
      },
    },
  });
  const strange = 'Woo_Order__c { edges { node { ... on Account { Id } } } }';
  expect((await refused(org, strange))[0]).toContain('InvalidFragmentType');
});

statement(
  'Custom metadata types and objects that the UI API does not support are unknown, and users cannot be written.',
  async () => {
    for (const object of ['Woo_Mapping__mdt', 'PermissionSetAssignment', 'EntityDefinition']) {
      const [problem] = await refused(org, `${object} { totalCount }`);
      expect(problem).toContain(`Field '${object}' in type 'RecordQuery' is undefined`);
    }
    const [problem] = await refusals(
      org,
      'mutation { uiapi { UserDelete(input: { Id: "x" }) { Id } } }',
    );
    expect(problem).toContain("Field 'UserDelete' in type 'UIAPIMutations' is undefined");
  },
);

statement.group(
  'Introspection, `scope`, `objectInfos`, `relatedListByName`, `currentUser`, addresses as a whole, bytes, lookups to several objects, `ROLLUP` and `CUBE`, `format` and fiscal periods are refused with `NOT_EMULATED`.',
  () => {
    it.each([
      ['{ __schema { types { name } } }', 'introspection'],
      ['{ __type(name: "Account") { name } }', 'introspection'],
      ['{ uiapi { query { Account(scope: "MINE") { totalCount } } } }', 'the argument scope'],
      ['{ uiapi { objectInfos } }', 'objectInfos'],
      ['{ uiapi { relatedListByName } }', 'relatedListByName'],
      ['{ uiapi { currentUser } }', 'currentUser'],
      ['{ uiapi { query { Contact { edges { node { MailingAddress } } } } } }', 'MailingAddress'],
      ['{ uiapi { query { ContentVersion { edges { node { VersionData } } } } } }', 'VersionData'],
      [
        '{ uiapi { query { ContentDocumentLink { edges { node { LinkedEntity { Id } } } } } } }',
        'LinkedEntity',
      ],
      [
        '{ uiapi { aggregate { Account(groupBy: { type: ROLLUP, Name: { group: true } }) { totalCount } } } }',
        'ROLLUP and CUBE',
      ],
      ['{ uiapi { query { Woo_Order__c { edges { node { Day__c { format } } } } } } }', 'format'],
    ])('%s', async (query, what) => {
      const [problem] = await refusals(org, query);
      expect(problem).toContain(
        'OperationNotSupported NOT_EMULATED: The local org does not emulate',
      );
      expect(problem).toContain(what);
    });

    it('fiscal periods', async () => {
      const where = 'where: { Day__c: { eq: { literal: THIS_FISCAL_YEAR } } }';
      const [problem] = await refused(org, `Woo_Order__c(${where}) { totalCount }`);
      expect(problem).toContain('does not emulate the date literal THIS_FISCAL_YEAR');
    });
  },
);
