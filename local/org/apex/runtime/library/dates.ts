import { exception, NotEmulated } from '../run/exception.ts';
import { current } from '../run/transaction.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import { ApexDate, ApexDatetime, ApexTime, formatted } from '../values/dates.ts';
import type { Value } from '../values/value.ts';

const DAY = 86_400_000;

function format(at: Date, pattern: string): string {
  const text = formatted(at, pattern);
  if (text === undefined) throw new NotEmulated(`the date format ${pattern}`);
  return text;
}

function dateOf(text: string): ApexDate {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:\s.*)?$/.exec(text) ?? [];
  if (day === undefined) throw exception('TypeException', `Invalid date: ${text}`);
  return ApexDate.of(Number(year), Number(month), Number(day));
}

function datetimeOf(text: string): ApexDatetime {
  const found = /^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}:\d{2}$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : Number.NaN;
  if (Number.isNaN(found)) throw exception('TypeException', `Invalid date/time: ${text}`);
  return new ApexDatetime(found);
}

function addMonths(at: Date, months: number): Date {
  const month = at.getUTCMonth() + months;
  const last = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(at);
  moved.setUTCFullYear(at.getUTCFullYear(), month, Math.min(at.getUTCDate(), last));
  return moved;
}

const dayOf = (at: Date): ApexDate => new ApexDate(Math.floor(at.getTime() / DAY));
const plus = (by: number) => (from: ApexDatetime, times: number) =>
  new ApexDatetime(from.ms + times * by);

const at = (
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): ApexDatetime => new ApexDatetime(Date.UTC(year, month - 1, day, hour, minute, second));

const dates = {
  'static Date newInstance(Integer, Integer, Integer)': (...parts: [number, number, number]) =>
    ApexDate.of(...parts),
  'static Date today()': () => dayOf(new Date(current().now())),
  'static Date valueOf(Object)': (value: Value) => {
    if (value instanceof ApexDate) return value;
    return value instanceof ApexDatetime ? dayOf(value.utc) : dateOf(value as string);
  },
  'static Integer daysInMonth(Integer, Integer)': (year: number, month: number) =>
    new Date(Date.UTC(year, month, 0)).getUTCDate(),
  'static Boolean isLeapYear(Integer)': (year: number) =>
    new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29,
  'Date addDays(Integer)': (date: ApexDate, days: number) => new ApexDate(date.days + days),
  'Date addMonths(Integer)': (date: ApexDate, months: number) => dayOf(addMonths(date.utc, months)),
  'Date addYears(Integer)': (date: ApexDate, years: number) =>
    dayOf(addMonths(date.utc, years * 12)),
  'Integer daysBetween(Date)': (date: ApexDate, other: ApexDate) => other.days - date.days,
  'Integer monthsBetween(Date)': ({ utc }: ApexDate, other: ApexDate) =>
    (other.utc.getUTCFullYear() - utc.getUTCFullYear()) * 12 +
    other.utc.getUTCMonth() -
    utc.getUTCMonth(),
  'Integer year()': (date: ApexDate) => date.utc.getUTCFullYear(),
  'Integer month()': (date: ApexDate) => date.utc.getUTCMonth() + 1,
  'Integer day()': (date: ApexDate) => date.utc.getUTCDate(),
  'Integer dayOfYear()': ({ utc, days }: ApexDate) =>
    days - Math.floor(Date.UTC(utc.getUTCFullYear(), 0, 1) / DAY) + 1,
  'Date toStartOfMonth()': ({ utc }: ApexDate) =>
    ApexDate.of(utc.getUTCFullYear(), utc.getUTCMonth() + 1, 1),
  'Boolean isSameDay(Date)': (date: ApexDate, other: ApexDate) => date.days === other.days,
  'String format()': (date: ApexDate) => format(date.utc, 'M/d/yyyy'),
};

const datetimes = {
  'static Datetime now()': () => new ApexDatetime(current().now()),
  'static Datetime newInstance(Long)': (ms: bigint) => new ApexDatetime(Number(ms)),
  'static Datetime newInstance(Integer, Integer, Integer)': at,
  'static Datetime newInstance(Integer, Integer, Integer, Integer, Integer, Integer)': at,
  'static Datetime newInstanceGmt(Integer, Integer, Integer)': at,
  'static Datetime newInstanceGmt(Integer, Integer, Integer, Integer, Integer, Integer)': at,
  'static Datetime newInstance(Date, Time)': (date: ApexDate, time: ApexTime) =>
    new ApexDatetime(date.days * DAY + time.ms),
  'static Datetime valueOf(Object)': (value: Value) => {
    if (value instanceof ApexDatetime) return value;
    return value instanceof ApexDate
      ? new ApexDatetime(value.days * DAY)
      : datetimeOf(value as string);
  },
  'Datetime addSeconds(Integer)': plus(1000),
  'Datetime addMinutes(Integer)': plus(60_000),
  'Datetime addHours(Integer)': plus(3_600_000),
  'Datetime addDays(Integer)': plus(DAY),
  'Datetime addMonths(Integer)': (from: ApexDatetime, months: number) =>
    new ApexDatetime(addMonths(from.utc, months).getTime()),
  'Datetime addYears(Integer)': (from: ApexDatetime, years: number) =>
    new ApexDatetime(addMonths(from.utc, years * 12).getTime()),
  'Long getTime()': (from: ApexDatetime) => BigInt(from.ms),
  'Date date()': (from: ApexDatetime) => dayOf(from.utc),
  'Date dateGmt()': (from: ApexDatetime) => dayOf(from.utc),
  'Time time()': (from: ApexDatetime) => new ApexTime(from.ms),
  'Integer year()': (from: ApexDatetime) => from.utc.getUTCFullYear(),
  'Integer month()': (from: ApexDatetime) => from.utc.getUTCMonth() + 1,
  'Integer day()': (from: ApexDatetime) => from.utc.getUTCDate(),
  'Integer hour()': (from: ApexDatetime) => from.utc.getUTCHours(),
  'Integer minute()': (from: ApexDatetime) => from.utc.getUTCMinutes(),
  'Integer second()': (from: ApexDatetime) => from.utc.getUTCSeconds(),
  'String format()': (from: ApexDatetime) => format(from.utc, 'M/d/yyyy, HH:mm'),
  'String format(String)': (from: ApexDatetime, pattern: string) => format(from.utc, pattern),
  'String formatGmt(String)': (from: ApexDatetime, pattern: string) => format(from.utc, pattern),
};

export const dateClasses: readonly PlatformClass[] = [
  platformClass('Date', dates),
  platformClass('Datetime', datetimes),
  platformClass('Time', {
    'static Time newInstance(Integer, Integer, Integer, Integer)': (
      ...[hour, minute, second, ms]: [number, number, number, number]
    ) => new ApexTime(((hour * 60 + minute) * 60 + second) * 1000 + ms),
    'Integer hour()': (time: ApexTime) => Math.floor(time.ms / 3_600_000),
    'Integer minute()': (time: ApexTime) => Math.floor(time.ms / 60_000) % 60,
    'Integer second()': (time: ApexTime) => Math.floor(time.ms / 1000) % 60,
    'Integer millisecond()': (time: ApexTime) => time.ms % 1000,
    'Time addHours(Integer)': (time: ApexTime, by: number) =>
      new ApexTime(time.ms + by * 3_600_000),
    'Time addMinutes(Integer)': (time: ApexTime, by: number) => new ApexTime(time.ms + by * 60_000),
    'Time addSeconds(Integer)': (time: ApexTime, by: number) => new ApexTime(time.ms + by * 1000),
  }),
];
