import { expect, it } from 'vitest';
import { dayIn, frameOf, periodLabel, periodOf } from '../periods.ts';

it.each([
  ['Asia/Tokyo', '2026-03-02'],
  ['GMT', '2026-03-02'],
  ['America/New_York', '2026-03-01'],
])('an instant is of the day that %s has then', (zone, day) => {
  expect(dayIn('2026-03-02T04:30:00Z', zone)).toBe(day);
});

it.each([
  ['2026-03-01', 'Day', '2026-03-01', '3/1/2026'],
  // A Sunday begins the week of en_US, and a Saturday ends it.
  ['2026-03-01', 'Week', '2026-03-01', '3/1/2026 - 3/7/2026'],
  ['2026-03-07', 'Week', '2026-03-01', '3/1/2026 - 3/7/2026'],
  ['2026-01-01', 'Week', '2025-12-28', '12/28/2025 - 1/3/2026'],
  ['2026-03-31', 'Month', '2026-03-01', 'March 2026'],
  ['2026-12-31', 'Year', '2026-01-01', '2026'],
])('%s by %s is of the period from %s, called %s', (day, granularity, first, label) => {
  expect(periodOf(day, granularity)).toBe(first);
  expect(periodLabel(first, granularity)).toBe(label);
});

it('an interval has its first and its last day', () => {
  const own = { startDate: '2026-01-01', endDate: null };
  const frame = (interval: string) => frameOf(interval, own, '2026-03-06');
  expect(frame('INTERVAL_CUSTOM')).toEqual({ from: '2026-01-01', to: null });
  expect(frame('INTERVAL_TODAY')).toEqual({ from: '2026-03-06', to: '2026-03-06' });
  // Today is one more than the days that it is called after.
  expect(frame('INTERVAL_LAST7')).toEqual({ from: '2026-02-27', to: '2026-03-06' });
  expect(frame('INTERVAL_LAST30')).toEqual({ from: '2026-02-04', to: '2026-03-06' });
  expect(() => frame('INTERVAL_CURY')).toThrow('INTERVAL_CURY');
  expect(() => periodOf('2026-03-06', 'FiscalYear')).toThrow('FiscalYear');
});
