/** The `type` that a describe call reports for a field. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'address'
  | 'base64';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly default: boolean;
  readonly active: boolean;
}

/** One field of an object, as deployed (custom) or as shipped with every org (standard). */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  /** Characters; 0 where length means nothing. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  /** A create without a value is refused (and a later null too). */
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  /** A literal, already of the field's type. */
  readonly defaultValue?: string | number | boolean;
  /** Display format such as `WOO-{000000}`. */
  readonly autoNumber?: string;
  readonly formula?: string;
  /** No value of the row's: whether the user who asks has this permission, such as `ManageUsers`. */
  readonly permission?: string;
  readonly referenceTo: readonly string[];
  /** `Contact__r` for `Contact__c`, `Account` for `AccountId`. */
  readonly relationshipName?: string;
  /** Name of the list on the parent, such as `Order_Items__r`. */
  readonly childRelationshipName?: string;
  readonly masterDetail: boolean;
  readonly reparentable: boolean;
  /** For custom metadata: the field holds the name of an object, a field or another record. */
  readonly metadataRelationship: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly PicklistValue[];
  readonly description?: string;
  readonly helpText?: string;
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of its record ids. */
  readonly keyPrefix: string;
  readonly kind: 'standard' | 'custom' | 'customMetadata' | 'system';
  /** Which of insert, update and delete data calls may do, where the kind does not say it. */
  readonly writes?: readonly string[];
  readonly sharingModel: string;
  readonly nameField: string;
  readonly fields: readonly FieldDefinition[];
}

/** All objects of the org, by lower-case API name: Salesforce resolves names without regard to case. */
export type Schema = ReadonlyMap<string, ObjectDefinition>;
