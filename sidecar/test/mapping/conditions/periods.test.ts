import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tester, type Operator } from '../../../src/mapping/conditions/operators.ts';
import { goesByTime, readPeriod } from '../../../src/mapping/conditions/periods.ts';

/** A Saturday. */
const NOW = Date.parse('2026-11-28T12:30:00Z');

const spanOf = (text: string, now = NOW) => {
  const { from, to } = readPeriod(text)?.(now) ?? { from: Number.NaN, to: Number.NaN };
  return [from, to].map((time) => new Date(time).toISOString().replace(/:00\.000Z$/, ''));
};

describe('a period', () => {
  it.each([
    ['today', '2026-11-28T00:00', '2026-11-29T00:00'],
    ['Yesterday', '2026-11-27T00:00', '2026-11-28T00:00'],
    ['tomorrow', '2026-11-29T00:00', '2026-11-30T00:00'],
    ['last 30 days', '2026-10-29T00:00', '2026-11-28T12:30:00.001Z'],
    [' LAST  1  day ', '2026-11-27T00:00', '2026-11-28T12:30:00.001Z'],
    ['last 2 weeks', '2026-11-14T00:00', '2026-11-28T12:30:00.001Z'],
    ['last 12 months', '2025-11-28T00:00', '2026-11-28T12:30:00.001Z'],
    ['last 3 hours', '2026-11-28T09:30', '2026-11-28T12:30:00.001Z'],
    ['next 2 hours', '2026-11-28T12:30', '2026-11-28T14:30'],
    ['next 7 days', '2026-11-28T12:30', '2026-12-06T00:00'],
    ['this week', '2026-11-23T00:00', '2026-11-30T00:00'],
    ['last week', '2026-11-16T00:00', '2026-11-23T00:00'],
    ['this month', '2026-11-01T00:00', '2026-12-01T00:00'],
    ['last month', '2026-10-01T00:00', '2026-11-01T00:00'],
    ['next month', '2026-12-01T00:00', '2027-01-01T00:00'],
    ['this quarter', '2026-10-01T00:00', '2027-01-01T00:00'],
    ['last quarter', '2026-07-01T00:00', '2026-10-01T00:00'],
    ['last year', '2025-01-01T00:00', '2026-01-01T00:00'],
  ])('%s is from %s to before %s', (text, from, to) => {
    expect(spanOf(text)).toEqual([from, to]);
  });

  it.each([
    ['last 1 month', '2026-03-31T10:00:00Z', '2026-02-28T00:00'],
    ['last 1 year', '2028-02-29T10:00:00Z', '2027-02-28T00:00'],
    ['last 1 month', '2026-01-31T10:00:00Z', '2025-12-31T00:00'],
  ])('%s at %s begins on a day that the month has', (text, now, from) => {
    expect(spanOf(text, Date.parse(now))[0]).toBe(from);
  });

  it.each([
    '',
    'last',
    'last days',
    '30 days',
    'last 0 days',
    'last -1 days',
    'last 99999 days',
    'this 3 days',
    'last day',
    'last 2 quarters',
    'last 30 daysago',
    '2026-11-28',
    'toString',
    'since last 3 days',
    'since last week',
    'last weekly',
    'today or tomorrow',
  ])('%j is none', (text) => {
    expect(readPeriod(text)).toBeNull();
  });

  it('is never empty, and moves with the time', () => {
    const texts = [
      'today',
      'last 3 hours',
      'last 9 days',
      'next 2 months',
      'this week',
      'last year',
    ];
    const times = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), times, times, (text, a, b) => {
        const period = readPeriod(text);
        const [one, two] = [Math.min(a, b), Math.max(a, b)].map((now) => period?.(now));
        expect(one?.from).toBeLessThan(one?.to ?? 0);
        expect(one?.from).toBeLessThanOrEqual(two?.from ?? 0);
        expect(one?.to).toBeLessThanOrEqual(two?.to ?? 0);
      }),
    );
  });
});

describe('a condition of a period', () => {
  const meets = (value: unknown, operator: Operator, period: string, now = NOW) =>
    tester(operator, period, () => now)(value);

  it.each<readonly [unknown, Operator, string, boolean]>([
    ['2026-11-01T10:00:00', 'within', 'last 30 days', true],
    ['2026-10-28T23:59:59', 'within', 'last 30 days', false],
    ['2026-11-28T12:30:00', 'within', 'last 30 days', true],
    ['2026-11-28T13:00:00', 'within', 'last 30 days', false],
    ['2026-11-28', 'within', 'today', true],
    ['20261127', 'not_within', 'today', true],
    [null, 'within', 'today', false],
    [null, 'not_within', 'today', true],
    ['soon', 'within', 'next 9 days', false],
    [['2025-01-01', '2026-11-28'], 'within', 'today', true],
    ['2026-10-31T23:59:59', 'less_than', 'this month', true],
    ['2026-11-01T00:00:00', 'less_than', 'this month', false],
    ['2026-11-01T00:00:00', 'at_least', 'this month', true],
    ['2026-10-31T23:59:59', 'at_least', 'this month', false],
    ['2026-12-01T00:00:00', 'at_most', 'this month', false],
    ['2026-11-29T00:00:00', 'within', 'today', false],
    ['2026-11-28T00:00:00', 'not_within', 'today', false],
    [null, 'less_than', 'this month', false],
    ['2026-11-28', 'within', 'lately', false],
    ['2026-11-28', 'not_within', 'lately', true],
    ['2026-11-28', 'at_most', 'lately', false],
    ['2026-11-30T23:59:59', 'at_most', 'this month', true],
    ['2026-11-30T23:59:59', 'greater_than', 'this month', false],
    ['2026-12-01T00:00:00', 'greater_than', 'this month', true],
    ['today', 'equals', 'today', true],
  ])('%j %s %s: %s', (value, operator, period, expected) => {
    expect(meets(value, operator, period)).toBe(expected);
  });

  it('is left by the time alone', () => {
    const later = NOW + 86_400_000;
    expect(meets('2026-11-28T09:00:00', 'within', 'today')).toBe(true);
    expect(meets('2026-11-28T09:00:00', 'within', 'today', later)).toBe(false);
  });

  it('is told by its value alone: one that names a day or a word stays as it is', () => {
    expect(goesByTime({ value: 'Last 30 days' })).toBe(true);
    expect(goesByTime({ value: '2026-11-28' })).toBe(false);
    expect(goesByTime({ value: 'completed' })).toBe(false);
    expect(goesByTime({ value: null })).toBe(false);
  });
});
