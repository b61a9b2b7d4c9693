import type { ObjectDefinition, Schema } from './schema.ts';

/** A component as it was deployed: what a later deploy may refer to, and what a retrieve would give back. */
export interface Component {
  /** Metadata type, such as `CustomField`. */
  readonly type: string;
  /** Full name, such as `Woo_Order__c.Total__c`. */
  readonly fullName: string;
  /** Parsed body; child components of an object are components of their own. */
  readonly body: unknown;
  /** What a retrieve gives back: its file's root, or its element in the file of another component. */
  readonly xml?: string;
}

/**
 * What a metadata deploy needs from the org. The data side implements it, the deploy calls it;
 * everything between `begin` and `commit` is undone by `rollback`, also for a dry run.
 */
export interface DeployTarget {
  schema(): Schema;
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Adds objects or replaces them whole; tables follow, existing rows stay. */
  putObjects(objects: readonly ObjectDefinition[]): void;
  /** Takes objects out, with their tables and all records in them. */
  removeObjects(names: readonly string[]): void;
  /** Puts the object as it is now in place of the one of that name; values of fields that it lacks are gone. */
  replaceObject(object: ObjectDefinition): void;
  components(): readonly Component[];
  putComponents(components: readonly Component[]): void;
  removeComponents(components: readonly Component[]): void;
  /**
   * Writes a row that is metadata rather than data (custom metadata record, permission set),
   * past the data rules; found again by `match`.
   * @returns the 18-character record id
   */
  putSystemRow(
    object: string,
    match: Readonly<Record<string, string>>,
    values: Readonly<Record<string, unknown>>,
  ): string;
  removeSystemRow(object: string, match: Readonly<Record<string, string>>): void;
}
