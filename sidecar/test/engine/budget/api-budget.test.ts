import { describe, expect, it } from 'vitest';
import { ApiBudget } from '../../../src/engine/budget/api-budget.ts';
import type { Quota } from '../../../src/ports/org.ts';

const MOST = 1000;

/** An org whose last answer said how many calls are left. */
function org(left: number | null, really: number | null = left) {
  const room = (of: number | null): Quota | null =>
    of === null ? null : { limit: MOST, remaining: of };
  return {
    usage: room(left),
    asked: 0,
    limits() {
      this.asked += 1;
      return Promise.resolve({ apiCalls: room(really), storageMb: null });
    },
    uses(of: number) {
      this.usage = room(of);
    },
  };
}

describe('the API calls of the org', () => {
  it.each([
    [null, undefined],
    [1000, undefined],
    [100, undefined],
    [99, 'SF_CALLS_LOW'],
    [50, 'SF_CALLS_LOW'],
    [49, 'SF_RESERVE_REACHED'],
    [0, 'SF_RESERVE_REACHED'],
  ])('of which %s are left: %s', (left, code) => {
    expect(new ApiBudget(org(left)).warning?.code).toBe(code);
  });

  it('are said to be low until a fifth more are free: the number moves with each call', () => {
    const those = org(99);
    const budget = new ApiBudget(those);
    expect(budget.warning?.code).toBe('SF_CALLS_LOW');
    those.uses(119);
    expect(budget.warning?.code).toBe('SF_CALLS_LOW');
    those.uses(120);
    expect(budget.warning).toBeNull();
    those.uses(101);
    expect(budget.warning).toBeNull();
  });

  it('are spoken of in the same words each time, so that it is one piece of news', () => {
    const those = org(80);
    const budget = new ApiBudget(those);
    const first = budget.warning?.message;
    those.uses(70);
    expect(budget.warning?.message).toBe(first);
  });

  it('are left to others from the last twentieth on, and asked for only then', async () => {
    const enough = org(50);
    await new ApiBudget(enough).keepReserve();
    expect(enough.asked).toBe(0);
    const few = org(49);
    await expect(new ApiBudget(few).keepReserve()).rejects.toThrow(/Less than 5 % of the 1000/);
    expect(few.asked).toBe(1);
    await new ApiBudget(org(49, 900)).keepReserve();
  });
});
