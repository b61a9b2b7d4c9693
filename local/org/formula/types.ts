import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';

/** What an expression is, by the names that the platform's messages use. */
export type FormulaType =
  | 'Text'
  | 'Number'
  | 'Date'
  | 'Date/Time'
  | 'Time'
  | 'Boolean'
  | 'Picklist'
  | 'Multipicklist'
  | 'Lookup'
  | 'Null';

/**
 * A value while a formula is computed. Text and ids are strings and never empty: null is blank, as
 * for the platform. Dates and date-times are milliseconds since 1970 in UTC, times those since
 * midnight. Percents are fractions: 15 % is 0.15.
 */
export type Value = string | number | boolean | null;

/**
 * Where a formula stands; functions differ by it. `flowEntry` is the entry condition of a flow that
 * also starts for new records, `flowUpdate` that of one which only starts for changed ones.
 */
export type FormulaContext =
  | 'field'
  | 'validation'
  | 'default'
  | 'flow'
  | 'flowEntry'
  | 'flowUpdate';

/** What a formula may refer to. */
export interface FormulaSchema {
  object(name: string): ObjectDefinition | undefined;
  /** Whether there is a custom permission of that name. */
  hasCustomPermission(name: string): boolean;
}

/**
 * The record that a formula is computed for, and who asks. Values are those of the REST API:
 * strings, numbers, booleans, null.
 */
export interface FormulaScope {
  readonly now: Date;
  /** Whether the record is being created. */
  readonly isNew: boolean;
  /**
   * The value at the end of a path: lookups that are followed from the record, then the field.
   * Null when a lookup on the way is empty.
   */
  read(path: readonly FieldDefinition[]): unknown;
  /** The value that the field had before this save; that of a new record is its own. */
  prior(field: FieldDefinition): unknown;
  /** `$User`, `$Profile` or `$Organization`, and one of its fields. */
  global(name: string, field: FieldDefinition): unknown;
  hasPermission(name: string): boolean;
  /**
   * Where the org answers SOAP: blank for an org that no address leads to.
   * @param kind `c` of the Enterprise, `u` of the Partner API
   * @param version such as `66.0`
   */
  soapAddress(kind: 'c' | 'u', version: string): string | null;
  /** The value of a flow's variable. */
  variable(name: string): Value;
}

/** A checked expression that can be computed. */
export interface Typed {
  readonly type: FormulaType;
  /** The type as messages name it, such as `Lookup(Account)`. */
  readonly typeName: string;
  /** @throws FormulaFault when there is no value, as by division by zero */
  readonly run: (scope: FormulaScope) => Value;
  /** For an expression that is a field and nothing else: how to reach it, and its name here. */
  readonly path?: readonly FieldDefinition[];
  readonly source?: string;
  /** For an expression that is a literal. */
  readonly literal?: Value;
}

export function typed(type: FormulaType, run: Typed['run']): Typed {
  return { type, typeName: type, run };
}
