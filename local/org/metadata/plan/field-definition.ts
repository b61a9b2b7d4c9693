import type { CustomField, ValueSet } from '@salesforce/types/metadata';
import { field, type Facets } from '../../schema/fields.ts';
import type { FieldDefinition, FieldType, PicklistValue } from '../../model/schema.ts';
import { literalOf } from './default-value.ts';
import { fieldShapes } from './field-shapes.ts';

const describeTypes: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  AutoNumber: 'string',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
};

const fixedLengths: Readonly<Record<string, number>> = {
  AutoNumber: 30,
  Email: 80,
  Phone: 40,
  Url: 255,
  TextArea: 255,
  Picklist: 255,
  MultiselectPicklist: 4099,
  Lookup: 18,
  MasterDetail: 18,
  MetadataRelationship: 18,
};

const textFormulaLength = 1300;

function lengthOf(body: CustomField): number {
  if (body.formula !== undefined) return body.type === 'Text' ? textFormulaLength : 0;
  return fixedLengths[body.type ?? ''] ?? body.length ?? 0;
}

function picklistValues(valueSet: ValueSet | undefined): PicklistValue[] {
  return (valueSet?.valueSetDefinition?.value ?? []).map((one) => ({
    value: one.fullName ?? '',
    label: one.label ?? one.fullName ?? '',
    default: one.default,
    active: one.isActive ?? true,
  }));
}

function relation(name: string, body: CustomField): Facets {
  if (body.referenceTo === undefined) return {};
  return {
    referenceTo: [body.referenceTo],
    relationshipName: name.replace(/__c$/, '__r'),
    ...(body.relationshipName === undefined
      ? {}
      : { childRelationshipName: `${body.relationshipName}__r` }),
    masterDetail: body.type === 'MasterDetail',
    reparentable: body.reparentableMasterDetail ?? false,
    metadataRelationship: body.type === 'MetadataRelationship',
  };
}

function access(body: CustomField): Facets {
  const isComputed = body.formula !== undefined || body.type === 'AutoNumber';
  const isFixed = body.type === 'MasterDetail' && body.reparentableMasterDetail !== true;
  return {
    createable: !isComputed,
    updateable: !isComputed && !isFixed,
    filterable: !['LongTextArea', 'Html'].includes(body.type ?? ''),
    required: body.type === 'MasterDetail' || (body.required ?? false),
    unique: body.unique ?? false,
    caseSensitive: body.caseSensitive ?? false,
    externalId: body.externalId ?? false,
  };
}

function texts(body: CustomField): Facets {
  const defaultValue = body.defaultValue === undefined ? undefined : literalOf(body.defaultValue);
  return {
    ...(body.label === undefined ? {} : { label: body.label }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(body.displayFormat === undefined ? {} : { autoNumber: body.displayFormat }),
    ...(body.formula === undefined ? {} : { formula: body.formula }),
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.inlineHelpText === undefined ? {} : { helpText: body.inlineHelpText }),
  };
}

/** @returns undefined for a type that the local org does not know; the rules say so */
export function toFieldDefinition(name: string, body: CustomField): FieldDefinition | undefined {
  const type = describeTypes[body.type ?? ''];
  if (!type || !fieldShapes.has(body.type ?? '')) return undefined;
  return field(name, type, { custom: true }, access(body), relation(name, body), texts(body), {
    length: lengthOf(body),
    precision: body.precision ?? 0,
    scale: body.scale ?? 0,
    restrictedPicklist: body.valueSet?.restricted ?? false,
    picklistValues: picklistValues(body.valueSet),
  });
}

/** The Name field of a custom object: text of 80 characters or an automatic number. */
export function toNameField(body: CustomField | undefined): FieldDefinition {
  const label = body?.label ?? 'Name';
  if (body?.type !== 'AutoNumber') return field('Name', 'string', { label, length: 80 });
  return field('Name', 'string', {
    label,
    length: 80,
    createable: false,
    updateable: false,
    autoNumber: body.displayFormat ?? '',
  });
}
