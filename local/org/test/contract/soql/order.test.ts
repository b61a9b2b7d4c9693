import { beforeAll, expect, it } from 'vitest';
import { Cursors } from '../../../soql/cursors.ts';
import { DataOrg } from '../data-org.ts';
import { fillOrg, ordered, query } from './soql-org.ts';
import { statement } from '../statement.ts';

beforeAll(fillOrg);

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
          org: org.data,
          withDeleted: false,
          pageSize: 2000,
          version: 'v66.0',
          soql: `SELECT Status__c FROM Woo_Order__c ORDER BY Status__c ${order}`,
        })
        .records.map(({ Status__c }) => Status__c);
    const values = ['pending', 'completed', 'refunded', 'approved'];
    expect(sorted('NULLS LAST')).toEqual([...values, null]);
    expect(sorted('DESC')).toEqual([null, ...values.toReversed()]);
  },
);

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
