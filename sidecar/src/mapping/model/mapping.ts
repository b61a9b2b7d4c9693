import type {
  BuildResult,
  ConflictRule,
  DeleteRule,
  Direction,
  FieldValue,
  Lookup,
  Resource,
  Row,
  StoreContext,
  ValueProblem,
  WhenUnmet,
  WooRecord,
  WriteWhen,
} from './record.ts';
import type { FieldSchema, ObjectSchema } from './schema.ts';
import type { Trace } from './trace.ts';

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
  /** Whether it holds both lines of a street; absent for no. */
  readonly isStreet?: boolean;
}

/** A lookup of a mapping whose object is settled. */
export interface MappedReference {
  /** The Salesforce field, as describe spells it. */
  readonly field: string;
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly object: string;
  readonly keyField: string;
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
  /** Characters that the field takes; of images, whose ids must fit. */
  readonly length?: number;
  /** The shop gets what people type, and nothing that the shop wrote to which the record belongs; absent for all. */
  readonly onlyEdits?: boolean;
  /** Where the shop does not take a value Salesforce gets the shop's back; absent for what stays as it was entered. */
  readonly revertsIfRefused?: boolean;
  /** The condition of the mapping that it comes from, where that is another one; absent for none. */
  readonly meets?: (record: WooRecord) => boolean;
  /** Whether the shop alone says it of the record, be its direction as it may; absent where it does of none. */
  readonly isShops?: (record: WooRecord) => boolean;
  /**
   * What the shop's record holds, in the canonical form of the Salesforce field; null for nothing. Of images,
   * the ids that they have in the shop, which tell a change and are never those of the files.
   */
  fromWoo(record: WooRecord): FieldValue;
  /** What the org answered, in the same form: equal values of both sides give equal results. */
  fromSalesforce(held: unknown): FieldValue;
  /**
   * The change of the shop's record that gives it the value; or why it cannot be. An empty change is of what the
   * record does not have, or of images.
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
  /** Whether the shop has no name for it, so that something else stands in. */
  isNameless(record: WooRecord): boolean;
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

/** A field that goes to the shops of some stores, and not to that of the mapping. */
export type UnsentField = OutgoingField & {
  /** @param record whether the record carries the store's own key, or is linked to it beside that of another */
  readonly goesTo: (store: string, record: 'own' | 'foreign') => boolean;
  /** Keys of the stores that have the field for themselves in records that belong to another: no other mapping names it. */
  readonly ofStores: readonly string[];
};

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
  /** Of WordPress's content the type, such as `page`; null for every other resource. */
  readonly contentType: string | null;
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
  /** Whether a Salesforce record that the shop has no product or order for becomes one. */
  readonly createInWoo: boolean;
  /** Keys of the stores in which records of the object are made, be it by another mapping. */
  readonly createsIn: readonly string[];
  /** Whether images that were added in the shop stay when those of Salesforce are sent. */
  readonly keepShopImages: boolean;
  /** Whether what people type into a record goes to each shop that it is linked to, not only to its owner's. */
  readonly editsToAllStores: boolean;
  readonly conflictRule: ConflictRule;
  /** Its field mappings of every direction, by field. */
  readonly fields: readonly MappedField[];
  /** Its lookups. */
  readonly references: readonly MappedReference[];
  /** What goes to the shop, by attribute, so that a regular price comes before a sale price. */
  readonly outgoing: readonly OutgoingField[];
  /** Fields in which edits in Salesforce stay. */
  readonly kept: readonly KeptField[];
  /** Fields of its object that go to the shops of other stores, and not to this one's; absent for none. */
  readonly unsent?: readonly UnsentField[];
  /**
   * What it reads of the records that the shop's list sends (of an item, its order's), as `_fields` takes
   * it: dotted names, a custom field as `meta_data`. Conditions and the key included.
   */
  readonly reads: readonly string[];
  /** What its list is asked with, so that it shows the records and attributes that are mapped. */
  readonly view: Readonly<Record<string, string>>;
  /** What leads from an item or a refund to its order; null for what stands for itself. */
  readonly owner: Pick<Lookup, 'relationshipName' | 'keyField'> | null;
  /** Whether its object has fields for what a customer ordered, which the sync counts itself. */
  readonly keepsTotals?: boolean;
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

/** `Mapping.notFor` by name, also of mappings that cannot run. */
export type NotFor = ReadonlyMap<string, readonly string[]>;

/** Which status an order may be given from Salesforce, by the one that it has in the shop. */
export type Transitions = ReadonlyMap<string, ReadonlySet<string>>;

/** A mapping without its fields and conditions. */
export type Settings = Omit<
  Mapping,
  | ('meets' | 'build' | 'explain' | 'holds' | 'owner' | 'fields' | 'outgoing' | 'reads' | 'notFor')
  | ('foreign' | 'kept' | 'view' | 'references' | 'createsIn' | 'keepsTotals')
> & {
  /** Which changes of an order's status may be made from Salesforce. */
  readonly transitions: Transitions;
  readonly schema: ObjectSchema;
  readonly key: FieldSchema;
};
