/** From the first moment to before the last, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A period as it lies at a moment. */
export type Period = (now: number) => Span;

type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY = 86_400_000;
const NUMBERED = /^(last|next) ([1-9]\d{0,3}) (hour|day|week|month|year)s?$/;
const WHOLE = /^(last|this|next) (week|month|quarter|year)$/;
const DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { month: 1, quarter: 3, year: 12 };

/**
 * Reads a period that moves with time: `today`, `last 30 days`, `next 2 hours`, `this month`. Days, weeks (from Monday)
 * and months begin in GMT. `last 30 days` is from the beginning of the day 30 days ago until now, `next 30 days` from now
 * to the end of that day; `last month` is the whole month before this one.
 * @returns null for anything else
 */
export function readPeriod(text: string): Period | null {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (Object.hasOwn(DAYS, words)) {
    const days = DAYS[words] ?? 0;
    return (now) => {
      const from = startOf('day', now) + days * DAY;
      return { from, to: from + DAY };
    };
  }
  const [, way, count, counted] = NUMBERED.exec(words) ?? [];
  if (way !== undefined) return numbered(way === 'last' ? -1 : 1, Number(count), counted as Unit);
  const [, which, unit] = WHOLE.exec(words) ?? [];
  if (which === undefined) return null;
  const steps = which === 'this' ? 0 : which === 'last' ? -1 : 1;
  return (now) => whole(unit as Unit, now, steps);
}

/** Whether a condition may be met at one time and not at another, though its record stays as it is. */
export function goesByTime({ value }: { readonly value: string | null }): boolean {
  return readPeriod(value ?? '') !== null;
}

function numbered(way: 1 | -1, count: number, unit: Unit): Period {
  if (unit === 'hour') {
    return (now) => span(now, now + way * count * 3_600_000);
  }
  return (now) => {
    const day = startOf('day', shifted(unit, now, way * count));
    return span(now, way === 1 ? day + DAY : day);
  };
}

/** A `last` period holds this very moment. */
function span(now: number, other: number): Span {
  return other > now ? { from: now, to: other } : { from: other, to: now + 1 };
}

function whole(unit: Unit, now: number, steps: number): Span {
  const from = startOf(unit, shifted(unit, startOf(unit, now), steps));
  return { from, to: shifted(unit, from, 1) };
}

/** The same time of day so many units later; of a month that is too short for the day, its last. */
function shifted(unit: Unit, moment: number, count: number): number {
  const months = MONTHS[unit];
  if (months === undefined) return moment + count * (unit === 'week' ? 7 * DAY : DAY);
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + count * months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}

function startOf(unit: Unit, moment: number): number {
  const midnight = moment - (((moment % DAY) + DAY) % DAY);
  const date = new Date(midnight);
  if (unit === 'week') return midnight - ((date.getUTCDay() + 6) % 7) * DAY;
  const months = MONTHS[unit];
  if (months === undefined) return midnight;
  const month = date.getUTCMonth();
  return Date.UTC(date.getUTCFullYear(), month - (month % months));
}
