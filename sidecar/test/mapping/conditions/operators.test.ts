import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  OPERATORS,
  takesValue,
  tester,
  type Operator,
} from '../../../src/mapping/conditions/operators.ts';

describe('operators', () => {
  it.each<readonly [unknown, Operator, string, boolean]>([
    ['completed', 'equals', 'completed', true],
    ['completed', 'equals', ' Completed ', true],
    ['completed', 'equals', 'complete', false],
    ['10.50', 'equals', '10.5', true],
    [3, 'equals', '3.00', true],
    ['abc', 'equals', '3', false],
    [true, 'equals', 'yes', true],
    [true, 'equals', 'true', true],
    [false, 'equals', '1', false],
    [true, 'equals', 'maybe', false],
    [null, 'equals', 'completed', false],
    [undefined, 'equals', '0', false],
    [['a', 'Sale'], 'equals', 'sale', true],
    [{ a: 1 }, 'equals', '[object object]', false],
    ['completed', 'not_equals', 'completed', false],
    [undefined, 'not_equals', 'completed', true],
    [['a', 'b'], 'not_equals', 'b', false],
    ['Gift wrap', 'contains', 'WRAP', true],
    [['Gift wrap'], 'contains', 'wrap', true],
    [null, 'contains', 'null', false],
    ['Gift wrap', 'not_contains', 'wrap', false],
    [null, 'not_contains', 'wrap', true],
    ['VAR-0001', 'starts_with', 'var-', true],
    ['XVAR-0001', 'starts_with', 'var-', false],
    ['processing', 'in', 'completed; processing', true],
    ['processing', 'in', 'completed,processing', true],
    ['on-hold', 'in', 'completed;processing', false],
    [5, 'in', '4;5.0', true],
    ['', 'in', 'a;;b', false],
    ['on-hold', 'not_in', 'completed;processing', true],
    [['a', 'b'], 'not_in', 'b;c', false],
    ['100', 'greater_than', '99.99', true],
    ['9', 'greater_than', '10', false],
    ['10', 'greater_than', '10.00', false],
    ['10', 'at_least', '10.00', true],
    ['-1', 'less_than', '0', true],
    ['10', 'at_most', '9.99', false],
    ['many', 'greater_than', '0', false],
    [null, 'less_than', '5', false],
    ['2026-01-02T00:00:00', 'greater_than', '2026-01-01', true],
    ['2026-01-01T00:00:00', 'at_least', '2026-01-01', true],
    ['2025-12-31T23:59:59', 'at_least', '2026-01-01', false],
    ['2026-01-01T10:00:00', 'less_than', '2026-01-01T11:00:00+02:00', false],
    ['', 'is_empty', '', true],
    [' ', 'is_empty', '', true],
    [null, 'is_empty', '', true],
    [undefined, 'is_empty', '', true],
    [[], 'is_empty', '', true],
    [0, 'is_empty', '', false],
    [false, 'is_not_empty', '', true],
    [null, 'is_not_empty', '', false],
    [' ', 'is_not_empty', '', false],
    ['10', 'less_than', '10.00', false],
    ['9.99', 'less_than', '10', true],
    ['10', 'at_most', '10.00', true],
    ['9.99', 'at_most', '10', true],
    [null, 'less_than', '2026-01-01', false],
    ['soon', 'less_than', '2026-01-01', false],
    ['', 'in', 'a; ;b', false],
    ['b', 'in', 'a; b ', true],
    [1050, 'contains', '05', true],
    [1050, 'starts_with', '10', true],
    ['0.1', 'equals', '0.10000000000000001', false],
  ])('%j %s %j is %j', (value, operator, expected, outcome) => {
    expect(tester(operator, expected)(value)).toBe(outcome);
  });

  it('a not_ operator is always the opposite of its own', () => {
    const twoWay = [
      ['equals', 'not_equals'],
      ['contains', 'not_contains'],
      ['in', 'not_in'],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...twoWay),
        fc.jsonValue(),
        fc.string(),
        ([yes, no], value, text) => {
          expect(tester(no, text)(value)).toBe(!tester(yes, text)(value));
        },
      ),
    );
  });

  it('compare any two amounts as numbers', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const [left, right] = [(a / 100).toFixed(2), (b / 100).toFixed(2)];
        expect(tester('greater_than', right)(left)).toBe(a > b);
        expect(tester('at_least', right)(left)).toBe(a >= b);
        expect(tester('equals', right)(left)).toBe(a === b);
      }),
    );
  });

  it('answer any value with true or false', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OPERATORS),
        fc.jsonValue(),
        fc.string(),
        (operator, value, text) => {
          expect(tester(operator, text)(value)).toBeTypeOf('boolean');
        },
      ),
    );
  });

  it('is_empty and is_not_empty alone need no value', () => {
    expect(OPERATORS.filter((operator) => !takesValue(operator))).toEqual([
      'is_empty',
      'is_not_empty',
    ]);
  });
});
