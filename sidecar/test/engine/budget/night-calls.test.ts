import { beforeEach, describe, expect, it } from 'vitest';
import type { Priority } from '../../../src/engine/budget/levels.ts';
import { StoreBudgets } from '../../../src/engine/budget/store-budgets.ts';
import { MemoryCallLedger } from '../../support/memory-call-ledger.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.parse('2026-11-28T00:00:00Z');

let now: Date;

/** Budgets of one store, with the hours of the day passing by the test. */
function budgetsOf(calls: number): StoreBudgets {
  const log = () => undefined;
  return new StoreBudgets({
    ledger: new MemoryCallLedger(),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    usage: () => null,
    log: { info: log, warn: log, error: log },
    stores: () => [
      { store: { key: 'main' }, label: 'Shop', budget: { dailyCalls: calls, dailyShare: null } },
    ],
  });
}

/** Makes so many calls, or as many as may be made. @returns how many were made */
function spend(of: StoreBudgets, priority: Priority, most = 10_000): number {
  const allowance = of.allowance(priority, 'main');
  let made = 0;
  while (made < most && allowance.retryAfterMs === 0) {
    allowance.spend();
    made += 1;
  }
  return made;
}

/** A night that takes so many calls, if it may begin. @returns how many it made */
function night(of: StoreBudgets, calls: number): number {
  const made = spend(of, 'nightly', calls);
  of.allowance('nightly', 'main').paced(3600, made);
  return made;
}

/** Looks for changes of a shop through the org, at so many calls a sweep, from now until midnight. */
function sweepThrough(
  of: StoreBudgets,
  calls: number,
): { readonly made: number; readonly longest: number } {
  const allowance = of.allowance('sweep', 'main');
  const end = now.getTime() - (now.getTime() % (24 * HOUR)) + 24 * HOUR;
  let made = 0;
  let longest = 0;
  while (now.getTime() < end) {
    const spent = spend(of, 'sweep', calls);
    made += spent;
    const wait = spent === 0 ? allowance.retryAfterMs : allowance.paced(60, spent) * 1000;
    if (spent > 0) longest = Math.max(longest, wait);
    now = new Date(Math.min(now.getTime() + wait, end));
  }
  return { made, longest };
}

beforeEach(() => {
  now = new Date(MIDNIGHT);
});

describe('a budget of 150 calls', () => {
  it('has sweeps of three calls come in time and leave few of their calls at midnight', () => {
    const { made, longest } = sweepThrough(budgetsOf(150), 3);
    expect(longest).toBeLessThan(2.5 * HOUR);
    expect(made).toBeGreaterThan(60);
  });

  it('is used by records that wait all day, but for the night, the looks and the sign of life', () => {
    const one = budgetsOf(150);
    expect(spend(one, 'changes')).toBe(125);
    now = new Date(MIDNIGHT + 2 * HOUR);
    expect(night(one, 8)).toBe(8);
    // The night has taken eight of the ten that were kept: the rest is free.
    expect(spend(one, 'changes')).toBe(2);
    now = new Date(MIDNIGHT + 23 * HOUR);
    expect(spend(one, 'changes')).toBe(12);
    expect(one.use('main').used).toBe(147);
    expect(spend(one, 'status')).toBe(2);
    expect(spend(one, 'configuration', 1)).toBe(1);
  });

  it('keeps what the last night took, for the next day', () => {
    const one = budgetsOf(150);
    now = new Date(MIDNIGHT + 2 * HOUR);
    expect(night(one, 20)).toBe(20);
    expect(spend(one, 'changes')).toBe(115);
    now = new Date(MIDNIGHT + 24 * HOUR);
    expect(spend(one, 'changes')).toBe(115);
    now = new Date(MIDNIGHT + 26 * HOUR);
    expect(night(one, 20)).toBe(20);
  });

  it('keeps a fifth at most, however much the last night took', () => {
    const one = budgetsOf(150);
    now = new Date(MIDNIGHT + 2 * HOUR);
    night(one, 90);
    now = new Date(MIDNIGHT + 24 * HOUR);
    expect(spend(one, 'changes')).toBe(105);
    expect(night(one, 90)).toBe(30);
  });

  it('lets the night begin after sweeps have used their calls', () => {
    const one = budgetsOf(150);
    expect(spend(one, 'sweep')).toBe(105);
    expect(spend(one, 'backfill')).toBe(0);
    now = new Date(MIDNIGHT + 17 * HOUR);
    expect(night(one, 10)).toBe(10);
  });

  it('is not taken for the night by a check that makes no calls', () => {
    const one = budgetsOf(150);
    one.allowance('nightly', 'main').paced(3600, 0);
    expect(spend(one, 'changes')).toBe(125);
  });

  it('says until when changes wait, in the same words in the last hour', () => {
    const one = budgetsOf(150);
    spend(one, 'changes');
    const said = one.warning('main')?.message;
    expect(said).toMatch(/or kept for the night: changes wait too, until 23:00 UTC/);
    now = new Date(MIDNIGHT + 23 * HOUR);
    spend(one, 'changes');
    expect(one.warning('main')?.message).toBe(said);
  });
});

it.each([
  [-5, 0, 0],
  [0, 0, 0],
  [1, 0, 0],
  [2, 1, 0],
  [4, 3, 0],
  [5, 3, 1],
  [10, 7, 2],
])('a budget of %s leaves %s for changes and %s for the night', (calls, changes, nights) => {
  const one = budgetsOf(calls);
  expect(spend(one, 'changes')).toBe(changes);
  expect(night(one, 10)).toBe(nights);
  expect(one.allowance('sweep', 'main').paced(60, 1)).toBeLessThanOrEqual(24 * 3600);
});
