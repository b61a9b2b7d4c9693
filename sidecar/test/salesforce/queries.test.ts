import { afterEach, describe, expect, it } from 'vitest';
import { json } from '../support/scripted-server.ts';
import {
  type Sub,
  org,
  compositeOf,
  compositeThat,
  rows,
  closeOrg,
} from './support/composite-org.ts';

afterEach(closeOrg);

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
    ...contact,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: false,
    updateable: false,
    calculated: false,
    filterable: true,
    externalId: false,
    unique: false,
    caseSensitive: false,
    defaultedOnCreate: false,
    referenceTo: ['Contact'],
    relationshipName: 'MasterRecord',
    restrictedPicklist: false,
    picklistValues: [],
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
