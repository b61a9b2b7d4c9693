import { afterEach, describe, expect, it } from 'vitest';
import type { Collection, Org } from '../../src/ports/org.ts';
import { SalesforceOrg } from '../../src/salesforce/org.ts';
import {
  type Answer,
  json,
  type Received,
  type ScriptedServer,
} from '../support/scripted-server.ts';
import { orgThat, tokenPath } from './support/fake-org.ts';

interface Sub {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: { readonly allOrNone: boolean; readonly records: unknown[] };
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

interface Composite {
  readonly allOrNone: boolean;
  readonly collateSubrequests: boolean;
  readonly compositeRequest: readonly Sub[];
}

let open: ScriptedServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function org(answer: Answer): Promise<{ org: SalesforceOrg; sent: () => Received[] }> {
  const server = await orgThat(answer);
  open = server;
  const retry = { attempts: 2, firstWaitMs: 1, longestWaitMs: 5 };
  return {
    org: new SalesforceOrg(server.signIn, { retry }),
    sent: () => server.received.filter(({ path }) => path !== tokenPath),
  };
}

const compositeOf = (request: Received | undefined): Composite =>
  JSON.parse(request?.body ?? '') as Composite;

/** An org that answers every subrequest with what `answer` says: a status and a body. */
function compositeThat(answer: (sub: Sub, index: number) => readonly [number, unknown]): Answer {
  return (request, response) => {
    const subs = compositeOf(request).compositeRequest;
    json(response, 200, {
      compositeResponse: subs.map((sub, index) => {
        const [httpStatusCode, body] = answer(sub, index);
        return { httpStatusCode, body, httpHeaders: {}, referenceId: sub.referenceId };
      }),
    });
  };
}

const rows = (...records: unknown[]): readonly [number, unknown] => [
  200,
  { totalSize: records.length, done: true, records },
];

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
        ...{ name: 'Main_Store', label: 'Main store', key: 'main', url: 'https://shop.example' },
        ...{ route: 'direct', namedCredential: null, active: true },
        imageHosts: ['cdn.example', 'img.example'],
      },
    ]);
    expect(source.mappings[0]).toMatchObject({
      ...{ name: 'Order', store: 'main', resource: 'order', object: 'Woo_Order__c' },
      ...{ externalIdField: 'Woo_Key__c', deleteField: null, sweepMinutes: 15, onDelete: false },
    });
    expect(source.fields).toMatchObject([
      { name: 'Order_Vat', mapping: 'Order', attribute: 'meta_data.vat_number', field: 'Vat__c' },
      { name: 'Order_Status', mapping: null, attribute: 'status', field: null },
    ]);
    expect(source.conditions).toEqual([
      {
        ...{ name: 'Order_Completed', mapping: 'Order', position: 1, attribute: 'status' },
        ...{ operator: 'equals', value: 'completed' },
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
    });
  });
});

