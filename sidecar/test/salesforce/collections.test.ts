import { afterEach, describe, expect, it } from 'vitest';
import type { Collection } from '../../src/ports/org.ts';
import { org, compositeOf, compositeThat, rows, closeOrg } from './support/composite-org.ts';

afterEach(closeOrg);

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
    kind: 'upsert',
    object: 'Account',
    keyField: 'Woo_Key__c',
    records: [JSON.stringify({ Woo_Key__c: 'main:7', Name: 'Ä & Co' })],
  };
  const gone: Collection = {
    kind: 'delete',
    object: 'Woo_Order_Item__c',
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
      kind: 'update',
      object: 'Contact',
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

  const SINCE = '2026-12-01T10:00:07.000+0000';
  const ID = (at: number) => `003${String(at).padStart(3, '0')}`;
  /** Contacts whose address is written, of which the first ones are looked at. */
  const contacts = (count: number, looked = count, object = 'Contact'): Collection => {
    const ids = Array.from({ length: count }, (_, at) => ID(at));
    const unmodifiedSince = new Map(ids.slice(0, looked).map((id) => [id, SINCE]));
    return {
      kind: 'update',
      object,
      looks: { fields: ['Email', 'Phone'], unmodifiedSince },
      records: ids.map((id) => JSON.stringify({ id, Email: null })),
    };
  };
  const before = { Id: ID(0), Email: 'a@x.example', Phone: null };

  describe('of what some hold right before', () => {
    it('asks in the same call, and writes them one by one on condition that nobody has changed them', async () => {
      const { org: write, sent } = await org(
        compositeThat(({ method, url }) => {
          if (method === 'GET') return rows(before);
          return url.endsWith(ID(0)) ? [204, null] : [412, null];
        }),
      );
      const [results] = await write.write([contacts(3, 2)]);
      expect(results).toMatchObject([
        { id: ID(0), created: false, errors: [], before },
        { id: null, errors: [{ kind: 'changed' }] },
        { id: null, errors: [{ kind: 'changed' }] },
      ]);
      const [look, first, second, third] = compositeOf(sent()[0]).compositeRequest;
      const soql = `SELECT Id, Email, Phone FROM Contact WHERE Id IN ('${ID(0)}','${ID(1)}')`;
      expect(look).toMatchObject({
        method: 'GET',
        url: `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`,
      });
      expect(first).toMatchObject({
        method: 'PATCH',
        url: `/services/data/v66.0/sobjects/Contact/${ID(0)}`,
        httpHeaders: { 'If-Unmodified-Since': 'Tue, 01 Dec 2026 10:00:07 GMT' },
      });
      expect(first?.body).toEqual({ Email: null });
      expect(second?.httpHeaders).toHaveProperty('If-Unmodified-Since');
      expect(third?.httpHeaders).not.toHaveProperty('If-Unmodified-Since');
      expect(third?.httpHeaders).toHaveProperty('Sforce-Duplicate-Rule-Header');
      expect(sent()).toHaveLength(1);
    });

    it.each([
      ['as many as fit beside the rest', [24], [25]],
      ['together where one more would not', [25], [2]],
      ['the first ones, where there is no room for all', [20, 10], [23]],
      ['those for which there is room', [30, 10], [13]],
      ['each of several', [3, 4], [9]],
    ])('sends %s', async (_, sizes, subrequests) => {
      const { org: write, sent } = await org(
        compositeThat(({ method, url, body }) => {
          if (method === 'GET') return rows();
          if (!url.endsWith('/composite/sobjects')) return [204, null];
          return [200, body?.records.map((one) => ok((one as { id: string }).id, false))];
        }),
      );
      const results = await write.write(sizes.map((size) => contacts(size)));
      expect(results.map((some) => some.map(({ id }) => id))).toEqual(
        sizes.map((size) => Array.from({ length: size }, (_one, at) => ID(at))),
      );
      expect([compositeOf(sent()[0]).compositeRequest.length]).toEqual(subrequests);
    });

    it('leaves room for what is not looked at', async () => {
      const { org: write, sent } = await org(
        compositeThat(({ method, url, body }) => {
          if (method === 'GET') return rows();
          if (!url.includes('/composite/sobjects')) return [204, null];
          return [200, body?.records.map(() => ok('001'))];
        }),
      );
      await write.write([accounts, contacts(24)]);
      await write.write([accounts, contacts(23)]);
      expect(sent().map((one) => compositeOf(one).compositeRequest.length)).toEqual([3, 25]);
    });

    it('knows nothing where the org did not answer that, and takes five parts at most', async () => {
      const { org: write } = await org(
        compositeThat(({ method }) =>
          method === 'GET'
            ? [400, [{ errorCode: 'QUERY_TIMEOUT', message: 'too long' }]]
            : [204, null],
        ),
      );
      const asked = contacts(1);
      expect(await write.write([asked, { ...asked }])).toEqual(
        [1, 2].map(() => [{ id: ID(0), created: false, errors: [] }]),
      );
      await expect(write.write([asked, asked, asked])).rejects.toThrow(RangeError);
    });

    it('says of each record what it was refused for, and of none what the object was', async () => {
      const refusals = [
        [400, [{ errorCode: 'INVALID_EMAIL_ADDRESS', message: 'no', fields: ['Email'] }]],
        [404, [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }]],
        [500, 'no JSON'],
      ] as const;
      const answers = compositeThat(({ method, url }, at) => {
        if (method !== 'GET') return refusals[at - 1] ?? [204, null];
        return url.includes('Gone__c')
          ? [400, [{ errorCode: 'INVALID_TYPE', message: 'not supported' }]]
          : rows(before);
      });
      const { org: write } = await org(answers);
      const errorsOf = async (object: string) =>
        (await write.write([contacts(3, 3, object)])).flat().flatMap(({ errors }) => errors);
      expect(await errorsOf('Contact')).toMatchObject([
        { code: 'INVALID_EMAIL_ADDRESS', kind: 'permanent', fields: ['Email'] },
        { code: 'ENTITY_IS_DELETED', kind: 'reference' },
        { code: 'HTTP_500', kind: 'retry' },
      ]);
      expect((await errorsOf('Gone__c'))[1]).toMatchObject({ kind: 'setup' });
    });
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
        id: null,
        created: false,
        errors: [
          { code: 'STRING_TOO_LONG', kind: 'permanent', message: 'too large', fields: ['Name'] },
          { code: 'UNABLE_TO_LOCK_ROW', kind: 'retry', message: 'locked', fields: [] },
        ],
      },
      { id: null, created: false, errors: [expect.objectContaining({ kind: 'retry' })] },
    ]);
  });

  it('says of an org that takes no changes that it does, and what it has taken before', async () => {
    const statusCode = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
    const message = "Updates can't be made during maintenance.";
    const rows = [ok('a01'), { success: false, errors: [{ statusCode, message, fields: [] }] }];
    const { org: write } = await org(compositeThat(() => [200, [...rows, rows[1]]]));
    await expect(write.write([orders])).rejects.toMatchObject({
      code: 'SF_READ_ONLY',
      results: [
        [
          { id: 'a01', errors: [] },
          { errors: [{ code: statusCode }] },
          { errors: [{ code: statusCode }] },
        ],
      ],
    });
    const part = [{ errorCode: statusCode, message }];
    const { org: partly } = await org(compositeThat(() => [503, part]));
    await expect(partly.write([orders])).rejects.toMatchObject({ code: 'SF_READ_ONLY' });
    const { org: later } = await org(
      compositeThat((_sub, index) =>
        index === 0 ? [200, [ok('a01'), ok('a02'), ok('a03')]] : [503, part],
      ),
    );
    await expect(later.write([orders, accounts])).rejects.toMatchObject({
      code: 'SF_READ_ONLY',
      results: [
        [{ id: 'a01' }, { id: 'a02' }, { id: 'a03' }],
        [{ errors: [{ code: statusCode }] }],
      ],
    });
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
