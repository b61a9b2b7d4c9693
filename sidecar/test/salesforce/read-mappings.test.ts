import type { CodedError } from '../../src/errors/coded-error.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Org } from '../../src/ports/org.ts';
import { json } from '../support/scripted-server.ts';
import { org, compositeOf, compositeThat, rows, closeOrg } from './support/composite-org.ts';

afterEach(closeOrg);

describe('reading the mappings', () => {
  const answer = compositeThat((sub) => {
    const soql = new URL(sub.url, 'http://org').searchParams.get('q') ?? '';
    if (soql.includes('FROM Woo_Store__mdt'))
      return rows({
        attributes: { type: 'Woo_Store__mdt' },
        DeveloperName: 'Main_Store',
        MasterLabel: 'Main store',
        Key__c: 'main',
        URL__c: 'https://shop.example/',
        Image_Hosts__c: 'cdn.example; img.example ;',
        Named_Credential__c: null,
        Route__c: 'direct',
        Active__c: true,
      });
    if (soql.includes('FROM Woo_Mapping__mdt'))
      return rows({
        DeveloperName: 'Order',
        MasterLabel: 'Orders',
        Store__r: { attributes: {}, Key__c: 'main' },
        Woo_Resource__c: 'order',
        Salesforce_Object__r: { QualifiedApiName: 'Woo_Order__c' },
        External_Id_Field__r: { QualifiedApiName: 'Woo_Key__c' },
        Delete_Field__r: null,
        On_Create__c: true,
        On_Update__c: true,
        On_Delete__c: false,
        Sweep_Minutes__c: 15,
        Active__c: true,
      });
    if (soql.includes('FROM Woo_Field_Mapping__mdt'))
      return rows(
        {
          DeveloperName: 'Order_Vat',
          Mapping__r: { DeveloperName: 'Order' },
          Woo_Attribute__c: 'status',
          Woo_Path__c: 'meta_data.vat_number',
          Salesforce_Field__r: { QualifiedApiName: 'Vat__c' },
          Kind__c: 'attribute',
        },
        { DeveloperName: 'Order_Status', Mapping__r: null, Woo_Attribute__c: 'status' },
      );
    return rows({
      DeveloperName: 'Order_Completed',
      Mapping__r: { DeveloperName: 'Order' },
      Position__c: 1,
      Woo_Attribute__c: 'status',
      Operator__c: 'equals',
      Value__c: 'completed',
    });
  });

  it('takes one call and gives plain rows', async () => {
    const { org: read, sent } = await org(answer);
    const source = await (read satisfies Org).readMappings();
    expect(sent()).toHaveLength(1);
    expect(read.calls).toBe(1);
    expect(compositeOf(sent()[0])).toMatchObject({ allOrNone: false, collateSubrequests: false });
    expect(source.stores).toEqual([
      {
        name: 'Main_Store',
        label: 'Main store',
        key: 'main',
        url: 'https://shop.example',
        route: 'direct',
        namedCredential: null,
        active: true,
        imageHosts: ['cdn.example', 'img.example'],
        loadWhenTold: false,
        silentMinutes: null,
        tellAfterMinutes: null,
        dailyApiCalls: null,
        dailyApiShare: null,
        paidStatuses: null,
        leadRule: null,
        convertedLeadStatus: null,
      },
    ]);
    expect(source.mappings[0]).toMatchObject({
      name: 'Order',
      store: 'main',
      resource: 'order',
      object: 'Woo_Order__c',
      externalIdField: 'Woo_Key__c',
      deleteField: null,
      sweepMinutes: 15,
      onDelete: false,
    });
    expect(source.fields).toMatchObject([
      { name: 'Order_Vat', mapping: 'Order', attribute: 'meta_data.vat_number', field: 'Vat__c' },
      { name: 'Order_Status', mapping: null, attribute: 'status', field: null },
    ]);
    expect(source.conditions).toEqual([
      {
        name: 'Order_Completed',
        mapping: 'Order',
        position: 1,
        attribute: 'status',
        operator: 'equals',
        value: 'completed',
        otherAttribute: null,
      },
    ]);
  });

  it('follows the pages of a long list', async () => {
    const next = '/services/data/v66.0/query/01gxx-2000';
    const { org: read, sent } = await org((request, response) => {
      if (request.path === next)
        json(response, 200, {
          totalSize: 2,
          done: true,
          records: [{ DeveloperName: 'B', Active__c: true }],
        });
      else
        compositeThat((_sub, index) =>
          index === 2
            ? [
                200,
                {
                  totalSize: 2,
                  done: false,
                  nextRecordsUrl: next,
                  records: [{ DeveloperName: 'A', Active__c: true }],
                },
              ]
            : rows(),
        )(request, response);
    });
    expect((await read.readMappings()).fields.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(sent()).toHaveLength(2);
  });

  it('says what to do when the types are not there', async () => {
    const { org: read } = await org(
      compositeThat(() => [
        400,
        [
          {
            errorCode: 'INVALID_TYPE',
            message: "\nFROM Woo_Store__mdt\n^\nsObject type 'Woo_Store__mdt' is not supported.",
          },
        ],
      ]),
    );
    await expect(read.readMappings()).rejects.toMatchObject({
      code: 'SF_NOT_DEPLOYED',
      message:
        "The mappings cannot be read from the org: INVALID_TYPE (sObject type 'Woo_Store__mdt' is not supported.).",
      cure: expect.stringContaining('npm run setup -- --target-org NAME') as string,
    });
  });

  it('does not send whose org is older into a deploy that replaces their mappings', async () => {
    const message =
      "\nNo such column 'Hide_Customer_IP__c' on entity 'Woo_Store__mdt'. If you are attempting …";
    const { org: read } = await org(
      compositeThat(() => [400, [{ errorCode: 'INVALID_FIELD', message }]]),
    );
    const refused = await read.readMappings().catch((error: unknown) => error as CodedError);
    expect(refused).toMatchObject({
      code: 'SF_NOT_DEPLOYED',
      cure: expect.stringContaining('npm run deploy -- --upgrade --target-org NAME') as string,
    });
    expect((refused as CodedError).cure).not.toContain('config/org');
  });
});
