import { afterAll, beforeAll, expect } from 'vitest';
import { filledOrg, names } from './filled-org.ts';
import { type HttpOrg, nodes, read, refused } from './graphql-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;

let first = '';
beforeAll(async () => {
  ({ org, first } = await filledOrg());
});
afterAll(() => org.close());

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
    for (const [where] of expected) found.push([where, await names(org, where)]);
    expect(found).toEqual(expected);
    expect(await names(org, `Id: { eq: "${first}" }`)).toBe('A');
    const odd = String.raw`it's \n "x" \'`;
    const named = 'Contact(where: { LastName: { eq: $odd } }) { totalCount }';
    await org.create('Contact', { LastName: odd });
    expect(await read(org, named, { odd }, '($odd: String)')).toEqual({
      Contact: { totalCount: 1 },
    });
    expect(await names(org, 'Name: { eq: $v }', {}, '($v: String)')).toBe('A B C');
    expect(await names(org, 'Total__c: { eq: $v }', { v: null }, '($v: Double)')).toBe('C');
    expect(await refused(org, 'Account(where: { Name: { in: [] } }) { totalCount }')).toEqual([
      'DataFetchingException in of Name has no value: it takes one or more.',
    ]);
    expect(await refused(org, 'Account(where: { Id: { eq: "x" } }) { totalCount }')).toEqual([
      'DataFetchingException invalid ID field: x',
    ]);
  },
);

statement('Times are compared with exactly one of `value`, `literal` and `range`.', async () => {
  expect(
    await names(org, 'Created_In_Woo__c: { eq: { value: "2026-08-28T14:30:00.000+02:00" } }'),
  ).toBe('A');
  expect(await names(org, 'Day__c: { lt: { value: "2026-02-12" } }')).toBe('A');
  expect(await names(org, 'Day__c: { eq: null }')).toBe('B C');
  expect(await names(org, 'CreatedDate: { eq: { literal: TODAY } }')).toBe('A B C');
  expect(await names(org, 'CreatedDate: { gte: { range: { last_n_days: 30 } } }')).toBe('A B C');
  expect(await names(org, 'SystemModstamp: { gte: { value: "2026-01-01T00:00:00.000Z" } }')).toBe(
    'A B C',
  );
  expect(await names(org, 'SystemModstamp: { gte: { value: "2999-01-01T00:00:00.000Z" } }')).toBe(
    '',
  );
  expect(await names(org, 'CreatedDate: { lt: { range: { n_days_ago: 3 } } }')).toBe('');
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
