import { beforeEach, describe, expect, it } from 'vitest';

import type { MappedField, Mapping, MatchField } from '../../../src/mapping/model/mapping.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import { reportMergedCustomers } from '../../../src/sync/merge/merged-customers.ts';
import type { Found, Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const OBJECT = 'Contact';
const RECORD = '003000000000001AAA';
const FIELDS = [{ field: 'Phone' } as MappedField];
const matchBy = (through: MatchField['through']) =>
  ({ name: 'Email', object: OBJECT, field: 'Email', through }) as MatchField;
const DIRECT = matchBy(null);
const THROUGH = matchBy({ field: 'AccountId', relationshipName: 'Account' });

interface Given {
  readonly key?: string;
  readonly mapping?: Partial<Mapping>;
  readonly link?: Partial<Link> | null;
  readonly found?: Partial<Found>;
  /** The keys by which the record is linked, and whether it carries another. */
  readonly pairs?: Readonly<Record<string, boolean>>;
  readonly object?: string;
  /** What Salesforce has by the customer's own key. */
  readonly own?: OrgRow;
  readonly run?: Partial<Run>;
}

let asked: unknown[];
let relinked: unknown[];
let said: string[];
let stale: unknown[];

beforeEach(() => {
  asked = [];
  relinked = [];
  said = [];
  stale = [];
});

async function look(given: Given = {}) {
  const { key = 'main:3', link = {}, pairs = { 'main:2': false, [key]: true } } = given;
  const mapping = mappingTo(OBJECT, {
    resource: 'customer',
    fields: FIELDS,
    matchFields: [DIRECT],
    ...given.mapping,
  });
  const row = {
    mapping,
    key,
    record: { id: 3 },
    row: rowOf(key, { Phone: '1' }),
    link: link === null ? undefined : { key, recordId: RECORD, byId: true, ...link },
    found: given.found,
  } as unknown as Planned;
  const report = new Report([mapping], {
    failed: (_, { code, message }) => said.push(`${code} ${message}`),
    seen: () => undefined,
  });
  const run = {
    report,
    store: { key: 'main' },
    dry: false,
    org: {
      queries: (queries: readonly string[]) => {
        asked.push('org');
        return Promise.resolve(queries.map(() => given.own ?? []).map((one) => [one].flat()));
      },
    },
    state: {
      twoWay: {
        linkedTo: (ids: readonly string[]) => {
          asked.push(ids);
          return Promise.resolve(
            Object.entries(pairs).map(([of, byId]) => {
              return { object: given.object ?? OBJECT, key: of, recordId: RECORD, byId };
            }),
          );
        },
      },
      relink: (links: unknown) => {
        relinked.push(links);
        return Promise.resolve();
      },
    },
    onStaleRead: (links: unknown) => stale.push(links),
    ...given.run,
  } as unknown as Run;
  const rows = await reportMergedCustomers(run, [row]);
  return { row, rows };
}

const OWNERS =
  'CUSTOMERS_MERGED Contact 003000000000001AAA was merged in Salesforce and stands for two customers of the shop: main:2 and main:3.';
const ANOTHERS =
  'CUSTOMERS_MERGED Contact 003000000000001AAA belongs to another store and stands for two customers of this one: main:2 and main:3.';

describe('a customer whose record is another one’s', () => {
  it('is said, and its values are not written', async () => {
    const { rows } = await look();
    expect(said).toEqual([expect.stringContaining(OWNERS)]);
    expect(rows.map(({ key, row }) => [key, row.fields])).toEqual([['main:3', {}]]);
    expect([relinked, stale]).toEqual([[], []]);
  });

  it.each<[string, Given['pairs']]>([
    ['before it', { 'outlet:1': false, 'main:2': true, 'main:3': true }],
    ['first of all', { 'main:10': true, 'main:2': true, 'main:11': true, 'main:12': true }],
  ])('is said where the record is another store’s, of the one that comes %s', async (_, pairs) => {
    const key = Object.keys(pairs ?? {}).at(-1) ?? '';
    await look({ key, ...(pairs && { pairs }) });
    expect(said).toEqual([expect.stringContaining(ANOTHERS.replace('main:3', key))]);
  });

  it.each<[string, Given]>([
    ['it comes first itself', { pairs: { 'main:3': true, 'main:4': true } }],
    [
      'nothing of another store’s record is written',
      { pairs: { 'main:2': true, 'main:3': true }, mapping: { fields: [] } },
    ],
    ['it is alone', { pairs: { 'main:3': true } }],
    ['the record carries its key by now', { pairs: { 'main:3': false } }],
    ['the other is a guest', { pairs: { 'main:guest:ada@example.com': false } }],
    ['the other is of another store', { pairs: { 'outlet:2': false } }],
    ['the other is of another object', { object: 'Account' }],
  ])('is none where %s', async (_, given) => {
    const { row, rows } = await look(given);
    expect(rows).toEqual([row]);
    expect([said, asked]).toEqual([[], [[RECORD]]]);
  });

  it.each<[string, Given]>([
    ['the record is its own', { link: { byId: false } }],
    ['it has no record', { link: null }],
    ['it is no customer', { mapping: { resource: 'product' } }],
    ['it was found just now', { found: { adopted: true } }],
    ['it is a guest', { key: 'main:guest:ada@example.com' }],
    ['it is found by what hangs on it', { mapping: { matchFields: [THROUGH] } }],
    ['it may be', { mapping: { matchFields: [DIRECT, THROUGH] } }],
  ])('is not looked for where %s', async (_, given) => {
    const { row, rows } = await look(given);
    expect(rows).toEqual([row]);
    expect([said, asked]).toEqual([[], []]);
  });

  it('is looked for where it is found by nothing', async () => {
    await look({ mapping: { matchFields: [] } });
    expect(said).toHaveLength(1);
  });
});

describe('a customer that has a record of its own again', () => {
  const own: OrgRow = { Id: '003000000000009AAA', Woo_Key__c: 'main:3' };
  const LINKS = [
    { object: OBJECT, key: 'main:3', recordId: own['Id'], byId: false, parentKey: null },
  ];

  it('is linked to it and looked at anew', async () => {
    const { rows } = await look({ own });
    expect([rows, said]).toEqual([[], []]);
    expect([relinked, stale]).toEqual([[LINKS], [LINKS]]);
  });

  it('is linked where nobody looks anew', async () => {
    await look({ own, run: { onStaleRead: undefined } as unknown as Partial<Run> });
    expect(relinked).toEqual([LINKS]);
  });

  it('is not linked by a dry run', async () => {
    const { rows } = await look({ own, run: { dry: true } });
    expect([rows, relinked, stale]).toEqual([[], [], []]);
  });
});