describe('describing objects', () => {
  const field = {
    ...{
      name: 'Status__c',
      label: 'Status',
      type: 'picklist',
      length: 255,
      precision: 0,
      scale: 0,
    },
    ...{ nillable: true, createable: true, updateable: true, calculated: false, externalId: false },
    ...{ unique: false, caseSensitive: false, defaultedOnCreate: false, referenceTo: [] },
    ...{ relationshipName: null, restrictedPicklist: true, soapType: 'xsd:string' },
    picklistValues: [
      { value: 'new', label: 'New', active: true },
      { value: 'old', label: 'Old', active: false },
    ],
  };

  const rights = { createable: true, updateable: true, deletable: false, queryable: true };

  it('takes a call per 25 and leaves out what the org does not have', async () => {
    const { org: described, sent } = await org(
      compositeThat((sub) => {
        const name = sub.url.split('/').at(-2) ?? '';
        return name === 'O7__c'
          ? [404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]]
          : [200, { ...rights, name, label: 'One', fields: [field], childRelationships: [] }];
      }),
    );
    const names = Array.from({ length: 30 }, (_, index) => `O${index}__c`);
    const objects = await described.describe(names);
    expect(sent().map((request) => compositeOf(request).compositeRequest.length)).toEqual([25, 5]);
    expect(objects.size).toBe(29);
    expect(objects.has('O7__c')).toBe(false);
    expect(objects.get('O29__c')).toMatchObject({ createable: true, deletable: false });
    const status = objects.get('O29__c')?.fields.get('status__c');
    expect(status).toMatchObject({ name: 'Status__c', type: 'picklist', picklistValues: ['new'] });
  });

  it('refuses a description that lacks what mapping needs', async () => {
    const { org: described } = await org(
      compositeThat(() => [200, { ...rights, name: 'X', label: 'X', fields: [{ name: 'Id' }] }]),
    );
    await expect(described.describe(['X'])).rejects.toMatchObject({ code: 'SF_UNEXPECTED_ANSWER' });
  });
});

