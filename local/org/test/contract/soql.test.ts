import { beforeAll, expect, it } from 'vitest';
import { ApiError } from '../../model/errors.ts';
import { Cursors } from '../../soql/cursors.ts';
import { DataOrg } from './data-org.ts';
import { adaId, fillOrg, names, query, rows, setClock } from './soql-org.ts';
import { statement } from './statement.ts';

beforeAll(fillOrg);

function expectRefusal(soql: string, code: string, message: string): void {
  let refusal: unknown;
  try {
    query(soql);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({ errorCode: code });
  expect((refusal as ApiError).message).toContain(message);
}
const ordered = (order: string): string =>
  query(`SELECT Name FROM Woo_Order__c ${order}`)
    .records.map((one) => one['Name'])
    .join(' ');

statement.group(
  'Parent paths, child subqueries, semi-joins, `GROUP BY`, `HAVING`, aggregates, `ORDER BY` with nulls, `LIMIT` and `OFFSET` work, also through MetadataRelationship fields.',
  () => {
    it.each([
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
      ['CALENDAR_MONTH(Created_In_Woo__c) = 2', 'C'],
      ["Contact__c IN (SELECT Id FROM Contact WHERE MailingCity = 'london')", 'A'],
      ["Id IN (SELECT Order__c FROM Woo_Order_Item__c WHERE Type__c = 'shipping')", 'A'],
      ['Id NOT IN (SELECT Order__c FROM Woo_Order_Item__c)', "B C D's 50%"],
      ["Woo_Order__c.Name = 'A'", 'A'],
    ])('%s gives %s', (where, expected) => {
      expect(names(where)).toBe(expected);
    });

    it('takes an id of 15 characters', () => {
      expect(rows(`SELECT Name FROM Contact WHERE Id = '${adaId().slice(0, 15)}'`)).toEqual([
        { Name: 'Ada Lovelace' },
      ]);
    });

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
      const [record] = query(
        "SELECT Account.Name FROM Contact WHERE LastName = 'Lovelace'",
      ).records;
      expect(record).toMatchObject({
        attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${adaId()}` },
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
      ['ORDER BY Contact__r.Name NULLS LAST, Name DESC', "A D's 50% C B"],
      ['ORDER BY Name LIMIT 2', 'A B'],
      ['ORDER BY Name LIMIT 2 OFFSET 1', 'B C'],
    ])('%s', (order, expected) => {
      expect(ordered(order)).toBe(expected);
    });

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
        [{ Status__c: 'pending' }, { Status__c: 'completed' }, { Status__c: null }],
      ],
    ])('%s', (soql, expected) => {
      expect(rows(soql)).toEqual(expected);
    });

    it('counts by owner, many owners first, and tells org-wide defaults', () => {
      const counted = (most: number): unknown =>
        rows(
          `SELECT OwnerId, COUNT(Id) records FROM Woo_Order__c WHERE OwnerId != null GROUP BY OwnerId HAVING COUNT(Id) > ${most} ORDER BY COUNT(Id) DESC LIMIT 5`,
        );
      expect(counted(3)).toEqual([
        { OwnerId: expect.stringMatching(/^005/) as string, records: 4 },
      ]);
      expect(counted(4)).toEqual([]);
      expect(
        rows(
          "SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('Account', 'Contact') ORDER BY QualifiedApiName",
        ),
      ).toEqual([
        { QualifiedApiName: 'Account', InternalSharingModel: 'ReadWrite' },
        { QualifiedApiName: 'Contact', InternalSharingModel: 'ControlledByParent' },
      ]);
    });

    it('COUNT() gives the number alone', () => {
      expect(query('SELECT COUNT() FROM Woo_Order__c WHERE Total__c > 6')).toEqual({
        totalSize: 2,
        done: true,
        records: [],
      });
      expect(query('SELECT COUNT() FROM Woo_Order__c', true).totalSize).toBe(5);
    });

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
  },
);

statement.group('Text compares without case, except in case-sensitive fields.', () => {
  it.each([
    ["Name = 'a'", 'A'],
    ["Woo_Key__c = 'main:a'", 'A'],
    ["Woo_Key__c IN ('MAIN:A', 'x')", 'B'],
  ])('%s gives %s', (where, expected) => {
    expect(names(where)).toBe(expected);
  });
});

statement.group(
  'Empty fields come first in both directions unless the query says otherwise.',
  () => {
    it.each([
      ['ORDER BY Total__c', "D's 50% C A B"],
      ['ORDER BY Total__c DESC', "D's 50% B A C"],
      ['ORDER BY Total__c DESC NULLS LAST', "B A C D's 50%"],
    ])('%s', (order, expected) => {
      expect(ordered(order)).toBe(expected);
    });
  },
);

statement(
  'A picklist is sorted by the order of its values, which is not that of their words; values that it does not have come after them.',
  () => {
    const org = new DataOrg();
    for (const Status__c of ['approved', 'completed', null, 'refunded', 'pending'])
      org.create('Woo_Order__c', { Name: 'A', Status__c });
    const sorted = (order: string) =>
      new Cursors()
        .start({
          ...{ org: org.data, withDeleted: false, pageSize: 2000, version: 'v66.0' },
          soql: `SELECT Status__c FROM Woo_Order__c ORDER BY Status__c ${order}`,
        })
        .records.map(({ Status__c }) => Status__c);
    const values = ['pending', 'completed', 'refunded', 'approved'];
    expect(sorted('NULLS LAST')).toEqual([...values, null]);
    expect(sorted('DESC')).toEqual([null, ...values.toReversed()]);
  },
);

statement.group('Date literals count in UTC; fiscal ones are not emulated.', () => {
  it.each([
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
  ])('%s gives %s', (where, expected) => {
    expect(names(where)).toBe(expected);
  });

  it('by the clock of the org', () => {
    setClock('2027-01-01T00:30:00Z');
    expect(names('Day__c = LAST_YEAR')).toBe('A B C');
    expect(names('Day__c = LAST_N_QUARTERS:4')).toBe('A B C');
    expect(names('Day__c = TODAY')).toBe('');
    setClock('2026-03-10T12:00:00Z');
  });

  it('fiscal ones are refused', () => {
    expectRefusal(
      'SELECT Id FROM Contact WHERE CreatedDate = THIS_FISCAL_YEAR',
      'NOT_EMULATED',
      'THIS_FISCAL_YEAR',
    );
  });
});

statement('`query` leaves the recycle bin out, `queryAll` does not.', () => {
  expect(query('SELECT Name, IsDeleted FROM Woo_Order__c').totalSize).toBe(4);
  const gone = query('SELECT Name, IsDeleted FROM Woo_Order__c WHERE IsDeleted = true', true);
  expect(gone.records).toMatchObject([{ Name: 'Gone', IsDeleted: true }]);
});

statement.group(
  'An unknown field or relationship is refused with `INVALID_FIELD`, an unknown object with `INVALID_TYPE`, each with the place in the query.',
  () => {
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
    ])('%s: %s', (soql, code, message) => {
      expectRefusal(soql, code, message);
    });
  },
);

statement.group('Long text cannot be filtered, sorted or grouped: `INVALID_FIELD`.', () => {
  it.each([
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
  ])('%s: %s', (soql, code, message) => {
    expectRefusal(soql, code, message);
  });
});

statement.group("A literal of another type than the field's is refused: `INVALID_FIELD`.", () => {
  it.each([
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
  ])('%s: %s', (soql, code, message) => {
    expectRefusal(soql, code, message);
  });
});

statement('`AND` beside `OR` without parentheses is refused: `MALFORMED_QUERY`.', () => {
  expectRefusal(
    "SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    'MALFORMED_QUERY',
    "unexpected token: 'OR'",
  );
});

statement(
  "Record ids have an order, so that a query can go on behind one (`Id > '…'`), as loads in chunks do.",
  () => {
    const idsWhere = (condition: string) =>
      query(`SELECT Id FROM Woo_Order__c ${condition} ORDER BY Id`).records.map(({ Id }) => Id);
    const ids = idsWhere('');
    expect(ids.length).toBeGreaterThan(2);
    expect(idsWhere(`WHERE Id > '${String(ids[1])}'`)).toEqual(ids.slice(2));
    expect(idsWhere(`WHERE Id <= '${String(ids[1])}'`)).toEqual(ids.slice(0, 2));
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
