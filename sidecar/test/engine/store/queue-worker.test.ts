import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Availability } from '../../../src/engine/availability.ts';
import { UNLIMITED } from '../../../src/engine/budget/allowance.ts';
import { QueueWorker, type QueueWorkerParts } from '../../../src/engine/store/queue-worker.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { Job, BatchResult } from '../../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryOrigins } from '../../support/memory-origins.ts';

type Outcome = Omit<BatchResult, 'jobs'>;

const lookedAt = [{ resource: 'order', object: 'Order' }] as const;
const NOTHING: Outcome = { failures: [], seen: [], followUps: [], lookedAt };
const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const order = (id: number): ChangeEvent => ({ resource: 'order', key: `main:${id}` });
const orders = (count: number) => Array.from({ length: count }, (_, at) => order(at + 1));
const keysOf = (jobs: readonly Job[]) => jobs.map(({ key }) => key);

/** More than any side rests but an org whose limit is used up. */
const MINUTES = 3 * 60_000;
/** How often claims are kept, and how long a batch may take. */
const WATCHES: readonly number[] = [3000, 600_000];

/** Time that passes at once, unless the sleep can be ended otherwise. */
class FastClock {
  slept = 0;
  /** The longest sleep that was asked for. */
  longest = 0;
  readonly #passed = Promise.withResolvers<undefined>();
  now = () => new Date(systemClock.now().getTime() + this.slept);

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.longest = Math.max(this.longest, milliseconds);
    // What only watches over work ends with it, and no time has passed.
    if (WATCHES.includes(milliseconds)) return systemClock.sleep(milliseconds, signal);
    const isLong = milliseconds > MINUTES;
    await (isLong
      ? Promise.race([this.#passed.promise, systemClock.sleep(milliseconds, signal)])
      : systemClock.sleep(5, signal));
    if (signal?.aborted !== true) this.slept += milliseconds;
  }

  /** Lets the rest of an org whose limit is used up pass. */
  pass(): void {
    this.#passed.resolve(undefined);
  }
}

let queue: MemoryChangeQueue;
let stop: AbortController;
let running: Promise<void>;
let availability: Availability;
let clock: FastClock;
/** How often there was news of issues. */
let news = 0;
/** Whether the shop takes edits in bulk. */
let hasRoom = true;
const batches: string[][] = [];

/** Starts a worker whose pull is given, on change events that are there already. */
function start(
  pull: (jobs: readonly Job[]) => Promise<Outcome>,
  {
    allowance = UNLIMITED,
    log = quietLog,
    store = 'main',
    shopBacklog = { takesBulk: () => hasRoom },
  }: Partial<Pick<QueueWorkerParts, 'allowance' | 'log' | 'store' | 'shopBacklog'>> = {},
): QueueWorker {
  clock = new FastClock();
  availability = new Availability(clock);
  const worker = new QueueWorker({
    store,
    queue,
    availability,
    clock,
    log,
    signal: stop.signal,
    allowance,
    shopBacklog,
    pull: (jobs) => {
      batches.push(keysOf(jobs));
      return pull(jobs);
    },
    onIssues: () => {
      news += 1;
    },
    broken: ({ key }) => ({ ...NOTHING, failures: [issue(key)] }),
  });
  queue.onAdded(({ resource }) => {
    worker.wake(resource);
  });
  running = worker.run();
  return worker;
}

function issue(key: string): IssueSeen {
  return {
    key: `order:Order:${key}`,
    kind: 'failed',
    store: 'main',
    resource: 'order',
    recordKey: key,
    object: 'Order',
    recordId: null,
    code: 'RECORD_BROKE',
    wooValue: null,
    salesforceValue: null,
    reason: 'It broke.',
    cure: 'Report it.',
    field: null,
    change: { resource: 'order', key },
    retry: 'backoff',
  };
}

async function backlog(): Promise<number> {
  const lanes = await queue.backlog();
  return lanes.reduce((sum, { waiting, active }) => sum + waiting + active, 0);
}

/** Until a job was taken, or the worker has looked in vain for so long that it never will. */
async function takenOrNot(key: string): Promise<void> {
  const from = clock.slept;
  const isOver = () => batches.flat().includes(key) || clock.slept - from > 60_000;
  await expect.poll(isOver, { interval: 2 }).toBe(true);
}

const allDone = () => expect.poll(backlog, { interval: 5 }).toBe(0);

beforeEach(() => {
  batches.length = 0;
  news = 0;
  hasRoom = true;
  const origins = new MemoryOrigins();
  queue = new MemoryChangeQueue({ origins, clearHashes: () => Promise.resolve() });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await running;
});

describe('Worker', () => {
  it('takes four hundred orders at a time, and a hundred of a list of others, the oldest first, and takes them off the queue', async () => {
    await queue.add(orders(950));
    start(() => Promise.resolve(NOTHING));
    await allDone();
    expect(batches.map(({ length }) => length)).toEqual([400, 400, 150]);
    expect(batches.flat()).toEqual(keysOf(orders(950) as Job[]));
    batches.length = 0;
    await queue.add(orders(150).map(({ key }) => ({ resource: 'customer', key })));
    await allDone();
    expect(batches.map(({ length }) => length)).toEqual([100, 50]);
  });

  it('fault 50: a flood of orders is worked on in full batches, each order once, and shows what waits', async () => {
    const waiting: number[] = [];
    // A fifth of 10,000, for the queue of the test is a list. Each order is made, paid and completed within the same minute.
    for (let event = 1; event <= 3; event += 1) await queue.add(orders(2000));
    start(async () => {
      waiting.push(await backlog());
      return NOTHING;
    });
    await expect.poll(backlog, { interval: 5 }).toBe(0);
    expect(batches.map(({ length }) => length)).toEqual(Array<number>(5).fill(400));
    expect(new Set(batches.flat()).size).toBe(2000);
    expect(waiting.toSorted((a, b) => b - a)).toEqual(waiting);
    expect(waiting[0]).toBe(2000);
  });

  it('takes all resources together, so that they share reads and writes', async () => {
    await queue.add([order(1), { resource: 'product', key: 'main:2' }]);
    await queue.add([{ resource: 'customer', key: 'main:3' }]);
    start(() => Promise.resolve(NOTHING));
    await allDone();
    expect(batches).toEqual([['main:2', 'main:3', 'main:1']]);
  });

  it('is woken by a change event, without waiting for its next look', async () => {
    start(() => Promise.resolve(NOTHING));
    await queue.add([order(1)]);
    await allDone();
    expect(batches).toEqual([['main:1']]);
  });

  it('waits until no more change events come, so that those that come together are one batch', async () => {
    start(() => Promise.resolve(NOTHING));
    await expect.poll(() => clock.longest, { interval: 2 }).toBe(2000);
    const sleep = clock.sleep.bind(clock);
    let came = 1;
    clock.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (milliseconds > 50 || came === 4) return;
      came += 1;
      await queue.add([order(came)]);
    };
    await queue.add([order(1)]);
    await allDone();
    expect(batches).toEqual([['main:1', 'main:2', 'main:3', 'main:4']]);
  });

  it('leaves edits in bulk where they are while the shop has enough to do, and takes all others', async () => {
    hasRoom = false;
    await queue.add(orders(500), 'bulk');
    const worker = start(() => {
      hasRoom = false;
      return Promise.resolve(NOTHING);
    });
    const sizes = () => batches.map(({ length }) => length);
    await queue.add([order(900)]);
    await takenOrNot('main:900');
    const looks = clock.slept;
    await expect.poll(() => clock.slept - looks > 10_000, { interval: 2 }).toBe(true);
    expect(sizes()).toEqual([1]);
    expect(batches).toEqual([['main:900']]);
    hasRoom = true;
    worker.wake('order');
    await takenOrNot('main:1');
    expect(sizes()).toEqual([1, 400]);
    hasRoom = true;
    await takenOrNot('main:500');
    expect(sizes()).toEqual([1, 400, 100]);
    await allDone();
  });

  it('leaves the edits in bulk of another store to it', async () => {
    hasRoom = false;
    await queue.add([order(1)], 'bulk');
    await queue.add([{ resource: 'order', key: 'outlet:1' }], 'bulk');
    start(() => Promise.resolve(NOTHING), {
      store: 'outlet',
      shopBacklog: { takesBulk: () => true },
    });
    await takenOrNot('outlet:1');
    expect(batches).toEqual([['outlet:1']]);
  });

  it('isolates a record that breaks the work on it: its neighbours are done, and it becomes an issue', async () => {
    await queue.add(orders(20));
    start((jobs) =>
      keysOf(jobs).includes('main:13')
        ? Promise.reject(new TypeError('x.map is not a function'))
        : Promise.resolve(NOTHING),
    );
    await allDone();
    expect([...queue.issues.keys()]).toEqual(['order:Order:main:13']);
    const done = new Set(batches.filter((keys) => !keys.includes('main:13')).flat());
    expect(done.size).toBe(19);
  });

  it('tells that there is news of issues: one more, or one less', async () => {
    await queue.add([order(1)]);
    let outcome: Outcome = { ...NOTHING, failures: [issue('main:1')] };
    start(() => Promise.resolve(outcome));
    await allDone();
    expect(news).toBe(1);
    outcome = NOTHING;
    await queue.add([order(2)]);
    await allDone();
    expect(news).toBe(1);
    await queue.add([order(1)]);
    await allDone();
    expect(news).toBe(2);
  });

  it('isolates a record that alone is too large for the way through the org', async () => {
    await queue.add(orders(3));
    start((jobs) =>
      keysOf(jobs).includes('main:2')
        ? Promise.reject(new CodedError('WOO_ANSWER_TOO_LARGE', 'Too large.', 'Direct.'))
        : Promise.resolve(NOTHING),
    );
    await allDone();
    expect([...queue.issues.keys()]).toEqual(['order:Order:main:2']);
    expect(availability.store('main').out).toBeNull();
  });

  it('fault 27: waits while a side is out, costs no attempt, and goes on by itself', async () => {
    await queue.add(orders(2));
    let outages = 3;
    start(() =>
      outages-- > 0
        ? Promise.reject(new CodedError('SF_UNAVAILABLE', 'It is out.', 'Wait.'))
        : Promise.resolve(NOTHING),
    );
    await allDone();
    expect(batches).toHaveLength(4);
    expect(queue.issues.size).toBe(0);
  });

  it('asks nobody while a side rests', async () => {
    await queue.add(orders(1));
    const worker = start(() => Promise.resolve(NOTHING));
    await allDone();
    clock.longest = 0;
    availability.org.recordFailure(new CodedError('SF_LIMIT_EXCEEDED', 'Used up.', 'Wait.'));
    await queue.add([order(7)]);
    worker.wake('order');
    await expect.poll(() => clock.longest, { interval: 5 }).toBeGreaterThan(MINUTES);
    expect(batches).toEqual([['main:1']]);
    expect(await backlog()).toBe(1);
  });

  it('tries a store again at once when a person may have put it right', async () => {
    await queue.add(orders(2));
    let isRefused = true;
    start(() =>
      isRefused
        ? Promise.reject(new CodedError('WOO_GATEWAY_REFUSED', 'Not on the list.', 'Deploy.'))
        : Promise.resolve(NOTHING),
    );
    const store = availability.store('main');
    for (let times = 0; times < 5; times += 1)
      store.recordFailure(new CodedError('WOO_GATEWAY_REFUSED', 'Not on the list.', 'Deploy.'));
    await expect.poll(() => clock.longest, { interval: 5 }).toBeGreaterThan(MINUTES);
    isRefused = false;
    availability.tryStores();
    await allDone();
    expect(queue.issues.size).toBe(0);
  });

  it('fault 26: goes on by itself once the limit of the org is reset, and nobody is to blame', async () => {
    await queue.add(orders(3));
    let isSpent = true;
    start(() =>
      isSpent
        ? Promise.reject(new CodedError('SF_LIMIT_EXCEEDED', 'Used up.', 'Wait.'))
        : Promise.resolve(NOTHING),
    );
    await expect
      .poll(() => availability.org.retryAfterMs, { interval: 5 })
      .toBeGreaterThan(MINUTES);
    await expect.poll(backlog, { interval: 5 }).toBe(3);
    expect(batches).toHaveLength(1);
    isSpent = false;
    clock.pass();
    await allDone();
    expect(batches).toHaveLength(2);
    expect(queue.issues.size).toBe(0);
  });

  it('says how long it rests where the calls of the day are used up', async () => {
    await queue.add(orders(1));
    let rest = 0;
    const said: unknown[] = [];
    const warn = (fields: object) => void said.push(fields);
    const allowance = {
      ...UNLIMITED,
      get retryAfterMs() {
        return rest;
      },
    };
    const usedUp = () => {
      rest = 60_000;
      return Promise.reject(new CodedError('SF_BUDGET_WAITS', 'Changes wait.', 'Wait.'));
    };
    start(usedUp, { allowance, log: { ...quietLog, warn } });
    await expect.poll(() => said.length, { interval: 5 }).toBe(1);
    expect(said).toMatchObject([{ rest: 60 }]);
  });

  it('takes up quiet jobs when there is nothing else to do', async () => {
    await queue.add([order(1)]);
    start((jobs) =>
      Promise.resolve(
        keysOf(jobs).includes('main:1')
          ? { ...NOTHING, followUps: [{ resource: 'product', key: 'main:9' }] }
          : NOTHING,
      ),
    );
    await expect.poll(() => batches.length, { interval: 5 }).toBe(2);
    expect(batches).toEqual([['main:1'], ['main:9']]);
  });

  it('looks again at a record that changed while it was worked on', async () => {
    await queue.add([order(1)]);
    const seen: string[] = [];
    let versions = 1;
    start(async () => {
      seen.push(`version ${versions}`);
      if (versions === 1) {
        versions = 2;
        await queue.add([order(1)]);
      }
      return NOTHING;
    });
    await expect.poll(() => seen, { interval: 5 }).toEqual(['version 1', 'version 2']);
    await allDone();
  });

  it('finishes what is under way when it is told to stop, and takes no more', async () => {
    await queue.add(orders(450));
    const under = Promise.withResolvers<Outcome>();
    start(() => under.promise);
    await expect.poll(() => batches.length, { interval: 5 }).toBe(1);
    stop.abort();
    under.resolve(NOTHING);
    await running;
    expect(batches).toHaveLength(1);
    expect(await queue.backlog()).toMatchObject([{ waiting: 50, active: 0 }]);
  });

  it('survives a queue that is out for a moment', async () => {
    await queue.add(orders(1));
    const job = queue.claim.bind(queue);
    let outages = 2;
    queue.claim = (lane, most) =>
      outages-- > 0 ? Promise.reject(new Error('Connection terminated')) : job(lane, most);
    start(() => Promise.resolve(NOTHING));
    await allDone();
    expect(batches).toEqual([['main:1']]);
    expect(availability.state.out).toBeNull();
  });
});
