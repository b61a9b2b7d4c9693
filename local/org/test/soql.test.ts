import { beforeAll, describe, expect, it } from 'vitest';
import { createRecords } from '../data/batch.ts';
import { deleteRecords } from '../data/delete.ts';
import { ApiError } from '../data/errors.ts';
import { createOrgData, type OrgData } from '../data/org-data.ts';
import { seed } from '../data/seed.ts';
import { Cursors, type QueryPage } from '../soql/cursors.ts';
import type { ResultRecord } from '../soql/run.ts';
import { deployTestObjects } from './objects.ts';

let org: OrgData;
let cursors: Cursors;
let ada = '';
let clock = new Date('2026-03-10T12:00:00Z');

const query = (soql: string, withDeleted = false): QueryPage =>
  cursors.start({ org, soql, withDeleted, pageSize: 2000, version: 'v66.0' });

/** The values without the attributes, parents and children too. */
function plain(record: unknown): unknown {
  if (Array.isArray(record)) return record.map(plain);
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => [name, plain(value)]),
  );
}
const rows = (soql: string): unknown => query(soql).records.map(plain);
const names = (where: string): string =>
  query(`SELECT Name FROM Woo_Order__c WHERE ${where} ORDER BY Name`)
    .records.map((record: ResultRecord) => String(record['Name']))
    .join(' ');

beforeAll(() => {
  org = createOrgData({ now: () => clock });
  seed(org, { adminUsername: 'admin@example.com', integrationUsername: 'woo@example.com' });
  deployTestObjects(org);
  cursors = new Cursors();
  const caller = { userId: String(org.db.get('SELECT Id FROM User')?.['Id']) };
  const make = (type: string, ...records: object[]): string[] =>
    createRecords(
      org,
      caller,
      records.map((record) => ({ type, record: { ...record } })),
      true,
    ).map((result) => {
      if (!result.success) throw new Error(JSON.stringify(result.errors));
      return result.id;
    });
  const [account] = make('Account', { Name: 'Analytical Engines', Industry: 'Technology' });
  [ada = ''] = make('Contact', {
    LastName: 'Lovelace',
    FirstName: 'Ada',
    AccountId: account,
    Woo_Key__c: 'main:7',
    MailingCity: 'London',
  });
  make(
    'Woo_Order__c',
    {
      Name: 'A',
      Woo_Key__c: 'main:a',
      Total__c: 10,
      Status__c: 'completed',
      Contact__c: ada,
      Day__c: '2026-03-10',
      Created_In_Woo__c: '2026-03-10T08:00:00Z',
      Tags__c: 'new;gift',
      Store__c: 'main',
    },
    {
      Name: 'B',
      Woo_Key__c: 'MAIN:A',
      Total__c: 20.1,
      Status__c: 'completed',
      Day__c: '2026-03-09',
      Created_In_Woo__c: '2026-03-09T23:59:59Z',
      Tags__c: 'bulk',
      Deleted_In_Woo__c: true,
    },
    {
      Name: 'C',
      Total__c: 5.2,
      Status__c: 'pending',
      Day__c: '2026-02-28',
      Created_In_Woo__c: '2026-02-28T00:00:00Z',
      Customer_Note__c: 'call',
    },
    { Name: "D's 50%", Status__c: null },
  );
  const key = { Woo_Key__c: 'main:a' };
  make(
    'Woo_Order_Item__c',
    { Name: 'Tea', Order__r: key, Quantity__c: 2, Type__c: 'product' },
    { Name: 'Mug', Order__r: key, Quantity__c: 1, Type__c: 'product' },
    { Name: 'Post', Order__r: key, Quantity__c: 1, Type__c: 'shipping' },
  );
  const [gone] = make('Woo_Order__c', { Name: 'Gone', Total__c: 1000 });
  deleteRecords(org, caller, [gone ?? ''], true);
  org.putSystemRow(
    'Woo_Mapping__mdt',
    { DeveloperName: 'Order' },
    {
      MasterLabel: 'Order',
      Salesforce_Object__c: 'Woo_Order__c',
      External_Id_Field__c: 'Woo_Key__c',
      Active__c: true,
    },
  );
  org.putSystemRow(
    'Woo_Field_Mapping__mdt',
    { DeveloperName: 'Total' },
    { Mapping__c: 'Order', Woo_Path__c: 'total' },
  );
});

