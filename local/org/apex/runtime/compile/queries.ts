import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { ObjectDefinition } from '../../../model/schema.ts';
import { semiJoinProblem } from '../../../soql/semi-joins.ts';
import { Refusal } from '../parse/refusal.ts';
import type { FilterValue, Query, QueryField, QueryFilter, QueryOutline } from '../parse/tree.ts';
import { objectNotFound } from '../symbols/not-found.ts';
import {
  BOOLEAN,
  DATE,
  DATETIME,
  DECIMAL,
  ID,
  INTEGER,
  STRING,
  isNumeric,
  listOf,
  typeOf,
  type Type,
} from '../types/type.ts';
import { quoted, sureCode, usualAccess, type Around, type Code } from './code.ts';

/**
 * Follows a path over parents.
 * @returns the type of its field; undefined where a parent may be of several objects
 * @throws Refusal where there is no such field
 */
function requirePath(
  { world }: Around,
  object: ObjectDefinition,
  { path, at }: QueryField,
): Type | undefined {
  let found: Type | undefined;
  let here: ObjectDefinition | undefined = object;
  const steps = path.split('.');
  if (steps.length > 1 && steps[0]?.toLowerCase() === object.name.toLowerCase()) steps.shift();
  for (const step of steps) {
    // Of a parent that may be of several objects the query itself says what it has.
    if (!here) return undefined;
    const type = world.records.member(here, step);
    if (!type) {
      throw new Refusal(
        at,
        steps.length === 1
          ? `No such column '${step}' on entity '${here.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`
          : `Didn't understand relationship '${path}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      );
    }
    here = world.recordOf(type);
    found = type;
  }
  return found;
}

/** What a field of a type is compared with, and how Salesforce calls its type. */
const COMPARED = new Map<Type | undefined, readonly [literal: string, name: string]>([
  [STRING, ['string', 'string']],
  [ID, ['string', 'string']],
  [BOOLEAN, ['boolean', 'boolean']],
  [INTEGER, ['number', 'int']],
  [DECIMAL, ['number', 'double']],
  [DATE, ['date', 'date']],
  [DATETIME, ['dateTime', 'dateTime']],
]);

/** Of values in code: what fits each other, by its own type or by becoming it. */
function sortOf(type: Type): string | undefined {
  if (isNumeric(type)) return 'number';
  const [literal] = COMPARED.get(type) ?? [];
  return literal === 'date' ? 'dateTime' : literal;
}

/** @throws Refusal for a value that a field of this type cannot have */
function requireValue(type: Type, field: QueryField, given: FilterValue, binds: readonly Code[]) {
  const [literal, name] = COMPARED.get(type) ?? [];
  if (literal === undefined) return;
  if ('literal' in given) {
    if (given.literal === literal) return;
    const quotes = literal === 'string' ? 'should' : 'should not';
    throw new Refusal(
      field.at,
      `value of filter criterion for field '${field.path}' must be of type ${name} and ${quotes} be enclosed in quotes`,
    );
  }
  const bound = binds[given.bind]?.type;
  const sort = bound && sortOf(bound.args[0] ?? bound);
  if (bound === undefined || sort === undefined || sort === sortOf(type)) return;
  throw new Refusal(
    field.at,
    `Invalid bind expression type of ${bound.text} for column of type ${type.text}`,
  );
}

const DATE_PARTS =
  /^(?:(?:CALENDAR|FISCAL)_(?:MONTH|QUARTER|YEAR)|DAY_IN_(?:MONTH|WEEK|YEAR)|HOUR_IN_DAY|WEEK_IN_(?:MONTH|YEAR)|DAY_ONLY)$/;
const AGGREGATES = /^(?:AVG|COUNT|COUNT_DISTINCT|MAX|MIN|SUM)$/;

/**
 * The type of a function of a field; undefined where the compiler does not know it.
 * @throws Refusal where it does not stand there, or not with such a field
 */
function functionType(type: Type, name: string, { path, at, isOfGroups }: QueryFilter) {
  if (DATE_PARTS.test(name)) {
    if (type === DATE || type === DATETIME) return name === 'DAY_ONLY' ? DATE : INTEGER;
    throw new Refusal(at, `field ${path} does not support the function ${name}`);
  }
  if (!AGGREGATES.test(name)) return undefined;
  if (!isOfGroups) throw new Refusal(at, `Aggregate functions are not allowed in WHERE: ${name}`);
  if (name !== 'AVG' && name !== 'SUM') return name.startsWith('COUNT') ? INTEGER : type;
  if (isNumeric(type)) return DECIMAL;
  throw new Refusal(at, `field ${path} does not support aggregate operator ${name}`);
}

/** The type of what a query filters by; undefined where the compiler does not know it. */
function filteredType(
  around: Around,
  object: ObjectDefinition,
  filter: QueryFilter,
): Type | undefined {
  const type = filter.path === '' ? undefined : requirePath(around, object, filter);
  if (filter.by === undefined || !type) return type;
  return functionType(type, filter.by.toUpperCase(), filter);
}

/**
 * Looks at comparisons with other queries.
 * @throws Refusal for one that Salesforce does not run
 */
function requireSemiJoins({ world }: Around, { outline, texts }: Query, object: ObjectDefinition) {
  if (!/\bIN\s*\(\s*SELECT\b/i.test(texts.join('?'))) return;
  const soql = texts
    .slice(1)
    .reduce(
      (before, text) => `${before}${/\b(?:LIMIT|OFFSET)\s*$/i.test(before) ? '1' : ':b'}${text}`,
      texts[0] ?? '',
    );
  const query = parseQuery(soql, { allowApexBindVariables: true });
  const problem = semiJoinProblem(query, object, (name) => world.records.object(name));
  if (problem !== undefined) throw new Refusal(outline.at, problem);
}

function requireOutline(
  around: Around,
  outline: QueryOutline,
  object: ObjectDefinition,
  binds: readonly Code[],
): void {
  for (const field of outline.fields) {
    const { path } = field;
    const isAggregate = outline.result === 'aggregate';
    if (isAggregate && !path.includes('.') && !around.world.records.member(object, path)) continue;
    requirePath(around, object, field);
  }
  const [ungrouped] = outline.ungrouped;
  if (ungrouped) {
    throw new Refusal(ungrouped.at, `Field must be grouped or aggregated: ${ungrouped.path}`);
  }
  for (const filter of outline.filters) {
    const type = filteredType(around, object, filter);
    const path = filter.by === undefined ? filter.path : `${filter.by}(${filter.path})`;
    if (!type) continue;
    for (const value of filter.values) requireValue(type, { ...filter, path }, value, binds);
  }
  for (const child of outline.children) {
    const of = around.world.records.childObject(object, child.object);
    if (!of) {
      throw new Refusal(
        child.at,
        `Didn't understand relationship '${child.object}' in FROM part of query call.`,
      );
    }
    requireOutline(around, child, of, binds);
  }
}

