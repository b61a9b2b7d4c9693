import { afterAll, beforeAll, expect, it } from 'vitest';
import { HttpOrg, nodes, read, refusals, refused, send } from './graphql-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;
let account = '';
let ada = '';
let first = '';

beforeAll(async () => {
  org = await HttpOrg.start();
  account = await org.create('Account', { Name: 'Analytical Engines' });
  ada = await org.create('Contact', {
    ...{ LastName: 'Lovelace', FirstName: 'Ada', AccountId: account, Email: 'ada@example.com' },
  });
  first = await org.create('Woo_Order__c', {
    ...{ Name: 'A', Total__c: 1234.5, Status__c: 'completed', Day__c: '2026-02-11' },
    ...{ Created_In_Woo__c: '2026-08-28T14:30:00+02:00', Contact__c: ada, Tags__c: 'new;gift' },
  });
  await org.create('Woo_Order__c', { Name: 'B', Total__c: 20, Status__c: 'pending' });
  await org.create('Woo_Order__c', { Name: 'C', Status__c: 'refunded', Customer_Note__c: 'call' });
  for (const Name of ['Tea', 'Mug']) {
    await org.create('Woo_Order_Item__c', { Name, Order__c: first, Type__c: 'product' });
  }
});
afterAll(() => org.close());

/** Names of the orders that a `where` lets through. */
async function names(where: string, variables = {}, head = ''): Promise<string> {
  const inner = `Woo_Order__c(where: { ${where} }, orderBy: { Name: {} }) { edges { node { Name { value } } } }`;
  const { Woo_Order__c } = await read(org, inner, variables, head);
  return nodes(Woo_Order__c)
    .map(({ Name }) => Name)
    .join(' ');
}

/** The first order's fields. */
async function order(fields: string): Promise<unknown> {
  const inner = `Woo_Order__c(where: { Name: { eq: "A" } }) { edges { node { ${fields} } } }`;
  const { Woo_Order__c } = (await read(org, inner)) as {
    Woo_Order__c: { edges: readonly { node: unknown }[] };
  };
  return Woo_Order__c.edges[0]?.node;
}

statement(
  'A GraphQL request has `query`, `variables` and `operationName`, costs one API call, and is answered with 200, `data` and `errors`; each error has `message`, `locations`, `paths` and `extensions.ErrorType`.',
  async () => {
    const calls = async (): Promise<number> =>
      ((await org.ask('GET', '/local/requests')).body as { billed: number }).billed;
    const before = await calls();
    const query = `
      query one { uiapi { query { Account { totalCount } } } }
      query two($name: String) { uiapi { query { Contact(where: { Name: { eq: $name } }) { totalCount } } } }`;
    expect(await send(org, query, { name: 'ADA LOVELACE' }, 'two')).toEqual({
      data: { uiapi: { query: { Contact: { totalCount: 1 } } } },
      errors: [],
    });
    expect((await calls()) - before).toBe(1);
    expect(await send(org, '{ uiapi {\n  query { asd { totalCount } } } }')).toEqual({
      data: {},
      errors: [
        {
          message:
            "Validation error of type FieldUndefined: Field 'asd' in type 'RecordQuery' is undefined @ 'uiapi/query/asd'",
          locations: [{ line: 2, column: 11 }],
          paths: [],
          extensions: { ErrorType: 'ValidationError' },
        },
      ],
    });
    const failing =
      '{ uiapi { query { a: Account(first: 0) { totalCount } Contact { totalCount } } } }';
    expect(await send(org, failing)).toMatchObject({
      data: { uiapi: { query: { a: null, Contact: { totalCount: 1 } } } },
      errors: [
        { paths: ['uiapi', 'query', 'a'], extensions: { ErrorType: 'DataFetchingException' } },
      ],
    });
  },
);

