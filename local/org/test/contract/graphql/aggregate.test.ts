import { afterAll, beforeAll, expect } from 'vitest';
import { HttpOrg, refusals, send } from './graphql-org.ts';
import { statement } from '../statement.ts';

let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start();
  const contact = await org.create('Contact', { LastName: 'Lovelace' });
  const orders = [
    { Name: 'A', Status__c: 'completed', Total__c: 10.1, Store__c: 'eu', Contact__c: contact },
    { Name: 'B', Status__c: 'completed', Total__c: 20.2, Store__c: 'us', Contact__c: contact },
    { Name: 'C', Status__c: 'pending', Total__c: 1200, Store__c: 'eu' },
    { Name: 'D', Status__c: 'refunded', Store__c: null },
  ];
  const days = ['2026-02-10', '2026-02-11', '2026-03-01', null];
  for (const [at, one] of orders.entries()) {
    const day = days[at] ?? null;
    const times = { Day__c: day, Created_In_Woo__c: day === null ? null : `${day}T08:00:00Z` };
    await org.create('Woo_Order__c', { ...one, ...times });
  }
});
afterAll(() => org.close());

interface Groups {
  readonly edges: readonly { readonly node: { readonly aggregate: unknown } }[];
  readonly totalCount?: number;
}

async function connection(args: string, fields: string, more = ''): Promise<Groups> {
  const inner = `Woo_Order__c${args} { edges { node { aggregate { ${fields} } } } ${more} }`;
  const { data, errors } = await send(org, `{ uiapi { aggregate { ${inner} } } }`);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return (data as { uiapi: { aggregate: { Woo_Order__c: Groups } } }).uiapi.aggregate.Woo_Order__c;
}

const groups = async (args: string, fields: string): Promise<readonly unknown[]> =>
  (await connection(args, fields)).edges.map(({ node }) => node.aggregate);

const refused = (args: string, fields: string): Promise<readonly string[]> =>
  refusals(
    org,
    `{ uiapi { aggregate { Woo_Order__c${args} { edges { node { aggregate { ${fields} } } } } } } }`,
  );

statement(
  '`aggregate` gives groups of records with `count`, `countDistinct`, `min`, `max`, `sum` and `avg` where the type of the field has them; `groupBy` takes fields and parts of dates, and what is neither grouped nor computed is refused.',
  async () => {
    const byStatus = '(groupBy: { Status__c: { group: true } })';
    const all =
      'Status__c { value label } Id { count { value } } Total__c { sum { value displayValue } avg { value } min { value } max { value } } Created_In_Woo__c { max { value displayValue } }';
    expect(await groups(byStatus, all)).toEqual([
      {
        Status__c: { value: 'pending', label: 'pending' },
        Id: { count: { value: 1 } },
        Total__c: {
          sum: { value: 1200, displayValue: '1,200' },
          avg: { value: 1200 },
          min: { value: 1200 },
          max: { value: 1200 },
        },
        Created_In_Woo__c: {
          max: { value: '2026-03-01T08:00:00.000Z', displayValue: '3/1/2026, 8:00 AM' },
        },
      },
      {
        Status__c: { value: 'completed', label: 'completed' },
        Id: { count: { value: 2 } },
        Total__c: {
          sum: { value: 30.3, displayValue: '30.3' },
          avg: { value: expect.closeTo(15.15) as number },
          min: { value: 10.1 },
          max: { value: 20.2 },
        },
        Created_In_Woo__c: {
          max: { value: '2026-02-11T08:00:00.000Z', displayValue: '2/11/2026, 8:00 AM' },
        },
      },
      {
        Status__c: { value: 'refunded', label: 'refunded' },
        Id: { count: { value: 1 } },
        Total__c: {
          sum: { value: null, displayValue: null },
          avg: { value: null },
          min: { value: null },
          max: { value: null },
        },
        Created_In_Woo__c: { max: { value: null, displayValue: null } },
      },
    ]);
    expect(await groups('', 'Store__c { count { value } countDistinct { value } }')).toEqual([
      { Store__c: { count: { value: 3 }, countDistinct: { value: 2 } } },
    ]);
    const where =
      '(where: { Total__c: { lt: 100 } }, groupBy: { Contact__r: { LastName: { group: true } } })';
    expect(
      await groups(where, 'Contact__r { LastName { value } } a: Total__c { sum { value } }'),
    ).toEqual([{ Contact__r: { LastName: { value: 'Lovelace' } }, a: { sum: { value: 30.3 } } }]);
    const byMonth =
      '(where: { Day__c: { ne: null } }, groupBy: { Day__c: { function: CALENDAR_MONTH }, Created_In_Woo__c: { function: CALENDAR_YEAR } })';
    expect(
      await groups(
        byMonth,
        'Day__c { calendarMonth { value } } Created_In_Woo__c { calendarYear { value } }',
      ),
    ).toEqual([
      {
        Day__c: { calendarMonth: { value: 2 } },
        Created_In_Woo__c: { calendarYear: { value: 2026 } },
      },
      {
        Day__c: { calendarMonth: { value: 3 } },
        Created_In_Woo__c: { calendarYear: { value: 2026 } },
      },
    ]);
    expect(await refused(byStatus, 'Name { value }')).toEqual([
      'DataFetchingException Field must be grouped or aggregated: Name',
    ]);
    const unsaid =
      '(groupBy: { Name: { group: false }, Store__c: {}, Status__c: { group: true } })';
    expect(await refused(unsaid, 'Store__c { value }')).toHaveLength(1);
    for (const fields of ['Name { sum { value } }', 'Customer_Note__c { count { value } }']) {
      expect((await refused('', fields))[0]).toContain('FieldUndefined');
    }
    expect(
      (await refused('(groupBy: { CreatedDate: { group: true } })', 'Id { count { value } }'))[0],
    ).toContain('WrongType');
  },
);

statement(
  '`orderBy` of groups goes by what they are grouped by and by functions; groups have pages and, where there is a `groupBy`, a `totalCount`.',
  async () => {
    const by = (orderBy: string, more = ''): string =>
      `(groupBy: { Status__c: { group: true } }, orderBy: ${orderBy}${more})`;
    const order = async (args: string): Promise<string> =>
      (await groups(args, 'Status__c { value }'))
        .map((one) => (one as { Status__c: { value: string } }).Status__c.value[0])
        .join('');
    expect(await order(by('{ Status__c: { order: DESC } }'))).toBe('rcp');
    expect(await order(by('{ Total__c: { function: SUM, order: DESC, nulls: LAST } }'))).toBe(
      'pcr',
    );
    expect(await order(by('{ Id: { function: COUNT } }'))).toBe('prc');
    expect(await order(by('{ Id: { function: COUNT } }', ', first: 2'))).toBe('pr');
    const second = Buffer.from('v1:1').toString('base64');
    expect(await order(by('{ Id: { function: COUNT } }', `, after: "${second}"`))).toBe('c');
    const page = await connection(
      by('{ Status__c: {} }', ', first: 2'),
      'Status__c { value }',
      'totalCount pageInfo { hasNextPage }',
    );
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect((await refused('(orderBy: { Name: {} })', 'Id { count { value } }'))[0]).toContain(
      'Field must be grouped or aggregated: Name',
    );
    const total = '{ uiapi { aggregate { Woo_Order__c { totalCount } } } }';
    expect((await refusals(org, total))[0]).toContain('NOT_EMULATED');
  },
);
