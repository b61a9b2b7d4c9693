/** An expression of `System.schedule`, read. */
export interface Cron {
  readonly second: number;
  readonly minute: number;
  readonly hours: readonly number[];
  /** Whether the job runs on a day, midnight UTC. */
  readonly isDay: (day: Date) => boolean;
}

/** Why an expression is none, in Salesforce's words where they are known. */
export class CronProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CronProblem';
  }
}

const DAY = 86_400_000;
/** The last year that an expression may name. */
const LAST_YEAR = 2099;

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of the numbers, from 1 on. */
  readonly words?: readonly string[];
}

const parts = {
  hour: { name: 'Hours', from: 0, to: 23 },
  dayOfMonth: { name: 'Day_of_month', from: 1, to: 31 },
  month: { name: 'Month', from: 1, to: 12, words: MONTHS },
  dayOfWeek: { name: 'Day_of_week', from: 1, to: 7, words: WEEKDAYS },
  year: { name: 'optional_year', from: 1970, to: LAST_YEAR },
} as const satisfies Record<string, Part>;

function numberOf(text: string, { name, from, to, words }: Part): number {
  const at = words?.indexOf(text.toUpperCase()) ?? -1;
  const value = at >= 0 ? at + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new CronProblem(`Illegal cron expression format: ${name} ${text}`);
}

/** `1`, `1-5`, `*`, `0/15` and several of them. */
function valuesOf(text: string, part: Part): readonly number[] {
  return text.split(',').flatMap((one) => {
    const [range = '', step] = one.split('/');
    const [first = '', last] = range.split('-');
    const from = range === '*' ? part.from : numberOf(first, part);
    const open = step === undefined ? from : part.to;
    const to = range === '*' ? part.to : last === undefined ? open : numberOf(last, part);
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1) {
      throw new CronProblem(`Illegal cron expression format: ${part.name} ${text}`);
    }
    const found: number[] = [];
    for (let value = from; value <= to; value += by) found.push(value);
    return found;
  });
}

function wholeOf(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 59) return value;
  throw new CronProblem(`Seconds and minutes must be specified as integers: ${text}`);
}

/** Whether a day of the month fits; `L` is the last. */
function dayOfMonth(text: string): (day: Date) => boolean {
  if (/^L$/i.test(text)) return (day) => new Date(day.getTime() + DAY).getUTCDate() === 1;
  const days = new Set(valuesOf(text, parts.dayOfMonth));
  return (day) => days.has(day.getUTCDate());
}

function dayOfWeek(text: string): (day: Date) => boolean {
  const days = new Set(valuesOf(text, parts.dayOfWeek));
  return (day) => days.has(day.getUTCDay() + 1);
}

const always = (): boolean => true;

/** Days are those of the month or those of the week. */
function requireOneKindOfDay(monthDay: string, weekDay: string): void {
  const isOpen = (text: string): boolean => text === '?' || text === '*';
  if (!isOpen(monthDay) && !isOpen(weekDay)) {
    throw new CronProblem(
      'Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.',
    );
  }
  if (monthDay === '?' && weekDay === '?') {
    throw new CronProblem("'?' can only be specified for Day-of-Month -OR- Day-of-Week.");
  }
}

/** @throws CronProblem */
export function readCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  if (fields.length < 6 || fields.length > 7) {
    throw new CronProblem(`Illegal cron expression format: ${expression}`);
  }
  const [second = '', minute = '', hour = '', monthDay = '', month = '', weekDay = '', year = '*'] =
    fields;
  requireOneKindOfDay(monthDay, weekDay);
  const months = new Set(valuesOf(month, parts.month));
  const years = new Set(valuesOf(year, parts.year));
  const fitsMonth = monthDay === '?' ? always : dayOfMonth(monthDay);
  const fitsWeek = weekDay === '?' ? always : dayOfWeek(weekDay);
  return {
    second: wholeOf(second),
    minute: wholeOf(minute),
    hours: [...valuesOf(hour, parts.hour)].sort((one, two) => one - two),
    isDay: (day) =>
      years.has(day.getUTCFullYear()) &&
      months.has(day.getUTCMonth() + 1) &&
      fitsMonth(day) &&
      fitsWeek(day),
  };
}

/** The next time after a moment, in milliseconds of the org's clock, whose time is GMT; undefined where there is none. */
export function nextTime(
  { second, minute, hours, isDay }: Cron,
  after: number,
): number | undefined {
  const last = Date.UTC(LAST_YEAR + 1, 0, 1);
  for (let day = Math.floor(after / DAY) * DAY; day < last; day += DAY) {
    if (!isDay(new Date(day))) continue;
    const times = hours.map((hour) => day + ((hour * 60 + minute) * 60 + second) * 1000);
    const found = times.find((time) => time > after);
    if (found !== undefined) return found;
  }
  return undefined;
}
