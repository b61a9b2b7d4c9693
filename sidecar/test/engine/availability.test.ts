import { describe, expect, it } from 'vitest';

import { CodedError } from '../../src/errors/coded-error.ts';
import { Sides } from '../../src/engine/availability.ts';
import type { ErrorCode } from '../../src/errors/catalogue.ts';

class SteppedClock {
  time = Date.UTC(2026, 10, 25);

  now(): Date {
    return new Date(this.time);
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

const error = (code: ErrorCode) => new CodedError(code, 'It is out.', 'Wait.');

describe('Sides', () => {
  it('lets the side rest that an error is about, and no other', () => {
    const sides = new Sides(new SteppedClock());
    sides.blame(error('WOO_UNAVAILABLE'), 'main');
    expect(sides.store('main').rest).toBeGreaterThan(0);
    expect([sides.org.rest, sides.state.rest, sides.store('eu').rest]).toEqual([0, 0, 0]);
    sides.blame(error('SF_UNREACHABLE'), 'main');
    sides.blame(error('STATE_UNREACHABLE'), 'main');
    expect(sides.org.out?.reason.code).toBe('SF_UNREACHABLE');
    expect(sides.state.out?.reason.code).toBe('STATE_UNREACHABLE');
  });

  it('rests longer with each failure in a row, a minute at most', () => {
    const { org } = new Sides(new SteppedClock());
    const rests = Array.from({ length: 12 }, () => {
      org.failed(error('SF_UNAVAILABLE'));
      return org.rest;
    });
    expect(rests[0]).toBeLessThanOrEqual(1000);
    expect(rests[3]).toBeGreaterThan((rests[0] ?? 0) * 4);
    expect(rests.at(-1)).toBeGreaterThan(45_000);
    expect(rests.at(-1)).toBeLessThanOrEqual(60_000);
  });

  it('asks seldom where a limit is used up or a sign-in refused, so that no limit and no user is harmed', () => {
    for (const code of ['SF_LIMIT_EXCEEDED', 'SF_SIGN_IN_REFUSED'] as const) {
      const { org } = new Sides(new SteppedClock());
      org.failed(error(code));
      expect(org.rest).toBeGreaterThanOrEqual(45_000);
      for (let times = 0; times < 10; times++) org.failed(error(code));
      expect(org.rest).toBeGreaterThan(11 * 60_000);
      expect(org.rest).toBeLessThanOrEqual(15 * 60_000);
    }
  });

  it('is as before once it answers, and remembers since when it was out', () => {
    const clock = new SteppedClock();
    const { org } = new Sides(clock);
    org.failed(error('SF_UNAVAILABLE'));
    const since = clock.now();
    clock.time += 5000;
    expect(org.rest).toBe(0);
    org.failed(error('SF_UNAVAILABLE'));
    expect(org.out?.since).toEqual(since);
    org.answered();
    expect([org.out, org.rest]).toEqual([null, 0]);
    org.failed(error('SF_UNAVAILABLE'));
    expect(org.rest).toBeLessThanOrEqual(1000);
  });

  it('passes on what is no error of a side', () => {
    const sides = new Sides(new SteppedClock());
    const bug = new TypeError('x is not a function');
    expect(() => sides.blame(bug, 'main')).toThrow(bug);
    expect(() => sides.blame(error('MAPPINGS_MISSING'), 'main')).toThrow(CodedError);
    expect(sides.org.rest).toBe(0);
  });
});
