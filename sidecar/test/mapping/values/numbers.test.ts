import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toNumber } from '../../../src/mapping/values/numbers.ts';
import { Refusal } from '../../../src/mapping/model/refusal.ts';
import { field } from '../support/mappings.ts';

describe('a number for a field', () => {
  it.each([0, 2, 4])('with scale %i is rounded as decimals are, whatever its form', (scale) => {
    const convert = toNumber(field('Amount__c', 'double', { precision: 18, scale }));
    const places = { minimumFractionDigits: 0, maximumFractionDigits: 9, useGrouping: false };
    const usual = fc
      .double({ min: -1e10, max: 1e10, noNaN: true })
      .map((value) => Number(value.toLocaleString('en', places)));
    const divided = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 99 })).map(([a, b]) => a / b);
    const half = fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 2 / 10 ** scale);
    fc.assert(
      fc.property(fc.oneof(usual, divided, half), (value) => {
        const rounded = new Decimal(value).toDecimalPlaces(scale, Decimal.ROUND_HALF_UP).toNumber();
        for (const form of [value, new Decimal(value).toFixed()]) {
          expect(convert(form)).toBe(rounded === 0 ? 0 : rounded);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([99_999.995, -100_000, 1e300, '100000'])(
    'is refused where it is too large: %s',
    (value) => {
      const convert = toNumber(field('Amount__c', 'double', { precision: 7, scale: 2 }));
      expect(convert(value)).toBeInstanceOf(Refusal);
    },
  );
});