describe('WHERE', () => {
  it.each([
    ["Name = 'a'", 'A'],
    ["Woo_Key__c = 'main:a'", 'A'],
    ["Woo_Key__c IN ('MAIN:A', 'x')", 'B'],
    ["Name != 'A'", "B C D's 50%"],
    ["Status__c != 'completed'", "C D's 50%"],
    ['Status__c = null', "D's 50%"],
    ['Total__c != NULL', 'A B C'],
    ['Total__c > 5.2', 'A B'],
    ['Total__c >= 5.2 AND Total__c <= 10', 'A C'],
    ["NOT Status__c = 'completed'", "C D's 50%"],
    ["NOT (Status__c = 'completed' OR Total__c < 6)", "D's 50%"],
    ["(Name = 'A' OR Name = 'C') AND Total__c > 5.5", 'A'],
    ["Status__c IN ('completed', 'pending')", 'A B C'],
    ["Status__c NOT IN ('completed')", "C D's 50%"],
    ["Status__c IN ('pending', NULL)", "C D's 50%"],
    ["Name LIKE '%\\'s%'", "D's 50%"],
    ["Name LIKE '%50\\%'", "D's 50%"],
    ["Name LIKE '_'", 'A B C'],
    ["(NOT Name LIKE '_')", "D's 50%"],
    ["Name = 'D\\'s 50%'", "D's 50%"],
    ['Deleted_In_Woo__c = true', 'B'],
    ['Deleted_In_Woo__c = FALSE', "A C D's 50%"],
    ["Tags__c INCLUDES ('new;gift', 'bulk')", 'A B'],
    ["Tags__c EXCLUDES ('bulk')", "A C D's 50%"],
    ["Contact__r.Account.Name LIKE 'Analytical%'", 'A'],
    ['Contact__r.LastName = null', "B C D's 50%"],
    ['Day__c = 2026-02-28', 'C'],
    ['Created_In_Woo__c >= 2026-03-10T09:00:00+01:00', 'A'],
    ['Created_In_Woo__c = TODAY', 'A'],
    ['Created_In_Woo__c = YESTERDAY', 'B'],
    ['Day__c = LAST_N_DAYS:1', 'A B'],
    ['Day__c = THIS_MONTH', 'A B'],
    ['Day__c = LAST_MONTH', 'C'],
    ['Day__c < THIS_MONTH', 'C'],
    ['Day__c >= YESTERDAY', 'A B'],
    ['Day__c = N_DAYS_AGO:10', 'C'],
    ['Day__c = THIS_WEEK', 'A B'],
    ['Day__c = LAST_N_MONTHS:1', 'C'],
    ['Day__c = THIS_QUARTER AND Day__c != TODAY', 'B C'],
    ['CALENDAR_MONTH(Created_In_Woo__c) = 2', 'C'],
    ["Contact__c IN (SELECT Id FROM Contact WHERE MailingCity = 'london')", 'A'],
    ["Id IN (SELECT Order__c FROM Woo_Order_Item__c WHERE Type__c = 'shipping')", 'A'],
    ['Id NOT IN (SELECT Order__c FROM Woo_Order_Item__c)', "B C D's 50%"],
    ["Woo_Order__c.Name = 'A'", 'A'],
  ])('%s gives %s', (where, expected) => {
    expect(names(where)).toBe(expected);
  });

  it('takes an id of 15 characters', () => {
    expect(rows(`SELECT Name FROM Contact WHERE Id = '${ada.slice(0, 15)}'`)).toEqual([
      { Name: 'Ada Lovelace' },
    ]);
  });
});

