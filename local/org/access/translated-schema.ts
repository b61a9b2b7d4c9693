import type { CustomFieldTranslation, CustomObjectTranslation } from '@salesforce/types/metadata';
import type { Component } from '../model/deploy-target.ts';
import type { FieldDefinition, ObjectDefinition, Schema } from '../model/schema.ts';
import { rememberWhole, wholeOf } from '../model/whole-object.ts';

/** What is not translated stays as it is, as an empty translation does. */
const or = (text: string | undefined, other: string): string =>
  text === undefined || text === '' ? other : text;

function translatedField(
  field: FieldDefinition,
  { label, help, picklistValues }: CustomFieldTranslation,
): FieldDefinition {
  const words = new Map(picklistValues.map((one) => [one.masterLabel, one.translation]));
  return {
    ...field,
    label: or(label, field.label),
    ...(help !== undefined && { helpText: help }),
    picklistValues: field.picklistValues.map((one) => ({
      ...one,
      label: or(words.get(one.label), one.label),
    })),
  };
}

/** Languages without a plural, such as Japanese, have one word for both. */
function translatedObject(
  object: ObjectDefinition,
  { caseValues, fields, nameFieldLabel }: CustomObjectTranslation,
): ObjectDefinition {
  const name = caseValues.find(({ plural }) => plural !== true)?.value;
  const byName = new Map(fields.map((one) => [one.name.toLowerCase(), one]));
  const translated = {
    ...object,
    label: or(name, object.label),
    labelPlural: or(
      caseValues.find(({ plural }) => plural === true)?.value ?? name,
      object.labelPlural,
    ),
    fields: object.fields.map((field) => {
      const found = byName.get(field.name.toLowerCase());
      if (found) return translatedField(field, found);
      return field.name === 'Name' ? { ...field, label: or(nameFieldLabel, field.label) } : field;
    }),
  };
  rememberWhole(translated, wholeOf(object));
  return translated;
}

/** Objects with their labels, those of their fields and of picklist values in a language, where it has them. */
export function translatedSchema(
  schema: Schema,
  components: readonly Component[],
  language: string,
): Schema {
  const ending = `-${language}`;
  const translations = components.filter(
    ({ type, fullName }) => type === 'CustomObjectTranslation' && fullName.endsWith(ending),
  );
  if (translations.length === 0) return schema;
  const translated = new Map(schema);
  for (const { fullName, body } of translations) {
    const key = fullName.slice(0, -ending.length).toLowerCase();
    const object = schema.get(key);
    if (object) translated.set(key, translatedObject(object, body as CustomObjectTranslation));
  }
  return translated;
}
