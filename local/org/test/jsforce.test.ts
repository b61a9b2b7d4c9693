import { Connection, type SaveResult } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrg, type Org } from '../http/org.ts';
import { deployTestObjects } from './objects.ts';

const version = '66.0';
let org: Org;
let url: string;
let conn: Connection;
let clock: Date;

beforeEach(async () => {
  clock = new Date('2026-03-01T10:00:00Z');
  org = createOrg({ now: () => clock, sessionSeconds: 600, dailyLimit: 500 });
  deployTestObjects(org.data);
  url = await org.listen(0);
  conn = new Connection({ instanceUrl: url, accessToken: org.adminToken, version });
});
afterEach(async () => {
  await org.close();
});

const errorOf = async (work: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return {
      code: (error as { errorCode?: string }).errorCode,
      message: (error as Error).message,
    };
  }
};

const rest = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/services/data/v${version}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${org.adminToken}`,
      'content-type': 'application/json',
    },
  });

const orders = (keys: readonly string[]): Record<string, unknown>[] =>
  keys.map((id) => ({ Woo_Key__c: id, Name: `#${id}`, Total__c: 1 }));

describe('one record', () => {
  it('is created, read, changed, upserted and deleted', async () => {
    const made = await conn.sobject('Woo_Order__c').create({ Name: '1001', Total__c: 10.5 });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? '';
    expect(id).toMatch(/^a00Lo0\w{12}$/);
    await conn.sobject('Woo_Order__c').update({ Id: id, Woo_Key__c: 'main:1' });
    const upserted = await conn
      .sobject('Woo_Order__c')
      .upsert({ Woo_Key__c: 'main:1', Total__c: 11 }, 'Woo_Key__c');
    expect(upserted).toMatchObject({ id, success: true, created: false });
    const record = await conn.sobject('Woo_Order__c').retrieve(id);
    expect(record).toMatchObject({
      attributes: { type: 'Woo_Order__c', url: `/services/data/v66.0/sobjects/Woo_Order__c/${id}` },
      Name: '1001',
      Total__c: 11,
      Status__c: 'pending',
      Deleted_In_Woo__c: false,
      CreatedDate: '2026-03-01T10:00:00.000+0000',
      Admin_Link__c: null,
    });
    await conn.sobject('Woo_Order__c').destroy(id);
    expect(await errorOf(conn.sobject('Woo_Order__c').retrieve(id))).toEqual({
      code: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
    });
  });

  it('that does not exist is answered with 404', async () => {
    const unknown = 'a00Lo0000000099';
    expect(await errorOf(conn.sobject('Woo_Order__c').retrieve(unknown))).toEqual({
      code: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
    const answer = await rest(`/sobjects/Nothing__c/${unknown}`);
    expect(answer.status).toBe(404);
  });

  it('whose key is not unique is answered with 300 and the addresses', async () => {
    const twice = { Legacy_Number__c: 'L1' };
    await conn.sobject('Woo_Order__c').create([twice, twice]);
    const answer = await rest('/sobjects/Woo_Order__c/Legacy_Number__c/L1');
    expect(answer.status).toBe(300);
    expect(await answer.json()).toHaveLength(2);
  });
});

describe('a description', () => {
  it('tells what the deployed fields are', async () => {
    const { fields, childRelationships, keyPrefix } = await conn.sobject('Woo_Order__c').describe();
    expect(keyPrefix).toBe('a00');
    const named = (name: string): unknown => fields.find((one) => one.name === name);
    expect(named('Woo_Key__c')).toMatchObject({
      type: 'string',
      length: 255,
      externalId: true,
      unique: true,
      caseSensitive: true,
      idLookup: true,
      nillable: true,
      createable: true,
    });
    expect(named('Total__c')).toMatchObject({ type: 'double', precision: 18, scale: 2 });
    expect(named('Admin_Link__c')).toMatchObject({ calculated: true, createable: false });
    expect(named('Customer_Note__c')).toMatchObject({ filterable: false, sortable: false });
    expect(named('Contact__c')).toMatchObject({
      referenceTo: ['Contact'],
      relationshipName: 'Contact__r',
    });
    expect(childRelationships).toContainEqual(
      expect.objectContaining({
        childSObject: 'Woo_Order_Item__c',
        field: 'Order__c',
        relationshipName: 'Order_Items__r',
        cascadeDelete: true,
      }),
    );
  });

  it('lists the objects', async () => {
    const { sobjects } = await conn.describeGlobal();
    expect(sobjects.map((one) => one.name)).toEqual(
      expect.arrayContaining(['Account', 'Product2', 'Woo_Order__c', 'Woo_Mapping__mdt']),
    );
  });
});

describe('collections', () => {
  it('create, update, retrieve and delete, each with its own result', async () => {
    const made = await conn.sobject('Woo_Order__c').create([
      { Name: '1', Woo_Key__c: 'main:1' },
      { Name: '2', Nope__c: 1 },
    ]);
    expect(made).toEqual([
      { id: expect.any(String) as string, success: true, errors: [] },
      {
        success: false,
        errors: [
          {
            statusCode: 'INVALID_FIELD',
            message: "No such column 'Nope__c' on sobject of type Woo_Order__c",
            fields: [],
          },
        ],
      },
    ]);
    const id = made[0]?.id ?? '';
    const changed = await conn.sobject('Woo_Order__c').update([
      { Id: id, Name: '1b' },
      { Id: 'a00Lo0000000099', Name: 'x' },
    ]);
    expect(changed.map((one) => one.success)).toEqual([true, false]);
    expect(changed[1]?.errors[0]).toMatchObject({ statusCode: 'INVALID_CROSS_REFERENCE_KEY' });
    const read = await conn.sobject('Woo_Order__c').retrieve([id]);
    expect(read[0]).toMatchObject({ Id: id, Name: '1b' });
    const gone = await conn.sobject('Woo_Order__c').destroy([id, 'a00Lo0000000099']);
    expect(gone.map((one) => one.success)).toEqual([true, false]);
  });

  it('upsert creates and changes by key', async () => {
    const first = await conn.sobject('Woo_Order__c').upsert(orders(['main:1']), 'Woo_Key__c');
    const both = await conn
      .sobject('Woo_Order__c')
      .upsert(orders(['main:1', 'main:2', 'MAIN:1']), 'Woo_Key__c');
    expect(both.map((one) => one.success && one.created)).toEqual([false, true, true]);
    expect(both[0]?.id).toBe(first[0]?.id);
  });

  it('refuse more than 200 records as a whole', async () => {
    const keys = Array.from({ length: 201 }, (_, n) => `main:${n}`);
    expect(await errorOf(conn.sobject('Woo_Order__c').upsert(orders(keys), 'Woo_Key__c'))).toEqual({
      code: 'EXCEEDED_ID_LIMIT',
      message: 'record limit reached. cannot submit more than 200 records into this call',
    });
    expect(await conn.query('SELECT COUNT() FROM Woo_Order__c')).toMatchObject({ totalSize: 0 });
  });

  it('refuse all rows that share a key, and write the others', async () => {
    const results = await conn
      .sobject('Woo_Order__c')
      .upsert(orders(['main:1', 'main:2', 'main:1']), 'Woo_Key__c');
    expect(results.map((one) => one.success)).toEqual([false, true, false]);
    expect(results[2]?.errors).toEqual([
      {
        statusCode: 'DUPLICATE_VALUE',
        message: 'Duplicate external id specified: main:1',
        fields: [],
      },
    ]);
  });

  it('refuse to change a record twice, and change the others', async () => {
    const made = await conn.sobject('Woo_Order__c').create(orders(['main:1', 'main:2']));
    const [first = '', second = ''] = made.map((one) => one.id);
    const results = await conn.sobject('Woo_Order__c').update([
      { Id: first, Total__c: 2 },
      { Id: second, Total__c: 3 },
      { Id: first.slice(0, 15), Total__c: 4 },
    ]);
    expect(results.map((one) => one.success)).toEqual([false, true, false]);
    expect(results[0]?.errors).toMatchObject([{ statusCode: 'DUPLICATE_VALUE' }]);
    expect(await conn.sobject('Woo_Order__c').retrieve(first)).toMatchObject({ Total__c: 1 });
  });

  it('undo all rows when one fails and all or none was asked', async () => {
    const results = await conn
      .sobject('Woo_Order__c')
      .create([{ Name: 'a' }, { Total__c: 'x' }], { allOrNone: true })
      .catch((error: unknown) => error as SaveResult[]);
    expect(JSON.stringify(results)).toContain('JSON_PARSER_ERROR');
    expect(await conn.query('SELECT COUNT() FROM Woo_Order__c')).toMatchObject({ totalSize: 0 });
  });
});

describe('queries', () => {
  it('come in pages of 2,000 records', async () => {
    const names = Array.from({ length: 2001 }, (_, n) => ({ Name: String(n) }));
    await conn.sobject('Woo_Order__c').create(names, { allowRecursive: true });
    const { records, totalSize, nextRecordsUrl } = await conn.query('SELECT Id FROM Woo_Order__c');
    expect([records.length, totalSize]).toEqual([2000, 2001]);
    expect((await conn.queryMore(nextRecordsUrl ?? '')).records).toHaveLength(1);
  });

  it('come in pages whose size can be asked for', async () => {
    const names = Array.from({ length: 450 }, (_, n) => ({ Name: String(n).padStart(4, '0') }));
    await conn.sobject('Woo_Order__c').create(names, { allowRecursive: true });
    const first = await conn.query('SELECT Name FROM Woo_Order__c ORDER BY Name', {
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    expect(first).toMatchObject({ totalSize: 450, done: false });
    expect(first.records).toHaveLength(200);
    const second = await conn.queryMore(first.nextRecordsUrl ?? '');
    expect(second.records[0]).toMatchObject({ Name: '0200' });
    const third = await conn.queryMore(second.nextRecordsUrl ?? '');
    expect(third).toMatchObject({ done: true });
    expect(third.records).toHaveLength(50);
    expect(
      await errorOf(conn.queryMore('/services/data/v66.0/query/01gLo0000000099AAA-200')),
    ).toEqual({ code: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' });
  });

  it('show deleted rows only when all are asked for', async () => {
    const made = await conn.sobject('Woo_Order__c').create({ Name: 'gone' });
    await conn.sobject('Woo_Order__c').destroy(made.id ?? '');
    const soql = 'SELECT Name, IsDeleted FROM Woo_Order__c';
    expect((await conn.query(soql)).totalSize).toBe(0);
    const all = await conn.query(soql, { scanAll: true });
    expect(all.records[0]).toMatchObject({ Name: 'gone', IsDeleted: true });
  });

  it('describe their columns for sf', async () => {
    const answer = await rest('/query?columns=true&q=SELECT+Id,Account.Name+FROM+Contact');
    expect(await answer.json()).toMatchObject({
      entityName: 'Contact',
      idSelected: true,
      keyPrefix: '003',
      columnMetadata: [{ columnName: 'Id', apexType: 'Id' }, { columnName: 'Account.Name' }],
    });
    const children = await rest(
      '/query?columns=true&q=SELECT+Id,(SELECT+Name+FROM+Contacts)+FROM+Account',
    );
    expect(await children.json()).toMatchObject({
      columnMetadata: [
        { columnName: 'Id' },
        { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'Name' }] },
      ],
    });
    const counted = await rest(
      '/query?columns=true&q=SELECT+Name,COUNT(Id)+FROM+Account+GROUP+BY+Name',
    );
    expect(await counted.json()).toMatchObject({
      groupBy: true,
      columnMetadata: [
        { columnName: 'Name', aggregate: false },
        { columnName: 'expr0', displayName: 'COUNT(Id)', aggregate: true },
      ],
    });
  });
});

interface CompositeAnswer {
  compositeResponse: { httpStatusCode: number; referenceId: string; body: unknown }[];
}

const composite = async (
  compositeRequest: readonly object[],
  more: object = {},
): Promise<CompositeAnswer> => {
  const body = JSON.stringify({ compositeRequest, ...more });
  const answer = await rest('/composite', { method: 'POST', body });
  return (await answer.json()) as CompositeAnswer;
};

const root = `/services/data/v${version}`;

describe('composite calls', () => {
  it('pass ids on, also out of collections and queries', async () => {
    const { compositeResponse } = await composite([
      { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'acc', body: { Name: 'A' } },
      {
        method: 'POST',
        url: `${root}/composite/sobjects`,
        referenceId: 'people',
        body: {
          records: [{ attributes: { type: 'Contact' }, LastName: 'L', AccountId: '@{acc.id}' }],
        },
      },
      {
        method: 'GET',
        url: `${root}/query?q=SELECT+Name+FROM+Account+WHERE+Id='@{acc.id}'`,
        referenceId: 'found',
      },
      {
        method: 'PATCH',
        url: `${root}/sobjects/Contact/@{people[0].id}`,
        referenceId: 'named',
        body: { Department: '@{found.records[0].Name}' },
      },
      { method: 'GET', url: `${root}/sobjects/Contact/describe`, referenceId: 'desc' },
    ]);
    expect(compositeResponse.map((one) => one.httpStatusCode)).toEqual([201, 200, 200, 204, 200]);
    const [contact] = (await conn.query('SELECT Department, Account.Name FROM Contact')).records;
    expect(contact).toMatchObject({ Department: 'A', Account: { Name: 'A' } });
    expect(org.requestLog.totals()).toMatchObject({ billed: 2, subrequests: { record: 2 } });
  });

  it('go on after a failure, except for what depends on it', async () => {
    const { compositeResponse } = await composite([
      { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'bad', body: {} },
      { method: 'GET', url: `${root}/sobjects/Account/@{bad.id}`, referenceId: 'after' },
      { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'good', body: { Name: 'G' } },
    ]);
    expect(compositeResponse.map((one) => one.httpStatusCode)).toEqual([400, 400, 201]);
    expect(compositeResponse[1]?.body).toEqual([
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'Invalid reference specified. No value for bad.id found in bad',
      },
    ]);
  });

  it('undo everything when all or none was asked', async () => {
    const { compositeResponse } = await composite(
      [
        { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'a', body: { Name: 'A' } },
        { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'b', body: {} },
      ],
      { allOrNone: true },
    );
    expect(compositeResponse.map((one) => one.httpStatusCode)).toEqual([400, 400]);
    expect((await conn.query('SELECT Id FROM Account')).totalSize).toBe(0);
  });

  it('take at most 25 subrequests, five of them queries or collections', async () => {
    const limits = (n: number): object[] =>
      Array.from({ length: n }, (_, at) => ({
        method: 'GET',
        url: `${root}/limits`,
        referenceId: `l${at}`,
      }));
    expect(JSON.stringify(await composite(limits(26)))).toContain('LIMIT_EXCEEDED');
    const query = (at: number): object => ({
      method: 'GET',
      url: `${root}/query?q=SELECT+Id+FROM+User`,
      referenceId: `q${at}`,
    });
    expect((await composite([0, 1, 2, 3, 4].map(query))).compositeResponse).toHaveLength(5);
    expect(JSON.stringify(await composite([0, 1, 2, 3, 4, 5].map(query)))).toContain(
      'LIMIT_EXCEEDED',
    );
  });
});

describe('sessions and limits', () => {
  it('refuse an unknown, an old and no token with 401', async () => {
    const stranger = new Connection({ instanceUrl: url, accessToken: '00D!x', version });
    const over = { code: 'INVALID_SESSION_ID', message: 'Session expired or invalid' };
    expect(await errorOf(stranger.query('SELECT Id FROM User'))).toEqual(over);
    clock = new Date('2026-03-01T10:11:00Z');
    expect(await errorOf(conn.query('SELECT Id FROM User'))).toEqual(over);
    const without = await fetch(`${url}/services/data/v66.0/limits`);
    expect(without.status).toBe(401);
    expect(org.requestLog.totals()).toMatchObject({ billed: 0, byKind: { refused: 3 } });
  });

  it('tell the usage with each answer and refuse calls beyond the limit', async () => {
    expect((await rest('/limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/500');
    for (let n = 0; n < 499; n++) org.requestLog.count('query', false);
    expect(await errorOf(conn.query('SELECT Id FROM User'))).toEqual({
      code: 'REQUEST_LIMIT_EXCEEDED',
      message: 'TotalRequests Limit exceeded.',
    });
  });

  it('sign in with client credentials', async () => {
    const client = new Connection({
      version,
      oauth2: { loginUrl: url, clientId: org.clientId, clientSecret: org.clientSecret },
    });
    await client.authorize({ grant_type: 'client_credentials' });
    expect(await client.identity()).toMatchObject({ username: org.integrationUsername });
    const wrong = new Connection({
      version,
      oauth2: { loginUrl: url, clientId: org.clientId, clientSecret: 'no' },
    });
    expect(await errorOf(wrong.authorize({ grant_type: 'client_credentials' }))).toMatchObject({
      message: 'invalid client credentials',
    });
  });

  it('count requests over HTTP, and forget them', async () => {
    await conn.query('SELECT Id FROM User');
    const counted = await fetch(`${url}/local/requests`);
    expect(await counted.json()).toMatchObject({ billed: 1, byKind: { query: 1 }, writes: 0 });
    await fetch(`${url}/local/requests/reset`, { method: 'POST' });
    expect(org.requestLog.totals().billed).toBe(0);
  });
});

describe('what is not emulated', () => {
  it.each([
    ['GET', '/tooling/query?q=SELECT+Id+FROM+ApexClass'],
    ['POST', '/jobs/ingest'],
    ['GET', '/search?q=FIND'],
    ['GET', '/sobjects/Account/updated'],
    ['GET', '/sobjects/Account/describe/layouts'],
  ])('%s %s is answered with 501 and says so', async (method, path) => {
    const answer = await rest(path, { method });
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject([{ errorCode: 'NOT_EMULATED' }]);
  });

  it('a known address with another method is answered with 405', async () => {
    const answer = await rest('/query', { method: 'POST', body: '{}' });
    expect(answer.status).toBe(405);
  });

  it('doubled slashes, as sf sends them, are one', async () => {
    const answer = await fetch(`${url}//services/data/v66.0/limits`, {
      headers: { authorization: `Bearer ${org.adminToken}` },
    });
    expect(answer.status).toBe(200);
  });

  it('addresses beyond 16 KB are refused with 431', async () => {
    const answer = await rest(`/query?q=${'x'.repeat(17_000)}`);
    expect(answer.status).toBe(431);
  });

  it('bodies beyond 6 MB and broken JSON are refused', async () => {
    const post = (body: string): Promise<Response> =>
      rest('/sobjects/Account', { method: 'POST', body });
    expect((await post(JSON.stringify({ Name: 'x'.repeat(7_000_000) }))).status).toBe(413);
    const broken = await post('{"Name":');
    expect(broken.status).toBe(400);
    expect(broken.headers.get('sforce-limit-info')).toBe('api-usage=2/500');
    expect(await broken.json()).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
  });
});

describe('permission set assignments', () => {
  it('are unique per user and set', async () => {
    const id = org.data.putSystemRow('PermissionSet', { Name: 'Woo' }, { Label: 'Woo' });
    const user = org.sessions.user(org.integrationUsername);
    const pair = { AssigneeId: user?.id ?? '', PermissionSetId: id };
    await conn.sobject('PermissionSetAssignment').create(pair);
    expect(await errorOf(conn.sobject('PermissionSetAssignment').create(pair))).toMatchObject({
      code: 'DUPLICATE_VALUE',
    });
  });
});