statement(
  'Broken syntax is an `InvalidSyntax`, an operation that cannot be told an `OperationNotSupported`; a body that is no request is refused with 400 `JSON_PARSER_ERROR`.',
  async () => {
    expect(await refusals(org, '{ uiapi {')).toEqual([
      'InvalidSyntax Invalid syntax encountered. Syntax Error: Expected Name, found <EOF>.',
    ]);
    const two = 'query a { __typename } query b { __typename }';
    expect(await refusals(org, two)).toEqual([
      'OperationNotSupported Must provide operation name if query contains multiple operations.',
    ]);
    expect((await send(org, two, {}, 'c')).errors[0]?.message).toBe("Unknown operation named 'c'.");
    expect(await refusals(org, `{ ${'a '.repeat(20_001)} }`)).toEqual([
      expect.stringContaining('Document contains more than 20000 tokens'),
    ]);
    for (const body of [{}, { query: 1 }, { query: '{ a }', variables: [] }, '[]']) {
      const { status, body: answer } = await org.rest('POST', '/graphql', body);
      expect([status, answer]).toMatchObject([400, [{ errorCode: 'JSON_PARSER_ERROR' }]]);
    }
  },
);

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
    expect(await names('Status__c: { eq: $v }', { v: 'pending' }, '($v: Picklist)')).toBe('B');
    expect(await names('Contact__c: { eq: $v }', { v: ada.slice(0, 15) }, '($v: ID)')).toBe('A');
    expect(await names('Total__c: { in: $v }', { v: [20] }, '($v: [Double])')).toBe('B');
    expect(await names('Name: { eq: $v }', {}, '($v: String = "C")')).toBe('C');
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
  'Fields of a record are `{ value displayValue }` of the type of the field; `Id`, `ApiName`, `DisplayValue` and `WeakEtag` are plain; parents are null or nodes, and the owner of a custom object, an order or a lead is a union, whose fields stand in `... on User`.',
  async () => {
    const row = org.org.data.db.get(
      'SELECT SystemModstamp AS at FROM Woo_Order__c WHERE Id = ?',
      first,
    );
    expect(
      await order(`Id ApiName DisplayValue WeakEtag Name { value } Total__c { value }
        Deleted_In_Woo__c { __typename value } Created_In_Woo__c { __typename value }
        Day__c { __typename value } Status__c { __typename value label } Contact__c { __typename value }
        Customer_Note__c { __typename value } Admin_Link__c { value } Account__r { Name { value } }
        Contact__r { Id Account { Name { value } } } Owner { ... on User { Name { value } } }
        Order_Items__r(first: 1, orderBy: { Name: {} }) { totalCount edges { node { Name { value } Order__r { Name { value } } } } }`),
    ).toEqual({
      Id: first,
      ApiName: 'Woo_Order__c',
      DisplayValue: 'A',
      WeakEtag: new Date(String(row?.['at'])).getTime(),
      Name: { value: 'A' },
      Total__c: { value: 1234.5 },
      Deleted_In_Woo__c: { __typename: 'BooleanValue', value: false },
      Created_In_Woo__c: { __typename: 'DateTimeValue', value: '2026-08-28T12:30:00.000Z' },
      Day__c: { __typename: 'DateValue', value: '2026-02-11' },
      Status__c: { __typename: 'PicklistValue', value: 'completed', label: 'completed' },
      Contact__c: { __typename: 'IDValue', value: ada },
      Customer_Note__c: { __typename: 'LongTextAreaValue', value: null },
      Admin_Link__c: { value: '<a href="a" target="_blank">b</a>' },
      Account__r: null,
      Contact__r: { Id: ada, Account: { Name: { value: 'Analytical Engines' } } },
      Owner: { Name: { value: 'Ada Admin' } },
      Order_Items__r: {
        totalCount: 2,
        edges: [{ node: { Name: { value: 'Mug' }, Order__r: { Name: { value: 'A' } } } }],
      },
    });
    const bare = await refused(org, 'Woo_Order__c { edges { node { Owner { Name { value } } } } }');
    expect(bare[0]).toContain("Field 'Name' in type 'Woo_Order__c_Owner' is undefined");
  },
);

