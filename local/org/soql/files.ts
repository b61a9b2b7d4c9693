import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import type { ObjectDefinition } from '../model/schema.ts';
import { malformed } from './problem.ts';
import type { Scope } from './scope.ts';

/** Fields whose ids name files, by object. */
const idFields: Readonly<Record<string, readonly string[]>> = {
  ContentDocument: ['Id'],
  ContentVersion: ['Id', 'ContentDocumentId'],
  ContentDocumentLink: ['Id', 'ContentDocumentId', 'LinkedEntityId'],
};

interface Condition {
  readonly field?: string;
  readonly operator?: string;
  readonly valueQuery?: unknown;
  readonly openParen?: number;
  readonly closeParen?: number;
}

interface Clause {
  readonly left: Condition | null;
  readonly operator?: string;
  readonly right?: Clause;
}

/** The field of a condition that names records by id; a list of them may come from another query only for links. */
function namesIds(scope: Scope, condition: Condition): boolean {
  const operator = (condition.operator ?? '').toUpperCase();
  if (condition.field === undefined || !(operator === '=' || operator === 'IN')) return false;
  const { field, sql } = scope.column(condition.field);
  const isOwn = sql.startsWith(`${scope.alias}.`);
  if (!isOwn || idFields[scope.object.name]?.includes(field.name) !== true) return false;
  return condition.valueQuery === undefined || field.name === 'LinkedEntityId';
}

/**
 * Whether a query names by id what it asks for: a condition by ids that holds for all its rows. Everything else is
 * a list, in which files that a user sees through a record alone do not appear.
 */
export function asksById(scope: Scope, where: WhereClause | undefined): boolean {
  if (idFields[scope.object.name] === undefined) return false;
  let depth = 0;
  let negated = false;
  let found = false;
  for (let at: Clause | undefined = where; at; at = at.right) {
    const open = at.left?.openParen ?? 0;
    const close = at.left?.closeParen ?? 0;
    const standsAlone = depth === 0 && open === close && !negated;
    if (standsAlone && at.left && namesIds(scope, at.left)) found = true;
    depth += open - close;
    if (depth === 0 && at.operator === 'OR') return false;
    negated = at.operator === 'NOT';
  }
  return found;
}

/** @throws ApiError for links that are asked for in another way than a real org allows */
export function refuseUnfilteredLinks({ object, compilation }: Scope): void {
  const { access } = compilation.org;
  if (object.name !== 'ContentDocumentLink' || access?.has('QueryAllFiles') !== false) return;
  throw malformed(
    'Implementation restriction: ContentDocumentLink requires a filter by a single Id on ' +
      "ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
  );
}

/** @throws ApiError for links in the inner query of a semi-join */
export function refuseLinksInside(object: ObjectDefinition): void {
  if (object.name !== 'ContentDocumentLink') return;
  throw malformed(`Entity '${object.name}' is not supported for semi join inner selects`);
}
