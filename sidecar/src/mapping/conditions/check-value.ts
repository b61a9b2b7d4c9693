import type { Path } from '../attributes/attribute-path.ts';
import type { ConditionRow } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';
import type { Resource } from '../model/record.ts';
import { isEmpty } from '../values/convert.ts';
import { senselessValue } from './condition-values.ts';
import {
  comparesSize,
  hasSize,
  type Operator,
  severalOf,
  takesPeriod,
  takesSeveral,
  takesValue,
} from './operators.ts';
import { readPeriod } from './periods.ts';
import { comparesTwo, senselessPair } from './two-attributes.ts';

const PERIODS =
  'Write a period such as today, last 30 days, next 2 weeks, this month or last year.';

/** Checks what a condition compares an attribute with. */
export function checkValue(
  resource: Resource,
  { canonical }: Path,
  operator: Operator,
  { name: place, value: given }: ConditionRow,
  problems: Problems,
): void {
  if (!takesValue(operator)) return;
  const value = given ?? '';
  const values = takesSeveral(operator) ? severalOf(value) : [value.trim()];
  if (values.join('') === '') {
    problems.hold({
      code: 'CONDITION_NO_VALUE',
      place,
      message: `${place} has the operator ${operator}, but no value to compare with.`,
      cure: 'Enter a value, or use is_empty or is_not_empty.',
    });
  } else if (takesPeriod(operator) && readPeriod(value) === null) {
    problems.hold({
      code: 'CONDITION_PERIOD',
      place,
      cure: PERIODS,
      message: `${place} has the operator ${operator} and the value "${value}", which is no period.`,
    });
  } else if (comparesSize(operator) && !hasSize(value)) {
    problems.hold({
      code: 'CONDITION_NOT_A_NUMBER',
      place,
      message: `${place} has the operator ${operator} and the value "${value}", which is neither a number nor a date.`,
      cure: 'Write a number such as 10.50, a date such as 2026-11-24, or a period such as last 30 days.',
    });
  } else {
    const senseless = senselessValue(resource, canonical, operator, value);
    if (senseless !== null) {
      problems.hold({
        code: 'CONDITION_VALUE',
        place,
        cure: senseless.cure,
        message: `${place} tests whether ${canonical} ${operator.replaceAll('_', ' ')} "${value}", but ${senseless.why}, so that every record has the same answer.`,
      });
    }
  }
  const prefixed = values.find((one) => one.toLowerCase().startsWith('wc-'));
  if (resource === 'order' && canonical === 'status' && prefixed !== undefined) {
    problems.hold({
      code: 'CONDITION_STATUS_PREFIX',
      place,
      message: `${place} compares the status with "${prefixed}", as WordPress stores it, but the status of an order is sent without "wc-".`,
      cure: `Write ${prefixed.slice(3)}.`,
    });
  }
}

/** Checks the two attributes that a condition compares. */
export function checkPair(
  resource: Resource,
  [{ canonical }, { canonical: other }]: readonly [Path, Path],
  operator: Operator,
  { name: place, value }: ConditionRow,
  problems: Problems,
): void {
  const hold = (message: string, cure: string) => {
    problems.hold({ code: 'CONDITION_OTHER', place, message: `${place} ${message}.`, cure });
  };
  if (!comparesTwo(operator)) {
    hold(
      `has the operator ${operator}, which compares with no other attribute, and names ${other}`,
      'Empty its other attribute, or choose an operator such as equals or greater_than.',
    );
  } else if (!isEmpty(value)) {
    hold(
      `compares ${canonical} with the attribute ${other} and with the value "${value ?? ''}" as well`,
      'Empty its value, or its other attribute.',
    );
  }
  const why = senselessPair(resource, canonical, other, operator);
  if (why === null) return;
  hold(
    `compares ${canonical} with ${other}, but ${why}, so that every record has the same answer`,
    'Choose another attribute to compare with.',
  );
}
