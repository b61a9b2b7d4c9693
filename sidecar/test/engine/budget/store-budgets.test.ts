import { beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/engine/budget/levels.ts';
import { StoreBudgets } from '../../../src/engine/budget/store-budgets.ts';
import type { Quota } from '../../../src/ports/org.ts';
import { MemoryCallLedger } from '../../support/memory-call-ledger.ts';

const HOUR = 3_600_000;

let now: Date;
let usage: Quota | null;
let ledger: MemoryCallLedger;
let logged: string[];
let stores: { key: string; calls: number | null; share: number | null }[];

function budgets(): StoreBudgets {
  const log = (fields: object) => void logged.push((fields as { code?: string }).code ?? '');
  return new StoreBudgets({
    ledger,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    usage: () => usage,
    log: { info: log, warn: log, error: log },
    stores: () =>
      stores.map(({ key, calls, share }) => ({
        store: { key },
        label: `Shop ${key}`,
        budget: { dailyCalls: calls, dailyShare: share },
      })),
  });
}

/** Makes calls until no more may be made. @returns how many */
function spendAll(of: StoreBudgets, priority: Parameters<StoreBudgets['allowance']>[0]): number {
  const allowance = of.allowance(priority, 'main');
  for (let calls = 0; calls < 10_000; calls++) {
    if (allowance.retryAfterMs > 0) {
      expect(() => {
        allowance.spend();
      }).toThrow(/until 00:00 UTC/);
      return calls;
    }
    allowance.spend();
  }
  return Number.POSITIVE_INFINITY;
}

beforeEach(() => {
  now = new Date('2026-11-28T12:00:00Z');
  usage = null;
  ledger = new MemoryCallLedger();
  logged = [];
  stores = [{ key: 'main', calls: 400, share: null }];
});

describe('what few calls make rarer', () => {
  it('are sweeps that take calls, of the store or of Salesforce, until the budget is raised', () => {
    stores = [{ key: 'main', calls: 150, share: null }];
    const one = budgets();
    expect(one.sweepsEvery('main')).toBeNull();
    one.allowance('sweep', 'main').paced(60, 0);
    expect(one.sweepsEvery('main'), 'on the direct route it takes none').toBeNull();
    expect(one.allowance('sweep', 'main').paced(60, 1)).toBeCloseTo(129_600 / 105);
    one.allowance('sweep', '').paced(60, 2);
    one.allowance('sweep', 'main').paced(60, 0);
    expect(one.sweepsEvery('main')).toBeCloseTo(518_400 / 105);
    // The day ends before: it is due then, and as rare as before on the next day.
    now = new Date('2026-11-28T23:59:00Z');
    expect(one.sweepsEvery('main')).toBeCloseTo(518_400 / 105);
    stores = [{ key: 'main', calls: 100_000, share: null }];
    expect(one.sweepsEvery('main')).toBeNull();
    expect(one.seenEvery).toBeNull();
  });

  it('is of each store its own, and nothing of what is rarer by itself', () => {
    stores = ['main', 'outlet'].map((key) => ({
      key,
      calls: key === 'main' ? 150 : 50_000,
      share: null,
    }));
    const one = budgets();
    for (const key of ['main', 'outlet', '']) one.allowance('sweep', key).paced(60, 1);
    expect(one.sweepsEvery('main')).toBeCloseTo(259_200 / 105);
    expect(one.sweepsEvery('outlet')).toBeNull();
    one.allowance('sweep', 'main').paced(86_400, 1);
    expect(one.sweepsEvery('main')).toBeNull();
  });

  it('are signs of life, for all stores together', () => {
    stores = [{ key: 'main', calls: 150, share: null }];
    expect(budgets().seenEvery).toBe(11_520);
    stores.push({ key: 'outlet', calls: null, share: null });
    expect(budgets().seenEvery).toBeNull();
    stores = [];
    expect(budgets().seenEvery).toBeNull();
  });
});

describe('a store with 400 calls for the day', () => {
  it('keeps half for what is more urgent than a backfill, ten for the night, and the last tenth for the sign of life', () => {
    const one = budgets();
    expect(spendAll(one, 'backfill')).toBe(200);
    expect(spendAll(one, 'sweep')).toBe(80);
    expect(spendAll(one, 'changes')).toBe(70);
    expect(spendAll(one, 'nightly')).toBe(10);
    // At noon twelve looks at the configuration are still to come.
    expect(spendAll(one, 'status')).toBe(28);
    expect(spendAll(one, 'configuration')).toBe(Number.POSITIVE_INFINITY);
  });

  it('is warned of once at 280 and once at 350, and begins the next day anew', () => {
    const one = budgets();
    const allowance = one.allowance('configuration', 'main');
    const at: number[] = [];
    for (let calls = 1; calls <= 400; calls++) {
      allowance.spend();
      if (one.warn()) at.push(calls);
    }
    expect(at).toEqual([280, 350]);
    expect(logged).toEqual(['SF_BUDGET_LOW', 'SF_BUDGET_REACHED']);
    expect(one.warning('main')?.message).toContain('90 % of the 400 API calls');
    now = new Date('2026-11-29T00:00:00Z');
    expect(one.warn()).toBe(true);
    expect([one.warning('main'), one.use('main').used]).toEqual([null, 0]);
    expect(spendAll(one, 'backfill')).toBe(200);
  });

  it('is told what it will have used, by what it has used so far', () => {
    const one = budgets();
    const allowance = one.allowance('changes', 'main');
    for (let calls = 0; calls < 100; calls++) allowance.spend();
    expect(one.use('main')).toMatchObject({ limit: 400, used: 100, forecast: 200 });
    now = new Date('2026-11-29T00:10:00Z');
    one.allowance('changes', 'main').spend();
    expect(one.use('main').forecast).toBe(25);
  });

  it('has what is done again and again done less often, and at once on the next day', () => {
    const one = budgets();
    expect(one.allowance('sweep', 'main').paced(900, 0)).toBe(900);
    expect(one.allowance('sweep', 'main').paced(600, 1)).toBe(600);
    expect(one.allowance('sweep', 'main').paced(60, 1)).toBeCloseTo(129_600 / 280);
    expect(one.allowance('status').paced(300, 1)).toBe(4320);
    expect(one.allowance('configuration').paced(300, 1)).toBe(3600);
    now = new Date('2026-11-28T23:50:00Z');
    expect(one.allowance('sweep', 'main').paced(60, 2000)).toBe(600);
  });

  it('says when it is heard of again, where that is later than usual', () => {
    const one = budgets();
    expect(one.nextSeen).toEqual(new Date(now.getTime() + 4320_000));
    const allowance = one.allowance('configuration', 'main');
    for (let calls = 0; calls < 387; calls++) allowance.spend();
    expect(one.nextSeen).toEqual(new Date('2026-11-29T00:00:00Z'));
    stores = [{ key: 'main', calls: null, share: null }];
    expect(one.nextSeen).toBeNull();
  });
});

it('a share is one of what the org has, and the smaller counts where a number is given too', () => {
  stores = [{ key: 'main', calls: 400, share: 10 }];
  const one = budgets();
  expect(one.use('main').limit).toBe(400);
  usage = { limit: 2500, remaining: 2500 };
  expect(one.use('main').limit).toBe(250);
  stores = [{ key: 'main', calls: null, share: null }];
  expect(spendAll(one, 'backfill')).toBe(Number.POSITIVE_INFINITY);
});

it('a budget of 10 leaves two calls for the night, and one for the sign of life', () => {
  stores = [{ key: 'main', calls: 10, share: null }];
  const one = budgets();
  expect(spendAll(one, 'backfill')).toBe(5);
  expect(spendAll(one, 'sweep')).toBe(2);
  expect(spendAll(one, 'changes')).toBe(0);
  expect(spendAll(one, 'nightly')).toBe(2);
  expect(spendAll(one, 'status')).toBe(1);
});

it('a budget that is lowered below what was used still says so in Salesforce, once', () => {
  const one = budgets();
  const allowance = one.allowance('changes', 'main');
  for (let calls = 0; calls < 50; calls++) allowance.spend();
  stores = [{ key: 'main', calls: 10, share: null }];
  expect(spendAll(one, 'status')).toBe(0);
  expect(one.warn()).toBe(true);
  expect(spendAll(one, 'changes')).toBe(0);
  expect(spendAll(one, 'status')).toBe(3);
  expect(one.warn()).toBe(false);
  expect(spendAll(one, 'status')).toBe(0);
});

describe('two stores in one org', () => {
  beforeEach(() => {
    stores = ['main', 'outlet'].map((key) => ({ key, calls: 100, share: null }));
  });

  it('have a budget each, and what is done for both counts for each by half', () => {
    const one = budgets();
    expect(spendAll(one, 'changes')).toBe(80);
    const shared = one.allowance('sweep');
    for (let calls = 0; calls < 20; calls++) shared.spend();
    expect(one.use('main').used).toBe(90);
    expect(one.use('outlet').used).toBe(10);
    expect(one.allowance('changes', 'main').retryAfterMs).toBeGreaterThan(0);
    expect(one.allowance('changes', 'outlet').retryAfterMs).toBe(0);
  });
});

describe('processes that share a state', () => {
  it('count together, also after a start, and what could not be saved is saved the next time', async () => {
    const [first, second] = [budgets(), budgets()];
    for (let calls = 0; calls < 30; calls++) first.allowance('changes', 'main').spend();
    ledger.isOut = true;
    await expect(first.save()).rejects.toThrow();
    ledger.isOut = false;
    await first.save();
    for (let calls = 0; calls < 12; calls++) second.allowance('changes', 'main').spend();
    await second.save();
    await first.save();
    expect([first.use('main').used, second.use('main').used]).toEqual([42, 42]);
    const third = budgets();
    await third.save();
    expect(third.use('main').used).toBe(42);
    now = new Date(now.getTime() + 24 * HOUR);
    await third.save();
    expect(third.use('main').used).toBe(0);
  });

  it('take what was saved over midnight for none of the new day', async () => {
    const one = budgets();
    for (let calls = 0; calls < 30; calls++) one.allowance('changes', 'main').spend();
    const saved = ledger.add(dayOf(now), new Map([['main', 30]]));
    ledger.add = () => {
      now = new Date('2026-11-29T00:00:00Z');
      one.allowance('changes', 'main').spend();
      return saved;
    };
    await one.save();
    expect(one.use('main').used).toBe(1);
  });
});
