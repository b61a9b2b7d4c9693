import type { ObjectRights } from '../model/access.ts';
import { isSecured } from '../model/field-security.ts';
import type { FieldDefinition, ObjectDefinition, Schema } from '../model/schema.ts';

const soapTypes: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
  base64: 'xsd:base64Binary',
};

const isNumber = (field: FieldDefinition): boolean =>
  ['double', 'currency', 'percent'].includes(field.type);
const isComputed = (field: FieldDefinition): boolean =>
  field.formula !== undefined || field.autoNumber !== undefined || field.type === 'address';
const isLongText = (field: FieldDefinition): boolean =>
  field.type === 'textarea' && field.length > 255;

function describeNumbers(field: FieldDefinition): Record<string, unknown> {
  return {
    byteLength: field.length * 3,
    digits: field.type === 'int' ? field.precision : 0,
    length: field.length,
    precision: isNumber(field) ? field.precision : 0,
    scale: isNumber(field) ? field.scale : 0,
  };
}

function describePicklist(field: FieldDefinition): Record<string, unknown> {
  return {
    picklistValues: field.picklistValues.map((one) => ({
      active: one.active,
      defaultValue: one.default,
      label: one.label,
      validFor: null,
      value: one.value,
    })),
    restrictedPicklist: field.restrictedPicklist,
    dependentPicklist: false,
    controllerName: null,
  };
}

function describeReference(field: FieldDefinition): Record<string, unknown> {
  return {
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail && field.custom ? 0 : null,
    cascadeDelete: field.masterDetail,
    restrictedDelete: false,
    writeRequiresMasterRead: false,
    polymorphicForeignKey: field.referenceTo.length > 1,
    referenceTargetField: null,
  };
}

function describeRights(object: ObjectDefinition, field: FieldDefinition): Record<string, unknown> {
  const fixed = field.masterDetail && !field.reparentable;
  const writable = !isComputed(field);
  return {
    createable: field.createable && writable,
    updateable: field.updateable && writable && !fixed,
    nillable: !field.required && !field.masterDetail && !['boolean', 'id'].includes(field.type),
    filterable: field.filterable,
    sortable: field.filterable && field.type !== 'multipicklist',
    groupable: field.filterable && !isNumber(field) && field.type !== 'datetime',
    aggregatable: !['boolean', 'address'].includes(field.type) && !isLongText(field),
    permissionable: isSecured(object, field),
  };
}

/** One entry of `fields` in the answer to `/sobjects/{object}/describe`. */
function describeField(object: ObjectDefinition, field: FieldDefinition): Record<string, unknown> {
  const initial = field.defaultValue ?? null;
  return {
    ...describeNumbers(field),
    ...describePicklist(field),
    ...describeReference(field),
    ...describeRights(object, field),
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: soapTypes[field.type] ?? 'xsd:string',
    custom: field.custom,
    nameField: field.name === object.nameField,
    autoNumber: field.autoNumber !== undefined,
    calculated: field.formula !== undefined,
    calculatedFormula: field.formula ?? null,
    caseSensitive: field.caseSensitive,
    unique: field.unique,
    externalId: field.externalId,
    idLookup: field.externalId || field.type === 'id' || field.type === 'email',
    defaultValue: initial,
    defaultValueFormula: null,
    defaultedOnCreate:
      initial !== null ||
      field.type === 'boolean' ||
      field.autoNumber !== undefined ||
      field.name === 'OwnerId',
    compoundFieldName: null,
    inlineHelpText: field.helpText ?? null,
    htmlFormatted: field.formula?.includes('HYPERLINK') ?? false,
    extraTypeInfo: isLongText(field) ? 'plaintextarea' : null,
    encrypted: false,
    deprecatedAndHidden: false,
    namePointing: false,
  };
}

/** The lists that other objects hang on this one. */
function childRelationships(schema: Schema, parent: ObjectDefinition): unknown[] {
  return [...schema.values()].flatMap((object) =>
    object.fields
      .filter((field) => field.referenceTo.includes(parent.name))
      .map((field) => ({
        cascadeDelete: field.masterDetail,
        childSObject: object.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: field.childRelationshipName ?? null,
        restrictedDelete: false,
      })),
  );
}

/**
 * The short form of an object, as `/sobjects` lists it.
 * @param rights the caller's; everything when left out
 */
export function describeSummary(
  object: ObjectDefinition,
  version: string,
  rights?: ObjectRights,
): Record<string, unknown> {
  const writable = object.kind === 'standard' || object.kind === 'custom';
  const takes = (operation: string): boolean => object.writes?.includes(operation) ?? writable;
  const base = `/services/data/${version}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.kind === 'custom' || object.kind === 'customMetadata',
    customSetting: false,
    activateable: false,
    createable: takes('insert') && rights?.create !== false,
    deletable: takes('delete') && rights?.delete !== false,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isSubtype: false,
    layoutable: writable,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: false,
    queryable: true,
    replicateable: writable,
    retrieveable: true,
    searchable: writable,
    triggerable: writable,
    undeletable: writable,
    updateable: takes('update') && rights?.edit !== false,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

/** The answer to `/sobjects/{object}/describe`; schema and object as the caller sees them. */
export function describeObject(
  schema: Schema,
  object: ObjectDefinition,
  version: string,
  rights?: ObjectRights,
): Record<string, unknown> {
  return {
    ...describeSummary(object, version, rights),
    fields: object.fields.map((field) => describeField(object, field)),
    childRelationships: childRelationships(schema, object),
    recordTypeInfos: [],
    namedLayoutInfos: [],
    supportedScopes: [{ label: 'All', name: 'everything' }],
  };
}
