import type { FieldDefinition } from '../model/schema.ts';
import { reference } from './fields.ts';

/** What an object has once it has a record type. */
export const recordTypeField: FieldDefinition = reference('RecordTypeId', ['RecordType'], {
  label: 'Record Type ID',
});

export function isRecordType({ name }: FieldDefinition): boolean {
  return name === recordTypeField.name;
}
