import { describe, expect, it } from 'vitest';

import { CodedError } from '../../src/errors/coded-error.ts';
import { Availability } from '../../src/engine/availability.ts';
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
    const availability = new Availability(new SteppedClock());
    availability.recordFailure(error('WOO_UNAVAILABLE'), 'main');
    expect(availability.store('main').retryAfterMs).toBeGreaterThan(0);
    expect([
      availability.org.retryAfterMs,
      availability.state.retryAfterMs,
      availability.store('eu').retryAfterMs,
    ]).toEqual([0, 0, 0]);
    availability.recordFailure(error('SF_UNREACHABLE'), 'main');
    availability.recordFailure(error('STATE_UNREACHABLE'), 'main');
    expect(availability.org.out?.reason.code).toBe('SF_UNREACHABLE');
    expect(availability.state.out?.reason.code).toBe('STATE_UNREACHABLE');
  });

  it('rests longer with each failure in a row, a minute at most', () => {
    const { org } = new Availability(new SteppedClock());
    const rests = Array.from({ length: 12 }, () => {
      org.recordFailure(error('SF_UNAVAILABLE'));
      return org.retryAfterMs;
    });
    expect(rests[0]).toBeLessThanOrEqual(1000);
    expect(rests[3]).toBeGreaterThan((rests[0] ?? 0) * 4);
    expect(rests.at(-1)).toBeGreaterThan(45_000);
    expect(rests.at(-1)).toBeLessThanOrEqual(60_000);
  });

  it('asks seldom where a limit is used up or a sign-in refused, so that no limit and no user is harmed', () => {
    for (const code of ['SF_LIMIT_EXCEEDED', 'SF_SIGN_IN_REFUSED'] as const) {
      const { org } = new Availability(new SteppedClock());
      org.recordFailure(error(code));
      expect(org.retryAfterMs).toBeGreaterThanOrEqual(45_000);
      for (let times = 0; times < 10; times++) org.recordFailure(error(code));
      expect(org.retryAfterMs).toBeGreaterThan(11 * 60_000);
      expect(org.retryAfterMs).toBeLessThanOrEqual(15 * 60_000);
    }
  });

  it('tries stores at once that wait for a person who may have acted, and no other side', () => {
    const availability = new Availability(new SteppedClock());
    availability.recordFailure(error('WOO_GATEWAY_REFUSED'), 'main');
    availability.recordFailure(error('WOO_UNREACHABLE'), 'eu');
    availability.recordFailure(error('SF_SIGN_IN_REFUSED'), 'main');
    availability.tryStores();
    const rests = [availability.store('main'), availability.store('eu'), availability.org];
    expect(rests.map(({ retryAfterMs }) => retryAfterMs > 0)).toEqual([false, true, true]);
    expect(availability.store('main').out?.reason.code).toBe('WOO_GATEWAY_REFUSED');
    availability.recordFailure(error('WOO_GATEWAY_REFUSED'), 'main');
    expect(availability.store('main').retryAfterMs).toBeGreaterThan(60_000);
  });

  it('that takes no changes is asked once a minute, though what was read meanwhile was answered', () => {
    const clock = new SteppedClock();
    const { org } = new Availability(clock);
    for (let times = 0; times < 5; times++) org.recordFailure(error('SF_READ_ONLY'));
    expect(org.retryAfterMs).toBeGreaterThanOrEqual(45_000);
    expect(org.retryAfterMs).toBeLessThanOrEqual(60_000);
    org.recordSuccess();
    expect(org.out?.reason.code).toBe('SF_READ_ONLY');
    clock.time += 60_000;
    org.recordSuccess();
    expect(org.out).toBeNull();
  });

  it('is as before once it answers, and remembers since when it was out', () => {
    const clock = new SteppedClock();
    const { org } = new Availability(clock);
    org.recordFailure(error('SF_UNAVAILABLE'));
    const since = clock.now();
    clock.time += 5000;
    expect(org.retryAfterMs).toBe(0);
    org.recordFailure(error('SF_UNAVAILABLE'));
    expect(org.out?.since).toEqual(since);
    org.recordSuccess();
    expect([org.out, org.retryAfterMs]).toEqual([null, 0]);
    org.recordFailure(error('SF_UNAVAILABLE'));
    expect(org.retryAfterMs).toBeLessThanOrEqual(1000);
  });

  it('passes on what is no error of a side', () => {
    const availability = new Availability(new SteppedClock());
    const bug = new TypeError('x is not a function');
    expect(() => availability.recordFailure(bug, 'main')).toThrow(bug);
    expect(() => availability.recordFailure(error('MAPPINGS_MISSING'), 'main')).toThrow(CodedError);
    expect(availability.org.retryAfterMs).toBe(0);
  });
});
