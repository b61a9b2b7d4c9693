import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_ROUNDS, withRounds } from '../../src/engine/store/rounds.ts';
import type { Job } from '../../src/ports/change-queue.ts';
import type { StateLocation } from '../../src/state/db/types.ts';
import { openQueue, type Queue } from '../../src/state/queue/queue.ts';
import { type DurableState, openState } from '../../src/state/state.ts';
import { type Engine, engines } from './support/engines.ts';

interface Opened extends Queue {
  readonly state: DurableState;
}

async function open(location: StateLocation): Promise<Opened> {
  const state = await openState(location);
  const onProblem = (problem: string): void => {
    throw new Error(problem);
  };
  const queue = await openQueue(state, { onProblem });
  return {
    ...queue,
    state,
    close: async () => {
      await queue.close();
      await state.close();
    },
  };
}

const changesOf = (store: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    resource: 'order' as const,
    key: `${store}:${n + 1}`,
  }));
const lane = (store: string) => ({ store, resource: 'order' }) as const;
const done = (jobs: readonly Job[]) => ({ jobs: jobs, failures: [], seen: [], followUps: [] });

/** Another process claims all orders of a store, and is killed. @returns how many it had */
async function claimAndDie(location: StateLocation, store: string): Promise<number> {
  const place = location.kind === 'directory' ? location.path : location.url.reveal();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'support/hold-claims.ts'), location.kind, place, store],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return Number(said.toString());
}

/** Claims and settles until so many are done; fails after ten minutes. */
async function drain({ queue }: Queue, store: string, count: number): Promise<Set<string>> {
  const keys = new Set<string>();
  const deadline = AbortSignal.timeout(600_000);
  while (keys.size < count) {
    deadline.throwIfAborted();
    const jobs = await queue.claim(lane(store), 100);
    await queue.finish(done(jobs));
    for (const { key } of jobs) keys.add(key);
    if (jobs.length === 0) await delay(100);
  }
  return keys;
}