const accessOf = (text: string, usual: string): string => {
  const level = /\bWITH\s+(USER|SYSTEM)_MODE\b/i.exec(text)?.[1]?.toLowerCase();
  return /\bWITH\s+SECURITY_ENFORCED\b/i.test(text) ? 'user' : (level ?? usual);
};

/** Compiles a query in brackets, whose object and fields must be there. */
export function queryCode(around: Around, node: Query): Code {
  const { outline, texts, binds } = node;
  const object = around.world.records.object(outline.object);
  if (!object) {
    const words = `sObject type '${outline.object}' is not supported.`;
    throw objectNotFound(outline.at, outline.object, words);
  }
  const bound = binds.map((one) => around.expression(one));
  requireOutline(around, outline, object, bound);
  requireSemiJoins(around, node, object);
  const values = bound.map(({ js }) => js);
  const access = accessOf(texts.join('?'), usualAccess(around));
  const given = `[${texts.map(quoted).join(',')}],[${values.join(',')}],${quoted(access)}`;
  if (outline.result === 'count') return sureCode(`$.count(${given})`, INTEGER);
  const row = outline.result === 'aggregate' ? typeOf('AggregateResult') : typeOf(object.name);
  return { ...sureCode(`$.query(${given})`, listOf(row)), isQuery: true, rows: `$.rows(${given})` };
}
