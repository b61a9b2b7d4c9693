import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/lib/retry.ts';

describe('a Retry-After header', () => {
  const now = new Date('2026-03-20T12:00:00Z');
  it.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['0', 0],
    ['1.5', 1500],
    ['-3', 0],
    ['Fri, 20 Mar 2026 12:00:05 GMT', 5000],
    ['Fri, 20 Mar 2026 11:00:00 GMT', 0],
  ])('of %s means %s ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
