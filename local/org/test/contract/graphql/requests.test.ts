import { afterAll, beforeAll, expect } from 'vitest';
import { filledOrg } from './filled-org.ts';
import { type HttpOrg, refusals, refused, send } from './graphql-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;
beforeAll(async () => {
  ({ org } = await filledOrg());
});
afterAll(() => org.close());

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
