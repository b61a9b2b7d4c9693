import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file } from '../../metadata/test/packages.ts';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { canBeGranted } from '../../model/field-security.ts';
import { statement } from './statement.ts';

interface Fact {
  readonly aggregates: readonly { readonly value: number }[];
  readonly rows?: readonly { readonly dataCells: readonly { readonly value: unknown }[] }[];
}
interface Group {
  readonly key: string;
  readonly value: string | null;
  readonly label: string;
  readonly groupings: readonly Group[];
}
interface Ran {
  readonly allData: boolean;
  readonly factMap: Readonly<Record<string, Fact>>;
  readonly groupingsDown: { readonly groupings: readonly Group[] };
  readonly reportMetadata: Readonly<Record<string, unknown>>;
  readonly reportExtendedMetadata: { readonly aggregateColumnInfo: object };
}

/** Reports that do what this org does not run. */
const odd = (more: string, columns = '<columns><field>CUST_NAME</field></columns>') =>
  file(
    'Report',
    `${columns}${more}<format>Summary</format><groupingsDown><dateGranularity>Day</dateGranularity><field>Woo_Order__c.Status__c</field><sortOrder>Asc</sortOrder></groupingsDown><name>R</name><reportType>CustomEntity$Woo_Order__c</reportType>`,
  );
const criteria = (column: string, operator: string, value: string, logic = '') =>
  `<filter>${logic}<criteriaItems><column>${column}</column><operator>${operator}</operator><value>${value}</value></criteriaItems></filter>`;
const ODD = {
  Logic: odd(criteria('Woo_Order__c.Status__c', 'equals', 'a', '<booleanFilter>1</booleanFilter>')),
  Dated: odd(criteria('Woo_Order__c.Created_In_Woo__c', 'equals', 'TODAY')),
  Owned: odd('<scope>user</scope>'),
  Maximum: odd(
    '',
    '<columns><aggregateTypes>Maximum</aggregateTypes><field>Woo_Order__c.Total__c</field></columns>',
  ),
  Interval: odd(
    '<timeFrameFilter><dateColumn>Woo_Order__c.Created_In_Woo__c</dateColumn><interval>INTERVAL_CURY</interval></timeFrameFilter>',
  ),
  Matrix: odd(
    '<groupingsAcross><dateGranularity>Day</dateGranularity><field>Woo_Order__c.Currency_Code__c</field><sortOrder>Asc</sortOrder></groupingsAcross>',
  ).replace('Summary', 'Matrix'),
};

let at: RightsOrg;
let admin: User;

const NOW = Date.parse('2026-03-06T12:00:00Z');
const DAY_MS = 86_400_000;
/** Some days ago, at a time of that day in UTC. */
const ago = (days: number, time: string): string =>
  `${new Date(NOW - days * DAY_MS).toISOString().slice(0, 10)}T${time}.000+0000`;

/** Half past eleven at night in New York. */
const LATE = ago(4, '04:30:00');

function fill(): void {
  const order = (name: string, more: Readonly<Record<string, string | number>>) =>
    at.insert('Woo_Order__c', {
      Name: name,
      Status__c: 'completed',
      Currency_Code__c: 'EUR',
      Deleted_In_Woo__c: 0,
      Created_In_Woo__c: LATE,
      Total__c: 10.1,
      Refunded_Total__c: 0,
      ...more,
    });
  const first = order('1', { Total__c: 10.1 });
  order('2', { Total__c: 20.2, Refunded_Total__c: 5 });
  order('3', { Currency_Code__c: 'USD', Total__c: 7 });
  order('4', { Currency_Code__c: 'JPY', Total__c: 3000, Created_In_Woo__c: ago(9, '15:00:00') });
  order('5', { Status__c: 'cancelled', Total__c: 99 });
  order('6', { Created_In_Woo__c: ago(60, '10:00:00'), Total__c: 500 });
  order('7', { Deleted_In_Woo__c: 1, Total__c: 77 });
  order('8', { Total__c: -1.5, Created_In_Woo__c: ago(4, '16:00:00') });
  order('9', { Total__c: 0, Status__c: 'processing', Created_In_Woo__c: ago(4, '14:59:59') });
  const item = (name: string, total: number, more = {}) =>
    at.insert('Woo_Order_Item__c', {
      Name: name,
      Order__c: first,
      Type__c: 'product',
      Item_Name__c: 'Tea',
      Quantity__c: 2,
      Total__c: total,
      ...more,
    });
  order('10', { Status__c: 'on-hold', Total__c: 98 });
  // What the store says of a status counts before what WooCommerce takes for paid.
  order('11', {
    Status__c: 'shipped',
    Counts_As_Sale__c: 'true',
    Total__c: 4,
    Refunded_Total__c: 1,
  });
  order('12', { Status__c: 'processing', Counts_As_Sale__c: 'false', Total__c: 97 });
  const contact = (name: string, first?: string) =>
    at.insert('Contact', { LastName: name, ...(first && { Woo_First_Order__c: first }) });
  const pounds = { Currency_Code__c: 'GBP', Total__c: 3 };
  order('13', { ...pounds, Contact__c: contact('New', LATE) });
  const old = contact('Old', ago(90, '10:00:00'));
  order('14', { ...pounds, Contact__c: old, Refunded_Total__c: 1 });
  order('15', { ...pounds, Contact__c: old });
  order('16', { ...pounds, Contact__c: contact('Guest', ago(1, '10:00:00')) });
  order('17', { ...pounds, Contact__c: contact('Nobody knows') });
  order('18', { ...pounds, Contact__c: old, Status__c: 'failed' });
  item('a', 4.2);
  item('b', 3.1, { Item_Name__c: 'Mug' });
  item('c', 1.1, { Quantity__c: 1 });
  item('d', 5, { Type__c: 'shipping' });
  at.insert('Woo_Refund__c', {
    Name: 'r',
    Order__c: first,
    Amount__c: 2.5,
    Refunded_At__c: LATE,
    Reason__c: 'broken',
  });
}

