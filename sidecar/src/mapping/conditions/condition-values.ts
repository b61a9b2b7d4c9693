import { kindOf } from '../model/attribute-kinds.ts';
import type { Resource } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { toBoolean } from '../values/convert.ts';
import { parseDate } from '../values/dates.ts';
import { decimal } from '../values/decimal.ts';
import { readPeriod } from './periods.ts';
import {
  comparesSize,
  type Operator,
  severalOf,
  takesPeriod,
  takesSeveral,
  takesValue,
} from './operators.ts';

interface Senseless {
  /** Why no value of the attribute can meet the condition, as the rest of a sentence. */
  readonly why: string;
  readonly cure: string;
}

/** Words of which a record has one, and whose values hold no divider. */
const SINGLE_WORDS: ReadonlySet<string> = new Set([
  'status',
  'type',
  'currency',
  'role',
  'stock_status',
  'catalog_visibility',
  'tax_status',
  'created_via',
  'discount_type',
]);
/** Lists whose elements are ids, which can be compared. */
const ID_LISTS = /(?:_ids|^variations|^grouped_products)$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/**
 * Whether a condition compares an attribute with what it can never be: it would keep every record out, or with
 * its opposite let every record in, without any other sign. Null for one that makes sense or that cannot be known.
 */
export function senselessValue(
  resource: Resource,
  attribute: string,
  operator: Operator,
  value: string,
): Senseless | null {
  if (!takesValue(operator)) return null;
  const kind = kindOf(resource, attribute);
  if (kind === 'object') {
    const part = attribute === 'dimensions' ? 'width' : 'country';
    return {
      why: 'it is a group of values',
      cure: `Test one of them, such as ${attribute}.${part}.`,
    };
  }
  if (kind === 'list' && !attribute.includes('.') && !ID_LISTS.test(attribute)) {
    const cure = `Test a value of its elements, such as ${attribute}.name, or use is_empty.`;
    return { why: 'its elements are groups of values', cure };
  }
  if (comparesSize(operator)) return senselessSize(kind, value);
  return takesPeriod(operator)
    ? senselessPeriod(kind)
    : senselessEquals(kind, attribute, operator, value);
}

type Kind = ReturnType<typeof kindOf>;

function senselessEquals(
  kind: Kind,
  attribute: string,
  operator: Operator,
  value: string,
): Senseless | null {
  if (!['equals', 'not_equals', 'in', 'not_in'].includes(operator)) return null;
  if (SINGLE_WORDS.has(attribute) && !takesSeveral(operator) && severalOf(value).length > 1) {
    const several = operator === 'equals' ? 'in' : 'not_in';
    return { why: 'it is one word', cure: `Use the operator ${several} for several values.` };
  }
  const values = takesSeveral(operator) ? severalOf(value) : [value.trim()];
  return values.map((one) => senselessEqual(kind, one)).find((found) => found !== null) ?? null;
}

function senselessSize(kind: Kind, value: string): Senseless | null {
  const isDate =
    decimal(value) === null && (parseDate(value) !== null || readPeriod(value) !== null);
  if (kind === 'word' || kind === 'email' || kind === 'yes_no') {
    return { why: 'it has no size', cure: 'Use equals or in.' };
  }
  if (kind === 'date' && !isDate) {
    return {
      why: 'it is a date',
      cure: 'Write a date such as 2026-11-24 or 2026-11-24T10:00:00, or a period such as last 30 days.',
    };
  }
  if (kind === 'number' && isDate) {
    return { why: 'it is a number', cure: 'Write a number such as 10.50.' };
  }
  return null;
}

function senselessPeriod(kind: Kind): Senseless | null {
  if (kind === null || kind === 'date' || kind === 'list' || kind === 'text') return null;
  return { why: 'it is no date', cure: 'Test a date, such as date_created.' };
}

function senselessEqual(kind: Kind, value: string): Senseless | null {
  if (kind === 'number' && decimal(value) === null) {
    return { why: 'it is a number', cure: 'Write a number such as 10.50.' };
  }
  if (kind === 'yes_no' && toBoolean(value) instanceof Refusal) {
    return { why: 'it is true or false', cure: 'Write true or false.' };
  }
  if (kind === 'date' && !MOMENT.test(value)) {
    const cure =
      'Use at_least with that day and less_than with the next, or within with a period such as today; days begin in GMT.';
    return { why: 'it is a date with its time', cure };
  }
  return null;
}
