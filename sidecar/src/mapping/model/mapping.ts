import type { Trace } from './trace.ts';
import type { FieldValue } from '../values/convert.ts';

export type { ConditionTrace, FieldTrace, LookupTrace, Trace } from './trace.ts';

/** A JSON object as WooCommerce sends it, or as derived from one (see records.ts). */
export type WooRecord = Readonly<Record<string, unknown>>;

/**
 * What a mapping maps. A variation is a `product` with a parent; `order_item` covers product, shipping,
 * fee, coupon and tax lines; a guest is a `customer` without a number.
 */
export type Resource = 'order' | 'order_item' | 'refund' | 'product' | 'customer';

export type Direction = 'to_salesforce' | 'to_woo' | 'both';
export type WhenUnmet = 'keep' | 'stop' | 'delete';
export type DeleteRule = 'keep' | 'flag' | 'delete';
export type ConflictRule = 'woo_wins' | 'salesforce_wins' | 'newest_wins' | 'ask';
export type WriteWhen = 'always' | 'unless_edited' | 'on_create' | 'when_empty';
export type Overflow = 'reject' | 'truncate';

/** A row of Woo_Store__mdt. */
export interface StoreRow {
  readonly name: string;
  readonly label: string;
  /** First part of every Woo_Key__c of the store. */
  readonly key: string;
  /** Shop address without a trailing slash. */
  readonly url: string;
  readonly route: 'direct' | 'named_credential';
  readonly namedCredential: string | null;
  readonly imageHosts: readonly string[];
  readonly active: boolean;
}

/** A row of Woo_Mapping__mdt, values as stored; compile.ts checks them. */
export interface MappingRow {
  /** DeveloperName: what field mappings and conditions refer to. */
  readonly name: string;
  readonly label: string;
  /** Key of the store that it is for; null = every store. */
  readonly store: string | null;
  readonly resource: string | null;
  readonly object: string | null;
  readonly externalIdField: string | null;
  readonly matchFields: string | null;
  readonly direction: string | null;
  readonly onCreate: boolean;
  readonly onUpdate: boolean;
  readonly onDelete: boolean;
  readonly conditionLogic: string | null;
  readonly whenUnmet: string | null;
  readonly realTime: boolean;
  readonly sweepMinutes: number | null;
  readonly deleteRule: string | null;
  readonly deleteField: string | null;
  readonly deleteValue: string | null;
  readonly conflictRule: string | null;
  readonly wooMetaKey: string | null;
  readonly createInWoo: boolean;
  readonly keepShopImages: boolean;
  readonly editsToAllStores: boolean;
  readonly active: boolean;
}

/** A row of Woo_Field_Mapping__mdt. */
export interface FieldMappingRow {
  readonly name: string;
  /** DeveloperName of its mapping. */
  readonly mapping: string | null;
  /** The picked attribute or, where given, the free path. */
  readonly attribute: string | null;
  readonly field: string | null;
  readonly kind: string | null;
  readonly staticValue: string | null;
  readonly transform: string | null;
  readonly defaultValue: string | null;
  readonly overflow: string | null;
  readonly direction: string | null;
  readonly writeWhen: string | null;
}

/** A row of Woo_Condition__mdt. */
export interface ConditionRow {
  readonly name: string;
  readonly mapping: string | null;
  readonly position: number | null;
  readonly attribute: string | null;
  readonly operator: string | null;
  readonly value: string | null;
}

/** Everything that the admin configured, as read from the org. */
export interface MappingSource {
  readonly stores: readonly StoreRow[];
  readonly mappings: readonly MappingRow[];
  readonly fields: readonly FieldMappingRow[];
  readonly conditions: readonly ConditionRow[];
  /** What the org keeps from us, since we may not see a field or object that it names. */
  readonly hidden?: {
    readonly mappings: readonly { readonly name: string; readonly active: boolean }[];
    readonly fields: readonly HiddenRow[];
  };
}

/** A `Woo_Field_Mapping__mdt` record of which only the name is known. */
export interface HiddenRow {
  readonly name: string;
  readonly mapping: string | null;
  /** The Salesforce field, as far as its relationship tells without the field itself. */
  readonly field: string | null;
}

/** A picklist value in more detail. */
export interface FieldChoice {
  readonly value: string;
  readonly label: string;
  /** The values of the controlling field for which it can be chosen; null for any. */
  readonly validFor: ReadonlySet<string> | null;
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
export interface ChildRelationship {
  readonly relationshipName: string;
  readonly object: string;
  readonly field: string;
}

/** Something wrong with the configuration, for the admin. A fatal one leaves its mapping out. */
export interface Problem {
  /** Stable code such as `MAPPING_UNKNOWN_FIELD`. */
  readonly code: string;
  readonly mapping: string;
  /** Developer name of the record at fault. */
  readonly place: string;
  /** One sentence that names the value. */
  readonly message: string;
  readonly cure: string;
  readonly fatal: boolean;
}

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
}

/** A field mapping as far as checks and readers need it. */
export interface MappedField {
  /** Developer name of its record. */
  readonly place: string;
  readonly field: string;
  readonly kind: 'attribute' | 'static' | 'lookup';
  /** In WooCommerce's words; null for a static value. */
  readonly attribute: string | null;
  readonly direction: Direction;
  readonly writeWhen: WriteWhen;
  /** Why its value cannot be turned back into the shop's, as the rest of a sentence; null where it can. */
  readonly lossy: string | null;
}