describe('writing', () => {
  const orders: Collection = {
    kind: 'upsert',
    object: 'Woo_Order__c',
    keyField: 'Woo_Key__c',
    records: [
      { Woo_Key__c: 'main:1', Total__c: 12.5, Contact__r: { Woo_Key__c: 'main:7' } },
      { Woo_Key__c: 'main:2', Total__c: null },
      { Woo_Key__c: 'main:3' },
    ].map((record) => JSON.stringify(record)),
  };
  const accounts: Collection = {
    ...{ kind: 'upsert', object: 'Account', keyField: 'Woo_Key__c' },
    records: [JSON.stringify({ Woo_Key__c: 'main:7', Name: 'Ä & Co' })],
  };
  const gone: Collection = {
    ...{ kind: 'delete', object: 'Woo_Order_Item__c' },
    ids: ['a02000000000001', 'a02000000000002', 'a02000000000003'],
  };
  const ok = (id: string, created = true): unknown => ({ id, success: true, errors: [], created });

  it('is one call in the order given, with headers in each part', async () => {
    const { org: write, sent } = await org(
      compositeThat((sub) =>
        sub.url.includes('/Account/')
          ? [200, [ok('001')]]
          : sub.method === 'DELETE'
            ? [200, [ok('a02000000000001'), ok('a02000000000002'), ok('a02000000000003')]]
            : [200, [ok('a01'), ok('a02', false), ok('a03')]],
      ),
    );
    const results = await write.write([accounts, orders, gone]);
    expect(results.map((list) => list.map(({ id }) => id))).toEqual([
      ['001'],
      ['a01', 'a02', 'a03'],
      gone.ids,
    ]);
    expect(results[1]?.map(({ created }) => created)).toEqual([true, false, true]);
    expect(sent()).toHaveLength(1);
    const [account, order, deletion] = compositeOf(sent()[0]).compositeRequest;
    const duplicateRules = 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true';
    expect(account?.httpHeaders).toEqual({
      'Sforce-Duplicate-Rule-Header': duplicateRules,
      'Sforce-Auto-Assign': 'FALSE',
    });
    expect(order).toMatchObject({
      method: 'PATCH',
      url: '/services/data/v66.0/composite/sobjects/Woo_Order__c/Woo_Key__c',
      httpHeaders: { 'Sforce-Duplicate-Rule-Header': duplicateRules },
      body: { allOrNone: false },
    });
    expect(order?.body?.records[0]).toEqual({
      attributes: { type: 'Woo_Order__c' },
      Woo_Key__c: 'main:1',
      Total__c: 12.5,
      Contact__r: { Woo_Key__c: 'main:7' },
    });
    expect(deletion).toMatchObject({
      method: 'DELETE',
      url: `/services/data/v66.0/composite/sobjects?ids=${gone.ids.join(',')}&allOrNone=false`,
    });
  });

  it('changes known records by their ids', async () => {
    const { org: write, sent } = await org(compositeThat(() => [200, [ok('003'), ok('004')]]));
    const known: Collection = {
      ...{ kind: 'update', object: 'Contact' },
      records: [JSON.stringify({ id: '003', Email: null }), JSON.stringify({ id: '004' })],
    };
    const [results] = await write.write([known]);
    expect(results?.map(({ id }) => id)).toEqual(['003', '004']);
    const [update] = compositeOf(sent()[0]).compositeRequest;
    expect(update).toMatchObject({
      method: 'PATCH',
      url: '/services/data/v66.0/composite/sobjects',
      body: {
        allOrNone: false,
        records: [
          { attributes: { type: 'Contact' }, id: '003', Email: null },
          { attributes: { type: 'Contact' }, id: '004' },
        ],
      },
    });
    expect(update?.httpHeaders).toHaveProperty('Sforce-Duplicate-Rule-Header');
  });

  it('gives each record its own errors', async () => {
    const { org: write } = await org(
      compositeThat(() => [
        200,
        [
          ok('a01'),
          {
            success: false,
            errors: [
              { statusCode: 'STRING_TOO_LONG', message: 'too large', fields: ['Name'] },
              { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'locked', fields: [] },
            ],
          },
          { success: false, errors: [] },
        ],
      ]),
    );
    const [results] = await write.write([orders]);
    expect(results).toEqual([
      { id: 'a01', created: true, errors: [] },
      {
        ...{ id: null, created: false },
        errors: [
          { code: 'STRING_TOO_LONG', kind: 'permanent', message: 'too large', fields: ['Name'] },
          { code: 'UNABLE_TO_LOCK_ROW', kind: 'retry', message: 'locked', fields: [] },
        ],
      },
      { id: null, created: false, errors: [expect.objectContaining({ kind: 'retry' })] },
    ]);
  });

  it('gives every record the error of a part that failed as a whole, and leaves the others', async () => {
    const { org: write } = await org(
      compositeThat((_sub, index) =>
        index === 0
          ? [400, [{ errorCode: 'INVALID_FIELD', message: "No such column 'X'", fields: ['X'] }]]
          : [200, [ok('001')]],
      ),
    );
    const [first, second] = await write.write([orders, accounts]);
    expect(first).toHaveLength(3);
    for (const result of first ?? [])
      expect(result.errors).toMatchObject([{ code: 'INVALID_FIELD', kind: 'setup' }]);
    expect(second).toEqual([{ id: '001', created: true, errors: [] }]);
  });

  it('takes an unknown key field for a matter of setup, not of one record', async () => {
    const message = 'Provided external ID field does not exist or is not accessible: Woo_Key__c';
    const { org: write } = await org(
      compositeThat(() => [404, [{ errorCode: 'NOT_FOUND', message }]]),
    );
    const [results] = await write.write([accounts]);
    expect(results?.[0]?.errors).toEqual([
      { code: 'NOT_FOUND', kind: 'setup', message, fields: [] },
    ]);
  });

  it('takes a deletion of what is gone already for done', async () => {
    const { org: write } = await org(
      compositeThat(() => [
        200,
        ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'INSUFFICIENT_ACCESS_OR_READONLY'].map(
          (statusCode) => ({ success: false, errors: [{ statusCode, message: 'm', fields: [] }] }),
        ),
      ]),
    );
    const [results] = await write.write([gone]);
    expect(results?.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      [],
      [],
      ['INSUFFICIENT_ACCESS_OR_READONLY'],
    ]);
  });

  it('sends nothing for nothing, and keeps the places of empty collections', async () => {
    const { org: write, sent } = await org(compositeThat(() => [200, [ok('001')]]));
    const empty: Collection = { ...orders, records: [] };
    expect(await write.write([])).toEqual([]);
    expect(await write.write([empty])).toEqual([[]]);
    expect(sent()).toHaveLength(0);
    expect(await write.write([empty, accounts])).toEqual([
      [],
      [{ id: '001', created: true, errors: [] }],
    ]);
  });

  it('refuses more than the API takes', async () => {
    const { org: write, sent } = await org(compositeThat(() => rows()));
    const many = { ...orders, records: Array.from({ length: 201 }, () => '{}') };
    await expect(write.write([many])).rejects.toThrow('at most');
    await expect(write.write(Array.from({ length: 6 }, () => orders))).rejects.toThrow('at most');
    expect(sent()).toHaveLength(0);
  });

  it('refuses results that do not match what was sent', async () => {
    const { org: write } = await org(compositeThat(() => [200, [ok('a01')]]));
    await expect(write.write([orders])).rejects.toMatchObject({ code: 'SF_UNEXPECTED_ANSWER' });
  });
});

