import { addressOf } from '../model/field-security.ts';
import type { FieldDefinition, FieldType, ObjectDefinition, Schema } from '../model/schema.ts';
import { nameFieldsOf } from './name-fields.ts';

/** One entry of `fields` of the answer to a describe call. */
export type DescribedField = Readonly<Record<string, unknown>> & { readonly name: string };

const dataTypes: Readonly<Record<FieldType, string>> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  reference: 'Reference',
  address: 'Address',
  base64: 'Base64',
};

/** Taken over as describe says them. */
const sameInBoth = [
  'calculated',
  'controllerName',
  'createable',
  'custom',
  'filterable',
  'htmlFormatted',
  'inlineHelpText',
  'label',
  'length',
  'nameField',
  'polymorphicForeignKey',
  'precision',
  'referenceTargetField',
  'relationshipName',
  'scale',
  'sortable',
  'unique',
  'updateable',
] as const;

/** The field that a part is shown in: an address, or the name of a person. */
function compoundOf(object: ObjectDefinition, field: FieldDefinition): Record<string, unknown> {
  const address = addressOf(object, field)?.name;
  const names = nameFieldsOf(object);
  const isCompoundName = names.length > 1 && field.name === object.nameField;
  const isNamePart = !isCompoundName && names.length > 1 && names.includes(field.name);
  const whole = address ?? (isNamePart ? object.nameField : null);
  const part =
    address === undefined ? field.name : field.name.slice(address.length - 'Address'.length);
  return {
    compound: field.type === 'address' || isCompoundName,
    compoundFieldName: whole,
    compoundComponentName: whole === null ? null : part,
  };
}

function referencesOf(schema: Schema, field: FieldDefinition): Record<string, unknown> {
  const targets = field.referenceTo.flatMap((name) => schema.get(name.toLowerCase()) ?? []);
  return {
    reference: field.type === 'reference',
    referenceToInfos: targets.map((target) => ({
      apiName: target.name,
      nameFields: nameFieldsOf(target),
    })),
  };
}

/** A field of an object info. @param described the same field in the answer to a describe call */
export function fieldInfo(
  schema: Schema,
  object: ObjectDefinition,
  field: FieldDefinition,
  described: DescribedField,
): Readonly<Record<string, unknown>> {
  const isGiven = described['nillable'] === true || described['defaultedOnCreate'] === true;
  return {
    ...Object.fromEntries(sameInBoth.map((name) => [name, described[name]])),
    ...compoundOf(object, field),
    ...referencesOf(schema, field),
    apiName: field.name,
    controllingFields: [],
    dataType: dataTypes[field.type],
    extraTypeInfo: field.type === 'textarea' ? 'PlainTextArea' : null,
    filteredLookupInfo: null,
    highScaleNumber: false,
    required: !isGiven && described['createable'] === true,
    searchPrefilterable: false,
  };
}
