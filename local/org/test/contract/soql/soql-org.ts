import { createRecords } from '../../../write/batch.ts';
import { deleteRecords } from '../../../write/delete.ts';
import { createOrgData, type OrgData } from '../../../data/org-data.ts';
import { seed } from '../../../data/people/seed.ts';
import { Cursors, type QueryPage } from '../../../soql/cursors.ts';
import type { ResultRecord } from '../../../soql/run.ts';
import { deployTestObjects } from '../../objects.ts';

let org: OrgData;
let cursors: Cursors;
let ada = '';
let clock: Date;

export const query = (soql: string, withDeleted = false): QueryPage =>
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
export const rows = (soql: string): unknown => query(soql).records.map(plain);
/** Names of the orders that the condition lets through, sorted. */
export const names = (where: string): string =>
  query(`SELECT Name FROM Woo_Order__c WHERE ${where} ORDER BY Name`)
    .records.map((record: ResultRecord) => String(record['Name']))
    .join(' ');

/** Names of the orders, as the end of a query sorts and limits them. */
export const ordered = (order: string): string =>
  query(`SELECT Name FROM Woo_Order__c ${order}`)
    .records.map((one) => one['Name'])
    .join(' ');

/** The contact of the first order. */
export const adaId = (): string => ada;

export function setClock(time: string): void {
  clock = new Date(time);
}

const orders: readonly object[] = [
  {
    Name: 'A',
    Woo_Key__c: 'main:a',
    Total__c: 10,
    Status__c: 'completed',
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
];

/** Makes the org of these tests anew; its clock stands at noon on 10 March 2026. */
export function fillOrg(): void {
  clock = new Date('2026-03-10T12:00:00Z');

  org = createOrgData({ now: () => clock });
  seed(org, {
    adminUsername: 'admin@example.com',
    integrationUsername: 'woo@example.com',
    repUsername: 'rep@example.com',
  });
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
  const [first = {}, ...others] = orders;
  make('Woo_Order__c', { ...first, Contact__c: ada }, ...others);
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
}
