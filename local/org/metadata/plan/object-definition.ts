import type { CustomObject } from '@salesforce/types/metadata';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { toNameField } from './field-definition.ts';

export const isCustomMetadataType = (name: string): boolean => name.endsWith('__mdt');

/** Objects that a deploy may bring: custom objects and custom metadata types. */
export const isCustomObject = (name: string): boolean =>
  name.endsWith('__c') || isCustomMetadataType(name);

function created(name: string, body: CustomObject): ObjectDefinition {
  const isMetadata = isCustomMetadataType(name);
  return {
    name,
    label: body.label ?? name,
    labelPlural: body.pluralLabel ?? body.label ?? name,
    keyPrefix: '',
    kind: isMetadata ? 'customMetadata' : 'custom',
    sharingModel: body.sharingModel ?? 'ReadWrite',
    nameField: isMetadata ? 'DeveloperName' : 'Name',
    fields: isMetadata ? [] : [toNameField(body.nameField)],
  };
}

/** The object after its own settings were deployed; its fields stay. */
export function withObject(
  name: string,
  body: CustomObject,
  existing: ObjectDefinition | undefined,
): ObjectDefinition {
  if (!existing) return created(name, body);
  const nameField = body.nameField ? toNameField(body.nameField) : undefined;
  return {
    ...existing,
    label: body.label ?? existing.label,
    labelPlural: body.pluralLabel ?? existing.labelPlural,
    sharingModel: body.sharingModel ?? existing.sharingModel,
    fields:
      nameField && existing.kind === 'custom'
        ? existing.fields.map((one) => (one.name === 'Name' ? nameField : one))
        : existing.fields,
  };
}

/** The object with one field added or replaced in its place. */
export function withField(object: ObjectDefinition, added: FieldDefinition): ObjectDefinition {
  const at = object.fields.findIndex((one) => one.name.toLowerCase() === added.name.toLowerCase());
  return {
    ...object,
    fields: at < 0 ? [...object.fields, added] : object.fields.with(at, added),
  };
}
