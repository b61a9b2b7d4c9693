import { notEmulated } from './problem.ts';

/** From the first instant up to, not including, the last; both as ISO days in UTC. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const units: readonly Unit[] = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

function startOf(unit: Unit, now: Date): Date {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const day = now.getUTCDate();
  switch (unit) {
    case 'DAY':
      return new Date(Date.UTC(year, month, day));
    case 'WEEK':
      return new Date(Date.UTC(year, month, day - now.getUTCDay()));
    case 'MONTH':
      return new Date(Date.UTC(year, month, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case 'YEAR':
      return new Date(Date.UTC(year, 0, 1));
  }
}

function plus(start: Date, unit: Unit, n: number): Date {
  const year = start.getUTCFullYear();
  const month = start.getUTCMonth();
  const day = start.getUTCDate();
  const months = { MONTH: n, QUARTER: 3 * n, YEAR: 12 * n, DAY: 0, WEEK: 0 }[unit];
  const days = { DAY: n, WEEK: 7 * n, MONTH: 0, QUARTER: 0, YEAR: 0 }[unit];
  return new Date(Date.UTC(year, month + months, day + days));
}

const single: Readonly<Record<string, number>> = { LAST: -1, THIS: 0, NEXT: 1 };
const dayNames: Readonly<Record<string, number>> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };

/** Offsets of first and last unit, both included, relative to the present one. */
function span(literal: string): readonly [Unit, number, number] | undefined {
  const [name = '', count = ''] = literal.toUpperCase().split(':');
  const n = Number(count);
  const named = dayNames[name];
  if (named !== undefined) return ['DAY', named, named];
  const whole = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (whole) {
    const offset = single[whole[1] ?? ''] ?? 0;
    return [whole[2] as Unit, offset, offset];
  }
  if (name === 'LAST_90_DAYS') return ['DAY', -90, 0];
  if (name === 'NEXT_90_DAYS') return ['DAY', 1, 90];
  const counted = /^(?:(LAST|NEXT)_N_([A-Z]+)S|N_([A-Z]+)S_AGO)$/.exec(name);
  const unit = units.find((one) => one === (counted?.[2] ?? counted?.[3]));
  if (!counted || !unit) return undefined;
  if (counted[3] !== undefined) return [unit, -n, -n];
  if (counted[1] === 'NEXT') return [unit, 1, n];
  return unit === 'DAY' ? [unit, -n, 0] : [unit, -n, -1];
}

/**
 * The days that a literal such as `TODAY` or `LAST_N_DAYS:7` means; the org's time zone is UTC.
 * @throws ApiError NOT_EMULATED for fiscal periods
 */
export function daysOf(literal: string, now: Date): DayRange {
  const found = span(literal);
  if (!found) throw notEmulated(`the date literal ${literal}`);
  const [unit, first, last] = found;
  const start = startOf(unit, now);
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  return { from: day(plus(start, unit, first)), to: day(plus(start, unit, last + 1)) };
}
