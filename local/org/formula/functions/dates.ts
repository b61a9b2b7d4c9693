import { expectType } from '../check.ts';
import { FormulaFault } from '../problem.ts';
import { typed, type FormulaType, type Typed, type Value } from '../types.ts';
import { dayLength, inCalendar, textOf } from '../values.ts';
import { placeOf, strict, type FormulaFunction } from './function.ts';

const date = ['Date'] as const;
const number = ['Number'] as const;
const time = ['Time'] as const;

const at = (values: readonly Value[], index: number): number => Number(values[index] ?? 0);
const midnight = (moment: number): number => Math.floor(moment / dayLength) * dayLength;

/** @throws FormulaFault for a day that no calendar has */
function dateOf(year: number, month: number, day: number): number {
  const [y, m, d] = [Math.trunc(year), Math.trunc(month), Math.trunc(day)];
  const moment = new Date(0).setUTCFullYear(y, m - 1, d);
  const made = new Date(moment);
  const isReal = made.getUTCMonth() === m - 1 && made.getUTCDate() === d;
  if (!isReal || y < 1 || y > 9999) throw new FormulaFault('Invalid date');
  return moment;
}

function dateFromText(text: string): number {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!match) throw new FormulaFault(`Invalid date: ${text}`);
  return dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

function timeFromText(text: string): number {
  const match = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,3}))?$/.exec(text.trim());
  const [hours = 0, minutes = 0, seconds = 0] = match?.slice(1, 4).map(Number) ?? [];
  if (!match || hours > 23 || minutes > 59 || seconds > 59) {
    throw new FormulaFault(`Invalid time: ${text}`);
  }
  const milliseconds = Number((match[4] ?? '').padEnd(3, '0'));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

function momentFromText(text: string): number {
  const [day = '', clock] = text.trim().replace(/Z$/, '').split(/[ T]/);
  return dateFromText(day) + (clock === undefined ? 0 : timeFromText(clock));
}

/** The last day of a month stays the last day. */
function addMonths(moment: number, months: number): number {
  const from = new Date(moment);
  const lastOf = (year: number, month: number): number =>
    new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()];
  const target = new Date(Date.UTC(year, month + Math.trunc(months), 1));
  const last = lastOf(target.getUTCFullYear(), target.getUTCMonth());
  const isLast = day === lastOf(year, month);
  target.setUTCDate(isLast ? last : Math.min(day, last));
  return inCalendar(target.getTime() + (moment - midnight(moment)));
}

/** The Thursday of the week decides to which year and week a day belongs. */
function isoWeek(moment: number): { readonly year: number; readonly week: number } {
  const weekday = (new Date(moment).getUTCDay() + 6) % 7;
  const thursday = new Date(midnight(moment) + (3 - weekday) * dayLength);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayLength / 7) + 1;
  return { year, week };
}

const part = (name: string, compute: (at: Date) => number): FormulaFunction =>
  strict('Number', { name, operands: [date] }, (values) => compute(new Date(at(values, 0))));

const timePart = (name: string, unit: number, count: number): FormulaFunction =>
  strict('Number', { name, operands: [time] }, (values) => {
    return Math.floor(at(values, 0) / unit) % count;
  });

/** A function of one operand that may be text or a moment. */
function converting(
  name: string,
  accepted: readonly FormulaType[],
  result: FormulaType,
  convert: (value: Value, type: FormulaType) => number,
): FormulaFunction {
  const build = ([operand]: readonly Typed[]): Typed => {
    if (!operand) throw new Error(`${name} was built without its operand`);
    expectType(operand, accepted, placeOf(name));
    return typed(result, (scope) => {
      const value = operand.run(scope);
      return value === null ? null : convert(value, operand.type);
    });
  };
  return { name, least: 1, most: 1, build };
}

const isText = (type: FormulaType): boolean => type === 'Text' || type === 'Lookup';

/** Functions on dates and times; the org's time zone is UTC. */
export const dateFunctions: readonly FormulaFunction[] = [
  {
    name: 'TODAY',
    least: 0,
    most: 0,
    build: () => typed('Date', ({ now }) => midnight(now.getTime())),
  },
  { name: 'NOW', least: 0, most: 0, build: () => typed('Date/Time', ({ now }) => now.getTime()) },
  {
    name: 'TIMENOW',
    least: 0,
    most: 0,
    build: () => typed('Time', ({ now }) => now.getTime() - midnight(now.getTime())),
  },
  strict('Date', { name: 'DATE', operands: [number, number, number] }, (values) =>
    dateOf(at(values, 0), at(values, 1), at(values, 2)),
  ),
  converting('DATEVALUE', ['Text', 'Date/Time', 'Date'], 'Date', (value, type) =>
    isText(type) ? dateFromText(textOf(value)) : midnight(Number(value)),
  ),
  converting('DATETIMEVALUE', ['Text', 'Date', 'Date/Time'], 'Date/Time', (value, type) =>
    isText(type) ? momentFromText(textOf(value)) : Number(value),
  ),
  converting('TIMEVALUE', ['Text', 'Date/Time', 'Time'], 'Time', (value, type) => {
    if (isText(type)) return timeFromText(textOf(value));
    return type === 'Time' ? Number(value) : Number(value) - midnight(Number(value));
  }),
  converting('UNIXTIMESTAMP', ['Date', 'Date/Time', 'Time'], 'Number', (value) =>
    Math.floor(Number(value) / 1000),
  ),
  strict('Date/Time', { name: 'FROMUNIXTIME', operands: [number] }, (values) =>
    inCalendar(at(values, 0) * 1000),
  ),
  {
    name: 'ADDMONTHS',
    least: 2,
    most: 2,
    build: ([base, months]) => {
      if (!base || !months) throw new Error('ADDMONTHS was built without its operands');
      expectType(base, ['Date', 'Date/Time'], placeOf('ADDMONTHS'));
      expectType(months, number, placeOf('ADDMONTHS'));
      return typed(base.type, (scope) => {
        const [from, by] = [base.run(scope), months.run(scope)];
        return from === null || by === null ? null : addMonths(Number(from), Number(by));
      });
    },
  },
  part('YEAR', (day) => day.getUTCFullYear()),
  part('MONTH', (day) => day.getUTCMonth() + 1),
  part('DAY', (day) => day.getUTCDate()),
  part('WEEKDAY', (day) => day.getUTCDay() + 1),
  part(
    'DAYOFYEAR',
    (day) => Math.floor((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / dayLength) + 1,
  ),
  part('ISOWEEK', (day) => isoWeek(day.getTime()).week),
  part('ISOYEAR', (day) => isoWeek(day.getTime()).year),
  timePart('HOUR', 3_600_000, 24),
  timePart('MINUTE', 60_000, 60),
  timePart('SECOND', 1000, 60),
  timePart('MILLISECOND', 1, 1000),
];
