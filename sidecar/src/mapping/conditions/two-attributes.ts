import { kindOf } from '../model/attribute-kinds.ts';
import type { Resource } from '../model/record.ts';
import { isEmpty, scalarText } from '../values/convert.ts';
import {
  comparesSize,
  type Operator,
  takesPeriod,
  takesSeveral,
  takesValue,
  tester,
} from './operators.ts';

/** Whether an operator can compare an attribute with another one. */
export function comparesTwo(operator: Operator): boolean {
  return takesValue(operator) && !takesSeveral(operator) && !takesPeriod(operator);
}

/**
 * Whether two values of a record meet a condition. They are compared as one is with the value of a condition; of a list on
 * either side one element is enough. Two that are empty are equal, and one that is empty meets the `not_` conditions.
 */
export function compareTwo(operator: Operator, value: unknown, other: unknown): boolean {
  if (operator === 'not_equals') return !compareTwo('equals', value, other);
  if (operator === 'not_contains') return !compareTwo('contains', value, other);
  if (isEmpty(value) || isEmpty(other)) {
    return operator === 'equals' && isEmpty(value) && isEmpty(other);
  }
  if (operator === 'equals' && typeof value === 'string' && value === other) return true;
  const others: readonly unknown[] = Array.isArray(other) ? other : [other];
  return others.some((one) => {
    const text = scalarText(one);
    return typeof text === 'string' && text !== '' && tester(operator, text)(value);
  });
}

const SIZELESS = new Set(['word', 'email', 'yes_no']);

/** Why two attributes can never be compared, as the rest of a sentence; null where they may be. */
export function senselessPair(
  resource: Resource,
  attribute: string,
  other: string,
  operator: Operator,
): string | null {
  if (attribute === other) return 'both are the same attribute';
  const [one, two] = [kindOf(resource, attribute), kindOf(resource, other)];
  const kinds = [one, two];
  if (kinds.includes('object')) return 'one of them is a group of values';
  if (comparesSize(operator) && kinds.some((kind) => SIZELESS.has(kind ?? ''))) {
    return 'one of them has no size';
  }
  const differ = (kind: string) =>
    one !== two && kinds.includes(kind as never) && isSingle(one, two);
  if (differ('date')) return 'only one of them is a date';
  if (differ('yes_no')) return 'only one of them is true or false';
  return differ('number') && !kinds.includes('text') ? 'only one of them is a number' : null;
}

/** Whether it is known of both that they hold one value. */
function isSingle(...kinds: readonly (string | null)[]): boolean {
  return kinds.every((kind) => kind !== null && kind !== 'list');
}
