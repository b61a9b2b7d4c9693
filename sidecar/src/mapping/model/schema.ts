/** A field of an object by its API name, whatever its case, also as `Object.Field`. */
export function findField(schema: ObjectSchema, name: string): FieldSchema | undefined {
  const own = name.trim().split('.').at(-1) ?? '';
  return schema.fields.get(own.toLowerCase());
}

/** The names of an object's fields as the org writes them. */
export function fieldNames(schema: ObjectSchema): string[] {
  return [...schema.fields.values()].map(({ name }) => name);
}

/** A picklist value in more detail. */
export interface FieldChoice {
  readonly value: string;
  readonly label: string;
  /** The values of the controlling field for which it can be chosen; null for any. */
  readonly validFor: ReadonlySet<string> | null;
}

/** Names by which records may be meant that a field refers to, in place of their ids. */
export interface RecordNames {
  /** What may be named, as the rest of a sentence: `the user name of an active user`. */
  readonly what: string;
  /** Ids by name: of those that the configuration names, or of all that there are. Case does not count. */
  readonly ids: ReadonlyMap<string, string>;
  /** No other record can be meant, be it by its id. */
  readonly isWhole: boolean;
}

/** The part of a describe answer that mapping needs. Names of types are those of describe. */
export interface FieldSchema {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly calculated: boolean;
  /** Whether a query may ask for its values. */
  readonly filterable: boolean;
  /** By Shield Platform Encryption. */
  readonly encrypted: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly defaultedOnCreate: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly string[];
  /** The active values again, of codes of states and countries. */
  readonly choices?: readonly FieldChoice[];
  /** Of a field that refers to record types, users or queues; absent where no names are known. */
  readonly recordNames?: RecordNames;
}

export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  /** By lower-case API name. */
  readonly fields: ReadonlyMap<string, FieldSchema>;
  /** The lists of records that hang on one of this object, as far as they have names. */
  readonly children?: readonly ChildRelationship[];
}

/** `Contacts` on Account: the contacts whose AccountId it is. */
interface ChildRelationship {
  readonly relationshipName: string;
  readonly object: string;
  readonly field: string;
}