beforeAll(async () => {
  at = await RightsOrg.start({ now: () => new Date(NOW) }, (org) => {
    const own =
      /^(objects\/Woo_(Order|Order_Item|Refund)__c|objects\/Contact\/fields\/Woo_First_Order|reports|dashboards)/;
    const source = Object.entries(projectSource()).filter(
      ([path]) => own.test(path) && !path.includes('Open_Issues'),
    );
    // Pages and flows are not what this is about.
    const alone = source.map(([path, text]): [string, string] => [
      path,
      text.replaceAll(/\s*<actionOverrides>.*?<\/actionOverrides>/gs, ''),
    ]);
    const oddOnes = Object.entries(ODD).map(([name, text]): [string, string] => [
      `reports/Woo_Sales/${name}.report`,
      text,
    ]);
    const files = { ...packageOf(Object.fromEntries(alone)), ...Object.fromEntries(oddOnes) };
    expect(failuresOf(deployFiles(org, files))).toEqual([]);
  });
  ({ admin } = at);
  const read = ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c'].flatMap((name) => {
    const object = at.org.data.object(name);
    const fields = object?.fields.filter((one) => one.custom && canBeGranted(object, one)) ?? [];
    return fields.map((one) => `${name}.${one.name}`);
  });
  admin.grant({ read: [...read, 'Contact.Woo_First_Order__c'] });
  fill();
});
afterAll(() => at.close());

async function idOf(name: string, user = admin): Promise<string> {
  const { body } = await user.rest('GET', '/analytics/reports');
  const found = (body as { id: string; name: string }[]).find((one) => one.name === name);
  return found?.id ?? 'none';
}

