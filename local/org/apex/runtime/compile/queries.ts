import type { ObjectDefinition } from '../../../model/schema.ts';
import { Refusal } from '../parse/refusal.ts';
import type { Query, QueryOutline } from '../parse/tree.ts';
import { INTEGER, listOf, typeOf } from '../types/type.ts';
import { quoted, sureCode, usualAccess, type Around, type Code } from './code.ts';

/** Follows a path over parents. @throws Refusal where there is no such field */
function requirePath(
  { world }: Around,
  object: ObjectDefinition,
  path: string,
  at: Query['at'],
): void {
  let here: ObjectDefinition | undefined = object;
  const steps = path.split('.');
  if (steps.length > 1 && steps[0]?.toLowerCase() === object.name.toLowerCase()) steps.shift();
  for (const step of steps) {
    // Of a parent that may be of several objects the query itself says what it has.
    if (!here) return;
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
  }
}

function requireOutline(around: Around, outline: QueryOutline, object: ObjectDefinition): void {
  for (const { path, at } of outline.fields) {
    const isAggregate = outline.result === 'aggregate';
    if (isAggregate && !path.includes('.') && !around.world.records.member(object, path)) continue;
    requirePath(around, object, path, at);
  }
  for (const child of outline.children) {
    const of = around.world.records.childObject(object, child.object);
    if (!of) {
      throw new Refusal(
        child.at,
        `Didn't understand relationship '${child.object}' in FROM part of query call.`,
      );
    }
    requireOutline(around, child, of);
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
  requireOutline(around, outline, object);
  const values = binds.map((one) => around.expression(one).js);
  const access = accessOf(texts.join('?'), usualAccess(around));
  const given = `[${texts.map(quoted).join(',')}],[${values.join(',')}],${quoted(access)}`;
  if (outline.result === 'count') return sureCode(`$.count(${given})`, INTEGER);
  const row = outline.result === 'aggregate' ? typeOf('AggregateResult') : typeOf(object.name);
  return { ...sureCode(`$.query(${given})`, listOf(row)), isQuery: true, rows: `$.rows(${given})` };
}
