import type { ObjectDefinition } from './schema.ts';
import type { Caller } from './caller.ts';
import type { Row, SqlValue } from '../lib/database.ts';
import type { SaveError } from './errors.ts';
import type { WholeOrg } from './org-view.ts';

/** A record on its way into its table. */
export interface Change {
  readonly org: WholeOrg;
  readonly object: ObjectDefinition;
  /** The record to change; undefined for a new one. */
  readonly id: string | undefined;
  /** Columns that will be written; a rule may set more. */
  readonly values: Map<string, SqlValue>;
}

/** What the platform does with records of an object beyond the rules of their single fields. */
export interface ObjectRule {
  /** Before the required fields are looked for: refuses, or fills in what follows from the values. */
  complete?(change: Change): SaveError | undefined;
  /** When it is the record's turn to be written, after the records before it in the call. */
  check?(change: Change): SaveError | undefined;
  /** After the record was written. */
  saved?(change: Change, id: string, caller: Caller, now: string): void;
  /** Why the record cannot be deleted. */
  deleting?(org: WholeOrg, row: Row): SaveError | undefined;
  /** After the record went to the recycle bin. */
  deleted?(org: WholeOrg, row: Row, now: string): void;
  /** After the record came out of the recycle bin. @param row as it was there */
  undeleted?(org: WholeOrg, row: Row, now: string): void;
}

/** The record as it is in its table; empty for a new one. */
export const before = ({ org, object, id }: Change): Row =>
  id === undefined ? {} : (org.row(object, id) ?? {});

/** The value that the record will have: the new one where the call gives one. */
export function after(change: Change, old: Row, name: string): SqlValue {
  return (change.values.has(name) ? change.values.get(name) : old[name]) ?? null;
}

/** A row of another object by its id. */
export function rowOf(org: WholeOrg, objectName: string, id: SqlValue): Row | undefined {
  const object = org.object(objectName);
  return object && typeof id === 'string' ? org.row(object, id) : undefined;
}
