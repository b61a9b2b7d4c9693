import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorOf, HttpOrg, root } from '../http-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start();
  const names = Array.from({ length: 2001 }, (_, n) => ({ Name: String(n).padStart(4, '0') }));
  await org.conn.sobject('Woo_Order__c').create(names, { allowRecursive: true });
});
afterAll(() => org.close());

statement.group(
  'Answers come in pages of 2,000 records, or as `Sforce-Query-Options: batchSize` asks, from 200 to 2,000.',
  () => {
    it('2,000 and the rest', async () => {
      const soql = 'SELECT Id FROM Woo_Order__c';
      const { records, totalSize, nextRecordsUrl } = await org.conn.query(soql);
      expect([records.length, totalSize]).toEqual([2000, 2001]);
      expect((await org.conn.queryMore(nextRecordsUrl ?? '')).records).toHaveLength(1);
    });

    it.each([
      [200, 200],
      [500, 500],
      [1, 200],
      [5000, 2000],
    ])('asked for %d: %d', async (asked, given) => {
      const soql = 'SELECT Name FROM Woo_Order__c ORDER BY Name';
      const headers = { 'Sforce-Query-Options': `batchSize=${asked}` };
      const first = await org.conn.query(soql, { headers });
      expect(first.done).toBe(false);
      expect(first.records).toHaveLength(given);
      const next = await org.conn.queryMore(first.nextRecordsUrl ?? '');
      expect(next.records[0]).toMatchObject({ Name: String(given).padStart(4, '0') });
    });

    it('a page that nobody was promised', async () => {
      expect(await errorOf(org.conn.queryMore(`${root}/query/01gLo0000000099AAA-200`))).toEqual({
        code: 'INVALID_QUERY_LOCATOR',
        message: 'invalid query locator',
      });
    });
  },
);

const columns = async (soql: string): Promise<unknown> =>
  (await org.rest('GET', `/query?columns=true&q=${encodeURIComponent(soql)}`)).body;

statement(
  '`query?columns=true` describes the columns of a query, as `sf data query` asks for them.',
  async () => {
    expect(await columns('SELECT Id, Account.Name FROM Contact')).toMatchObject({
      entityName: 'Contact',
      idSelected: true,
      keyPrefix: '003',
      columnMetadata: [{ columnName: 'Id', apexType: 'Id' }, { columnName: 'Account.Name' }],
    });
    expect(await columns('SELECT Id, (SELECT Name FROM Contacts) FROM Account')).toMatchObject({
      columnMetadata: [
        { columnName: 'Id' },
        { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'Name' }] },
      ],
    });
    expect(await columns('SELECT Name, COUNT(Id) FROM Account GROUP BY Name')).toMatchObject({
      groupBy: true,
      columnMetadata: [
        { columnName: 'Name', aggregate: false },
        { columnName: 'expr0', displayName: 'COUNT(Id)', aggregate: true },
      ],
    });
    expect(
      await columns('SELECT Name kind, COUNT(Id) accounts FROM Account GROUP BY Name'),
    ).toMatchObject({
      columnMetadata: [
        { columnName: 'kind', displayName: 'kind' },
        { columnName: 'accounts', displayName: 'accounts', aggregate: true },
      ],
    });
  },
);