describe('a query', () => {
  it('follows its pages and counts its calls', async () => {
    const { org: query } = await org((request, response) => {
      const more = request.path.endsWith('/query');
      json(response, 200, {
        totalSize: 2,
        done: !more,
        ...(more ? { nextRecordsUrl: '/services/data/v66.0/query/01g-1' } : {}),
        records: [{ Id: more ? '1' : '2', soql: request.query.get('q') }],
      });
    });
    expect(await query.query("SELECT Id FROM Contact WHERE Email = 'ä+b@x'")).toEqual([
      { Id: '1', soql: "SELECT Id FROM Contact WHERE Email = 'ä+b@x'" },
      { Id: '2', soql: null },
    ]);
    expect(query.calls).toBe(2);
  });

  it('does not follow a next page to another host', async () => {
    const { org: query, sent } = await org((_request, response) => {
      json(response, 200, { done: false, nextRecordsUrl: 'https://evil.example/x', records: [] });
    });
    await expect(query.query('SELECT Id FROM X')).rejects.toMatchObject({
      code: 'SF_UNEXPECTED_ANSWER',
    });
    expect(sent()).toHaveLength(1);
  });

  it('that is too long for an address is refused before it is sent', async () => {
    const { org: query, sent } = await org(compositeThat(() => rows()));
    await expect(query.query(`SELECT Id FROM X WHERE Y IN (${'9,'.repeat(9000)})`)).rejects.toThrow(
      'fewer values at a time',
    );
    expect(sent()).toHaveLength(0);
  });
});

const soqlOf = (sub: Sub): string => new URL(sub.url, 'http://org').searchParams.get('q') ?? '';

describe('several queries', () => {
  it('share a call by fives and keep their order', async () => {
    const { org: query, sent } = await org(compositeThat((sub) => rows({ soql: soqlOf(sub) })));
    const asked = Array.from({ length: 7 }, (_, at) => `SELECT Id FROM O${at}`);
    expect(await query.queries(asked)).toEqual(asked.map((soql) => [{ soql }]));
    expect(sent().map((call) => compositeOf(call).compositeRequest.length)).toEqual([5, 2]);
  });

  it('are asked again where the org had no time for one', async () => {
    let asked = 0;
    const { org: query, sent } = await org(
      compositeThat(() =>
        (asked += 1) === 1 ? [400, [{ errorCode: 'QUERY_TIMEOUT', message: 'slow' }]] : rows(),
      ),
    );
    expect(await query.queries(['SELECT Id FROM X'])).toEqual([[]]);
    expect(sent()).toHaveLength(2);
  });

  it('are refused without what they ask for: it says who somebody is', async () => {
    const message =
      "\nWHERE Email__c IN ('ada@example.com')\n^\nERROR at Row:1:Column:30\nNo such column 'Email__c'";
    const { org: query } = await org(
      compositeThat(() => [400, [{ errorCode: 'INVALID_FIELD', message }]]),
    );
    await expect(query.queries(['SELECT Id FROM X'])).rejects.toMatchObject({
      code: 'SF_QUERY_REFUSED',
      message: "Salesforce refused a query: INVALID_FIELD (No such column 'Email__c').",
    });
  });
});

