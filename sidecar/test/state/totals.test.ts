import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTED } from '../../src/ports/totals/totals-state.ts';
import type { Queries } from '../../src/state/db/types.ts';
import { type DurableState, openState } from '../../src/state/state.ts';
import { DurableTotals } from '../../src/state/totals.ts';
import { type Engine, engines } from './support/engines.ts';

const OBJECTS = ['Account', 'Contact'];
const LINKS = 9_000;
const PAGE = 100;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows of tables that a plan has read. */
function rowsRead(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
  if (plan['Relation Name'] === undefined) return below;
  const { 'Actual Rows': rows = 0, 'Actual Loops': loops = 1 } = plan;
  return below + (rows + (plan['Rows Removed by Filter'] ?? 0)) * loops;
}

/** Totals whose queries say what they read. */
function watched({ database }: DurableState, read: number[]): DurableTotals {
  const watching = (queries: Queries): Queries => ({
    query: async (sql, values) => {
      if (!sql.includes('select')) return queries.query(sql, values);
      const asked = `explain (analyze, timing off, format json) ${sql}`;
      const [row] = await queries.query(asked, values);
      const said = row?.['QUERY PLAN'];
      const plans = (typeof said === 'string' ? JSON.parse(said) : said) as { Plan: Plan }[];
      read.push(...plans.map(({ Plan: plan }) => rowsRead(plan)));
      return queries.query(sql, values);
    },
  });
  return new DurableTotals({
    kind: database.kind,
    urgent: database.urgent,
    close: () => database.close(),
    ...watching(database),
    transaction: (work) => database.transaction((queries) => work(watching(queries))),
  });
}

describe.each(engines)('all customers by pages, on $name', ({ start }) => {
  let engine: Engine;
  let state: DurableState;

  beforeAll(async () => {
    engine = await start();
    state = await openState(engine.location);
    // Every third record is of a customer whom two stores share; other objects have links, too.
    await state.database.query(
      `insert into woosync.link (object, key, record_id, read_at)
       select (array['Account', 'Contact', 'Woo_Order__c'])[1 + n % 3], 'main:' || n,
         'R' || lpad(n::text, 8, '0'), now() from generate_series(1, ${LINKS}) as n`,
    );
    await state.database.query(
      `insert into woosync.link (object, key, record_id, read_at)
       select object, 'outlet:' || split_part(key, ':', 2), record_id, now() from woosync.link
       where object <> 'Woo_Order__c' and split_part(key, ':', 2)::integer % 9 = 0`,
    );
    await state.database.query(
      `insert into woosync.customer_total (record_id, currency, object)
       values ('R00000000', '', 'Contact'), ('R00000001', '', 'Contact'), ('r', '', 'Account'),
         ('R00000004', 'EUR', 'Contact'), ('s', '', 'Lead')`,
    );
    await state.database.query(
      `insert into woosync.customer_total (record_id, currency, object)
       select distinct record_id, '', object from woosync.link where object <> 'Woo_Order__c'
       on conflict do nothing`,
    );
    await state.database.query(
      `insert into woosync.customer_order
         (key, customer, status, counts, currency, total, refunded, read_number)
       select 'main:' || n, 'main:' || (1 + n % ${LINKS}), 'completed', n % 4 > 0, 'EUR', 10, 1, 1
       from generate_series(1, ${2 * LINKS}) as n`,
    );
    await state.database.query(
      `insert into woosync.cursor (store, name, value) values ('main', '${COUNTED}', '{}')`,
    );
  });
  afterAll(async () => {
    await state.close();
    await engine.stop();
  });

  it.each(['without statistics', 'with statistics'])(
    'reads what the page has, and not all, %s',
    async (when) => {
      if (when === 'with statistics')
        await state.database.query('analyze woosync.link, woosync.customer_total');
      const read: number[] = [];
      const totals = watched(state, read);
      for (const after of ['', 'R00004000', 'R00008990']) {
        await totals.recordsAfter(OBJECTS, after, PAGE);
      }
      expect(read).toHaveLength(3);
      for (const rows of read) expect(rows).toBeLessThanOrEqual(6 * PAGE);
    },
  );

  it.each(['without statistics', 'with statistics'])(
    'counts the customers of a page by their own orders, and reads no others, %s',
    async (when) => {
      if (when === 'with statistics')
        await state.database.query('analyze woosync.link, woosync.customer_order, woosync.cursor');
      const records = await state.totals.recordsAfter(OBJECTS, 'R00004000', PAGE);
      const read: number[] = [];
      const counted = await watched(state, read).totals(records);
      const orders = counted.flatMap(({ currencies }) => currencies.map((one) => one.orders));
      expect(orders.reduce((sum, count) => sum + count, 0)).toBe(150);
      for (const rows of read) expect(rows).toBeLessThanOrEqual(10 * PAGE);
    },
  );

  it('notes orders by their keys, and reads no others', async () => {
    const read: number[] = [];
    const order = (n: number) => ({
      key: `main:${n}`,
      customer: 'main:1',
      status: 'completed',
      counts: true,
      currency: 'EUR',
      total: '10.00',
      refunded: '1.00',
      refunds: [],
      placedAt: null,
    });
    const orders = Array.from({ length: PAGE }, (_, at) => order(LINKS + at));
    await watched(state, read).note(orders, ['main:7', 'main:8'], 0);
    expect(read.length).toBeGreaterThan(0);
    for (const rows of read) expect(rows).toBeLessThanOrEqual(10 * PAGE);
  });

  it('meets each record once, in the order of their ids, those of totals alone too', async () => {
    const met: string[] = [];
    for (let after = ''; ;) {
      const page = await state.totals.recordsAfter(OBJECTS, after, 777);
      met.push(...page.map(({ object, recordId }) => `${recordId} ${object}`));
      if (page.length < 777) break;
      after = page.at(-1)?.recordId ?? '';
    }
    const linked = Array.from({ length: LINKS }, (_, at) => at + 1).flatMap((n) => {
      const object = n % 3 === 2 ? null : OBJECTS[n % 3];
      return object ? [`R${String(n).padStart(8, '0')} ${object}`] : [];
    });
    expect(met).toEqual(['R00000000 Contact', ...linked, 'r Account']);
  });

  it('knows the refunds of orders that count, and whose they are', async () => {
    const { totals } = state;
    const order = (key: string, refunds: readonly number[]) => ({
      key,
      customer: `${key} buyer`,
      status: 'processing',
      counts: true,
      currency: 'EUR',
      total: '9.00',
      refunded: '1.00',
      refunds,
      placedAt: null,
    });
    await totals.note(
      [order('main:1', [31, 12]), order('main:2', []), order('main:3', [20])],
      [],
      1,
    );
    await totals.note([order('outlet:1', [12])], [], 1);
    expect(await totals.refunds('main', 0, 2)).toEqual([12, 20]);
    expect(await totals.refunds('main', 20, 2)).toEqual([31]);
    expect(await totals.refundedBy('main', [12, 31, 99])).toEqual(['main:1']);
    const customers = ['main:1', 'outlet:1'].map((key) => order(key, []).customer);
    expect(await totals.ordersOf(customers)).toEqual(['main:1', 'outlet:1']);
    expect(await totals.ordersOf(['main:nobody'])).toEqual([]);
    await totals.note([order('main:1', [31])], [], 2);
    await totals.note([order('main:3', [])], [], 0);
    expect(await totals.refundedBy('main', [12, 20])).toEqual(['main:3']);
  });
});
