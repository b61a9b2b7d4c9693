import { describe, expect, it } from 'vitest';
import { problemsIn } from './apex-code.ts';

/** What the compiler says of a query in a method that has values of most types. */
const problemsOf = (query: string): readonly string[] =>
  problemsIn(`public class Sample { public static void run(String s, Id i, Decimal d, Date day,
  Set<Id> ids, List<Decimal> sums, List<Account> accounts, Object any) {
    Object found = [${query}];
} }`);

describe('values of filters', () => {
  const needs = (field: string, type: string): string =>
    `value of filter criterion for field '${field}' must be of type ${type}`;
  const binds = (given: string, type: string): string =>
    `Invalid bind expression type of ${given} for column of type ${type}`;

  it.each([
    ['Account WHERE Name = 1', `${needs('Name', 'string')} and should be enclosed in quotes`],
    ['Account WHERE Name != TRUE', needs('Name', 'string')],
    ['Account WHERE Name < 2026-01-01', needs('Name', 'string')],
    ["Account WHERE (Name = 'x' OR Name IN ('a', 1))", needs('Name', 'string')],
    ['Account WHERE Id = 1', needs('Id', 'string')],
    ['Contact WHERE AccountId NOT IN (1.5)', needs('AccountId', 'string')],
    ['Contact WHERE Account.Name = 5', needs('Account.Name', 'string')],
    ['Contact c WHERE c.Account.Name = 5', needs('Account.Name', 'string')],
    [
      "Account WHERE NumberOfEmployees = '1'",
      `${needs('NumberOfEmployees', 'int')} and should not`,
    ],
    ["Account WHERE AnnualRevenue > '1.5'", needs('AnnualRevenue', 'double')],
    ["User WHERE IsActive = 'true'", needs('IsActive', 'boolean')],
    ['User WHERE NOT IsActive = 1', needs('IsActive', 'boolean')],
    ["Account WHERE CreatedDate > '2026-01-01'", needs('CreatedDate', 'dateTime')],
    ['Account WHERE CreatedDate > 2026-01-01', needs('CreatedDate', 'dateTime')],
    ['Order WHERE EffectiveDate = 2026-01-01T00:00:00Z', needs('EffectiveDate', 'date')],
    ['Account WHERE Name = :d', binds('Decimal', 'String')],
    ['Account WHERE NumberOfEmployees = :s', binds('String', 'Integer')],
    ['Account WHERE Name IN :sums', binds('List<Decimal>', 'String')],
    ['Account WHERE CreatedDate > :s', binds('String', 'Datetime')],
  ])('%s is refused', (query, words) => {
    const problems = problemsOf(`SELECT Id FROM ${query}`);
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems[0]).toMatch(/^3:\d+ /);
  });

  it('are looked at in a list of children, too', () => {
    expect(
      problemsOf('SELECT Id, (SELECT Id FROM Contacts WHERE LastName = 1) FROM Account'),
    ).toEqual([expect.stringContaining(needs('LastName', 'string'))]);
  });

  it.each([
    "Account WHERE Name = 'x' AND Name != null AND Name LIKE :s",
    "Account WHERE Id IN :ids AND Id NOT IN ('001000000000001AAA')",
    'Account WHERE Id IN :accounts AND Name = :i',
    'Account WHERE AnnualRevenue > 1 AND AnnualRevenue < 2.5 AND NumberOfEmployees = :d',
    'Account WHERE CreatedDate = TODAY AND CreatedDate > 2026-01-01T00:00:00Z',
    'Account WHERE CreatedDate > :day AND AnnualRevenue IN :sums',
    'Order WHERE EffectiveDate = 2026-01-01 AND EffectiveDate > LAST_N_DAYS:3',
    'User WHERE IsActive = TRUE AND IsActive != false',
    'Account WHERE Name = :any',
    'Contact WHERE AccountId IN (SELECT Id FROM Account WHERE NumberOfEmployees = 1)',
  ])('%s is taken', (query) => {
    expect(problemsOf(`SELECT Id FROM ${query}`)).toEqual([]);
  });
});

describe('fields beside an aggregate', () => {
  it.each([
    ['SELECT Name, COUNT(Id) FROM Account', 'Name'],
    ['SELECT COUNT(), Name FROM Account', 'Name'],
    ['SELECT MAX(CreatedDate), Id FROM Account GROUP BY Name', 'Id'],
    ['SELECT Account.Name, SUM(Account.AnnualRevenue) s FROM Contact', 'Account.Name'],
    ['SELECT Name FROM Account GROUP BY Industry', 'Name'],
    [
      'SELECT CreatedDate, COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)',
      'CreatedDate',
    ],
  ])('%s is refused', (query, field) => {
    expect(problemsOf(query)).toEqual([
      expect.stringMatching(new RegExp(`^3:\\d+ Field must be grouped or aggregated: ${field}$`)),
    ]);
  });

  it.each([
    'SELECT COUNT(Id) n, MAX(Name) FROM Account',
    'SELECT name, COUNT(Id) n FROM Account GROUP BY Name ORDER BY COUNT(Id)',
    'SELECT a.Name, COUNT(Id) FROM Account a GROUP BY Name HAVING COUNT(Id) > 1',
    'SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name',
    'SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)',
    'SELECT Industry, Type, COUNT(Id) FROM Account GROUP BY ROLLUP(Industry, Type)',
  ])('%s is taken', (query) => {
    expect(problemsOf(query)).toEqual([]);
  });
});