statement(
  '`displayValue` is a number, amount or time as it is written in en-US and UTC, or the label of a picklist value, and null for everything else.',
  async () => {
    await org.create('Lead', { LastName: 'L', Company: 'C', AnnualRevenue: 350_000_000 });
    const shown = (name: string): string => `${name} { displayValue }`;
    const fields = 'Total__c Created_In_Woo__c Day__c Status__c Name Contact__c Deleted_In_Woo__c';
    expect(
      await order(`${fields.split(' ').map(shown).join(' ')} Tags__c { displayValue }`),
    ).toEqual({
      Total__c: { displayValue: '1,234.5' },
      Created_In_Woo__c: { displayValue: '8/28/2026, 12:30 PM' },
      Day__c: { displayValue: '2/11/2026' },
      Status__c: { displayValue: 'completed' },
      Name: { displayValue: null },
      Contact__c: { displayValue: null },
      Deleted_In_Woo__c: { displayValue: null },
      Tags__c: { displayValue: 'new;gift' },
    });
    const { Lead } = await read(org, 'Lead { edges { node { AnnualRevenue { displayValue } } } }');
    expect(Lead).toMatchObject({
      edges: [
        {
          node: {
            AnnualRevenue: { displayValue: expect.stringMatching(/^\$350,000,000/) as string },
          },
        },
      ],
    });
    await org.create('ContentVersion', {
      ...{ PathOnClient: 'a.txt', VersionData: 'aGk=' },
    });
    const { ContentVersion } = await read(
      org,
      'ContentVersion { edges { node { ContentLocation { value label displayValue } } } }',
    );
    expect(ContentVersion).toMatchObject({
      edges: [
        {
          node: {
            ContentLocation: { value: 'S', label: 'Salesforce', displayValue: 'Salesforce' },
          },
        },
      ],
    });
  },
);

statement(
  '`where` takes `eq`, `ne`, `lt`, `gt`, `lte`, `gte`, `like`, `in`, `nin`, `includes` and `excludes` where the field can be filtered and has them, joined by `and`, `or` and `not`, also of parents; several conditions must all hold, and a variable without a value asks for nothing.',
  async () => {
    const expected: readonly (readonly [string, string])[] = [
      ['Name: { eq: "a" }', 'A'],
      ['Name: { ne: "A" }', 'B C'],
      ['Total__c: { gt: 20 }', 'A'],
      ['Total__c: { gte: 20, lt: 1000.5 }', 'B'],
      ['Total__c: { lte: -1 }', ''],
      ['Total__c: { eq: null }', 'C'],
      ['Name: { like: "%" }, Contact__r: { FirstName: { like: "A_a" } }', 'A'],
      ['Contact__r: { Account: { Name: { eq: "Analytical Engines" } } }', 'A'],
      ['Name: { in: ["A", "C"] }', 'A C'],
      ['Name: { in: "A" }', 'A'],
      ['Name: { nin: ["A", "C"] }', 'B'],
      ['Deleted_In_Woo__c: { eq: false }', 'A B C'],
      ['Tags__c: { includes: ["gift"] }', 'A'],
      ['Tags__c: { excludes: ["gift"] }', 'B C'],
      ['or: [{ Name: { eq: "A" } }, { Name: { eq: "B" } }]', 'A B'],
      ['and: [{ Name: { ne: "A" } }, { not: { Name: { eq: "B" } } }]', 'C'],
      ['not: { or: [{ Name: { eq: "A" } }, { Total__c: { eq: 20 }, Name: { eq: "B" } }] }', 'C'],
      ['Owner: { User: { IsActive: { eq: true } } }, Name: { eq: "C" }', 'C'],
      ['Name: { eq: "it\'s \\\\ \\"x\\" \\n" }', ''],
      ['', 'A B C'],
    ];
    const found = [];
    for (const [where] of expected) found.push([where, await names(where)]);
    expect(found).toEqual(expected);
    expect(await names(`Id: { eq: "${first}" }`)).toBe('A');
    const odd = String.raw`it's \n "x" \'`;
    const named = 'Contact(where: { LastName: { eq: $odd } }) { totalCount }';
    await org.create('Contact', { LastName: odd });
    expect(await read(org, named, { odd }, '($odd: String)')).toEqual({
      Contact: { totalCount: 1 },
    });
    expect(await names('Name: { eq: $v }', {}, '($v: String)')).toBe('A B C');
    expect(await names('Total__c: { eq: $v }', { v: null }, '($v: Double)')).toBe('C');
    expect(await refused(org, 'Account(where: { Name: { in: [] } }) { totalCount }')).toEqual([
      'DataFetchingException in of Name has no value: it takes one or more.',
    ]);
    expect(await refused(org, 'Account(where: { Id: { eq: "x" } }) { totalCount }')).toEqual([
      'DataFetchingException invalid ID field: x',
    ]);
  },
);