describe('results', () => {
  it('hold parents, empty parents and children', () => {
    const soql =
      'SELECT Name, Contact__r.Name, Contact__r.Account.Industry, ' +
      '(SELECT Name, Order__r.Name FROM Order_Items__r WHERE Quantity__c = 1 ORDER BY Name) ' +
      "FROM Woo_Order__c WHERE Name IN ('A', 'B') ORDER BY Name";
    expect(rows(soql)).toEqual([
      {
        Name: 'A',
        Contact__r: { Name: 'Ada Lovelace', Account: { Industry: 'Technology' } },
        Order_Items__r: {
          totalSize: 2,
          done: true,
          records: [
            { Name: 'Mug', Order__r: { Name: 'A' } },
            { Name: 'Post', Order__r: { Name: 'A' } },
          ],
        },
      },
      { Name: 'B', Contact__r: null, Order_Items__r: null },
    ]);
  });

  it('carry the type and address of each record', () => {
    const [record] = query("SELECT Account.Name FROM Contact WHERE LastName = 'Lovelace'").records;
    expect(record).toMatchObject({
      attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${ada}` },
      Account: { attributes: { type: 'Account' } },
    });
  });

  it('give names as they are defined, whatever their case in the query', () => {
    expect(rows("select NAME, contact__R.lastname from woo_order__C where name = 'a'")).toEqual([
      { Name: 'A', Contact__r: { LastName: 'Lovelace' } },
    ]);
  });

  it('put addresses together', () => {
    expect(rows('SELECT MailingAddress FROM Contact')).toMatchObject([
      { MailingAddress: { city: 'London', state: null } },
    ]);
  });

  it.each([
    ['ORDER BY Total__c', "D's 50% C A B"],
    ['ORDER BY Total__c DESC', "D's 50% B A C"],
    ['ORDER BY Total__c DESC NULLS LAST', "B A C D's 50%"],
    ['ORDER BY Contact__r.Name NULLS LAST, Name DESC', "A D's 50% C B"],
    ['ORDER BY Name LIMIT 2', 'A B'],
    ['ORDER BY Name LIMIT 2 OFFSET 1', 'B C'],
  ])('%s', (order, expected) => {
    const found = query(`SELECT Name FROM Woo_Order__c ${order}`).records;
    expect(found.map((one) => one['Name']).join(' ')).toBe(expected);
  });
});

describe('aggregates', () => {
  it.each([
    ['SELECT COUNT(Id) FROM Woo_Order__c', [{ expr0: 4 }]],
    [
      'SELECT COUNT(Total__c) n, SUM(Total__c) s, MIN(Total__c), MAX(Name) FROM Woo_Order__c',
      [{ n: 3, s: 35.3, expr0: 5.2, expr1: "D's 50%" }],
    ],
    ['SELECT AVG(Quantity__c) FROM Woo_Order_Item__c', [{ expr0: 4 / 3 }]],
    ['SELECT COUNT_DISTINCT(Type__c) FROM Woo_Order_Item__c', [{ expr0: 2 }]],
    [
      'SELECT Type__c, SUM(Quantity__c) q FROM Woo_Order_Item__c GROUP BY Type__c HAVING COUNT(Id) > 1',
      [{ Type__c: 'product', q: 3 }],
    ],
    [
      'SELECT Order__r.Name o, COUNT(Id) FROM Woo_Order_Item__c GROUP BY Order__r.Name',
      [{ o: 'A', expr0: 3 }],
    ],
    [
      'SELECT CALENDAR_YEAR(Day__c) y, CALENDAR_MONTH(Day__c) m, COUNT(Id) n FROM Woo_Order__c WHERE Day__c != null GROUP BY CALENDAR_YEAR(Day__c), CALENDAR_MONTH(Day__c) ORDER BY COUNT(Id) DESC',
      [
        { y: 2026, m: 3, n: 2 },
        { y: 2026, m: 2, n: 1 },
      ],
    ],
    [
      'SELECT Status__c FROM Woo_Order__c GROUP BY Status__c ORDER BY Status__c NULLS LAST',
      [{ Status__c: 'completed' }, { Status__c: 'pending' }, { Status__c: null }],
    ],
  ])('%s', (soql, expected) => {
    expect(rows(soql)).toEqual(expected);
  });

  it('COUNT() gives the number alone', () => {
    expect(query('SELECT COUNT() FROM Woo_Order__c WHERE Total__c > 6')).toEqual({
      totalSize: 2,
      done: true,
      records: [],
    });
    expect(query('SELECT COUNT() FROM Woo_Order__c', true).totalSize).toBe(5);
  });
});

describe('custom metadata', () => {
  it('names its objects, fields and records', () => {
    expect(
      rows(
        'SELECT DeveloperName, MasterLabel, Active__c, Salesforce_Object__r.QualifiedApiName, External_Id_Field__r.QualifiedApiName FROM Woo_Mapping__mdt',
      ),
    ).toEqual([
      {
        DeveloperName: 'Order',
        MasterLabel: 'Order',
        Active__c: true,
        Salesforce_Object__r: { QualifiedApiName: 'Woo_Order__c' },
        External_Id_Field__r: { QualifiedApiName: 'Woo_Key__c' },
      },
    ]);
    expect(
      rows(
        "SELECT Mapping__r.DeveloperName, Woo_Path__c FROM Woo_Field_Mapping__mdt WHERE Mapping__r.DeveloperName = 'Order'",
      ),
    ).toEqual([{ Mapping__r: { DeveloperName: 'Order' }, Woo_Path__c: 'total' }]);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'SELECT Nope__c FROM Woo_Order__c',
      'INVALID_FIELD',
      "ERROR at Row:1:Column:8\nNo such column 'Nope__c' on entity 'Woo_Order__c'.",
    ],
    [
      'SELECT Id FROM Contact WHERE Nope = 1',
      'INVALID_FIELD',
      "No such column 'Nope' on entity 'Contact'.",
    ],
    [
      'SELECT Nope__r.Name FROM Contact',
      'INVALID_FIELD',
      "Didn't understand relationship 'Nope__r' in field path.",
    ],
    [
      'SELECT (SELECT Id FROM Nope__r) FROM Contact',
      'INVALID_FIELD',
      "Didn't understand relationship 'Nope__r'",
    ],
    ['SELECT Id FROM Nope__c', 'INVALID_TYPE', "sObject type 'Nope__c' is not supported."],
    [
      "SELECT Id FROM Woo_Order__c WHERE Customer_Note__c = 'call'",
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Woo_Order__c ORDER BY Customer_Note__c',
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be sorted in a query call",
    ],
    [
      'SELECT Customer_Note__c FROM Woo_Order__c GROUP BY Customer_Note__c',
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be grouped in a query call",
    ],
    [
      "SELECT Id FROM Woo_Order__c WHERE Total__c = '5'",
      'INVALID_FIELD',
      'must be of type double and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Woo_Order__c WHERE Day__c = '2026-01-01'",
      'INVALID_FIELD',
      'must be of type date and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Day__c = 2026-01-01T00:00:00Z',
      'INVALID_FIELD',
      'must be of type date',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Deleted_In_Woo__c = 1',
      'INVALID_FIELD',
      'must be of type boolean',
    ],
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
      "SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
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
    ['SELECT SUM(Name) FROM Contact', 'MALFORMED_QUERY', 'does not support aggregate operator SUM'],
    [
      'SELECT Id FROM Contact OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
    ['SELECT FIELDS(ALL) FROM Contact LIMIT 1', 'NOT_EMULATED', 'FIELDS(ALL)'],
    [
      'SELECT Id FROM Contact WHERE CreatedDate = THIS_FISCAL_YEAR',
      'NOT_EMULATED',
      'THIS_FISCAL_YEAR',
    ],
    [
      "SELECT Id FROM Woo_Order__c WHERE Admin_Link__c = 'x'",
      'NOT_EMULATED',
      'the formula field Admin_Link__c',
    ],
    ['SELECT Id FROM Contact FOR UPDATE', 'NOT_EMULATED', 'FOR and UPDATE'],
  ])('%s: %s', (soql, code, message) => {
    let refusal: unknown;
    try {
      query(soql);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ errorCode: code });
    expect((refusal as ApiError).message).toContain(message);
  });
});

describe('the date', () => {
  it('of literals is the clock of the org', () => {
    clock = new Date('2027-01-01T00:30:00Z');
    expect(names('Day__c = LAST_YEAR')).toBe('A B C');
    expect(names('Day__c = LAST_N_QUARTERS:4')).toBe('A B C');
    expect(names('Day__c = TODAY')).toBe('');
  });
});
