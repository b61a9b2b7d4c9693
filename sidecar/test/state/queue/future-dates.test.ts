import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openQueue, type Queue } from '../../../src/state/queue/queue.ts';
import { type DurableState, openState } from '../../../src/state/state.ts';
import { type Engine, engines } from '../support/engines.ts';
import { keys, lane, order } from '../support/queued-orders.ts';

const HOUR_MS = 3_600_000;

describe.each(engines)('what was dated by a clock that was ahead, in $name', ({ start }) => {
  let engine: Engine;
  let state: DurableState;
  let queue: Queue;
  let problems: string[];

  async function open(): Promise<void> {
    problems = [];
    queue = await openQueue(state, { onProblem: (problem) => problems.push(problem) });
  }

  const query = (sql: string) => state.database.query(sql);
  const claimed = async (store: string) => keys(await queue.queue.claim(lane(store), 10));
  const jobsAhead = () =>
    query(
      `update woosync_queue.job
       set start_after = now() + interval '1 day', created_on = now() + interval '1 day'`,
    );
  const brought = (found: string) => [
    `The clock was ahead: what it dated in the future is brought back to now (${found}).`,
  ];

  beforeEach(async () => {
    engine = await start();
    state = await openState(engine.location);
    await open();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await queue.close();
    await state.close();
    await engine.stop();
  });

  it('runs jobs at the next start, and says how many', async () => {
    await queue.queue.add([order('ahead:1'), order('ahead:2')]);
    await jobsAhead();
    await queue.queue.add([order('ahead:1')]);
    expect(await claimed('ahead')).toEqual([]);
    await queue.close();
    await open();
    expect(problems).toEqual(brought('jobs: 2'));
    const [backlog] = await queue.queue.backlog();
    expect(backlog?.oldest?.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
    expect((await claimed('ahead')).toSorted()).toEqual(['ahead:1', 'ahead:2']);
  });

  it('runs them within the hour, and leaves what is dated right as it is', async () => {
    await queue.close();
    const timers = vi.spyOn(globalThis, 'setInterval');
    await open();
    const hourly = timers.mock.calls.find(([, every]) => every === HOUR_MS)?.[0];
    await queue.queue.add([order('ahead:1')]);
    await jobsAhead();
    hourly?.();
    await expect.poll(() => claimed('ahead')).toEqual(['ahead:1']);
    await expect.poll(() => problems).toEqual(brought('jobs: 1'));
    hourly?.();
    await queue.close();
    expect(problems).toHaveLength(1);
    await open();
    expect(problems).toEqual([]);
  });

  it('brings back when pg-boss looks for dead jobs, and when it last saw them', async () => {
    await queue.queue.add([order('ahead:1')]);
    expect(await claimed('ahead')).toEqual(['ahead:1']);
    const day = `now() + interval '1 day'`;
    await query(`update woosync_queue.job set heartbeat_on = ${day}, started_on = ${day}`);
    await query(`update woosync_queue.queue set monitor_claim_on = ${day}, maintain_on = ${day}`);
    await query(`update woosync_queue.version set monitor_backoff_on = ${day}`);
    await queue.close();
    await open();
    const late = await query(
      `select name from woosync_queue.job where heartbeat_on > now() or started_on > now()
       union all select name from woosync_queue.queue where monitor_claim_on > now() or maintain_on > now()
       union all select version::text from woosync_queue.version
         where monitor_backoff_on > now() + interval '1 hour'`,
    );
    expect(late).toEqual([]);
    await expect.poll(() => claimed('ahead')).toEqual(['ahead:1']);
  });

  it('tries issues again after the step that they were put off by', async () => {
    await query(
      `insert into woosync.issue (key, kind, store, object, resource, record_key, code, reason, cure, retry,
         attempts, first_seen, last_seen, state, version, news, said_at, said_version, retry_at)
       select key, 'record', 'ahead', 'Order', 'order', key, 'SF_ERROR', '', '', 'backoff',
         1, seen, seen, 'open', 1, 1, seen, 1, seen + step
       from (values ('ahead', now() + interval '1 day', interval '5 minutes'),
         ('right', now(), interval '24 hours')) as one (key, seen, step)`,
    );
    await queue.close();
    await open();
    expect(problems).toEqual(brought('issues: 1'));
    const rows = await query(
      `select key, first_seen <= now() and last_seen <= now() and said_at <= now() as is_past,
         round(extract(epoch from retry_at - last_seen) / 60)::integer as minutes
       from woosync.issue order by key`,
    );
    expect(rows).toEqual([
      { key: 'ahead', is_past: true, minutes: 5 },
      { key: 'right', is_past: true, minutes: 24 * 60 },
    ]);
  });

  it('takes over what a process held that died while the clock was ahead', async () => {
    await query(
      `insert into woosync.lease (name, holder, until, taken)
       select name, 'dead', now() + interval '1 day', now() + interval '1 day'
       from unnest(array['dead', 'sweep']) as one (name)`,
    );
    await queue.close();
    await open();
    const [{ lives } = { lives: null }] = await query(
      `select count(*)::integer as lives from woosync.lease
       where name = 'dead' and until > now() + interval '10 seconds' or taken > now()`,
    );
    expect(lives).toBe(0);
  });

  it('frees customers whose totals were claimed', async () => {
    await query(
      `insert into woosync.customer_total (record_id, currency, object, claimed_until)
       values ('001', '', 'Account', now() + interval '1 day')`,
    );
    await queue.close();
    await open();
    expect(problems).toEqual(brought('claims of totals: 1'));
  });
});
