import type { Component } from '../../model/deploy-target.ts';
import { noFeatures, type DeployFeatures } from '../../model/features.ts';
import { isRecordType, recordTypeField } from '../../schema/record-types.ts';
import { withSystemFields } from '../../schema/system-fields.ts';
import type { FieldDefinition, ObjectDefinition, Schema } from '../../model/schema.ts';
import type { Draft, DraftOf, SupportedType } from '../read/kinds.ts';
import { toFieldDefinition } from './field-definition.ts';
import { withField, withObject } from './object-definition.ts';

/** Object and field of a full name such as `Woo_Order__c.Total__c`. */
export function splitName(fullName: string): { readonly object: string; readonly name: string } {
  const at = fullName.indexOf('.');
  return { object: fullName.slice(0, Math.max(at, 0)), name: fullName.slice(at + 1) };
}

const keyOf = (type: string, fullName: string): string => `${type}:${fullName}`.toLowerCase();

/** What a few rules ask of an org beyond its components. */
export interface OrgRows {
  /** Whether the org has a user of that name. */
  hasUser(username: string): boolean;
  /** Whether the profile of the user lets only the API in. */
  isApiOnly(username: string): boolean;
  hasProfile(name: string): boolean;
  readonly features: DeployFeatures;
}

const noRows: OrgRows = {
  hasUser: () => false,
  isApiOnly: () => false,
  hasProfile: () => false,
  features: noFeatures,
};

/** What the org had before the deploy. */
export interface Before {
  readonly schema: Schema;
  readonly components: ReadonlyMap<string, Component>;
  readonly rows: OrgRows;
}

export function beforeOf(
  schema: Schema,
  components: readonly Component[],
  rows: OrgRows = noRows,
): Before {
  return {
    schema: new Map(schema),
    components: new Map(components.map((one) => [keyOf(one.type, one.fullName), one])),
    rows,
  };
}

/** The org as it will be when the given drafts are deployed; names are found in any case. */
export class Plan {
  readonly before: Before;
  readonly drafts: readonly Draft[];
  private readonly objects: Map<string, ObjectDefinition>;
  private readonly byKey: ReadonlyMap<string, Draft>;
  private readonly touched = new Set<string>();

  constructor(before: Before, drafts: readonly Draft[]) {
    this.before = before;
    this.drafts = drafts;
    this.objects = new Map(before.schema);
    this.byKey = new Map(drafts.map((one) => [keyOf(one.type, one.fullName), one]));
    for (const draft of this.draftsOf('CustomObject')) this.addObject(draft);
    for (const draft of this.draftsOf('CustomField')) this.addField(draft);
    for (const draft of this.draftsOf('RecordType')) this.addRecordType(draft);
  }

  private addObject({ fullName, body }: DraftOf<'CustomObject'>): void {
    this.put(withSystemFields(withObject(fullName, body, this.object(fullName))));
  }

  private addField({ fullName, body }: DraftOf<'CustomField'>): void {
    const { object: objectName, name } = splitName(fullName);
    const object = this.object(objectName);
    const added = toFieldDefinition(name, body);
    if (object && added) this.put(withField(object, added));
  }

  /** The first record type of an object brings the field that says which one a record has. */
  private addRecordType({ fullName }: DraftOf<'RecordType'>): void {
    const object = this.object(splitName(fullName).object);
    if (object && !object.fields.some(isRecordType)) this.put(withField(object, recordTypeField));
  }

  private put(object: ObjectDefinition): void {
    this.objects.set(object.name.toLowerCase(), object);
    this.touched.add(object.name.toLowerCase());
  }

  draftsOf<T extends SupportedType>(type: T): readonly DraftOf<T>[] {
    return this.drafts.filter((one): one is Extract<Draft, DraftOf<T>> => one.type === type);
  }

  object(name: string): ObjectDefinition | undefined {
    return this.objects.get(name.toLowerCase());
  }

  allObjects(): readonly ObjectDefinition[] {
    return [...this.objects.values()];
  }

  field(objectName: string, name: string): FieldDefinition | undefined {
    const wanted = name.toLowerCase();
    return this.object(objectName)?.fields.find((one) => one.name.toLowerCase() === wanted);
  }

  /** Whether the component is in the org or in this deploy. */
  has(type: string, fullName: string): boolean {
    const key = keyOf(type, fullName);
    return this.byKey.has(key) || this.before.components.has(key);
  }

  /** The component's full name as it is spelt; undefined when there is none. */
  nameOf(type: string, fullName: string): string | undefined {
    const key = keyOf(type, fullName);
    return (this.byKey.get(key) ?? this.before.components.get(key))?.fullName;
  }

  /** Full names of all components of a type, this deploy's and the org's. */
  names(type: string): readonly string[] {
    const before = [...this.before.components.values()].filter((one) => one.type === type);
    const added = this.drafts.filter((one) => one.type === type);
    return [...before, ...added].map(({ fullName }) => fullName);
  }

  /** The component's body: this deploy's, else the org's. */
  bodyOf(type: string, fullName: string): unknown {
    const key = keyOf(type, fullName);
    return (this.byKey.get(key) ?? this.before.components.get(key))?.body;
  }

  /** Objects that this deploy adds or changes, those that others may refer to first. */
  changedObjects(): readonly ObjectDefinition[] {
    return [...this.touched].flatMap((name) => this.objects.get(name) ?? []);
  }

  /** The component as the org had it before. */
  previous(draft: Draft): Component | undefined {
    return this.component(draft.type, draft.fullName);
  }

  /** A component as the org had it before. */
  component(type: string, fullName: string): Component | undefined {
    return this.before.components.get(keyOf(type, fullName));
  }
}
