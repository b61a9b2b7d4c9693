import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CodedError } from '../../src/errors/coded-error.ts';
import { purpose } from '../../src/lib/call-purpose.ts';
import { TaskRunner, type ScheduledTask } from '../../src/engine/scheduled-task.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Availability } from '../../src/engine/availability.ts';

/** Each sleep lasts until the next `pass`, and is remembered. */
class SteppedClock {
  readonly requestedParents: number[] = [];
  #time = Date.UTC(2026, 10, 25);
  #wake = Promise.withResolvers<undefined>();

  now = () => new Date(this.#time);

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.requestedParents.push(milliseconds);
    const ended = Promise.withResolvers<undefined>();
    if (signal?.aborted === true || milliseconds === 0) return;
    signal?.addEventListener('abort', () => {
      ended.resolve(undefined);
    });
    await Promise.race([this.#wake.promise, ended.promise]);
  }

  pass(milliseconds: number): void {
    this.#time += milliseconds;
    this.#wake.resolve(undefined);
    this.#wake = Promise.withResolvers();
  }
}

class Leases {
  readonly held: [string, number][] = [];
  readonly since: (string | undefined)[] = [];
  readonly released: string[] = [];
  ours = true;

  acquire(name: string, seconds: number, since?: string): Promise<boolean> {
    this.since.push(since);
    this.held.push([name, seconds]);
    return Promise.resolve(this.ours);
  }

  release(name: string): Promise<void> {
    this.released.push(name);
    return Promise.resolve();
  }
}

let clock: SteppedClock;
let leases: Leases;
let availability: Availability;
let stop: AbortController;
const org = { calls: 0 };
let running: Promise<void>;
const logged: Readonly<Record<string, unknown>>[] = [];

function start(run: () => Promise<void>, over: Partial<ScheduledTask> = {}): TaskRunner {
  const log = {
    info: () => undefined,
    warn: (fields: Readonly<Record<string, unknown>>) => logged.push(fields),
    error: (fields: Readonly<Record<string, unknown>>) => logged.push(fields),
  };
  const needs = [availability.org];
  const task = { purpose: 'sweep', store: 'main', seconds: 900, needs, run, ...over };
  const taskRunner = new TaskRunner(task, {
    org,
    leases,
    availability,
    clock,
    log,
    signal: stop.signal,
  });
  running = taskRunner.run();
  return taskRunner;
}

const slept = (milliseconds: number) =>
  expect.poll(() => clock.requestedParents.includes(milliseconds), { interval: 2 }).toBe(true);

beforeEach(() => {
  clock = new SteppedClock();
  leases = new Leases();
  availability = new Availability(clock);
  stop = new AbortController();
  logged.length = 0;
});

afterEach(async () => {
  stop.abort();
  await running;
});

describe('Repeater', () => {
  it.each([
    [0, 10],
    [-900, 10],
    [Number.NaN, 900],
    [Number.POSITIVE_INFINITY, 14 * 24 * 3600],
  ])('is no hot loop with an interval of %d', async (seconds, rests) => {
    start(() => Promise.resolve(), { seconds });
    await slept(rests * 1000);
    expect(clock.requestedParents.filter((asked) => asked <= 0)).toEqual([]);
  });

  it('runs at once, then after its interval, its API calls counted under its purpose', async () => {
    const purposes: string[] = [];
    start(() => {
      purposes.push(purpose());
      return Promise.resolve();
    });
    await slept(900_000);
    expect(purposes).toEqual(['sweep']);
    clock.pass(900_000);
    await expect.poll(() => purposes, { interval: 2 }).toEqual(['sweep', 'sweep']);
  });

  it('that is made due while it rests runs as soon as what it rests for is there again', async () => {
    let runs = 0;
    availability.org.recordFailure(new CodedError('SF_UNREACHABLE', 'It is out.', 'Wait.'));
    const runner = start(() => Promise.resolve(void (runs += 1)));
    await expect.poll(() => clock.requestedParents.length, { interval: 2 }).toBe(1);
    runner.runSoon();
    await expect.poll(() => clock.requestedParents.length, { interval: 2 }).toBe(2);
    expect(runs, 'it is out still').toBe(0);
    availability.org.recordSuccess();
    runner.runSoon();
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
  });

  it('runs in one process only, unless it is for each', async () => {
    leases.ours = false;
    let runs = 0;
    const run = () => {
      runs += 1;
      return Promise.resolve();
    };
    start(run);
    await slept(5000);
    expect(runs).toBe(0);
    expect(leases.held).toEqual([['sweep main', 960]]);
    // The other one may have died.
    leases.ours = true;
    clock.pass(5000);
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
    runs = 0;
    stop.abort();
    await running;
    stop = new AbortController();
    start(run, { everywhere: true });
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
  });

  it.each([
    [true, 'each start'],
    [false, undefined],
  ])('is due as each process starts where that is %s', async (atEachStart, since) => {
    start(() => Promise.resolve(), { atEachStart });
    await slept(900_000);
    expect(leases.since).toEqual([since]);
  });

  it('gives its lease back when it is told to stop, so that the next start need not wait for its end', async () => {
    const end = Promise.withResolvers<undefined>();
    start(() => end.promise);
    await expect.poll(() => leases.held.length, { interval: 2 }).toBe(1);
    stop.abort();
    expect(leases.released, 'a turn is under way').toEqual([]);
    end.resolve(undefined);
    await running;
    expect(leases.released).toEqual(['sweep main']);
  });

  it('keeps its lease while a turn takes long', async () => {
    const end = Promise.withResolvers<undefined>();
    start(() => end.promise);
    await slept(20_000);
    clock.pass(20_000);
    await expect.poll(() => leases.held.length, { interval: 2 }).toBe(2);
    end.resolve(undefined);
    await slept(900_000);
  });

  it('is made due by a nudge, also one that comes while it runs', async () => {
    let runs = 0;
    const first = Promise.withResolvers<undefined>();
    const taskRunner = start(() => {
      runs += 1;
      return runs === 1 ? first.promise : Promise.resolve();
    });
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
    taskRunner.runSoon();
    first.resolve(undefined);
    await expect.poll(() => runs, { interval: 2 }).toBe(2);
    await slept(900_000);
    taskRunner.runSoon();
    await expect.poll(() => runs, { interval: 2 }).toBe(3);
  });

  it('says how long it rests where the calls of the day are used up', async () => {
    let rest = 0;
    const allowance = {
      spend: () => undefined,
      paced: (seconds: number) => seconds,
      get retryAfterMs() {
        return rest;
      },
    };
    const usedUp = () => {
      rest = 60_000;
      return Promise.reject(new CodedError('SF_BUDGET_WAITS', 'Sweeps wait.', 'Wait.'));
    };
    start(usedUp, { allowance });
    await expect.poll(() => logged.length, { interval: 5 }).toBe(1);
    expect(logged).toMatchObject([{ rest: 60 }]);
  });

  it('lets a side rest that is out, waits for it, and does the turn then', async () => {
    let outages = 1;
    let runs = 0;
    start(() => {
      if (outages-- > 0)
        return Promise.reject(new CodedError('SF_UNAVAILABLE', 'It is out.', 'Wait.'));
      runs += 1;
      // The first turn that works finds nothing to ask the org, so it says nothing of it.
      if (runs > 1) org.calls += 1;
      return Promise.resolve();
    });
    await expect
      .poll(() => availability.org.out?.reason.code, { interval: 2 })
      .toBe('SF_UNAVAILABLE');
    await expect
      .poll(() => clock.requestedParents.some((one) => one > 500 && one <= 1000))
      .toBe(true);
    expect(runs).toBe(0);
    clock.pass(1000);
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
    expect(availability.org.out).not.toBeNull();
    await slept(900_000);
    clock.pass(900_000);
    await expect.poll(() => availability.org.out, { interval: 2 }).toBeNull();
    expect(logged).toMatchObject([{ purpose: 'sweep', code: 'SF_UNAVAILABLE', rest: 1 }]);
  });

  it('tries again after a minute where it breaks off for no reason that is known, and tells where', async () => {
    let breaks = 1;
    let runs = 0;
    start(() => {
      if (breaks-- > 0) return Promise.reject(new TypeError('Ada Lovelace is not a function'));
      runs += 1;
      return Promise.resolve();
    });
    await slept(60_000);
    expect(JSON.stringify(logged)).toMatch(/TypeError at .*scheduled-task\.test/);
    expect(JSON.stringify(logged)).not.toContain('Lovelace');
    clock.pass(60_000);
    await expect.poll(() => runs, { interval: 2 }).toBe(1);
  });

  it('ends after the turn under way', async () => {
    const end = Promise.withResolvers<undefined>();
    let ended = false;
    start(() => end.promise);
    void running.then(() => (ended = true));
    stop.abort();
    await systemClock.sleep(1);
    expect(ended).toBe(false);
    end.resolve(undefined);
    await running;
    expect(ended).toBe(true);
  });
});
