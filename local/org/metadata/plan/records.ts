import type { ObjectDefinition } from '../../model/schema.ts';
import type { DraftOf } from '../read/kinds.ts';
import type { AnyValue } from '../xml/read-typed.ts';
import { splitName } from './plan.ts';

/** One value of a custom metadata record. */
export interface RecordValue {
  readonly field: string;
  readonly value: AnyValue;
}

/** The type of a record: `Woo_Mapping.Order` belongs to `Woo_Mapping__mdt`. */
export function typeOfRecord(fullName: string): string {
  return `${splitName(fullName).object}__mdt`;
}

/** The record's values; a value that is left out is null. */
export function valuesOf(draft: DraftOf<'CustomMetadata'>): readonly RecordValue[] {
  return draft.body.values.map((one) => ({
    field: one.field,
    value: (one.value as AnyValue | undefined) ?? { xsiType: undefined, text: undefined },
  }));
}

/**
 * The field that a record means: `Woo_Order__c.Total__c`, or `Total__c` beside a value that names
 * the object.
 */
export function fieldTarget(
  type: ObjectDefinition,
  values: readonly RecordValue[],
  name: string,
): { readonly object: string | undefined; readonly name: string } {
  const entityFields = new Set(
    type.fields
      .filter((field) => field.referenceTo.includes('EntityDefinition'))
      .map((field) => field.name.toLowerCase()),
  );
  const entity = values.find(({ field }) => entityFields.has(field.toLowerCase()))?.value.text;
  return { object: entity, name: name.includes('.') ? splitName(name).name : name };
}
