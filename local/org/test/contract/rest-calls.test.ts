import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorOf, HttpOrg, refusalCode, root } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start({ now: () => new Date('2026-03-01T10:00:00Z') });
});
afterAll(() => org.close());

statement('API versions 31.0 to 68.0 are answered; 66.0, 67.0 and 68.0 are listed.', async () => {
  const { body } = await org.ask('GET', '/services/data');
  const listed = body as readonly { version: string; url: string }[];
  expect(listed.map((one) => one.version)).toEqual(['66.0', '67.0', '68.0']);
  expect(listed[0]?.url).toBe('/services/data/v66.0');
  const status = async (version: string): Promise<number> =>
    (await org.ask('GET', `/services/data/${version}/limits`)).status;
  expect(await Promise.all(['v30.0', 'v31.0', 'v68.0', 'v69.0'].map(status))).toEqual([
    404, 200, 200, 404,
  ]);
});

statement('A path that starts with `//services` means the same as with one slash.', async () => {
  expect((await org.ask('GET', `/${root}/limits`)).status).toBe(200);
});

statement.group(
  '`sobjects`, `sobjects/X`, `sobjects/X/describe` describe the deployed schema.',
  () => {
    it('fields, keys, relations and lists', async () => {
      const { fields, childRelationships, keyPrefix } = await org.conn
        .sobject('Woo_Order__c')
        .describe();
      expect(keyPrefix).toBe('a00');
      const named = (name: string): unknown => fields.find((one) => one.name === name);
      expect(named('Woo_Key__c')).toMatchObject({
        type: 'string',
        length: 255,
        idLookup: true,
        nillable: true,
        createable: true,
        externalId: true,
        unique: true,
        caseSensitive: true,
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

    it('objects, all and one', async () => {
      const { sobjects } = await org.conn.describeGlobal();
      expect(sobjects.map((one) => one.name)).toEqual(
        expect.arrayContaining(['Account', 'Product2', 'Woo_Order__c', 'Woo_Mapping__mdt']),
      );
      const { body } = await org.rest('GET', '/sobjects/Woo_Order__c');
      expect(body).toMatchObject({ objectDescribe: { name: 'Woo_Order__c', custom: true } });
    });
  },
);

statement(
  'Records are created, read, changed and deleted by id, and read, upserted and deleted by external id.',
  async () => {
    const orders = org.conn.sobject('Woo_Order__c');
    const made = await orders.create({ Name: '1001', Total__c: 10.5 });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? '';
    expect(id).toMatch(/^a00Lo0\w{12}$/);
    await orders.update({ Id: id, Woo_Key__c: 'main:1' });
    expect(await orders.upsert({ Woo_Key__c: 'main:1', Total__c: 11 }, 'Woo_Key__c')).toMatchObject(
      { id, success: true, created: false },
    );
    expect(await orders.retrieve(id)).toMatchObject({
      attributes: { type: 'Woo_Order__c', url: `${root}/sobjects/Woo_Order__c/${id}` },
      Name: '1001',
      Total__c: 11,
      Status__c: 'pending',
      Deleted_In_Woo__c: false,
      CreatedDate: '2026-03-01T10:00:00.000+0000',
      Admin_Link__c: '<a href="a" target="_blank">b</a>',
    });
    const byKey = '/sobjects/Woo_Order__c/Woo_Key__c/main:1';
    expect((await org.rest('GET', byKey)).body).toMatchObject({ Id: id });
    expect((await org.rest('DELETE', byKey)).status).toBe(204);
    expect((await org.rest('GET', byKey)).status).toBe(404);
    const other = await org.create('Woo_Order__c', { Name: '1002' });
    await orders.destroy(other);
    expect(
      await org.query(`SELECT Id FROM Woo_Order__c WHERE Id IN ('${id}', '${other}')`),
    ).toEqual([]);
  },
);

statement(
  'An upsert by external id answers 201 when it created, 200 when it changed, 300 with addresses when several records have the key.',
  async () => {
    const path = '/sobjects/Woo_Order__c/Woo_Key__c/main:up';
    const first = await org.rest('PATCH', path, { Total__c: 1 });
    expect([first.status, first.body]).toMatchObject([201, { created: true, success: true }]);
    const second = await org.rest('PATCH', path, { Total__c: 2 });
    expect([second.status, second.body]).toMatchObject([200, { created: false }]);
    const legacy = { Legacy_Number__c: 'L1' };
    await org.create('Woo_Order__c', legacy);
    await org.create('Woo_Order__c', legacy);
    const several = await org.rest('PATCH', '/sobjects/Woo_Order__c/Legacy_Number__c/L1', {});
    expect(several.status).toBe(300);
    const at: unknown = expect.stringMatching(
      /^\/services\/data\/v66\.0\/sobjects\/Woo_Order__c\/a00/,
    );
    expect(several.body).toEqual([at, at]);
  },
);

statement(
  'An unknown object or record in the address is answered with 404 `NOT_FOUND`, a deleted record with 404 `ENTITY_IS_DELETED`.',
  async () => {
    const unknown = 'a00Lo0000009999';
    expect(await errorOf(org.conn.sobject('Woo_Order__c').retrieve(unknown))).toEqual({
      code: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
    const noObject = await org.rest('GET', `/sobjects/Nothing__c/${unknown}`);
    expect([noObject.status, refusalCode(noObject)]).toEqual([404, 'NOT_FOUND']);
    const id = await org.create('Woo_Order__c', { Name: 'gone' });
    await org.rest('DELETE', `/sobjects/Woo_Order__c/${id}`);
    const gone = await org.rest('GET', `/sobjects/Woo_Order__c/${id}`);
    expect([gone.status, refusalCode(gone)]).toEqual([404, 'ENTITY_IS_DELETED']);
  },
);

statement(
  'Whole-call errors are `[{errorCode, message}]`, errors of items `{statusCode, message, fields}`.',
  async () => {
    const whole = await org.rest('POST', '/sobjects/Woo_Order__c', { Name: 'x'.repeat(81) });
    expect([whole.status, whole.body]).toEqual([
      400,
      [{ errorCode: 'STRING_TOO_LONG', message: expect.any(String) as string, fields: ['Name'] }],
    ]);
    const record = { attributes: { type: 'Woo_Order__c' }, Name: 'x'.repeat(81) };
    const item = await org.rest('POST', '/composite/sobjects', { records: [record] });
    expect([item.status, item.body]).toEqual([
      200,
      [
        {
          success: false,
          errors: [
            {
              statusCode: 'STRING_TOO_LONG',
              message: expect.any(String) as string,
              fields: ['Name'],
            },
          ],
        },
      ],
    ]);
  },
);

statement(
  'Bodies beyond 6 MB are refused with 413, broken JSON with 400 `JSON_PARSER_ERROR`, other content types with 415.',
  async () => {
    const post = (body: unknown, headers = {}) =>
      org.rest('POST', '/sobjects/Account', body, headers);
    expect((await post({ Name: 'x'.repeat(7_000_000) })).status).toBe(413);
    const broken = await post('{"Name":');
    expect([broken.status, refusalCode(broken)]).toEqual([400, 'JSON_PARSER_ERROR']);
    expect((await post('Name=x', { 'content-type': 'text/plain' })).status).toBe(415);
  },
);

statement('Addresses beyond 16 KB are refused with 431.', async () => {
  expect((await org.rest('GET', `/query?q=${'x'.repeat(17_000)}`)).status).toBe(431);
});

statement(
  'Every REST answer carries `Sforce-Limit-Info`; beyond `--daily-limit` calls are refused with 403 `REQUEST_LIMIT_EXCEEDED`.',
  async () => {
    const small = await HttpOrg.start({ dailyLimit: 3 });
    const info = async (path: string): Promise<string | null> =>
      (await small.rest('GET', path)).headers.get('sforce-limit-info');
    expect(await info('/limits')).toBe('api-usage=1/3');
    expect(await info('/sobjects/Nothing__c/describe')).toBe('api-usage=2/3');
    expect((await small.rest('GET', '/limits')).body).toMatchObject({
      DailyApiRequests: { Max: 3, Remaining: 0 },
    });
    const beyond = await small.rest('GET', '/limits');
    expect([beyond.status, beyond.body]).toEqual([
      403,
      [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    ]);
    await small.close();
  },
);

statement('A known address with another method is answered with 405.', async () => {
  const answer = await org.rest('POST', '/query', {});
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
});
