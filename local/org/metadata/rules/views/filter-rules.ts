import type { ListViewFilter } from '@salesforce/types/metadata';
import type { FieldDefinition } from '../../../model/schema.ts';
import { splitName } from '../../plan/plan.ts';
import { refuse, type Rule } from '../rule.ts';

type ListViewRule = Rule<'ListView'>;

const numbers = new Set<FieldDefinition['type']>(['int', 'double', 'currency', 'percent']);
const dates = new Set<FieldDefinition['type']>(['date', 'datetime']);
const textOperations = new Set(['contains', 'notContain', 'startsWith']);
const orderOperations = new Set(['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual']);

/** Of a text area that is none of the long ones, in characters. */
const LONGEST_SHORT = 255;

/** `LAST_N_DAYS:30`, `TODAY`, `2026-03-01`, `3/1/2026`, with or without a time. */
const datePattern =
  /^([A-Z]+(_[A-Z]+)*(:\d+)?|\d{4}-\d{1,2}-\d{1,2}(T\S+)?|\d{1,2}\/\d{1,2}\/\d{4}( .+)?)$/;

function isRight(field: FieldDefinition, value: string): boolean {
  if (field.type === 'boolean') return ['0', '1'].includes(value);
  if (numbers.has(field.type)) return /^[+-]?\d+(\.\d+)?$/.test(value);
  if (dates.has(field.type)) return datePattern.test(value);
  if (field.type !== 'picklist' || !field.restrictedPicklist) return true;
  return field.picklistValues.some((one) => one.value === value);
}

function operationProblem(field: FieldDefinition, operation: string): string | undefined {
  const isOrdered = numbers.has(field.type) || dates.has(field.type);
  const isWrong =
    (isOrdered && textOperations.has(operation)) ||
    (field.type === 'boolean' && (textOperations.has(operation) || orderOperations.has(operation)));
  return isWrong
    ? `The operation ${operation} can't be used on the field ${field.name}`
    : undefined;
}

/** What is wrong with a condition on a field, its operation or its value. */
export function filterProblem(
  field: FieldDefinition,
  filter: Pick<ListViewFilter, 'operation' | 'value'>,
): string | undefined {
  const wrong = operationProblem(field, filter.operation);
  if (wrong !== undefined || filter.value === undefined || filter.value === '') return wrong;
  const bad = filter.value
    .split(',')
    .map((one) => one.trim())
    .find((one) => !isRight(field, one));
  return bad === undefined
    ? undefined
    : `Invalid filter value '${bad}' for the field ${field.name} of type ${field.type}`;
}

/** Reports have filters of long texts, list views have none. */
const longTextProblem = ({ type, length, name }: FieldDefinition): string | undefined =>
  type === 'textarea' && length > LONGEST_SHORT
    ? `The long text area ${name} can't be used in the filters of a list view`
    : undefined;

const filtersFit: ListViewRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.filters.flatMap((filter, index) => {
    const field = filter.field.endsWith('__c') ? plan.field(object, filter.field) : undefined;
    const wrong = field && (longTextProblem(field) ?? filterProblem(field, filter));
    return wrong === undefined ? [] : refuse(draft, wrong, 'filters', index);
  });
};

const filtersAreFew: ListViewRule = (draft) =>
  draft.body.filters.length > 10
    ? refuse(draft, 'A list view has at most 10 filters', 'filters', 10)
    : [];

/** `1 AND (2 OR 3)`, and nothing else. */
function isLogic(text: string): boolean {
  let rest = text.replace(/\s+/g, ' ').trim().toUpperCase();
  const operand = String.raw`(?:NOT )?\d+`;
  const joined = new RegExp(String.raw`\( ?${operand}(?: (?:AND|OR) ${operand})* ?\)`, 'g');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(joined, '0');
  }
  return new RegExp(`^${operand}(?: (?:AND|OR) ${operand})*$`).test(rest);
}

/** Whether the logic joins conditions 1 to `count`, each of them. */
export function usesEach(logic: string, count: number): boolean {
  const given = [...logic.matchAll(/\d+/g)].map((match) => Number(match[0]));
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return (
    isLogic(logic) &&
    given.every((one) => one >= 1 && one <= count) &&
    all.every((one) => given.includes(one))
  );
}

const logicFits: ListViewRule = (draft) => {
  const { booleanFilter, filters } = draft.body;
  return booleanFilter === undefined || usesEach(booleanFilter, filters.length)
    ? []
    : refuse(
        draft,
        `The booleanFilter ${booleanFilter} must use each of the ${filters.length} filters`,
        'booleanFilter',
      );
};

/** What the filters of a list view must fulfil; that their fields exist is checked with the columns. */
export const filterRules: readonly ListViewRule[] = [filtersFit, filtersAreFew, logicFits];
