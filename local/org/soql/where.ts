import type { HavingClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { SqlValue } from '../lib/database.ts';
import { ApiError } from '../model/errors.ts';
import type { FieldDefinition } from '../model/schema.ts';
import { daysOf } from './dates.ts';
import { functionSql, type FunctionCall } from './functions.ts';
import { literalValue, unquote, type Literal } from './literals.ts';
import { malformed, notEmulated, problemAt } from './problem.ts';
import { refuseFormula, type Scope } from './scope.ts';

/** One comparison of the parser, whatever its kind. */
interface Condition {
  readonly field?: string;
  readonly fn?: FunctionCall;
  readonly operator: string;
  readonly value?: string | readonly string[];
  readonly valueQuery?: unknown;
  readonly literalType?: string | readonly string[];
  readonly openParen?: number;
  readonly closeParen?: number;
}

interface Clause {
  readonly left: Partial<Condition> | null;
  readonly operator?: string;
  readonly right?: Clause;
}

/** SQL with the values for its question marks, in their order. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export type SemiJoin = (scope: Scope, query: unknown) => Fragment;

interface Operand {
  readonly sql: string;
  readonly word: string;
  readonly field: Pick<FieldDefinition, 'name' | 'type'>;
}

function operandOf(scope: Scope, condition: Partial<Condition>): Operand {
  if (condition.fn) {
    const { sql, type } = functionSql(scope, condition.fn);
    const word = condition.fn.rawValue ?? '';
    return { sql, word, field: { name: word, type } };
  }
  const word = condition.field ?? '';
  const column = scope.column(word);
  refuseFormula(column);
  if (!column.field.filterable) {
    throw problemAt(
      scope.compilation.soql,
      word,
      'INVALID_FIELD',
      `field '${column.field.name}' can not be filtered in a query call`,
    );
  }
  return { sql: column.sql, word, field: column.field };
}

function literalsOf(condition: Partial<Condition>): readonly Literal[] {
  const texts = typeof condition.value === 'string' ? [condition.value] : (condition.value ?? []);
  const types = condition.literalType ?? 'STRING';
  return texts.map((text, at) => ({
    text,
    type: typeof types === 'string' ? types : (types[at] ?? 'STRING'),
  }));
}

/** Never NULL, so that NOT around it means what SOQL means: an empty field equals nothing but null. */
function compare(column: string, operator: string, value: SqlValue): Fragment {
  switch (operator) {
    case '=':
      return { sql: `${column} IS ?`, values: [value] };
    case '!=':
      return { sql: `${column} IS NOT ?`, values: [value] };
    default:
      return { sql: `(${column} IS NOT NULL AND ${column} ${operator} ?)`, values: [value] };
  }
}

function compareDays(scope: Scope, operand: Operand, operator: string, literal: string): Fragment {
  const { sql, field, word } = operand;
  if (field.type !== 'date' && field.type !== 'datetime') {
    throw problemAt(
      scope.compilation.soql,
      word,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${field.type}`,
    );
  }
  const days = daysOf(literal, scope.compilation.org.time());
  const time = (day: string): string => (field.type === 'date' ? day : `${day}T00:00:00.000+0000`);
  const [from, to] = [time(days.from), time(days.to)];
  const present = `${sql} IS NOT NULL AND ${sql}`;
  switch (operator) {
    case '=':
      return { sql: `(${present} >= ? AND ${sql} < ?)`, values: [from, to] };
    case '!=':
      return { sql: `(${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?)`, values: [from, to] };
    case '<':
      return { sql: `(${present} < ?)`, values: [from] };
    case '<=':
      return { sql: `(${present} < ?)`, values: [to] };
    case '>':
      return { sql: `(${present} >= ?)`, values: [to] };
    case '>=':
      return { sql: `(${present} >= ?)`, values: [from] };
    default:
      throw notEmulated(`${operator} with a date literal`);
  }
}

function like({ sql, field, word }: Operand, literal: Literal): Fragment {
  if (['id', 'reference'].includes(field.type)) {
    throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field');
  }
  if (
    literal.type !== 'STRING' ||
    ['boolean', 'date', 'datetime', 'int', 'double', 'currency'].includes(field.type)
  ) {
    throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator LIKE on ${word}`);
  }
  const pattern = unquote(literal.text, true);
  return { sql: `(${sql} IS NOT NULL AND ${sql} LIKE ? ESCAPE '\\')`, values: [pattern] };
}

/** Multi-select: each entry may ask for several values at once, joined by `;`. */
function includes({ sql, field }: Operand, literals: readonly Literal[], not: boolean): Fragment {
  if (field.type !== 'multipicklist') {
    throw new ApiError(
      400,
      'INVALID_QUERY_FILTER_OPERATOR',
      `INCLUDES and EXCLUDES need a multi-select picklist, and ${field.name} is not one`,
    );
  }
  const values: string[] = [];
  const any = literals.map((literal) => {
    const all = unquote(literal.text).split(';');
    values.push(...all);
    return `(${all.map(() => `instr(';' || lower(coalesce(${sql}, '')) || ';', ';' || lower(?) || ';') > 0`).join(' AND ')})`;
  });
  return { sql: `${not ? 'NOT ' : ''}(${any.join(' OR ')})`, values };
}

function oneOf(
  scope: Scope,
  operand: Operand,
  literals: readonly Literal[],
  not: boolean,
): Fragment {
  const { soql } = scope.compilation;
  const values = literals.map((one) => literalValue(soql, operand.word, operand.field, one));
  const present = values.filter((value) => value !== null);
  const { sql } = operand;
  const marks = present.map(() => '?').join(', ');
  const emptyToo = present.length < values.length ? ` OR ${sql} IS NULL` : '';
  const inList = `((${sql} IS NOT NULL AND ${sql} IN (${marks}))${emptyToo})`;
  return { sql: not ? `NOT ${inList}` : inList, values: present };
}

function condition(scope: Scope, one: Partial<Condition>, semiJoin: SemiJoin): Fragment {
  const operand = operandOf(scope, one);
  const operator = (one.operator ?? '').toUpperCase().replace('<>', '!=');
  const not = operator.startsWith('NOT') || operator === 'EXCLUDES';
  if (one.valueQuery !== undefined) {
    const inner = semiJoin(scope, one.valueQuery);
    const { sql } = operand;
    const inside = `(${sql} IS NOT NULL AND ${sql} IN (${inner.sql}))`;
    return { sql: not ? `NOT ${inside}` : inside, values: inner.values };
  }
  const literals = literalsOf(one);
  const [first] = literals;
  if (!first) throw malformed('unexpected token: <EOF>');
  if (operator === 'IN' || operator === 'NOT IN') return oneOf(scope, operand, literals, not);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return includes(operand, literals, not);
  if (operator === 'LIKE') return like(operand, first);
  if (first.type === 'DATE_LITERAL' || first.type === 'DATE_N_LITERAL') {
    return compareDays(scope, operand, operator, first.text);
  }
  const value = literalValue(scope.compilation.soql, operand.word, operand.field, first);
  if (['reference', 'boolean'].includes(operand.field.type) && /[<>]/.test(operator)) {
    throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field');
  }
  return compare(operand.sql, operator, value);
}

/** Watches that AND and OR are not mixed without parentheses, which SOQL refuses. */
class Levels {
  private readonly operators: (string | undefined)[] = [undefined];

  open(count = 0): void {
    for (let n = 0; n < count; n++) this.operators.push(undefined);
  }

  close(count = 0): void {
    for (let n = 0; n < count; n++) this.operators.pop();
  }

  join(operator: string): void {
    const at = this.operators.length - 1;
    const before = this.operators[at];
    if (before !== undefined && before !== operator) {
      throw malformed(`unexpected token: '${operator}'`);
    }
    this.operators[at] = operator;
  }
}

/** WHERE or HAVING as SQL; the parser's chain is written out as it stands, parentheses included. */
export function filter(
  scope: Scope,
  clause: WhereClause | HavingClause,
  semiJoin: SemiJoin,
): Fragment {
  const sql: string[] = [];
  const values: SqlValue[] = [];
  const levels = new Levels();
  for (let at: Clause | undefined = clause; at; at = at.right) {
    const { left } = at;
    levels.open(left?.openParen);
    sql.push('('.repeat(left?.openParen ?? 0));
    if (left?.operator !== undefined) {
      const part = condition(scope, left, semiJoin);
      sql.push(part.sql);
      values.push(...part.values);
    }
    levels.close(left?.closeParen);
    sql.push(')'.repeat(left?.closeParen ?? 0));
    if (at.operator === undefined) break;
    if (at.operator !== 'NOT') levels.join(at.operator);
    sql.push(at.operator);
  }
  return { sql: sql.filter((part) => part !== '').join(' '), values };
}
