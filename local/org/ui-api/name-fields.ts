import type { ObjectDefinition } from '../model/schema.ts';

const personNames = ['FirstName', 'LastName', 'Salutation'];

/** The fields that make up the name of a record: several for people. */
export function nameFieldsOf(object: ObjectDefinition): readonly string[] {
  const parts = personNames.filter((name) => object.fields.some((field) => field.name === name));
  return [...parts, object.nameField].sort();
}
