import { beforeEach, expect, it } from 'vitest';
import type { Collection, ItemError, OrgRow } from '../../../src/ports/org.ts';
import type { HeldTotals } from '../../../src/ports/totals/totals-state.ts';
import { learnForeignTotals, totalsSources } from '../../../src/sync/totals/learn-totals.ts';
import { MemoryState } from '../../support/memory-state.ts';

const NIGHT = new Date('2026-11-28T02:00:00Z');
const later = (hours: number) => new Date(NIGHT.getTime() + hours * 3_600_000);

let asked: string[];
let written: Collection[];
let held: HeldTotals[];
let errors: readonly ItemError[];
/** What the org answers, by object, page by page. */
let pages: Record<string, (readonly OrgRow[])[]>;
let state: MemoryState;

beforeEach(() => {
  [asked, written, held, errors, pages] = [[], [], [], [], {}];
  state = new MemoryState();
  state.totals.settle = (some) => Promise.resolve(void held.push(...some));
});

const parts = () => ({
  state,
  objects: ['Contact'],
  org: {
    queries: (soql: readonly string[]) => {
      asked.push(...soql);
      const objectOf = (one: string) => / FROM (\w+) /.exec(one)?.[1] ?? '';
      return Promise.resolve(soql.map((one) => pages[objectOf(one)]?.shift() ?? []));
    },
    write: (collections: readonly Collection[]) => {
      written.push(...collections);
      const results = collections.map((one) =>
        one.kind === 'delete' ? one.ids.map((id) => ({ id, created: false, errors })) : [],
      );
      return Promise.resolve(results);
    },
    userId: () => Promise.resolve('005000000000001AAA'),
  } as unknown as Parameters<typeof learnForeignTotals>[0]['org'],
});
const night = (now = NIGHT) => learnForeignTotals({ ...parts(), now });
const child = (id: string, key: string, contact: string): OrgRow => ({
  Id: id,
  Woo_Key__c: key,
  Contact__c: contact,
  Orders__c: 1,
});

it('asks for what others have changed since the last night, with an overlap, and once for all stores', async () => {
  await night();
  expect(asked).toHaveLength(2);
  for (const soql of asked) {
    expect(soql).toContain('SystemModstamp > 2026-11-28T01:50:00.000Z');
    expect(soql).toContain("LastModifiedById != '005000000000001AAA'");
  }
  await night(later(5));
  expect(asked).toHaveLength(2);
  await night(later(24));
  expect(asked.at(-1)).toContain('SystemModstamp > 2026-11-28T01:50:00.000Z');
  await night(later(48));
  expect(asked.at(-1)).toContain('SystemModstamp > 2026-11-29T01:50:00.000Z');
});

it('goes on behind a full page', async () => {
  const page = Array.from({ length: 2000 }, (_, at) => ({ Id: `003${at}`, Woo_Orders__c: 1 }));
  pages = { Contact: [page, [{ Id: '004', Woo_Orders__c: 2 }]] };
  await night();
  expect(asked).toHaveLength(3);
  expect(asked.at(-1)).toContain("Id > '0031999'");
  expect(held).toHaveLength(2001);
});

it('deletes what a merge has left over, and looks at it again where the org did not', async () => {
  const rows = [child('a01', '003A:USD', '003A'), child('a02', '003B:USD', '003A')];
  await night();
  pages = { Woo_Contact_Currency__c: [rows, rows] };
  const message = 'unable to obtain exclusive access';
  errors = [{ code: 'UNABLE_TO_LOCK_ROW', kind: 'retry', message, fields: [] }];
  await night(later(24));
  expect(held).toMatchObject([{ recordId: '003A', currency: 'USD', childId: 'a01' }]);
  const deletion = { kind: 'delete', object: 'Woo_Contact_Currency__c', ids: ['a02'] };
  expect(written).toEqual([deletion]);
  errors = [];
  await night(later(48));
  expect(asked.at(-1)).toContain('SystemModstamp > 2026-11-28T01:50:00.000Z');
  expect(written).toEqual([deletion, deletion]);
  await night(later(72));
  expect(asked.at(-1)).toContain('SystemModstamp > 2026-11-30T01:50:00.000Z');
});

it('deletes so many at once as a collection takes', async () => {
  const rows = Array.from({ length: 201 }, (_, at) => child(`a${at}`, '003B:USD', '003A'));
  pages = { Woo_Contact_Currency__c: [rows] };
  await night();
  expect(written.map((one) => (one.kind === 'delete' ? one.ids.length : 0))).toEqual([200, 1]);
});

it('asks for all that was counted before where the state is new', () => {
  const questions = totalsSources(parts()).map((source) => source.question(''));
  expect(questions).toEqual([
    expect.stringContaining('WHERE (Woo_Orders__c != null OR Woo_Guest_Orders__c != null) ORDER'),
    expect.stringMatching(/FROM Woo_Contact_Currency__c ORDER BY Id LIMIT 2000$/),
  ]);
});