statement('Times are compared with exactly one of `value`, `literal` and `range`.', async () => {
  expect(await names('Created_In_Woo__c: { eq: { value: "2026-08-28T14:30:00.000+02:00" } }')).toBe(
    'A',
  );
  expect(await names('Day__c: { lt: { value: "2026-02-12" } }')).toBe('A');
  expect(await names('Day__c: { eq: null }')).toBe('B C');
  expect(await names('CreatedDate: { eq: { literal: TODAY } }')).toBe('A B C');
  expect(await names('CreatedDate: { gte: { range: { last_n_days: 30 } } }')).toBe('A B C');
  expect(await names('SystemModstamp: { gte: { value: "2026-01-01T00:00:00.000Z" } }')).toBe(
    'A B C',
  );
  expect(await names('SystemModstamp: { gte: { value: "2999-01-01T00:00:00.000Z" } }')).toBe('');
  expect(await names('CreatedDate: { lt: { range: { n_days_ago: 3 } } }')).toBe('');
  const wrong = [
    'Day__c: { eq: {} }',
    'Day__c: { eq: { literal: TODAY, value: "2026-01-01" } }',
    'Day__c: { eq: { range: { last_n_days: 1, next_n_days: 1 } } }',
  ];
  for (const where of wrong) {
    const [problem] = await refused(org, `Woo_Order__c(where: { ${where} }) { totalCount }`);
    expect(problem).toContain('takes exactly one');
  }
  const [bad] = await refused(
    org,
    'Woo_Order__c(where: { Day__c: { eq: { value: "11.2.2026" } } }) { totalCount }',
  );
  expect(bad).toContain('WrongType');
});

statement(
  "`orderBy` goes by its fields in the order in which they stand, parents' too, ascending and empty values first unless it says otherwise.",
  async () => {
    const sorted = async (by: string, variables = {}, head = ''): Promise<string> => {
      const inner = `Woo_Order__c(orderBy: ${by}) { edges { node { Name { value } } } }`;
      const { Woo_Order__c } = await read(org, inner, variables, head);
      return nodes(Woo_Order__c)
        .map(({ Name }) => Name)
        .join('');
    };
    expect(await sorted('{ Total__c: {} }')).toBe('CBA');
    expect(await sorted('{ Total__c: { order: DESC } }')).toBe('CAB');
    expect(await sorted('{ Total__c: { order: DESC, nulls: LAST } }')).toBe('ABC');
    expect(await sorted('{ Deleted_In_Woo__c: {}, Name: { order: DESC } }')).toBe('CBA');
    expect(await sorted('{ Name: { order: DESC }, Deleted_In_Woo__c: {} }')).toBe('CBA');
    expect(await sorted('{ Contact__r: { Name: { nulls: LAST } }, Name: { order: DESC } }')).toBe(
      'ACB',
    );
    const by = { Total__c: { order: 'DESC', nulls: 'LAST' } };
    expect(await sorted('$by', { by }, '($by: Woo_Order__c_OrderBy)')).toBe('ABC');
  },
);

statement(
  'A request has at most 10 subqueries, lists of children counted, and one level of children below its records.',
  async () => {
    const lists = (n: number): string =>
      Array.from({ length: n }, (_, at) => `a${at}: Account { totalCount }`).join(' ');
    const child = 'Woo_Order__c { edges { node { Order_Items__r { totalCount } } } }';
    expect(await refused(org, lists(10))).toEqual([]);
    expect(await refused(org, `${lists(9)} ${child}`)).toEqual([
      'DataFetchingException A query has at most 10 subqueries, lists of children among them, and this one has 11.',
    ]);
    const deep =
      'Account { edges { node { Contacts { edges { node { Woo_Orders__r { totalCount } } } } } } }';
    const aside = 'Woo_Order__c { edges { node { Contact__r { Woo_Orders__r { totalCount } } } } }';
    for (const inner of [deep, aside]) {
      const [problem] = await refused(org, inner);
      expect(problem).toContain('The list Woo_Orders__r stands too deep');
    }
  },
);

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
