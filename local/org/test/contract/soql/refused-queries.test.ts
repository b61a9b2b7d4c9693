import { beforeAll, expect, it } from 'vitest';
import { fillOrg, rows } from './soql-org.ts';
import { statement } from '../statement.ts';
import { expectRefusal } from './refusal.ts';

beforeAll(fillOrg);

statement('`AND` beside `OR` without parentheses is refused: `MALFORMED_QUERY`.', () => {
  expectRefusal(
    "SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    'MALFORMED_QUERY',
    "unexpected token: 'OR'",
  );
});

statement(
  'Comparisons with another query (`Id IN (SELECT ...)`) are two at most, of an id or a reference with one that points to the same object, and stand beside no `OR`, behind no `NOT` and in no other; their query is of another object, without `ORDER BY`, `LIMIT`, `FOR UPDATE` and `COUNT()`: else `MALFORMED_QUERY`.',
  () => {
    const own = 'Id IN (SELECT AccountId FROM Contact)';
    for (const [filter, message] of [
      [`Name = 'x' OR ${own}`, "Semi join sub-selects are not allowed with the 'OR' operator"],
      [
        `Name = 'x' AND NOT ${own}`,
        "Semi join sub-selects are not allowed with the 'NOT' operator",
      ],
      ['Id IN (SELECT AccountId FROM Contact LIMIT 1)', 'LIMIT is not supported in semi join'],
      ['Id IN (SELECT AccountId FROM Contact ORDER BY Name)', 'ORDER BY is not supported'],
      ['Id IN (SELECT AccountId FROM Contact FOR UPDATE)', 'FOR UPDATE is not supported'],
      ['Id IN (SELECT COUNT() FROM Contact)', 'COUNT() is not supported'],
      [`${own} AND ${own} AND ${own}`, 'Maximum 2 semi join sub-selects are allowed.'],
      ['Id IN (SELECT Id FROM Contact)', 'should point to the same object type'],
      ['Id IN (SELECT ParentId FROM Account)', 'should not be on the same object type'],
    ] as const) {
      expectRefusal(`SELECT Id FROM Account WHERE ${filter}`, 'MALFORMED_QUERY', message);
    }
    expect(
      rows(`SELECT Id FROM Account WHERE (NOT Name = 'x') AND ${own} ORDER BY Id LIMIT 1`),
    ).toHaveLength(1);
    const both = `${own} AND Id NOT IN (SELECT AccountId FROM Order) AND (Name = 'x' OR Name = 'y')`;
    expect(rows(`SELECT Id FROM Account WHERE ${both}`)).toEqual([]);
  },
);

statement.group(
  "Operators that the field's type has not are refused with `INVALID_QUERY_FILTER_OPERATOR`, a query that cannot be read or mixes fields and aggregates with `MALFORMED_QUERY`, an `OFFSET` beyond 2,000 with `NUMBER_OUTSIDE_VALID_RANGE`.",
  () => {
    it.each([
      [
        "SELECT Id FROM Woo_Order__c WHERE Id = 'abc'",
        'INVALID_QUERY_FILTER_OPERATOR',
        'invalid ID field: abc',
      ],
      [
        "SELECT Id FROM Woo_Order__c WHERE Id LIKE 'a%'",
        'INVALID_QUERY_FILTER_OPERATOR',
        'invalid operator on id field',
      ],
      [
        "SELECT Id FROM Woo_Order__c WHERE Name INCLUDES ('a')",
        'INVALID_QUERY_FILTER_OPERATOR',
        'multi-select',
      ],
      ['SELECT Id FROM Contact FROM Contact', 'MALFORMED_QUERY', 'unexpected token'],
      ['SELEC Id FROM Contact', 'MALFORMED_QUERY', "unexpected token: 'SELEC'"],
      ['SELECT Id FROM Contact WHERE Name =', 'MALFORMED_QUERY', 'unexpected token: <EOF>'],
      [
        'SELECT Name, COUNT(Id) FROM Contact',
        'MALFORMED_QUERY',
        'Field must be grouped or aggregated: Name',
      ],
      [
        'SELECT Name n FROM Contact',
        'MALFORMED_QUERY',
        'only aggregate expressions use field aliasing',
      ],
      ['SELECT Name, Name FROM Contact', 'MALFORMED_QUERY', 'duplicate field selected: Name'],
      [
        'SELECT SUM(Name) FROM Contact',
        'MALFORMED_QUERY',
        'does not support aggregate operator SUM',
      ],
      [
        'SELECT Id FROM Contact OFFSET 2001',
        'NUMBER_OUTSIDE_VALID_RANGE',
        'Maximum SOQL offset allowed is 2000',
      ],
    ])('%s: %s', (soql, code, message) => {
      expectRefusal(soql, code, message);
    });
  },
);

