import { beforeAll, expect, it } from 'vitest';
import { adaId, fillOrg, names, ordered, query, rows } from './soql-org.ts';
import { statement } from '../statement.ts';

beforeAll(fillOrg);

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