for (const { name, start } of engines)
  describe(`claims and leases of a process that was killed, on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine.stop());

    it('come back after the restart, each once', async () => {
      const before = await open(engine.location);
      await before.queue.add(changesOf('killed', 100));
      await before.close();
      expect(await claimAndDie(engine.location, 'killed')).toBe(100);
      const after = await open(engine.location);
      expect(await drain(after, 'killed', 100)).toHaveLength(100);
      expect(await after.queue.backlog()).toEqual([
        { ...lane('killed'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
      ]);
      const held = () => after.leases.acquire('sweep killed', 3600);
      await expect.poll(held).toBe(true);
      await after.close();
    });
  });

describe('several processes', () => {
  let engine: Engine;
  let queues: readonly [Opened, Opened];
  beforeAll(async () => {
    const postgres = engines.find((one) => one.name === 'PostgreSQL');
    if (postgres === undefined) throw new Error('PostgreSQL is not among the engines.');
    engine = await postgres.start();
    queues = await Promise.all([open(engine.location), open(engine.location)]);
  });
  afterAll(async () => {
    await Promise.all(queues.map((queue) => queue.close()));
    await engine.stop();
  });

  it('fault 44: two sidecars on one PostgreSQL share the work, never on one key at once', async () => {
    const [first] = queues;
    await first.queue.add(changesOf('shared', 300));
    const active = new Set<string>();
    const times = new Map<string, number>();
    const shares = await Promise.all(
      queues.map(async ({ queue }) => {
        let share = 0;
        for (let empty = 0; empty < 20;) {
          const jobs = await queue.claim(lane('shared'), 7);
          empty = jobs.length === 0 ? empty + 1 : 0;
          for (const { key } of jobs) {
            expect(active).not.toContain(key);
            active.add(key);
            times.set(key, (times.get(key) ?? 0) + 1);
          }
          // A newer change event of what is being worked on waits for its end.
          if (share === 0) await queue.add(jobs);
          for (const { key } of jobs) active.delete(key);
          await queue.finish(done(jobs));
          share += jobs.length;
        }
        return share;
      }),
    );
    expect(times.size).toBe(300);
    expect([...times.values()].reduce((sum, count) => sum + count)).toBe(314);
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });

  it('count the rounds of one record together, so that it is left alone as soon as by one', async () => {
    await queues[0].queue.add(changesOf('rounds', 1));
    let looks = 0;
    let left = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const { queue } = queues[turn % 2] ?? queues[0];
      const jobs = await queue.claim(lane('rounds'), 9);
      looks += jobs.length;
      // Each look has it looked at once more.
      const { followUps, endless } = withRounds(jobs, jobs, new Date());
      left += endless.length;
      await queue.finish({ ...done(jobs), followUps });
    }
    expect([looks, left]).toEqual([MOST_ROUNDS + 1, 1]);
  });

  it('takes what another process keeps for its own only when it is silent', async () => {
    const [first, second] = queues;
    await first.queue.add(changesOf('kept', 2));
    const jobs = await first.queue.claim(lane('kept'), 2);
    const { database } = first.state;
    const silent = `update woosync_queue.job set heartbeat_on = now() - interval '11 seconds'
      where name = 'order/kept'`;
    await database.query(silent);
    await first.queue.heartbeat(jobs.slice(0, 1));
    expect([...(await drain(second, 'kept', 1))]).toEqual([jobs[1]?.key]);
    await first.queue.finish(done(jobs));
    // The one that was taken over is looked at again, the one that was kept is done.
    const again = await second.queue.claim(lane('kept'), 9);
    expect(again.map(({ key }) => key)).toEqual([jobs[1]?.key]);
    await second.queue.finish(done(again));
  });

  it('hold a lease one at a time, until it is released or runs out', async () => {
    const [first, second] = queues;
    expect(await first.leases.acquire('sweep', 60)).toBe(true);
    expect(await second.leases.acquire('sweep', 60)).toBe(false);
    expect(await second.leases.acquire('proof', 60)).toBe(true);
    expect(await first.leases.acquire('sweep', 60)).toBe(true);
    await second.leases.release('sweep');
    expect(await second.leases.acquire('sweep', 60)).toBe(false);
    await first.state.database.query(`update woosync.lease set until = now() where name = 'sweep'`);
    expect(await second.leases.acquire('sweep', 60)).toBe(true);
    expect(await first.leases.acquire('sweep', 60)).toBe(false);
    await second.leases.release('sweep');
    expect(await first.leases.acquire('sweep', 60)).toBe(true);
  });

  it('take over as they begin what another did before, and not what it has done since', async () => {
    const [first] = queues;
    const { leases } = first;
    expect(await leases.acquire('webhooks', 360, 'each start')).toBe(true);
    expect(await leases.acquire('nightly', 360)).toBe(true);
    const begun = await open(engine.location);
    expect(await begun.leases.acquire('nightly', 360)).toBe(false);
    expect(await begun.leases.acquire('webhooks', 360, 'each start')).toBe(true);
    expect(await leases.acquire('webhooks', 360, 'each start'), 'it has been done').toBe(false);
    expect(await leases.acquire('sweep', 960, 'each start')).toBe(true);
    expect(await begun.leases.acquire('sweep', 960, 'each start'), 'since').toBe(false);
    // Several tasks may share it, each with a rhythm of its own.
    expect(await begun.leases.acquire('sweep', 3660, 'each start'), 'since').toBe(false);
    await begun.close();
    await leases.release('nightly');
  });

  it('finish batches that queue and fail the same records, in any order', async () => {
    const keys = changesOf('cross', 40);
    const finish = (queue: Queue, changes: typeof keys) =>
      queue.queue.finish({
        ...done([]),
        followUps: changes,
        failures: changes.map((change) => ({
          key: `Order ${change.key}`,
          kind: 'failed',
          store: 'cross',
          resource: 'order',
          change,
          recordKey: change.key,
          object: 'Order',
          recordId: null,
          code: 'X',
          reason: 'Y',
          cure: 'Z',
          field: null,
          retry: 'never',
          wooValue: null,
          salesforceValue: null,
        })),
      });
    const rounds = Array.from({ length: 10 }, (_, n) =>
      queues.map((queue, q) => finish(queue, n % 2 === q ? keys : keys.toReversed())),
    );
    await Promise.all(rounds.flat());
    expect((await queues[0].issues.open()).get('cross')).toBe(40);
    const [issue] = await queues[0].issues.unreported(1000);
    expect(issue?.attempts).toBe(20);
  });
});

describe('a new database', () => {
  it('gets its queue from one of several that start at once', async () => {
    const postgres = engines.find((one) => one.name === 'PostgreSQL');
    const engine = await postgres?.start();
    if (engine === undefined) throw new Error('PostgreSQL is not among the engines.');
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(engine.location)));
    await Promise.all(opened.map(({ queue }) => queue.add(changesOf('new', 10))));
    const [first] = opened;
    expect(await first?.queue.claim(lane('new'), 100)).toHaveLength(10);
    await Promise.all(opened.map((queue) => queue.close()));
    await engine.stop();
  });
});

describe('one directory', () => {
  it('fault 44: a second sidecar is refused, and the first works on', async () => {
    const directory = engines.find((one) => one.name !== 'PostgreSQL');
    const engine = await directory?.start();
    if (engine === undefined) throw new Error('The directory is not among the engines.');
    const first = await open(engine.location);
    await expect(open(engine.location)).rejects.toMatchObject({ code: 'STATE_LOCKED' });
    await first.queue.add(changesOf('one', 3));
    expect(await drain(first, 'one', 3)).toHaveLength(3);
    await first.close();
    await engine.stop();
  });
});