async function ran(name: string, query = ''): Promise<Ran> {
  const { status, body } = await admin.rest(
    'GET',
    `/analytics/reports/${await idOf(name)}${query}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Ran;
}

/** The numbers of the innermost groups, by the values that lead to them. */
function numbersOf({ groupingsDown, factMap }: Ran): Record<string, readonly number[]> {
  const leaves = (
    groups: readonly Group[],
    path: readonly string[],
  ): [string, readonly number[]][] =>
    groups.flatMap(({ key, value, groupings }) => {
      const names = [...path, value ?? '-'];
      if (groupings.length > 0) return leaves(groupings, names);
      return [[names.join(' '), (factMap[`${key}!T`]?.aggregates ?? []).map((one) => one.value)]];
    });
  return Object.fromEntries(leaves(groupingsDown.groupings, []));
}

const watchFrom = (zone: string) => {
  at.org.data.db.run('UPDATE User SET TimeZoneSidKey = ? WHERE Id = ?', zone, admin.id);
};

/** What SOQL says of the orders between two instants, in euro and cents. */
async function soqlSums(soql: string): Promise<readonly number[]> {
  const { body } = await admin.query(soql);
  const [row] = (body as { records: readonly Record<string, number>[] }).records;
  return Object.values(row ?? {}).slice(1);
}

/** Written by hand: what docs/reports.md calls a sale. */
const SOLD = `Deleted_In_Woo__c = FALSE AND (Counts_As_Sale__c = 'true' OR (Counts_As_Sale__c = null AND Status__c IN ('processing', 'completed')))`;
const dayOf = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString().slice(0, 10);

describe('reports of the project', () => {
  it.each([
    ['Asia/Tokyo', 9],
    ['America/New_York', -5],
    ['GMT', 0],
  ])('have the sums of each day in %s that SOQL has of its hours', async (zone, hours) => {
    watchFrom(zone);
    const numbers = numbersOf(await ran('Daily Sales'));
    const day = dayOf(LATE, hours);
    const start = new Date(Date.parse(`${day}T00:00:00Z`) - hours * 3_600_000);
    const end = new Date(start.getTime() + DAY_MS);
    const asked = await soqlSums(
      `SELECT SUM(Total__c), SUM(Refunded_Total__c), COUNT(Id) FROM Woo_Order__c WHERE Currency_Code__c = 'EUR' AND ${SOLD} AND Created_In_Woo__c >= ${start.toISOString()} AND Created_In_Woo__c < ${end.toISOString()}`,
    );
    const [total = 0, refunded = 0, count] = asked;
    expect([total > 20, refunded]).toEqual([true, 6]);
    const [ofTotal, ofRefunds, sales = 0, orders] = numbers[`EUR ${day}`] ?? [];
    expect([ofTotal, ofRefunds, orders]).toEqual([total, refunded, count]);
    expect(sales).toBeCloseTo(total - refunded, 10);
    expect(numbers[`USD ${day}`]).toEqual([7, 0, 7, 1]);
    // Neither what is older than 30 days, nor what is on hold, was cancelled or deleted.
    for (const no of [500, 97, 98, 99]) expect(Object.values(numbers).flat()).not.toContain(no);
    expect(Object.keys(numbers).filter((name) => name.startsWith('JPY'))).toEqual([
      `JPY ${dayOf(ago(9, '15:00:00'), hours)}`,
    ]);
  });

  it('put an order of half past eleven at night into the day that the viewer has then', async () => {
    watchFrom('Asia/Tokyo');
    const tokyo = Object.keys(numbersOf(await ran('Daily Refunds')));
    watchFrom('America/New_York');
    const newYork = Object.keys(numbersOf(await ran('Daily Refunds')));
    expect([tokyo, newYork]).toEqual([['EUR 2026-03-02'], ['EUR 2026-03-01']]);
  });

  it('sum products, statuses and refunds as SOQL does', async () => {
    watchFrom('GMT');
    const products = numbersOf(await ran('Product Sales'));
    for (const name of ['Tea', 'Mug']) {
      expect(products[`EUR ${name}`]).toEqual(
        await soqlSums(
          `SELECT SUM(Quantity__c), SUM(Total__c), COUNT(Id) FROM Woo_Order_Item__c WHERE Type__c = 'product' AND Item_Name__c = '${name}'`,
        ),
      );
    }
    const statuses = numbersOf(await ran('Orders by Status'));
    for (const status of ['completed', 'cancelled', 'processing']) {
      expect(statuses[`EUR ${status}`]).toEqual(
        await soqlSums(
          `SELECT SUM(Total__c), COUNT(Id) FROM Woo_Order__c WHERE Currency_Code__c = 'EUR' AND Status__c = '${status}' AND Deleted_In_Woo__c = FALSE AND Created_In_Woo__c = LAST_N_DAYS:30`,
        ),
      );
    }
    expect(Object.values(numbersOf(await ran('Daily Refunds')))).toEqual([
      await soqlSums('SELECT SUM(Amount__c), COUNT(Id) FROM Woo_Refund__c'),
    ]);
  });

  it('count by the one definition wherever they say sales', () => {
    const sales = at.org.data
      .components()
      .filter(
        ({ type, fullName }) => type === 'Report' && /\/Woo_.*(Sales|Returning)/.test(fullName),
      )
      .map(({ fullName, body }) => {
        const { criteriaItems = [] } =
          (body as { filter?: { criteriaItems: Record<string, string>[] } }).filter ?? {};
        const items = criteriaItems.map(
          ({ column, operator, value }) => `${column} ${operator} ${value}`,
        );
        return [fullName, items.includes('Woo_Order__c.Is_Sale__c equals 1')];
      });
    expect(sales.sort()).toEqual([
      ['Woo_Reports/Woo_Sales_by_Day', true],
      ['Woo_Reports/Woo_Sales_by_Product', true],
      ['Woo_Sales/Woo_Daily_Sales', true],
      ['Woo_Sales/Woo_New_and_Returning', true],
      ['Woo_Sales/Woo_Product_Sales', true],
    ]);
  });

  it('tell first orders of customers from later ones, as SOQL of their contacts does', async () => {
    watchFrom('GMT');
    const numbers = numbersOf(await ran('New and Returning Customers'));
    const asked = async (more: string): Promise<readonly number[]> => {
      const [total = 0, refunded = 0, count = 0] = await soqlSums(
        `SELECT SUM(Total__c), SUM(Refunded_Total__c), COUNT(Id) FROM Woo_Order__c WHERE Currency_Code__c = 'GBP' AND ${SOLD} AND ${more}`,
      );
      return [total - refunded, count];
    };
    const first = `Contact__r.Woo_First_Order__c`;
    expect(numbers['GBP New']).toEqual(await asked(`${first} = ${new Date(LATE).toISOString()}`));
    expect(numbers['GBP Returning']).toEqual(
      await asked(`${first} < ${new Date(LATE).toISOString()}`),
    );
    expect(numbers['GBP Returning']).toEqual([5, 2]);
    expect(numbers['GBP Guest, not verified']).toEqual([3, 1]);
    expect(numbers['GBP Not counted']).toEqual([3, 1]);
    expect(numbers['USD No contact']).toEqual([7, 1]);
  });

  it('are of one currency in each group, and have no total of several', () => {
    const own = at.org.data
      .components()
      .filter(({ type, fullName }) => type === 'Report' && /^Woo_Sales\/Woo_/.test(fullName))
      .map(({ body }) => body as { groupingsDown: { field: string }[]; showGrandTotal: boolean });
    expect(own).toHaveLength(5);
    expect(own.map(({ groupingsDown }) => groupingsDown[0]?.field)).toEqual(
      own.map(() => 'Woo_Order__c.Currency_Code__c'),
    );
    expect(own.map(({ showGrandTotal }) => showGrandTotal)).toEqual(own.map(() => false));
  });
});

statement(
  '`GET /analytics/reports/{id}` runs a report from its metadata as the viewer may see the records: filters, the standard date filter, groupings down and sums, by days of the viewer’s time zone; `includeDetails=true` brings the rows. The answer has factMap, groupingsDown, reportMetadata and reportExtendedMetadata as the Reports API documents them; `GET /analytics/reports` lists those that the user may see.',
  async () => {
    watchFrom('GMT');
    const report = await ran('Daily Refunds', '?includeDetails=true');
    expect(report).toMatchObject({
      allData: true,
      hasDetailRows: true,
      attributes: { type: 'Report', reportName: 'Daily Refunds' },
      reportMetadata: {
        aggregates: ['s!Woo_Refund__c.Amount__c', 'RowCount'],
        detailColumns: ['CHILD_NAME', 'Woo_Refund__c.Reason__c', 'Woo_Refund__c.Amount__c'],
        developerName: 'Woo_Daily_Refunds',
        reportFormat: 'SUMMARY',
        reportFilters: [{ column: 'Woo_Order__c.Deleted_In_Woo__c', operator: 'equals' }],
        groupingsDown: [
          { name: 'Woo_Order__c.Currency_Code__c', sortOrder: 'Asc' },
          { name: 'Woo_Refund__c.Refunded_At__c', dateGranularity: 'Day' },
        ],
      },
    });
    expect(Object.keys(report.factMap).sort()).toEqual(['0!T', '0_0!T', 'T!T']);
    expect(report.factMap['0_0!T']?.rows?.map(({ dataCells }) => dataCells[2]?.value)).toEqual([
      2.5,
    ]);
    expect(report.factMap['T!T']?.rows).toEqual([]);
    expect((await ran('Daily Refunds')).factMap['0_0!T']).not.toHaveProperty('rows');
  },
);

statement(
  'What a report holds beside that is refused with 501 and its name: logic of filters, filters of dates, other scopes, summaries and intervals, matrix reports.',
  async () => {
    const list = (await admin.rest('GET', '/analytics/reports')).body as {
      id: string;
      name: string;
    }[];
    const odds = list.filter(({ name }) => name === 'R');
    const said = await Promise.all(
      odds.map(({ id }) => admin.rest('GET', `/analytics/reports/${id}`)),
    );
    expect(said.map(outcome)).toEqual(Object.keys(ODD).map(() => '501 NOT_EMULATED'));
  },
);

statement(
  'A user without _Modify All Data_ sees the reports of folders that are shared with all, and of fields and objects that the user may not read no report is run.',
  async () => {
    const stranger = at.person('stranger@example.com', 'Standard User');
    expect(await idOf('Daily Sales', stranger)).toBe('none');
    const answer = await stranger.rest('GET', `/analytics/reports/${await idOf('Daily Sales')}`);
    expect(outcome(answer)).toBe('404 NOT_FOUND');
    const shared = await idOf('Sales by Day', stranger);
    expect(shared).not.toBe('none');
    expect(outcome(await stranger.rest('GET', `/analytics/reports/${shared}`))).toBe(
      '403 INSUFFICIENT_ACCESS',
    );
  },
);

interface Dashboard {
  readonly componentData: readonly {
    readonly componentId: string;
    readonly reportResult: Ran | null;
    readonly status: Readonly<Record<string, unknown>>;
  }[];
  readonly dashboardMetadata: Readonly<Record<string, unknown>> & {
    readonly components: readonly Readonly<Record<string, unknown>>[];
  };
}

async function shownDashboard(query = ''): Promise<Dashboard> {
  const { body } = await admin.rest('GET', '/analytics/dashboards');
  const [found] = body as { id: string; name: string }[];
  expect(found?.name).toBe('WooCommerce Sales');
  const answer = await admin.rest('GET', `/analytics/dashboards/${found?.id}${query}`);
  if (answer.status !== 200) throw new Error(outcome(answer));
  return answer.body as Dashboard;
}

statement(
  '`GET /analytics/dashboards/{id}` answers the results of the reports of its components, their status, and the metadata of the dashboard in the form of the Dashboards API, as its running user sees them, whoever asks; here that is the first administrator, who stands for whoever deployed it. Results are always of now.',
  async () => {
    watchFrom('Asia/Tokyo');
    const { componentData, dashboardMetadata } = await shownDashboard();
    expect(dashboardMetadata).toMatchObject({
      canChangeRunningUser: false,
      developerName: 'Woo_Sales',
      name: 'WooCommerce Sales',
      filters: [],
      runningUser: { id: admin.id },
      layout: { gridLayout: true, numColumns: 12 },
    });
    const names = dashboardMetadata.components.map(({ header }) => header);
    expect(names).toContain('Sales by day and currency');
    expect(dashboardMetadata.components[0]).toMatchObject({
      componentData: 0,
      id: componentData[0]?.componentId,
      type: 'Report',
      reportId: await idOf('Daily Sales'),
      properties: { aggregates: [{ name: 's!Woo_Order__c.Sales__c' }] },
    });
    const states = componentData.map(({ status }) => [
      status['dataStatus'],
      status['refreshStatus'],
    ]);
    expect(states).toEqual(names.map(() => ['DATA', 'IDLE']));
    // Numbers are those of SOQL that was written by hand, on a day of the running user.
    const result = componentData[0]?.reportResult;
    const day = dayOf(LATE, 9);
    const start = new Date(Date.parse(`${day}T00:00:00Z`) - 9 * 3_600_000).toISOString();
    const end = new Date(Date.parse(start) + DAY_MS).toISOString();
    const [total = 0, refunded = 0] = await soqlSums(
      `SELECT SUM(Total__c), SUM(Refunded_Total__c) FROM Woo_Order__c WHERE Currency_Code__c = 'EUR' AND ${SOLD} AND Created_In_Woo__c >= ${start} AND Created_In_Woo__c < ${end}`,
    );
    expect(result && numbersOf(result)[`EUR ${day}`]?.[2]).toBeCloseTo(total - refunded, 10);
    const stored = componentData.map(({ reportResult }) => reportResult?.reportMetadata['name']);
    expect(stored).toEqual([
      'Daily Sales',
      'Product Sales',
      'Orders by Status',
      'Daily Refunds',
      'New and Returning Customers',
    ]);
  },
);

statement(
  'A dashboard in a folder that the user does not see is not found; its filters and another running user are refused with 501.',
  async () => {
    const other = at.person('no-dashboards@example.com', 'Standard User');
    expect((await other.rest('GET', '/analytics/dashboards')).body).toEqual([]);
    const { body } = await admin.rest('GET', '/analytics/dashboards');
    const [found] = body as { id: string }[];
    expect(outcome(await other.rest('GET', `/analytics/dashboards/${found?.id}`))).toBe(
      '404 NOT_FOUND',
    );
    await expect(shownDashboard(`?runningUser=${admin.id}`)).rejects.toThrow('501 NOT_EMULATED');
  },
);