statement(
  'A query longer than 100,000 characters, a path up more than five relationships, more than 55 relationships to parents and more than 20 subqueries are refused: `MALFORMED_QUERY`.',
  () => {
    const malformed = (soql: string, message: string): void => {
      expectRefusal(soql, 'MALFORMED_QUERY', message);
    };
    const long = `SELECT Id FROM Contact WHERE Name = '${'x'.repeat(100_000)}'`;
    malformed(long, 'cannot be longer than 100000 characters');
    const up = (n: number): string => `${'Parent.'.repeat(n)}Name`;
    expect(rows(`SELECT ${up(5)} FROM Account`)).toHaveLength(1);
    malformed(`SELECT ${up(6)} FROM Account`, 'at most 5 relationships');
    const children = Array.from({ length: 21 }, () => '(SELECT Id FROM Contacts)').join(', ');
    malformed(`SELECT ${children} FROM Account`, 'at most 20 subqueries');
    const people = ['CreatedBy', 'LastModifiedBy', 'Owner', 'Parent', 'MasterRecord'];
    const paths = people.flatMap((one) =>
      [1, 2, 3, 4].map((n) => `${'Parent.'.repeat(n)}${one}.Name`),
    );
    const more = people.flatMap((one) =>
      [0, 1, 2, 3].flatMap((n) => [
        `MasterRecord.${'Parent.'.repeat(n)}${one}.Name`,
        `${'MasterRecord.'.repeat(2)}${'Parent.'.repeat(Math.min(n, 2))}${one}.Name`,
      ]),
    );
    const all = [...new Set([...paths, ...more])];
    malformed(`SELECT ${all.join(', ')} FROM Account`, 'at most 55 relationships');
  },
);

statement.group(
  'in SOQL: `FIELDS()`, `TYPEOF`, `FORMAT`, `toLabel`, currency conversion, `GROUP BY ROLLUP` and `CUBE`, `WITH`, `FOR`, filters, orders and functions of formula fields.',
  () => {
    it.each([
      ['SELECT FIELDS(ALL) FROM Contact LIMIT 1', 'NOT_EMULATED', 'FIELDS(ALL)'],
      [
        "SELECT Id FROM Woo_Order__c WHERE Admin_Link__c = 'x'",
        'NOT_EMULATED',
        'the formula field Admin_Link__c',
      ],
      [
        'SELECT MAX(Admin_Link__c) FROM Woo_Order__c',
        'NOT_EMULATED',
        'the formula field Admin_Link__c',
      ],
      ['SELECT Id FROM Contact FOR UPDATE', 'NOT_EMULATED', 'FOR and UPDATE'],
      ['SELECT TYPEOF Owner WHEN User THEN Name END FROM Contact', 'NOT_EMULATED', 'TYPEOF'],
      ['SELECT FORMAT(AnnualRevenue) FROM Account', 'NOT_EMULATED', 'FORMAT'],
      ['SELECT toLabel(Status__c) FROM Woo_Order__c', 'NOT_EMULATED', 'toLabel'],
      ['SELECT convertCurrency(AnnualRevenue) FROM Account', 'NOT_EMULATED', 'convertCurrency'],
      [
        'SELECT Status__c, COUNT(Id) FROM Woo_Order__c GROUP BY ROLLUP(Status__c)',
        'NOT_EMULATED',
        'ROLLUP',
      ],
      [
        'SELECT Status__c, COUNT(Id) FROM Woo_Order__c GROUP BY CUBE(Status__c)',
        'NOT_EMULATED',
        'CUBE',
      ],
      ['SELECT Id FROM Contact WITH SECURITY_ENFORCED', 'NOT_EMULATED', 'WITH'],
    ])('%s: %s', (soql, code, message) => {
      expectRefusal(soql, code, message);
    });
  },
);