/** A field of a mapping whose value goes to the shop. */
export interface OutgoingField {
  /** Developer name of the field mapping. */
  readonly place: string;
  /** The Salesforce field, as describe spells it. */
  readonly field: string;
  /** In WooCommerce's words: a path, or `product_featured_image` or `product_gallery_images`. */
  readonly attribute: string;
  readonly kind: 'value' | 'featured_image' | 'gallery_images';
  readonly direction: 'both' | 'to_woo';
  /** Characters that the field takes; of pictures, whose ids must fit. */
  readonly length?: number;
  /** The shop gets what people type, and nothing that the shop wrote to which the record belongs; absent for all. */
  readonly onlyEdits?: boolean;
  /** The condition of the mapping that it comes from, where that is another one; absent for none. */
  readonly meets?: (record: WooRecord) => boolean;
  /**
   * What the shop's record holds, in the canonical form of the Salesforce field; null for nothing. Of pictures,
   * the ids that they have in the shop, which tell a change and are never those of the files.
   */
  fromWoo(record: WooRecord): FieldValue;
  /** What the org answered, in the same form: equal values of both sides give equal results. */
  fromSalesforce(held: unknown): FieldValue;
  /**
   * The change of the shop's record that gives it the value; or why it cannot be. An empty change is of what the
   * record does not have, or of pictures.
   * @param record as it will be, with what else is sent: prices are checked against each other
   */
  toWoo(
    held: unknown,
    record: WooRecord,
  ): { readonly patch: WooRecord } | { readonly problem: ValueProblem };
}

/** A field that follows the shop, and keeps what people typed into it in Salesforce. */
export interface KeptField {
  /** The Salesforce field, as describe spells it. */
  readonly field: string;
  /** '' for a static value. */
  readonly attribute: string;
  /** Records are found by it, so that a change in the shop needs a person's word where one was. */
  readonly isMatch: boolean;
  /** Whether it is part of the row's hash. */
  readonly isHashed: boolean;
  /** Equal values of both sides give equal results. */
  form(value: unknown): FieldValue;
  /** Whether Salesforce holds what we write while the shop has no name, such as what precedes the @. */
  isStandIn(held: unknown, record: WooRecord): boolean;
}

/** A field by which a record is found that was in the org before it was synced. */
export interface MatchField {
  /** As the admin named it: `StockKeepingUnit`, `Contacts.Email`. */
  readonly name: string;
  /** The object that is asked: the mapping's own, or one whose records hang on it. */
  readonly object: string;
  readonly field: string;
  readonly caseSensitive: boolean;
  /** The lookup that leads from the object asked to the mapping's own; null where that is asked itself. */
  readonly through: { readonly field: string; readonly relationshipName: string } | null;
  /** The attribute that the field must equal; absent where it must equal what the mapping writes to it. */
  readonly attribute?: string;
  /** What the field must hold; null for a value that never matches, since it is empty or tells nobody apart. */
  value(record: WooRecord, row: Row, store: StoreContext): string | null;
}

/** A mapping that was checked against the org's schema and can run. Made by compile.ts. */
export interface Mapping {
  readonly name: string;
  readonly label: string;
  readonly store: string | null;
  /**
   * Keys of the stores for which it does not run, since they have their own mapping of the same resource
   * and object, be it held by a problem.
   */
  readonly notFor: readonly string[];
  readonly resource: Resource;
  readonly object: string;
  readonly keyField: string;
  /** In the order in which they are tried. */
  readonly matchFields: readonly MatchField[];
  readonly direction: Direction;
  readonly events: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  readonly whenUnmet: WhenUnmet;
  readonly realTime: boolean;
  readonly sweepMinutes: number | null;
  readonly deleteRule: DeleteRule;
  /** What the delete rule `flag` writes. */
  readonly deleteFlag: { readonly field: string; readonly value: string | boolean } | null;
  readonly wooMetaKey: string | null;
  /** Whether a Salesforce record that no product belongs to becomes one. */
  readonly createInWoo: boolean;
  /** Whether pictures that were added in the shop stay when those of Salesforce are sent. */
  readonly keepShopImages: boolean;
  /** Whether what people type into a record goes to each shop that it is linked to, not only to its owner's. */
  readonly editsToAllStores: boolean;
  readonly conflictRule: ConflictRule;
  /** Its field mappings of every direction, by field. */
  readonly fields: readonly MappedField[];
  /** What goes to the shop, by attribute, so that a regular price comes before a sale price. */
  readonly outgoing: readonly OutgoingField[];
  /** Fields in which edits in Salesforce stay. */
  readonly kept: readonly KeptField[];
  /**
   * What it reads of the records that the shop's list sends (of an item, its order's), as `_fields` takes
   * it: dotted names, a custom field as `meta_data`. Conditions and the key included.
   */
  readonly reads: readonly string[];
  /** What leads from an item or a refund to its order; null for what stands for itself. */
  readonly owner: Pick<Lookup, 'relationshipName' | 'keyField'> | null;
  /** Whether the record meets the trigger condition. */
  meets(record: WooRecord): boolean;
  /** Builds the record's row, or says why it cannot. Never throws for a bad value. */
  build(record: WooRecord, store: StoreContext): BuildResult;
  /** The record's path through the mapping, by the same steps as `meets` and `build`. */
  explain(record: WooRecord, store: StoreContext): Trace;
  /** Whether what the org answers for a field of the object is what a row writes to it. */
  holds(field: string, written: Row['fields'][string], held: unknown): boolean;
  /** What it does with a record that belongs to another key, mostly another store's. */
  readonly foreign: Pick<Mapping, 'fields' | 'outgoing' | 'kept' | 'build' | 'explain'>;
}
