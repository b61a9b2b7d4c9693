import { afterAll, beforeAll, expect } from 'vitest';
import { filledOrg, order } from './filled-org.ts';
import { type HttpOrg, read, refused } from './graphql-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;
let ada = '';
let first = '';
beforeAll(async () => {
  ({ org, ada, first } = await filledOrg());
});
afterAll(() => org.close());

statement(
  'Fields of a record are `{ value displayValue }` of the type of the field; `Id`, `ApiName`, `DisplayValue` and `WeakEtag` are plain; parents are null or nodes, and the owner of a custom object, an order or a lead is a union, whose fields stand in `... on User`.',
  async () => {
    const row = org.org.data.db.get(
      'SELECT SystemModstamp AS at FROM Woo_Order__c WHERE Id = ?',
      first,
    );
    expect(
      await order(
        org,
        `Id ApiName DisplayValue WeakEtag Name { value } Total__c { value }
        Deleted_In_Woo__c { __typename value } Created_In_Woo__c { __typename value }
        Day__c { __typename value } Status__c { __typename value label } Contact__c { __typename value }
        Customer_Note__c { __typename value } Admin_Link__c { value } Account__r { Name { value } }
        Contact__r { Id Account { Name { value } } } Owner { ... on User { Name { value } } }
        Order_Items__r(first: 1, orderBy: { Name: {} }) { totalCount edges { node { Name { value } Order__r { Name { value } } } } }`,
      ),
    ).toEqual({
      Id: first,
      ApiName: 'Woo_Order__c',
      DisplayValue: 'A',
      WeakEtag: new Date(String(row?.['at'])).getTime(),
      Name: { value: 'A' },
      Total__c: { value: 1234.5 },
      Deleted_In_Woo__c: { __typename: 'BooleanValue', value: false },
      Created_In_Woo__c: { __typename: 'DateTimeValue', value: '2026-08-28T12:30:00.000Z' },
      Day__c: { __typename: 'DateValue', value: '2026-02-11' },
      Status__c: { __typename: 'PicklistValue', value: 'completed', label: 'completed' },
      Contact__c: { __typename: 'IDValue', value: ada },
      Customer_Note__c: { __typename: 'LongTextAreaValue', value: null },
      Admin_Link__c: { value: '<a href="a" target="_blank">b</a>' },
      Account__r: null,
      Contact__r: { Id: ada, Account: { Name: { value: 'Analytical Engines' } } },
      Owner: { Name: { value: 'Ada Admin' } },
      Order_Items__r: {
        totalCount: 2,
        edges: [{ node: { Name: { value: 'Mug' }, Order__r: { Name: { value: 'A' } } } }],
      },
    });
    const bare = await refused(org, 'Woo_Order__c { edges { node { Owner { Name { value } } } } }');
    expect(bare[0]).toContain("Field 'Name' in type 'Woo_Order__c_Owner' is undefined");
  },
);

statement(
  '`displayValue` is a number, amount or time as it is written in en-US and UTC, or the label of a picklist value, and null for everything else.',
  async () => {
    await org.create('Lead', { LastName: 'L', Company: 'C', AnnualRevenue: 350_000_000 });
    const shown = (name: string): string => `${name} { displayValue }`;
    const fields = 'Total__c Created_In_Woo__c Day__c Status__c Name Contact__c Deleted_In_Woo__c';
    expect(
      await order(org, `${fields.split(' ').map(shown).join(' ')} Tags__c { displayValue }`),
    ).toEqual({
      Total__c: { displayValue: '1,234.5' },
      Created_In_Woo__c: { displayValue: '8/28/2026, 12:30 PM' },
      Day__c: { displayValue: '2/11/2026' },
      Status__c: { displayValue: 'completed' },
      Name: { displayValue: null },
      Contact__c: { displayValue: null },
      Deleted_In_Woo__c: { displayValue: null },
      Tags__c: { displayValue: 'new;gift' },
    });
    const { Lead } = await read(org, 'Lead { edges { node { AnnualRevenue { displayValue } } } }');
    expect(Lead).toMatchObject({
      edges: [
        {
          node: {
            AnnualRevenue: { displayValue: expect.stringMatching(/^\$350,000,000/) as string },
          },
        },
      ],
    });
    await org.create('ContentVersion', {
      PathOnClient: 'a.txt',
      VersionData: 'aGk=',
    });
    const { ContentVersion } = await read(
      org,
      'ContentVersion { edges { node { ContentLocation { value label displayValue } } } }',
    );
    expect(ContentVersion).toMatchObject({
      edges: [
        {
          node: {
            ContentLocation: { value: 'S', label: 'Salesforce', displayValue: 'Salesforce' },
          },
        },
      ],
    });
  },
);
