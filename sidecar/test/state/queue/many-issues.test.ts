import { expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { Database, Queries } from '../../../src/state/db/types.ts';
import { groupIssues } from '../../../src/state/queue/issue-groups.ts';
import { closeIssues, recordFailures } from '../../../src/state/queue/issue-rows.ts';
import { DurableIssues } from '../../../src/state/queue/issues.ts';
import { openState } from '../../../src/state/state.ts';
import { GROUPING } from '../../../src/sync/report/issue-group.ts';
import { engines } from '../support/engines.ts';
import { failure, lookedAt, order } from '../support/queued-orders.ts';

const ORDERS = 20_000;
const BATCH = 400;

it.each(engines)('closes few of many issues without reading the others, in $name', async (one) => {
  const engine = await one.start();
  const state = await openState(engine.location);
  const failures = Array.from({ length: ORDERS }, (_, at) => failure(`main:${at}`));
  await recordFailures(state.database, failures);
  const [failedAgain, healed] = [failures.slice(0, BATCH), failures.slice(BATCH, BATCH + 2)];
  const changes = [...failedAgain, ...healed].map(({ recordKey }) => order(recordKey));
  const seen = [{ object: 'Woo_Order__c', key: 'main:19999' }];
  const looked = { changes, lookedAt, seen, failures: failedAgain, settled: [] };
  const [closed, read] = await state.database.transaction(async (queries) => {
    const before = await readOneByOne(queries);
    const { count } = await closeIssues(queries, looked);
    return [count, (await readOneByOne(queries)) - before];
  });
  expect(closed).toBe(3);
  expect(read).toBe(0);
  await state.close();
  await engine.stop();
});

it.each(engines)(
  'groups thousands of items without an answer of as many rows, in $name',
  async (one) => {
    const engine = await one.start();
    const state = await openState(engine.location);
    const refused = Array.from({ length: BATCH }, (_, at) => failure(`main:${at}`));
    const items = Array.from({ length: 5 * BATCH }, (_, at) => itemOf(`main:${at % BATCH}`, at));
    await recordFailures(state.database, [...refused, ...items]);
    const answered: number[] = [];
    await state.database.transaction((queries) =>
      groupIssues(
        {
          query: async (sql, values) => {
            const rows = await queries.query(sql, values);
            answered.push(rows.length);
            return rows;
          },
        },
        GROUPING,
      ),
    );
    const [left] = await state.database.query(
      'select count(*)::integer as alone from woosync.issue where absorbed_by is null',
    );
    expect(left).toEqual({ alone: 1 });
    expect(Math.max(...answered)).toBeLessThan(10);
    await state.close();
    await engine.stop();
  },
);

it.each(engines)(
  'reads no issue to group where all only failed once more, in $name',
  async (one) => {
    const engine = await one.start();
    const state = await openState(engine.location);
    const { database } = state;
    const reads: number[] = [];
    const watched: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (queries) => {
          const before = await readOneByOne(queries);
          const result = await work(queries);
          reads.push((await readOneByOne(queries)) - before);
          return result;
        }),
    };
    const issues = new DurableIssues(watched, () => Promise.resolve());
    const failures = Array.from({ length: BATCH }, (_, at) => failure(`main:${at}`));
    for (const some of [failures, failures, [], [failure('main:1', { code: 'ANOTHER' })]]) {
      await recordFailures(database, some);
      await issues.group(GROUPING);
    }
    expect(reads.map((read) => read > 0)).toEqual([true, false, false, true]);
    expect(await issues.open()).toEqual(new Map([['main', 2]]));
    await state.close();
    await engine.stop();
  },
);

it.each(engines)('queues an order once for all of its items, in $name', async (one) => {
  const engine = await one.start();
  const state = await openState(engine.location);
  const refused = Array.from({ length: 1500 }, (_, at) => failure(`main:${at}`));
  const items = refused.flatMap(({ recordKey }, at) => [
    itemOf(recordKey, 2 * at),
    itemOf(recordKey, 2 * at + 1),
  ]);
  const others = [failure('other:1'), failure('main:guest:1a2b', { change: null })];
  await recordFailures(state.database, [...refused, ...items, ...others]);
  const added: ChangeEvent[] = [];
  const ways: unknown[] = [];
  const issues = new DurableIssues(state.database, (changes, how) => {
    added.push(...changes);
    ways.push(how);
    return Promise.resolve();
  });
  await issues.queueAll('main');
  const wanted = refused.map(({ recordKey }) => order(recordKey));
  expect(added.length).toBe(wanted.length);
  expect(new Set(added.map(({ key }) => key))).toEqual(new Set(wanted.map(({ key }) => key)));
  expect(ways).toEqual(['bulk', 'bulk']);
  await state.close();
  await engine.stop();
});

/** One that waits for its order. */
function itemOf(orderKey: string, at: number): IssueSeen {
  return failure(`main:${at}`, {
    key: `order_item:Woo_Order_Item__c:main:${at}`,
    resource: 'order_item',
    object: 'Woo_Order_Item__c',
    code: 'PARENT_MISSING',
    change: order(orderKey),
  });
}

/** Issues that the transaction has read by going through all of the table. */
async function readOneByOne(queries: Queries): Promise<number> {
  const [row] = await queries.query(
    `select seq_tup_read::integer as read from pg_stat_xact_user_tables
     where schemaname = 'woosync' and relname = 'issue'`,
  );
  return Number(row?.['read']);
}
