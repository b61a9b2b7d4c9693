import type { Path } from '../attributes/attribute-path.ts';
import { OF_STORE } from '../attributes/derived-attributes.ts';
import { contradiction } from '../conditions/condition-outcomes.ts';
import { senselessValue } from '../conditions/condition-values.ts';
import {
  comparesSize,
  hasSize,
  type Operator,
  OPERATORS,
  severalOf,
  takesSeveral,
  takesValue,
  tester,
} from '../conditions/operators.ts';
import type { Condition, Conditions, Unread } from '../conditions/types.ts';
import { gmtTwin, readPath } from '../fields/read-path.ts';
import { kindOf } from '../model/attribute-kinds.ts';
import type { ConditionRow, MappingRow, OffRows } from '../model/config-rows.ts';
import { choose, type Problems } from '../model/problems.ts';
import type { Resource, WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { isEmpty } from '../values/convert.ts';
import { readLogic } from './condition-logic.ts';

/**
 * Checks the trigger condition of a mapping. Without conditions every record meets it.
 * @param off conditions that the logic must not name
 */
export function readConditions(
  resource: Resource,
  { name, conditionLogic }: MappingRow,
  rows: readonly ConditionRow[],
  problems: Problems,
  off: OffRows['conditions'] = [],
): Conditions {
  const byPosition = new Map<number, Condition>();
  for (const row of rows) {
    const position = readPosition(row, byPosition, problems);
    const condition = readCondition(resource, row, problems);
    if (position !== null && condition !== null)
      byPosition.set(position, { ...condition, position });
  }
  const all = [...byPosition.values()].sort((a, b) => a.position - b.position);
  if (isEmpty(conditionLogic)) {
    holdForContradiction(resource, name, all, problems);
    return { all, logic: null, ...asked(all, (record) => all.every(isMet(record))) };
  }
  const logic = conditionLogic ?? '';
  const positions = rows.flatMap(({ position }) => position ?? []);
  const evaluate = readLogic(name, logic, { positions: new Set(positions), off }, problems);
  const meets = (record: WooRecord) =>
    evaluate((number) => {
      const condition = byPosition.get(number);
      return condition !== undefined && isMet(record)(condition);
    });
  return { all, logic, ...asked(all, meets) };
}

/** What is below a broken text is not known: neither that a condition is met nor that it is not. */
function asked(
  all: readonly Condition[],
  meets: Conditions['meets'],
): Pick<Conditions, 'meets' | 'unread'> {
  const doubtful = all.filter(({ attribute }) => attribute.split('.').length > 2);
  if (doubtful.length === 0) return { meets, unread: () => null };
  const unread = (record: WooRecord): Unread | null => {
    for (const condition of doubtful) {
      const refusal = condition.read(record);
      if (refusal instanceof Refusal) return { condition, refusal };
    }
    return null;
  };
  return { meets: (record) => unread(record) !== null || meets(record), unread };
}

function isMet(record: WooRecord): (condition: Condition) => boolean {
  return ({ read, test }) => test(read(record));
}

function readPosition(
  { name: place, position }: ConditionRow,
  taken: ReadonlyMap<number, unknown>,
  problems: Problems,
): number | null {
  const usable = position !== null && Number.isInteger(position) && position > 0;
  if (usable && !taken.has(position)) return position;
  problems.hold({
    ...{ code: 'CONDITION_POSITION', place },
    message: usable
      ? `${place} has the position ${position}, which another condition of the mapping has too.`
      : `${place} has the position "${position ?? ''}", which is not a whole number from 1.`,
    cure: 'Number the conditions of the mapping 1, 2, 3 …',
  });
  return null;
}

function readCondition(
  resource: Resource,
  row: ConditionRow,
  problems: Problems,
): Omit<Condition, 'position'> | null {
  const { name: place } = row;
  const operator = readOperator(row, problems);
  const path = readPath(resource, row, problems, gmtTwin);
  if (path === null || operator === null) return null;
  const value = row.value ?? '';
  if (OF_STORE.has(path.canonical)) {
    problems.hold({
      ...{ code: 'CONDITION_ATTRIBUTE', place },
      message: `${place} tests ${path.canonical}, which comes from the store and not from the record.`,
      cure: 'Test another attribute; for one store only, choose the store in the mapping.',
    });
  }
  checkValue(resource, path, operator, row, problems);
  return {
    ...{ attribute: path.canonical, operator, expected: takesValue(operator) ? value : '' },
    read: (record) => path.get(record, null),
    test: tester(operator, value),
  };
}

function checkValue(
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
      ...{ code: 'CONDITION_NO_VALUE', place },
      message: `${place} has the operator ${operator}, but no value to compare with.`,
      cure: 'Enter a value, or use is_empty or is_not_empty.',
    });
  } else if (comparesSize(operator) && !hasSize(value)) {
    problems.hold({
      ...{ code: 'CONDITION_NOT_A_NUMBER', place },
      message: `${place} has the operator ${operator} and the value "${value}", which is neither a number nor a date.`,
      cure: 'Write a number such as 10.50, or a date such as 2026-11-24.',
    });
  } else {
    const senseless = senselessValue(resource, canonical, operator, value);
    if (senseless !== null) {
      problems.hold({
        ...{ code: 'CONDITION_VALUE', place, cure: senseless.cure },
        message: `${place} tests whether ${canonical} ${operator.replaceAll('_', ' ')} "${value}", but ${senseless.why}, so that every record has the same answer.`,
      });
    }
  }
  const prefixed = values.find((one) => one.toLowerCase().startsWith('wc-'));
  if (resource === 'order' && canonical === 'status' && prefixed !== undefined) {
    problems.hold({
      ...{ code: 'CONDITION_STATUS_PREFIX', place },
      message: `${place} compares the status with "${prefixed}", as WordPress stores it, but the status of an order is sent without "wc-".`,
      cure: `Write ${prefixed.slice(3)}.`,
    });
  }
}

function readOperator(
  { name: place, operator }: ConditionRow,
  problems: Problems,
): Operator | null {
  if (!isEmpty(operator)) {
    return choose(problems, {
      ...{ value: operator, choices: OPERATORS, blank: 'equals' as const, place },
      ...{ code: 'CONDITION_UNKNOWN_OPERATOR', what: 'operator' },
    });
  }
  problems.hold({
    ...{ code: 'CONDITION_UNKNOWN_OPERATOR', place },
    message: `${place} has no operator.`,
    cure: `Choose one of ${OPERATORS.join(', ')}.`,
  });
  return null;
}

/** Of a list one element may be the one value and another the other. */
function holdForContradiction(
  resource: Resource,
  mapping: string,
  all: readonly Condition[],
  problems: Problems,
): void {
  const single = all.filter(({ attribute }) => {
    const kind = kindOf(resource, attribute);
    return kind !== null && kind !== 'list';
  });
  const [one, other] = contradiction(single) ?? [];
  if (one === undefined || other === undefined) return;
  problems.hold({
    code: 'CONDITION_LOGIC',
    message: `${mapping}: conditions ${one.position} and ${other.position} must both be met, but ${one.attribute} cannot be "${one.expected}" and "${other.expected}" at once.`,
    cure: `Use one condition with the operator in, or the condition logic ${one.position} OR ${other.position}.`,
  });
}
