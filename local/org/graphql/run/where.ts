import type { FieldDefinition, ObjectDefinition, Schema } from '../../model/schema.ts';
import { parentsOf, type Parent } from '../schema/object-view.ts';
import { fetchProblem } from '../problem.ts';

export type Input = Readonly<Record<string, unknown>>;

export const isInput = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A single value stands for a list of one, as GraphQL has it. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The entries that were given; those of variables without a value were not. */
export const entriesOf = (input: unknown): readonly (readonly [string, unknown])[] =>
  isInput(input) ? Object.entries(input).filter(([, value]) => value !== undefined) : [];

const operators: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  gt: '>',
  lte: '<=',
  gte: '>=',
  like: 'LIKE',
  in: 'IN',
  nin: 'NOT IN',
  includes: 'INCLUDES',
  excludes: 'EXCLUDES',
};
const takeLists = new Set(['in', 'nin', 'includes', 'excludes']);

/** A scalar as SOQL writes it, without quotes. */
const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** A text between the quotes of SOQL. */
export const quotedText = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/** `{ value }`, `{ literal }` or `{ range: { last_n_days: 30 } }` in SOQL. */
function timeLiteral(field: FieldDefinition, operand: Input): string {
  const [entry, ...more] = entriesOf(operand);
  if (!entry || more.length > 0) {
    throw fetchProblem(
      `A condition of ${field.name} takes exactly one of value, literal and range.`,
    );
  }
  const [kind, given] = entry;
  if (given === null) return 'null';
  if (kind === 'literal') return written(given);
  if (kind === 'range') {
    const [range, ...others] = entriesOf(given);
    if (!range || others.length > 0 || typeof range[1] !== 'number') {
      throw fetchProblem(`The range of ${field.name} takes exactly one period with its number.`);
    }
    return `${range[0].toUpperCase()}:${range[1]}`;
  }
  return field.type === 'date' ? written(given) : new Date(written(given)).toISOString();
}

function literal(field: FieldDefinition, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (isInput(value)) return timeLiteral(field, value);
  const isText = !['boolean', 'int', 'double', 'currency', 'percent'].includes(field.type);
  return isText ? quotedText(written(value)) : written(value);
}

function comparison(
  path: string,
  field: FieldDefinition,
  operator: string,
  operand: unknown,
): string {
  const soql = `${path} ${operators[operator] ?? operator}`;
  if (!takeLists.has(operator)) return `${soql} ${literal(field, operand)}`;
  const values = listOf(operand ?? []);
  if (values.length === 0) {
    throw fetchProblem(`${operator} of ${path} has no value: it takes one or more.`);
  }
  return `${soql} (${values.map((one) => literal(field, one)).join(', ')})`;
}

/** The parent whose relationship an input names. */
export function parentNamed(
  schema: Schema,
  object: ObjectDefinition,
  name: string,
): Parent | undefined {
  return parentsOf(schema, object).find(({ relationship }) => relationship === name);
}

/** What is said of a parent; behind a union it stands below the name of the object. */
export function ofParent({ isUnion, object }: Parent, input: unknown): unknown {
  return isUnion && isInput(input) ? input[object.name] : input;
}

/** Conditions as one, in parentheses; undefined when there is none. */
function joined(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : `(${parts.join(' AND ')})`;
}

/**
 * The conditions of a `where` in SOQL, all of which must hold. They stand without parentheses around them: whoever asks
 * for files by id must be seen to do so.
 * @param prefix the path to the object, `Contact__r.` or nothing
 */
export function conditions(
  schema: Schema,
  object: ObjectDefinition,
  where: unknown,
  prefix = '',
): readonly string[] {
  const inside = (one: unknown): readonly string[] => conditions(schema, object, one, prefix);
  return entriesOf(where).flatMap(([name, input]): readonly string[] => {
    if (name === 'and') return listOf(input ?? []).flatMap(inside);
    if (name === 'or') {
      const parts = listOf(input ?? []).flatMap((one) => joined(inside(one)) ?? []);
      return parts.length === 0 ? [] : [`(${parts.join(' OR ')})`];
    }
    if (name === 'not') {
      const inner = joined(inside(input));
      return inner === undefined ? [] : [`(NOT ${inner})`];
    }
    const field = object.fields.find((one) => one.name === name);
    if (field) {
      return entriesOf(input).map(([operator, operand]) =>
        comparison(prefix + name, field, operator, operand),
      );
    }
    const parent = parentNamed(schema, object, name);
    if (!parent) throw new Error(`${object.name} has no ${name}, which validation let pass.`);
    return conditions(schema, parent.object, ofParent(parent, input), `${prefix}${name}.`);
  });
}

/** ` WHERE …`, or nothing. */
export const whereClause = (parts: readonly string[]): string =>
  parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`;