describe('functions in filters', () => {
  it.each([
    [
      'Account WHERE CALENDAR_YEAR(CreatedDate) = TRUE',
      /CALENDAR_YEAR\(CreatedDate\)' must be of type int/,
    ],
    [
      "Account WHERE DAY_ONLY(CreatedDate) > '2026-01-01'",
      /DAY_ONLY\(CreatedDate\)' must be of type date/,
    ],
    [
      'Account WHERE CALENDAR_YEAR(CreatedDate) = :s',
      /expression type of String for column of type Integer/,
    ],
    [
      'Account WHERE CALENDAR_YEAR(Name) = 2026',
      /field Name does not support the function CALENDAR_YEAR/,
    ],
    ['Account WHERE CALENDAR_YEAR(Nowhere) = 2026', /No such column 'Nowhere' on entity 'Account'/],
    ['Account WHERE COUNT(Id) > 1', /Aggregate functions are not allowed in WHERE: COUNT/],
  ])('%s is refused', (query, words) => {
    expect(problemsOf(`SELECT Id FROM ${query}`)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    'Account WHERE CALENDAR_YEAR(CreatedDate) = 2026 AND DAY_ONLY(CreatedDate) > 2026-01-01',
    'Contact WHERE CALENDAR_MONTH(Account.CreatedDate) IN (1, 2) AND HOUR_IN_DAY(CreatedDate) = :d',
    'Order WHERE CALENDAR_QUARTER(EffectiveDate) != 1',
  ])('%s is taken', (query) => {
    expect(problemsOf(`SELECT Id FROM ${query}`)).toEqual([]);
  });
});

describe('filters of groups', () => {
  it.each([
    [
      "Name, COUNT(Id) FROM Account GROUP BY Name HAVING COUNT(Id) > 'x'",
      /COUNT\(Id\)' must be of type int/,
    ],
    [
      'Name, COUNT(Id) FROM Account GROUP BY Name HAVING COUNT(Nowhere) > 1',
      /No such column 'Nowhere'/,
    ],
    [
      'Name, COUNT(Id) FROM Account GROUP BY Name HAVING SUM(Name) > 1',
      /field Name does not support aggregate operator SUM/,
    ],
    [
      "Name, COUNT(Id) FROM Account GROUP BY Name HAVING Industry = 'x'",
      /Field must be grouped or aggregated: Industry/,
    ],
    ['Name, COUNT(Id) FROM Account GROUP BY Name HAVING Name = 1', /'Name' must be of type string/],
    [
      'Name, COUNT(Id) FROM Account GROUP BY Name HAVING MAX(CreatedDate) > :s',
      /String for column of type Datetime/,
    ],
  ])('%s is refused', (query, words) => {
    expect(problemsOf(`SELECT ${query}`)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    "Name, COUNT(Id) FROM Account GROUP BY Name HAVING COUNT(Id) > 1 AND Name LIKE 'a%'",
    'Name FROM Account GROUP BY Name HAVING SUM(AnnualRevenue) > 1.5 AND MAX(CreatedDate) > :day',
    'a.Name, COUNT(Id) FROM Account a GROUP BY a.Name HAVING COUNT_DISTINCT(a.Industry) = :d',
  ])('%s is taken', (query) => {
    expect(problemsOf(`SELECT ${query}`)).toEqual([]);
  });
});

describe('comparisons with other queries', () => {
  const own = 'Id IN (SELECT AccountId FROM Contact)';
  it.each([
    [`Name = 'x' OR ${own}`, /not allowed with the 'OR' operator/],
    [`Name = 'x' AND (Name = 'y' OR ${own})`, /only allowed at the top level WHERE/],
    [`NOT ${own}`, /not allowed with the 'NOT' operator/],
    [`Name = 'x' AND (NOT (Name = 'y' AND ${own}))`, /not allowed with the 'NOT' operator/],
    ['Id IN (SELECT AccountId FROM Contact ORDER BY AccountId)', /ORDER BY is not supported/],
    ['Id IN (SELECT AccountId FROM Contact LIMIT 1)', /LIMIT is not supported/],
    [`${own} AND ${own} AND ${own}`, /Maximum 2 semi join/],
    [
      `Id IN (SELECT AccountId FROM Contact WHERE ReportsToId IN (SELECT Id FROM User))`,
      /Nesting of semi join/,
    ],
    ['Name IN (SELECT LastName FROM Contact)', /left operand field .* cannot use: 'Name'/],
    ['Id IN (SELECT LastName FROM Contact)', /only query id fields, cannot use: 'LastName'/],
    [
      'Id IN (SELECT Id FROM Contact)',
      /'Id' in the subquery .* 'Id' should point to the same object type/,
    ],
    ['OwnerId NOT IN (SELECT AccountId FROM Contact)', /should point to the same object type/],
    ['Id IN (SELECT ParentId FROM Account)', /should not be on the same object type/],
  ])('%s is refused', (filter, words) => {
    expect(problemsOf(`SELECT Id FROM Account WHERE ${filter}`)).toEqual([
      expect.stringMatching(words),
    ]);
  });

  it.each([
    `Name = :s AND ${own} AND Id NOT IN (SELECT AccountId FROM Contact WHERE LastName = :s) LIMIT :d`,
    `(Name = 'x' OR Name = 'y') AND ${own}`,
    "Id IN (SELECT AccountId FROM Contact WHERE LastName = 'x' OR LastName = 'y')",
    'OwnerId IN (SELECT Id FROM User) AND Id IN :ids',
    'Owner.Id IN (SELECT OwnerId FROM Contact)',
  ])('%s is taken', (filter) => {
    expect(problemsOf(`SELECT Id FROM Account WHERE ${filter}`)).toEqual([]);
  });
});
