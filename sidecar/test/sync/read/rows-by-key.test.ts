import { expect, it } from 'vitest';
import { rowsByKey } from '../../../src/sync/read/rows-by-key.ts';
import { mappingTo } from '../../support/rows.ts';

it('finds records by the keys that they carry, those of each mapping in its own object', async () => {
  const orders = mappingTo('Woo_Order__c');
  const contacts = { ...mappingTo('Contact'), keyField: 'Shop_Key__c' };
  const rows = [
    ...['main:1', 'main:2'].map((key) => ({ mapping: orders, key })),
    { mapping: contacts, key: 'main:1' },
  ];
  const asked: string[] = [];
  const org = {
    queries: (soql: readonly string[]) => {
      asked.push(...soql);
      return Promise.resolve([
        [{ Id: 'a02', Woo_Key__c: 'main:2' }],
        [{ Id: '003', Shop_Key__c: 'main:1' }],
      ]);
    },
  };
  const found = await rowsByKey(org, rows, ['CreatedDate']);
  const idOf = (object: string, key: string) => found.get(object, key)?.['Id'];
  expect(idOf('Woo_Order__c', 'main:1')).toBeUndefined();
  expect(idOf('Woo_Order__c', 'main:2')).toBe('a02');
  expect(idOf('Contact', 'main:1')).toBe('003');
  expect(asked).toEqual([
    "SELECT Id, Woo_Key__c, CreatedDate FROM Woo_Order__c WHERE Woo_Key__c IN ('main:1','main:2')",
    "SELECT Id, Shop_Key__c, CreatedDate FROM Contact WHERE Shop_Key__c IN ('main:1')",
  ]);
});
