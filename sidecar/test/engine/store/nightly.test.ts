import { describe, expect, it } from 'vitest';

import { isNight } from '../../../src/engine/store/nightly.ts';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour);

describe('isNight', () => {
  it('comes once a night, at two', () => {
    expect(isNight(at(25, 1), at(24, 3))).toBe(false);
    expect(isNight(at(25, 2), at(24, 3))).toBe(true);
    expect(isNight(at(25, 3), at(25, 2))).toBe(false);
  });

  it('is made up for where nothing ran at two', () => {
    expect(isNight(at(25, 15), at(24, 3))).toBe(true);
    expect(isNight(at(25, 15), at(25, 9))).toBe(false);
    expect(isNight(at(25, 1), at(20, 3))).toBe(true);
  });
});
