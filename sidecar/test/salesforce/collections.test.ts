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

  it('asks what some hold right before, in the same call', async () => {
    const { org: write, sent } = await org(
      compositeThat((sub) => {
        if (sub.method !== 'GET') return [200, [ok('003', false), ok('004', false)]];
        const records = [{ Id: '004', Email: 'a@x.example', Phone: null }];
        return [200, { done: true, totalSize: 1, records }];
      }),
    );
    const records = [JSON.stringify({ id: '003' }), JSON.stringify({ id: '004', Email: null })];
    const looks = { ids: ['004'], fields: ['Email', 'Phone'] };
    const asked: Collection = { ...{ kind: 'update', object: 'Contact' }, records, looks };
    const results = await write.write([accounts, asked].slice(1));
    const before = { Id: '004', Email: 'a@x.example', Phone: null };
    expect(results).toEqual([
      [
        { id: '003', created: false, errors: [] },
        { id: '004', created: false, errors: [], before },
      ],
    ]);
    const [look, update] = compositeOf(sent()[0]).compositeRequest;
    const soql = "SELECT Id, Email, Phone FROM Contact WHERE Id IN ('004')";
    expect(look).toMatchObject({
      ...{ method: 'GET', url: `/services/data/v66.0/query?q=${encodeURIComponent(soql)}` },
    });
    expect(update).toMatchObject({ method: 'PATCH' });
    expect(sent()).toHaveLength(1);
  });

  it('knows nothing of before where the org did not answer that, and takes five parts at most', async () => {
    const { org: write } = await org(
      compositeThat((sub) =>
        sub.method === 'GET'
          ? [400, [{ errorCode: 'QUERY_TIMEOUT', message: 'too long' }]]
          : [200, [ok('003', false)]],
      ),
    );
    const looks = { ids: ['003'], fields: ['Email'] };
    const records = [JSON.stringify({ id: '003' })];
    const asked: Collection = { ...{ kind: 'update', object: 'Contact' }, records, looks };
    expect(await write.write([asked, asked])).toEqual(
      [1, 2].map(() => [{ id: '003', created: false, errors: [] }]),
    );
    await expect(write.write([asked, asked, asked])).rejects.toThrow(RangeError);
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
