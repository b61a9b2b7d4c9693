import { expect, it } from 'vitest';
import type { Queries } from '../../../src/state/db/types.ts';
import { closeIssues, recordFailures } from '../../../src/state/queue/issue-rows.ts';
import { openState } from '../../../src/state/state.ts';
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

/** Issues that the transaction has read by going through all of the table. */
async function readOneByOne(queries: Queries): Promise<number> {
  const [row] = await queries.query(
    `select seq_tup_read::integer as read from pg_stat_xact_user_tables
     where schemaname = 'woosync' and relname = 'issue'`,
  );
  return Number(row?.['read']);
}
