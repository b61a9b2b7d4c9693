import { isQueueOwner } from '../model/queues.ts';
import type { ApiError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { notEmulated, unknownColumn, unknownRelationship } from '../soql/problem.ts';
import { findField } from '../soql/scope.ts';
import { ownerObject } from '../soql/owners.ts';

/** The fields of a record that an answer shows, and those of its parents. */
export interface Wanted {
  readonly object: ObjectDefinition;
  readonly fields: Map<string, FieldDefinition>;
  /** By name of the relationship, such as `Contact__r`. */
  readonly parents: Map<string, Wanted>;
}

export const wantedOf = (object: ObjectDefinition): Wanted => ({
  object,
  fields: new Map(),
  parents: new Map(),
});

const targetOf = (org: OrgView, field: FieldDefinition): ObjectDefinition | undefined =>
  isQueueOwner(field) ? ownerObject(org) : org.object(field.referenceTo[0] ?? '');

/** The parent that a relationship leads to, undefined where the user knows none of that name. */
function parentOf(org: OrgView, { object, parents }: Wanted, name: string): Wanted | undefined {
  const field = object.fields.find(
    (one) => one.relationshipName?.toLowerCase() === name.toLowerCase(),
  );
  if (field?.relationshipName === undefined) return undefined;
  if (field.referenceTo.length > 1 && !isQueueOwner(field)) {
    throw notEmulated(`paths through ${field.name}, which leads to several objects,`);
  }
  const known = parents.get(field.relationshipName);
  const target = known?.object ?? targetOf(org, field);
  if (known || !target) return known;
  const parent = wantedOf(target);
  parents.set(field.relationshipName, parent);
  return parent;
}

/**
 * Adds what a path such as `Woo_Order__c.Contact__r.Name` names. As in a real org, UI API complains about unknown
 * names in the words of SOQL.
 * @returns why there is no such field for the user; undefined when it was added
 */
export function add(org: OrgView, root: Wanted, path: string): ApiError | undefined {
  const [, ...names] = path.split('.');
  const last = names.pop() ?? '';
  const soql = `SELECT ${path} FROM ${root.object.name}`;
  let at = root;
  for (const name of names) {
    const parent = parentOf(org, at, name);
    if (!parent) return unknownRelationship(soql, path, name);
    at = parent;
  }
  const field = findField(at.object, last);
  if (!field) return unknownColumn(soql, path, last, at.object.name);
  at.fields.set(field.name, field);
  return undefined;
}
