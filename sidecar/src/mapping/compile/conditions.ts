import type { Path } from '../attributes/attribute-path.ts';
import { OF_STORE } from '../attributes/derived-attributes.ts';
import { contradiction } from '../conditions/condition-outcomes.ts';
import { checkPair, checkValue } from '../conditions/check-value.ts';
import { type Operator, OPERATORS, takesValue, tester } from '../conditions/operators.ts';
import { compareTwo } from '../conditions/two-attributes.ts';
import type { Condition, Conditions, Unread } from '../conditions/types.ts';
import { gmtTwin, readPath } from '../fields/read-path.ts';
import { kindOf } from '../model/attribute-kinds.ts';
import type { ConditionRow, MappingRow, OffRows } from '../model/config-rows.ts';
import { choose, type Problems } from '../model/problems.ts';
import type { Resource, WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { isEmpty } from '../values/convert.ts';
import { readLogic } from '../conditions/read-logic.ts';

/**
 * Checks the trigger condition of a mapping. Without conditions every record meets it.
 * @param off conditions that the logic must not name
 * @param now at which moment periods such as `last 30 days` are taken
 */
export function readConditions(
  resource: Resource,
  { name, conditionLogic }: MappingRow,
  rows: readonly ConditionRow[],
  { off, now }: { readonly off: OffRows['conditions']; readonly now: () => number },
  problems: Problems,
): Conditions {
  const byPosition = new Map<number, Condition>();
  for (const row of rows) {
    const position = readPosition(row, byPosition, problems);
    const condition = readCondition(resource, row, now, problems);
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
  const doubtful = all
    .flatMap(({ position, attribute, read, other }) => [
      { position, attribute, read },
      ...(other === null ? [] : [{ position, ...other }]),
    ])
    .filter(({ attribute }) => attribute.split('.').length > 2);
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
  return ({ read, test, other }) => test(read(record), other?.read(record));
}

function readPosition(
  { name: place, position }: ConditionRow,
  taken: ReadonlyMap<number, unknown>,
  problems: Problems,
): number | null {
  const usable = position !== null && Number.isInteger(position) && position > 0;
  if (usable && !taken.has(position)) return position;
  problems.hold({
    code: 'CONDITION_POSITION',
    place,
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
  now: () => number,
  problems: Problems,
): Omit<Condition, 'position'> | null {
  const operator = readOperator(row, problems);
  const path = readPath(resource, row, problems, gmtTwin);
  const isPair = !isEmpty(row.otherAttribute);
  const named = { name: row.name, attribute: row.otherAttribute };
  const pair = isPair ? readPath(resource, named, problems, gmtTwin) : null;
  if (path === null || operator === null || (isPair && pair === null)) return null;
  holdForStore(row, path, problems);
  const read = (record: WooRecord) => path.get(record, null);
  const common = { attribute: path.canonical, operator, read };
  if (pair === null) {
    const value = row.value ?? '';
    checkValue(resource, path, operator, row, problems);
    const expected = takesValue(operator) ? value : '';
    return { ...common, expected, other: null, test: tester(operator, value, now) };
  }
  holdForStore(row, pair, problems);
  checkPair(resource, [path, pair], operator, row, problems);
  return {
    ...common,
    expected: '',
    other: { attribute: pair.canonical, read: (record) => pair.get(record, null) },
    test: (value, other) => compareTwo(operator, value, other),
  };
}

function holdForStore(
  { name: place }: ConditionRow,
  { canonical }: Path,
  problems: Problems,
): void {
  if (!OF_STORE.has(canonical)) return;
  problems.hold({
    code: 'CONDITION_ATTRIBUTE',
    place,
    message: `${place} tests ${canonical}, which comes from the store and not from the record.`,
    cure: 'Test another attribute; for one store only, choose the store in the mapping.',
  });
}

function readOperator(
  { name: place, operator }: ConditionRow,
  problems: Problems,
): Operator | null {
  if (!isEmpty(operator)) {
    return choose(problems, {
      value: operator,
      choices: OPERATORS,
      blank: 'equals' as const,
      place,
      code: 'CONDITION_UNKNOWN_OPERATOR',
      what: 'operator',
    });
  }
  problems.hold({
    code: 'CONDITION_UNKNOWN_OPERATOR',
    place,
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
  const single = all.filter(({ attribute, other }) => {
    const kind = kindOf(resource, attribute);
    return other === null && kind !== null && kind !== 'list';
  });
  const [one, other] = contradiction(single) ?? [];
  if (one === undefined || other === undefined) return;
  problems.hold({
    code: 'CONDITION_LOGIC',
    message: `${mapping}: conditions ${one.position} and ${other.position} must both be met, but ${one.attribute} cannot be "${one.expected}" and "${other.expected}" at once.`,
    cure: `Use one condition with the operator in, or the condition logic ${one.position} OR ${other.position}.`,
  });
}