describe('looking for records that are missing', () => {
  const flags = { createable: true, updateable: true, deletable: true };
  const contact = { name: 'MasterRecordId', label: 'Master', type: 'reference', length: 18 };
  const field = {
    ...{ ...contact, precision: 0, scale: 0, nillable: true, createable: false },
    ...{ updateable: false, calculated: false, externalId: false, unique: false },
    ...{ caseSensitive: false, defaultedOnCreate: false, referenceTo: ['Contact'] },
    ...{ relationshipName: 'MasterRecord', restrictedPicklist: false, picklistValues: [] },
  };
  const records: Readonly<Record<string, Record<string, unknown>>> = {
    c1: { Id: 'c1', IsDeleted: true, MasterRecordId: 'c2', Woo_Key__c: 'main:1' },
    c2: { Id: 'c2', IsDeleted: true, MasterRecordId: 'c3', Woo_Key__c: null },
    c3: { Id: 'c3', IsDeleted: false, MasterRecordId: null, Woo_Key__c: 'main:3' },
    c4: { Id: 'c4', IsDeleted: true, MasterRecordId: null, Woo_Key__c: null },
    i1: { Id: 'i1', IsDeleted: true, Woo_Key__c: 'main:9' },
  };
  const answer = compositeThat((sub) => {
    const described = /sobjects\/(\w+)\/describe/.exec(sub.url)?.[1];
    if (described !== undefined) {
      const fields = described === 'Contact' ? [field] : [];
      return [200, { ...flags, name: described, label: described, fields }];
    }
    const soql = soqlOf(sub);
    if (soql.includes('FROM Item') && soql.includes('MasterRecordId')) return [400, []];
    const ids = [...soql.matchAll(/'(\w+)'/g)].map(([, id]) => id ?? '');
    return rows(...ids.flatMap((id) => records[id] ?? []));
  });

  it('follows merges to the record that is left, and knows what is gone', async () => {
    const { org: search, sent } = await org(answer);
    const fates = await search.recordStates([
      { object: 'Contact', keyField: 'Woo_Key__c', ids: ['c1', 'c3', 'c4', 'c9'] },
      { object: 'Item', keyField: 'Woo_Key__c', ids: ['i1'] },
    ]);
    expect(Object.fromEntries(fates)).toEqual({
      c1: { kind: 'merged', recordId: 'c3', key: 'main:3' },
      c3: { kind: 'alive' },
      c4: { kind: 'gone' },
      c9: { kind: 'gone' },
      i1: { kind: 'gone' },
    });
    const queries = sent().slice(1);
    expect(queries.map((call) => compositeOf(call).compositeRequest.length)).toEqual([2, 1]);
    expect(compositeOf(queries[0]).compositeRequest[0]?.url).toContain('/queryAll?');
  });
});

describe('limits', () => {
  it('tell what is left of calls and storage', async () => {
    const { org: asked } = await org((_request, response) => {
      json(response, 200, {
        DailyApiRequests: { Max: 15000, Remaining: 14998 },
        DataStorageMB: { Max: 5, Remaining: 4 },
        Package: {},
      });
    });
    expect(await asked.limits()).toEqual({
      apiCalls: { limit: 15000, remaining: 14998 },
      storageMb: { limit: 5, remaining: 4 },
    });
  });

  it('are those of the API alone for a user who may not know more', async () => {
    const { org: asked } = await org((_request, response) => {
      response.setHeader('Sforce-Limit-Info', 'api-usage=18/15000');
      json(response, 403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }]);
    });
    expect(await asked.limits()).toEqual({
      apiCalls: { limit: 15000, remaining: 14982 },
      storageMb: null,
    });
  });
});
