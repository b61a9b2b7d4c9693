import type { ObjectDefinition } from '../../../model/schema.ts';
import { Refusal } from '../parse/refusal.ts';
import type { FilterValue, Query, QueryField, QueryOutline } from '../parse/tree.ts';
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
  for (const field of outline.filters) {
    const type = requirePath(around, object, field);
    if (!type) continue;
    for (const value of field.values) requireValue(type, field, value, binds);
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
    throw new Refusal(outline.at, `sObject type '${outline.object}' is not supported.`);
  }
  const bound = binds.map((one) => around.expression(one));
  requireOutline(around, outline, object, bound);
  const values = bound.map(({ js }) => js);
  const access = accessOf(texts.join('?'), usualAccess(around));
  const given = `[${texts.map(quoted).join(',')}],[${values.join(',')}],${quoted(access)}`;
  if (outline.result === 'count') return sureCode(`$.count(${given})`, INTEGER);
  const row = outline.result === 'aggregate' ? typeOf('AggregateResult') : typeOf(object.name);
  return { ...sureCode(`$.query(${given})`, listOf(row)), isQuery: true, rows: `$.rows(${given})` };
}
