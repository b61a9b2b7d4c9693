import { parseDate } from '../values/dates.ts';
import { decimal } from '../values/decimal.ts';
import { Refusal } from '../model/refusal.ts';
import { isEmpty, toBoolean } from '../values/convert.ts';
import { readPeriod, type Span } from './periods.ts';

export const OPERATORS = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'in',
  'not_in',
  'greater_than',
  'less_than',
  'at_least',
  'at_most',
  'is_empty',
  'is_not_empty',
  'within',
  'not_within',
] as const;

export type Operator = (typeof OPERATORS)[number];

/** Whether an attribute's value meets a condition. */
export type Test = (value: unknown) => boolean;

const ORDER: Readonly<Partial<Record<Operator, (difference: number) => boolean>>> = {
  greater_than: (difference) => difference > 0,
  less_than: (difference) => difference < 0,
  at_least: (difference) => difference >= 0,
  at_most: (difference) => difference <= 0,
};

/** Of a period: before its beginning, from there on, after its end, or until then. */
const OUTSIDE: Readonly<Partial<Record<Operator, (time: number, span: Span) => boolean>>> = {
  greater_than: (time, { to }) => time >= to,
  less_than: (time, { from }) => time < from,
  at_least: (time, { from }) => time >= from,
  at_most: (time, { to }) => time < to,
};

/** Whether an operator compares with a value at all. */
export function takesValue(operator: Operator): boolean {
  return operator !== 'is_empty' && operator !== 'is_not_empty';
}

/** Whether an operator's value may be several. */
export function takesSeveral(operator: Operator): boolean {
  return operator === 'in' || operator === 'not_in';
}

/** The values of an operator that takes several. */
export function severalOf(value: string): string[] {
  return value
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether an operator's value must be a number or a date. */
export function comparesSize(operator: Operator): boolean {
  return ORDER[operator] !== undefined;
}

/** Whether an operator's value is a period. */
export function takesPeriod(operator: Operator): boolean {
  return operator === 'within' || operator === 'not_within';
}

/** Whether a value can be told smaller or greater than others. */
export function hasSize(value: string): boolean {
  return decimal(value) !== null || parseDate(value) !== null || readPeriod(value) !== null;
}

/**
 * The test of one condition. Texts are compared without regard to case and outer blanks, numbers as
 * numbers, dates as moments (a date alone is its first). A list meets a condition when one of its elements
 * does, and a `not_` condition when none does. What is empty meets `is_empty` and the `not_` conditions.
 * @param expected the condition's value; `in` and `not_in` take several, divided by `;` or `,`
 * @param now at which moment a period such as `last 30 days` is taken, in milliseconds since 1970
 */
export function tester(operator: Operator, expected: string, now: () => number = Date.now): Test {
  switch (operator) {
    case 'is_empty':
      return isEmpty;
    case 'is_not_empty':
      return (value) => !isEmpty(value);
    case 'not_equals':
      return opposite(tester('equals', expected));
    case 'not_contains':
      return opposite(tester('contains', expected));
    case 'not_in':
      return opposite(tester('in', expected));
    case 'not_within':
      return opposite(tester('within', expected, now));
    case 'within':
      return someOf(periodTest(expected, now, (time, { from, to }) => time >= from && time < to));
    case 'equals':
      return someOf(equalTo(expected));
    case 'in': {
      const tests = severalOf(expected).map(equalTo);
      return someOf((value) => tests.some((test) => test(value)));
    }
    case 'contains':
      return someOf(textTest(expected, (text, part) => text.includes(part)));
    case 'starts_with':
      return someOf(textTest(expected, (text, part) => text.startsWith(part)));
    default:
      return someOf(sizeTest(operator, expected, now));
  }
}

function opposite(test: Test): Test {
  return (value) => !test(value);
}

function someOf(test: Test): Test {
  return (value) => (Array.isArray(value) ? value.some(test) : test(value));
}

function equalTo(expected: string): Test {
  const number = decimal(expected);
  const yes = toBoolean(expected);
  const folded = fold(expected);
  return (value) => {
    if (typeof value === 'boolean') return !(yes instanceof Refusal) && value === yes;
    const actual = number === null ? null : decimal(value);
    return number && actual ? actual.eq(number) : comparable(value) && fold(value) === folded;
  };
}

function textTest(expected: string, test: (text: string, part: string) => boolean): Test {
  const part = fold(expected);
  return (value) => comparable(value) && test(fold(value), part);
}

function sizeTest(operator: Operator, expected: string, now: () => number): Test {
  const holds = ORDER[operator] ?? (() => false);
  const number = decimal(expected);
  if (number !== null) {
    return (value) => {
      const actual = decimal(value);
      return actual !== null && holds(actual.comparedTo(number));
    };
  }
  const moment = parseDate(expected);
  if (moment === null) return periodTest(expected, now, OUTSIDE[operator] ?? (() => false));
  return (value) => {
    const actual = parseDate(value);
    return actual !== null && holds(actual - moment);
  };
}

/** A text that is no period is met by nothing. */
function periodTest(
  expected: string,
  now: () => number,
  test: (time: number, span: Span) => boolean,
): Test {
  const period = readPeriod(expected);
  return (value) => {
    const time = parseDate(value);
    return time !== null && period !== null && test(time, period(now()));
  };
}

function comparable(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function fold(value: string | number | boolean): string {
  return String(value).trim().toLowerCase();
}
