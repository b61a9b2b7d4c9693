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
  /** API calls of the org that the store may use on a day; null for no limit. */
  readonly dailyApiCalls: number | null;
  /** The same as a share of 100 of what the org has for 24 hours. */
  readonly dailyApiShare: number | null;
  /** The first backfill waits until a person tells it to begin. */
  readonly loadWhenTold: boolean;
  /** Minutes of silence after which the service counts as down; null for as usual. */
  readonly silentMinutes: number | null;
  /** Minutes that an issue may stay open before a person is told; null for as usual. */
  readonly tellAfterMinutes: number | null;
  /** Statuses in which its orders count for their customers, with semicolons; null for the usual ones. */
  readonly paidStatuses: string | null;
  /** What becomes of an open lead with the address of a buyer: `leave`, `link` or `convert`; null for `leave`. */
  readonly leadRule: string | null;
  /** Status that converted leads get; null where the admin has not said. */
  readonly convertedLeadStatus: string | null;
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
  /** Of WordPress's content: which type it is of. */
  readonly contentType: string | null;
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
  /** Lines such as `processing = In progress`, for the kind translation. */
  readonly valueTable: string | null;
  readonly transform: string | null;
  /** What the transforms `slice` and `regex` go by. */
  readonly transformArgument: string | null;
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
  /** The attribute that it is compared with in place of a value. */
  readonly otherAttribute: string | null;
}

/** A row of Woo_Order_Transition__mdt: a change of an order's status that may be made from Salesforce. */
export interface TransitionRow {
  readonly name: string;
  readonly mapping: string | null;
  /** Status that the order has in the shop. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Field mappings and conditions whose checkbox Active is off. */
export interface OffRows {
  readonly fields: readonly Pick<FieldMappingRow, 'name' | 'mapping' | 'field'>[];
  readonly conditions: readonly Pick<ConditionRow, 'name' | 'mapping' | 'position'>[];
}

/** Everything that the admin configured, as read from the org. */
export interface MappingSource {
  readonly stores: readonly StoreRow[];
  readonly mappings: readonly MappingRow[];
  /** Those that are active. */
  readonly fields: readonly FieldMappingRow[];
  /** Those that are active. */
  readonly conditions: readonly ConditionRow[];
  /** Those that are active; absent for none. */
  readonly transitions?: readonly TransitionRow[];
  /** The others, which are as if they were not there; absent for none. */
  readonly off?: OffRows;
  /** Set where no field mapping is active, so that the org has not filled the checkbox and all count as active. */
  readonly isActiveUnfilled?: boolean;
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
