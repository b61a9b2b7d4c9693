import type { Cell } from './columns.ts';
import { notRun } from './refusal.ts';

type Test = (value: string, wanted: string) => boolean;

const number = (text: string): number => Number(text);
const sameText: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const order =
  (holds: (value: number) => boolean): Test =>
  (value, wanted) =>
    value !== '' && holds(number(value) - number(wanted));

const OPERATORS: Readonly<Record<string, Test>> = {
  equals: sameText,
  contains: (value, wanted) => value.toLowerCase().includes(wanted.toLowerCase()),
  startsWith: (value, wanted) => value.toLowerCase().startsWith(wanted.toLowerCase()),
  lessThan: order((difference) => difference < 0),
  greaterThan: order((difference) => difference > 0),
  lessOrEqual: order((difference) => difference <= 0),
  greaterOrEqual: order((difference) => difference >= 0),
};
const NEGATED: Readonly<Record<string, string>> = { notEqual: 'equals', notContain: 'contains' };

/** Values by commas are alternatives; what is negated is none of them. @throws ApiError for others */
export function filterOf(operator: string, wanted: string): (value: Cell) => boolean {
  const positive = NEGATED[operator] ?? operator;
  const test = OPERATORS[positive];
  if (!test) throw notRun(`the operator ${operator}`);
  const isNegated = positive !== operator;
  const values = wanted.split(',').map((one) => one.trim());
  return (value) => {
    const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value ?? '');
    const asked = typeof value === 'boolean' ? values.map(truth) : values;
    return asked.some((one) => test(text, one)) !== isNegated;
  };
}

const truth = (text: string): string => (/^(true|1)$/i.test(text) ? '1' : '0');
