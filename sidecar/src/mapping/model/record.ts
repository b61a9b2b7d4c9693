/** A JSON object as WooCommerce sends it, or as derived from one (see records.ts). */
export type WooRecord = Readonly<Record<string, unknown>>;

export type { Resource } from './resources.ts';

export type Direction = 'to_salesforce' | 'to_woo' | 'both';

export type WhenUnmet = 'keep' | 'stop' | 'delete';

export type DeleteRule = 'keep' | 'flag' | 'delete';

export type ConflictRule = 'woo_wins' | 'salesforce_wins' | 'newest_wins' | 'ask';

export type WriteWhen = 'always' | 'unless_edited' | 'on_create' | 'when_empty';

export type Overflow = 'reject' | 'truncate';

/** Why one record cannot be written. Never holds the record's own personal data beyond the named field's code. */
export interface ValueProblem {
  readonly code: string;
  readonly field: string;
  readonly attribute: string;
  readonly message: string;
}

/** A field that refers to another synced record, by that record's key. */
export interface Lookup {
  readonly field: string;
  /** `Contact__r`: what an upsert nests the key under. */
  readonly relationshipName: string;
  readonly object: string;
  /** External id field of the object referred to. */
  readonly keyField: string;
  /** Null clears the field. */
  readonly key: string | null;
  /** The record cannot exist without it (master-detail, required lookup). */
  readonly required: boolean;
  /** Not sent when a record is updated; not part of the row's hash, unless written when empty. */
  readonly onCreate?: boolean;
  /** As onCreate, and on a later write where the field is empty in Salesforce. */
  readonly whenEmpty?: boolean;
}

/** A record to be in the org. `fields` are plain API values; an absent field is not touched, null clears it. */
export interface Row {
  readonly key: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  /** Fields that are only sent when the record is created. */
  readonly onCreate: Readonly<Record<string, string | number | boolean | null>>;
  /** Fields that are sent when the record is created, and where they are empty in Salesforce. */
  readonly whenEmpty: Readonly<Record<string, string | number | boolean | null>>;
  readonly lookups: readonly Lookup[];
  /** Lookups that are left alone while no mapping of their records runs; absent for none. */
  readonly leftOut?: readonly Lookup[];
}

export type BuildResult =
  | {
      readonly row: Row;
      /** What a person should hear of, as sentences; absent for nothing. */
      readonly notes?: readonly string[];
      readonly problems?: undefined;
    }
  | {
      readonly row?: undefined;
      readonly notes?: undefined;
      readonly problems: readonly ValueProblem[];
    };

/** What building a row needs to know of the store. */
export interface StoreContext {
  readonly key: string;
  readonly url: string;
  /** As its setting lists them; absent or none: those that WooCommerce takes for paid. */
  readonly paidStatuses?: readonly string[];
}

export type FieldValue = string | number | boolean | null;
