import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Row } from '../../../lib/database.ts';
import { HttpOrg, nodes, read, refused } from './graphql-org.ts';
import { statement } from '../statement.ts';

const count = 5000;
let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start();
  const { data } = org.org;
  const object = data.object('Woo_Order__c');
  if (!object) throw new Error('no Woo_Order__c');
  data.db.transaction(() => {
    for (let n = 0; n < count; n++) {
      const values = { Id: data.nextId(object), IsDeleted: 0, Name: String(n).padStart(4, '0') };
      data.insert(object, new Map(Object.entries({ ...values, Total__c: n % 7 })));
    }
  });
});
afterAll(() => org.close());

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const whole = 'edges { cursor node { Name { value } } } totalCount';
const info = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function page(args: string): Promise<Page> {
  const { Woo_Order__c } = await read(org, `Woo_Order__c${args} { ${whole} ${info} }`);
  return Woo_Order__c as Page;
}

const namesOf = (one: Page): readonly unknown[] => nodes(one).map(({ Name }) => Name);

statement(
  'A connection gives 10 records, or 1 to 2,000 as `first` asks, after the cursor `after`; another cursor is refused, and so is a page beyond the first 4,000 records.',
  async () => {
    const usual = await page('');
    expect([usual.edges.length, usual.totalCount]).toEqual([10, count]);
    expect(usual.edges[0]?.cursor).toBe('djE6MA==');
    const by = 'orderBy: { Total__c: { order: DESC }, Name: {} }';
    const one = await page(`(first: 3, ${by})`);
    expect([one.pageInfo.hasNextPage, one.pageInfo.hasPreviousPage]).toEqual([true, false]);
    const two = await page(`(first: 3, after: "${one.pageInfo.endCursor ?? ''}", ${by})`);
    expect(two.pageInfo.hasPreviousPage).toBe(true);
    const both = await page(`(first: 6, ${by})`);
    expect([...namesOf(one), ...namesOf(two)]).toEqual(namesOf(both));
    expect(two.pageInfo.startCursor).toBe(both.edges[3]?.cursor);
    const none = await page('(where: { Name: { eq: "x" } })');
    expect(none).toEqual({
      edges: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    const last = await page('(first: 10, where: { Name: { lt: "0010" } })');
    expect([last.edges.length, last.pageInfo.hasNextPage]).toEqual([10, false]);
    for (const first of [0, -1, 2001]) {
      expect(await refused(org, `Woo_Order__c(first: ${first}) { totalCount }`)).toEqual([
        `DataFetchingException The argument first must be between 1 and 2000, and not ${first}.`,
      ]);
    }
    expect(await refused(org, 'Woo_Order__c(after: "x") { totalCount }')).toEqual([
      "DataFetchingException The cursor 'x' of after is not one that this API gave: take endCursor of a page.",
    ]);
    const cursorOf = (row: number): string => Buffer.from(`v1:${row}`).toString('base64');
    const edge = await page(`(first: 50, after: "${cursorOf(3989)}")`);
    expect([edge.edges.length, edge.pageInfo.hasNextPage]).toEqual([10, true]);
    const beyond = `Woo_Order__c(first: 50, after: "${edge.pageInfo.endCursor ?? ''}") { totalCount }`;
    expect(await refused(org, beyond)).toEqual([
      'DataFetchingException Paging without the argument upperBound ends after 4000 records.',
    ]);
  },
);

statement(
  'With `upperBound`, `first` is 200 to 2,000, and paging goes on to that many records.',
  async () => {
    const sizes: number[] = [];
    let after = '';
    for (let more = true; more;) {
      const one: Page = await page(`(first: 2000, upperBound: 4500${after})`);
      sizes.push(one.edges.length);
      more = one.pageInfo.hasNextPage;
      after = `, after: "${one.pageInfo.endCursor ?? ''}"`;
    }
    expect(sizes).toEqual([2000, 2000, 500]);
    expect(await refused(org, 'Woo_Order__c(first: 199, upperBound: 500) { totalCount }')).toEqual([
      'DataFetchingException The argument first must be between 200 and 2000 together with upperBound, and not 199.',
    ]);
  },
);

statement(
  'A page of 5,000 records costs the statements of a page of 50, and reads no row that it does not show but one.',
  async () => {
    const { db } = org.org.data;
    const rows: Row[][] = [];
    const original = db.all.bind(db);
    const all = vi.spyOn(db, 'all').mockImplementation((sql, ...values) => {
      const found = original(sql, ...values);
      if (sql.includes('Woo_Order__c')) rows.push(found);
      return found;
    });
    const get = vi.spyOn(db, 'get');
    try {
      const inner = `Woo_Order__c(first: 50, orderBy: { Total__c: { order: DESC } }) { ${whole} ${info} }`;
      await read(org, inner);
      const counted = get.mock.calls.filter(([sql]) => sql.includes('count(*)'));
      expect([rows.map((one) => one.length), counted.length]).toEqual([[51], 1]);
      rows.length = 0;
      await read(org, 'Woo_Order__c { totalCount }');
      expect(rows).toEqual([]);
    } finally {
      all.mockRestore();
      get.mockRestore();
    }
  },
);
