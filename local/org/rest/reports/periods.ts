import { notRun } from './refusal.ts';

const DAY_MS = 86_400_000;

/** The day on which the instant is in a time zone, as `2026-11-28`. */
export function dayIn(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  });
  return parts.format(new Date(instant));
}

/** As many days later. */
function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of the period that a day is in. @throws ApiError for a granularity that is not known */
export function periodOf(day: string, granularity: string): string {
  if (granularity === 'Day' || granularity === 'None') return day;
  if (granularity === 'Month') return `${day.slice(0, 7)}-01`;
  if (granularity === 'Year') return `${day.slice(0, 4)}-01-01`;
  if (granularity !== 'Week') throw notRun(`the date granularity ${granularity}`);
  // Weeks of en_US begin on Sunday.
  return plusDays(day, -new Date(`${day}T00:00:00Z`).getUTCDay());
}

export function periodLabel(day: string, granularity: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const shown = (style: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { ...style, timeZone: 'UTC' }).format(date);
  if (granularity === 'Month') return shown({ month: 'long', year: 'numeric' });
  if (granularity === 'Year') return day.slice(0, 4);
  const of = (one: string): string =>
    one.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, (_all, year, month, date) => `${month}/${date}/${year}`);
  return granularity === 'Week' ? `${of(day)} - ${of(plusDays(day, 6))}` : of(day);
}

/** First and last day of a standard date filter, both included; null for open. */
export interface Frame {
  readonly from: string | null;
  readonly to: string | null;
}

/** @throws ApiError for an interval that is not known */
export function frameOf(
  interval: string,
  own: { readonly startDate: string | null; readonly endDate: string | null },
  today: string,
): Frame {
  if (interval === 'INTERVAL_CUSTOM') return { from: own.startDate, to: own.endDate };
  if (interval === 'INTERVAL_TODAY') return { from: today, to: today };
  const days = /^INTERVAL_LAST(7|30|60|90|120)$/.exec(interval)?.[1];
  if (days !== undefined) return { from: plusDays(today, -Number(days)), to: today };
  throw notRun(`the interval ${interval}`);
}
