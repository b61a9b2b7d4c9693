import type {
  FieldType,
  GroupByClause,
  OrderByClause,
  Query,
  QueryBase,
} from '@jetstreamapp/soql-parser-js';
import type { SqlValue } from '../lib/database.ts';
import { ApiError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { asksById, refuseLinksInside, refuseUnfilteredLinks } from './files.ts';
import { functionSql, isAggregate } from './functions.ts';
import { parse } from './parse.ts';
import { malformed, notEmulated, problemAt } from './problem.ts';
import { refuseFormula, Scope, type Column, type Compilation } from './scope.ts';
import { Selection } from './select.ts';
import { semiJoinProblem } from './semi-joins.ts';
import { filter, type Fragment } from './where.ts';

const maxOffset = 2000;
const maxLength = 100_000;
const maxSubqueries = 20;

/** A query ready to run. */
export interface Compiled {
  readonly object: ObjectDefinition;
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly kind: 'records' | 'aggregate' | 'count';
  readonly selection: Selection;
  /** One per child subquery; the parent's id is its first value. */
  readonly children: readonly Compiled[];
  readonly groupedBy: boolean;
}

const list = <T>(one: T | T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one];

function refuseUnsupported(query: QueryBase): void {
  if (query.usingScope !== undefined) throw notEmulated('USING SCOPE');
  if (query.withDataCategory ?? query.withSecurityEnforced ?? query.withAccessLevel) {
    throw notEmulated('WITH');
  }
  if (query.for ?? query.update) throw notEmulated('FOR and UPDATE clauses');
  if ((query.offset ?? 0) > maxOffset) {
    throw new ApiError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
}

function groupExpression(scope: Scope, clause: GroupByClause): readonly [sql: string, key: string] {
  if ('fn' in clause) {
    const name = (clause.fn.functionName ?? '').toUpperCase();
    if (name === 'CUBE' || name === 'ROLLUP') throw notEmulated(`GROUP BY ${name}`);
    return [functionSql(scope, clause.fn).sql, (clause.fn.rawValue ?? '').toLowerCase()];
  }
  const column = scope.column(clause.field);
  refuseFormula(column);
  if (column.field.type === 'textarea' && column.field.length > 255) {
    throw problemAt(
      scope.compilation.soql,
      clause.field,
      'INVALID_FIELD',
      `field '${column.field.name}' can not be grouped in a query call`,
    );
  }
  return [column.sql, column.sql.toLowerCase()];
}

function orderExpression(scope: Scope, selection: Selection, clause: OrderByClause): string {
  if ('fn' in clause) return functionSql(scope, clause.fn).sql;
  const alias = selection.outputs.find(
    (one) => one.kind === 'value' && one.name.toLowerCase() === clause.field.toLowerCase(),
  );
  const isExpression = selection.named.some((one) => one.name === alias?.name && !one.column);
  if (alias && isExpression) return selection.columns[alias.at] ?? '';
  const column = scope.column(clause.field);
  refuseFormula(column);
  if (!column.field.filterable || column.field.type === 'multipicklist') {
    throw problemAt(
      scope.compilation.soql,
      clause.field,
      'INVALID_FIELD',
      `field '${column.field.name}' can not be sorted in a query call`,
    );
  }
  return column.field.type === 'picklist' ? placeInPicklist(column) : column.sql;
}

/** As its values stand in Setup, whatever their words; what is none of them comes after those. */
function placeInPicklist({ sql, field }: Column): string {
  const values = field.picklistValues;
  if (values.length === 0) return sql;
  const places = values.map(({ value }, at) => `WHEN '${value.replaceAll("'", "''")}' THEN ${at}`);
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE CASE ${sql} ${places.join(' ')} ELSE ${values.length} END END`;
}

/** Empty values come first unless the query says otherwise, also when descending. */
function orderBy(scope: Scope, selection: Selection, query: QueryBase): string {
  const parts = list(query.orderBy).map((clause) => {
    const nulls = clause.nulls === 'LAST' ? 'NULLS LAST' : 'NULLS FIRST';
    const direction = clause.order === 'DESC' ? 'DESC' : 'ASC';
    return `${orderExpression(scope, selection, clause)} ${direction} ${nulls}`;
  });
  return parts.length === 0 ? '' : ` ORDER BY ${parts.join(', ')}`;
}

function limits(query: QueryBase): string {
  const { limit, offset } = query;
  if (limit === undefined && offset === undefined) return '';
  return ` LIMIT ${limit ?? -1}${offset === undefined ? '' : ` OFFSET ${offset}`}`;
}

function where(scope: Scope, query: QueryBase, first: readonly string[]): Fragment {
  const own = query.where && filter(scope, query.where, semiJoin);
  const listed = first.length === 0 && !asksById(scope, query.where);
  if (listed) refuseUnfilteredLinks(scope);
  const parts = [...first, ...scope.conditions(listed)];
  if (own) parts.push(`(${own.sql})`);
  const sql = parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`;
  return { sql, values: own?.values ?? [] };
}

/** `IN (SELECT Contact__c FROM Woo_Order__c …)` */
function semiJoin(outer: Scope, inner: unknown): Fragment {
  const query = inner as Query;
  const [field, ...more] = query.fields ?? [];
  if (!field || more.length > 0 || field.type !== 'Field') {
    throw malformed('a semi-join selects exactly one field');
  }
  const scope = new Scope(outer.compilation, query.sObject ?? '', query.sObjectAlias);
  refuseLinksInside(scope.object);
  const column = scope.column(field.field);
  const filtered = where(scope, query, []);
  return {
    sql: `SELECT ${column.sql} ${scope.from()}${filtered.sql}${limits(query)}`,
    values: filtered.values,
  };
}

function isCountOnly(fields: readonly FieldType[]): boolean {
  const [only] = fields;
  return (
    fields.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    only.parameters.length === 0
  );
}

function compileGrouped(scope: Scope, query: QueryBase, fields: readonly FieldType[]): Compiled {
  const groups = list(query.groupBy).map((clause) => groupExpression(scope, clause));
  const selection = new Selection(scope, true);
  const keys = new Set(groups.map(([, key]) => key));
  for (const field of fields) selection.takeGrouped(field, keys);
  const having = query.having && filter(scope, query.having, semiJoin);
  const order = orderBy(scope, selection, query);
  const filtered = where(scope, query, []);
  const group = groups.length === 0 ? '' : ` GROUP BY ${groups.map(([sql]) => sql).join(', ')}`;
  return {
    object: scope.object,
    sql:
      `SELECT ${aliased(selection.columns)} ${scope.from()}${filtered.sql}${group}` +
      `${having ? ` HAVING ${having.sql}` : ''}${order}${limits(query)}`,
    values: [...filtered.values, ...(having?.values ?? [])],
    kind: 'aggregate',
    selection,
    children: [],
    groupedBy: groups.length > 0,
  };
}

const aliased = (columns: readonly string[]): string =>
  columns.map((sql, at) => `${sql} AS c${at}`).join(', ');

function compileQuery(scope: Scope, query: QueryBase, first: readonly string[] = []): Compiled {
  refuseUnsupported(query);
  const fields = query.fields ?? [];
  const grouped =
    query.groupBy !== undefined ||
    fields.some((one) => one.type === 'FieldFunctionExpression' && isAggregate(one));
  if (!isCountOnly(fields) && grouped) return compileGrouped(scope, query, fields);
  if (query.having) throw malformed("unexpected token: 'HAVING'");
  const selection = new Selection(scope, false);
  const counts = isCountOnly(fields);
  if (!counts) for (const field of fields) selection.take(field);
  if (selection.children.length > maxSubqueries) {
    throw malformed(`A query has at most ${maxSubqueries} subqueries of children.`);
  }
  const order = orderBy(scope, selection, query);
  const filtered = where(scope, query, first);
  const rows = `SELECT ${aliased(selection.columns)} ${scope.from()}${filtered.sql}${order}${limits(query)}`;
  return {
    object: scope.object,
    sql: counts ? `SELECT count(*) AS c0 FROM (${rows})` : rows,
    values: filtered.values,
    kind: counts ? 'count' : 'records',
    selection,
    children: selection.children.map(({ subquery, object, field }) => {
      const inner = new Scope(scope.compilation, object.name, object.name);
      return compileQuery(inner, subquery, [`${inner.alias}."${field.name}" = ?`]);
    }),
    groupedBy: false,
  };
}

/**
 * A SOQL query as SQL over the org's tables.
 * @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE, INVALID_QUERY_FILTER_OPERATOR, NOT_EMULATED
 */
export function compile(org: OrgView, soql: string, withDeleted: boolean): Compiled {
  if (soql.length > maxLength) {
    throw malformed(`SOQL statements cannot be longer than ${maxLength} characters.`);
  }
  const query = parse(soql);
  const compilation: Compilation = { org, soql, withDeleted, aliases: 0 };
  const scope = new Scope(compilation, query.sObject ?? '', query.sObjectAlias);
  const problem = semiJoinProblem(query, scope.object, (name) => org.object(name));
  if (problem !== undefined) throw malformed(problem);
  return compileQuery(scope, query);
}
