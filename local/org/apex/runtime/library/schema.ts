import type { FieldDefinition, ObjectDefinition } from '../../../model/schema.ts';
import { exception, type ApexException } from '../run/exception.ts';
import { current } from '../run/transaction.ts';
import { platformClass, platformEnum, type PlatformClass } from '../types/platform.ts';
import { ApexList, ApexMap } from '../values/collections.ts';
import { enumValue } from '../values/enums.ts';
import { SObjectValue } from '../values/sobject.ts';
import { PlatformObject, type EnumValue, type Value } from '../values/value.ts';

const DISPLAY_TYPES = [
  'ADDRESS',
  'ANYTYPE',
  'BASE64',
  'BOOLEAN',
  'COMBOBOX',
  'CURRENCY',
  'DATE',
  'DATETIME',
  'DOUBLE',
  'EMAIL',
  'ENCRYPTEDSTRING',
  'ID',
  'INTEGER',
  'LONG',
  'MULTIPICKLIST',
  'PERCENT',
  'PHONE',
  'PICKLIST',
  'REFERENCE',
  'STRING',
  'TEXTAREA',
  'TIME',
  'URL',
];

class SObjectTypeObject extends PlatformObject {
  readonly apexType = 'SObjectType';
  readonly object: ObjectDefinition;

  constructor(object: ObjectDefinition) {
    super();
    this.object = object;
  }

  override toString(): string {
    return this.object.name;
  }
}

class FieldObject extends PlatformObject {
  readonly apexType: 'SObjectField' | 'DescribeFieldResult';
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;

  constructor(
    kind: 'SObjectField' | 'DescribeFieldResult',
    object: ObjectDefinition,
    field: FieldDefinition,
  ) {
    super();
    this.apexType = kind;
    this.object = object;
    this.field = field;
  }

  override toString(): string {
    return this.field.name;
  }
}

class DescribeObject extends PlatformObject {
  readonly apexType: 'DescribeSObjectResult' | 'SObjectTypeFields';
  readonly object: ObjectDefinition;

  constructor(kind: 'DescribeSObjectResult' | 'SObjectTypeFields', object: ObjectDefinition) {
    super();
    this.apexType = kind;
    this.object = object;
  }
}

class PicklistEntryObject extends PlatformObject {
  readonly apexType = 'PicklistEntry';
  readonly entry: FieldDefinition['picklistValues'][number];

  constructor(entry: FieldDefinition['picklistValues'][number]) {
    super();
    this.entry = entry;
  }
}

const described = (object: ObjectDefinition) => new DescribeObject('DescribeSObjectResult', object);

/** @throws ApexException where there is no such object */
export function objectNamed(name: string): ObjectDefinition {
  const found = current().host.object(name, 'system');
  if (found) return found;
  throw exception('InvalidParameterValueException', `Invalid object: ${name}`);
}

/** `Account.SObjectType` */
export const objectToken = (name: string): Value => new SObjectTypeObject(objectNamed(name));

function describeAll(names: ApexList): ApexList {
  return new ApexList(
    'DescribeSObjectResult',
    names.items.map((name) => described(objectNamed(name as string))),
  );
}

const allObjects = (): ApexMap =>
  new ApexMap(
    ...(['String', 'SObjectType'] as const),
    current()
      .host.objects('system')
      .map((object) => [object.name.toLowerCase(), new SObjectTypeObject(object)] as const),
  );

function fieldsOf({ object }: DescribeObject): ApexMap {
  const fields = object.fields.map(
    (field) => [field.name.toLowerCase(), new FieldObject('SObjectField', object, field)] as const,
  );
  return new ApexMap('String', 'SObjectField', fields);
}

const displayType = ({ field }: FieldObject): EnumValue => {
  const type = field.type === 'int' ? 'INTEGER' : field.type.toUpperCase();
  return enumValue('DisplayType', DISPLAY_TYPES, type);
};

const ofField =
  <T>(read: (field: FieldDefinition) => T) =>
  ({ field }: FieldObject): T =>
    read(field);

const describeSObject = {
  'String getName()': ({ object }: DescribeObject) => object.name,
  'String getLocalName()': ({ object }: DescribeObject) => object.name,
  'String getLabel()': ({ object }: DescribeObject) => object.label,
  'String getLabelPlural()': ({ object }: DescribeObject) => object.labelPlural,
  'String getKeyPrefix()': ({ object }: DescribeObject) => object.keyPrefix,
  'Boolean isCustom()': ({ object }: DescribeObject) => object.kind === 'custom',
  'Boolean isCustomSetting()': () => false,
  'Boolean isAccessible()': ({ object }: DescribeObject) => current().host.mayRead(object),
  'Boolean isCreateable()': ({ object }: DescribeObject) => current().host.mayCreate(object),
  'Boolean isUpdateable()': ({ object }: DescribeObject) => current().host.mayUpdate(object),
  'Boolean isUndeletable()': ({ object }: DescribeObject) => current().host.mayDelete(object),
  'Boolean isDeletable()': ({ object }: DescribeObject) => current().host.mayDelete(object),
  'Boolean isQueryable()': () => true,
  'SObjectTypeFields fields': (one: DescribeObject) =>
    new DescribeObject('SObjectTypeFields', one.object),
};

const describeField = {
  'String getName()': ofField((field) => field.name),
  'String getLocalName()': ofField((field) => field.name),
  'String getLabel()': ofField((field) => field.label),
  'DisplayType getType()': displayType,
  'Integer getLength()': ofField((field) => field.length),
  'Integer getPrecision()': ofField((field) => field.precision),
  'Integer getScale()': ofField((field) => field.scale),
  'Boolean isCustom()': ofField((field) => field.custom),
  'Boolean isUnique()': ofField((field) => field.unique),
  'Boolean isExternalId()': ofField((field) => field.externalId),
  'Boolean isNillable()': ofField((field) => !field.required),
  'String getRelationshipName()': ofField((field) => field.relationshipName ?? null),
  'List<SObjectType> getReferenceTo()': ofField(
    (field) => new ApexList('SObjectType', field.referenceTo.map(objectToken)),
  ),
  'List<PicklistEntry> getPicklistValues()': ofField(
    (field) =>
      new ApexList(
        'PicklistEntry',
        field.picklistValues.map((one) => new PicklistEntryObject(one)),
      ),
  ),
};

/** @throws ApexException where the record has no such field */
function fieldOf(record: SObjectValue, name: string): FieldDefinition {
  const { fields } = objectNamed(record.type);
  const found = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw exception('SObjectException', `Invalid field ${name} for ${record.type}`);
}

/** The value of a field: a checkbox that was never set is false. */
export function fieldValue(record: SObjectValue, name: string): Value {
  if (record.has(name)) return record.get(name);
  const field = fieldOf(record, name);
  if (record.isQueried && field.name !== 'Id') {
    throw exception(
      'SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${record.type}.${field.name}`,
    );
  }
  return field.type === 'boolean' ? false : null;
}

/** The record that a relationship leads to, as it was read or set. @throws ApexException where there is no such relationship */
function parentOf(record: SObjectValue, name: string): Value {
  const { fields } = objectNamed(record.type);
  if (fields.some((one) => one.relationshipName?.toLowerCase() === name.toLowerCase()))
    return record.get(name);
  throw exception('SObjectException', `Invalid relationship ${name} for ${record.type}`);
}

/** @throws ApexException for what a trigger was given to read */
export function requireWritable({ isReadOnly }: SObjectValue): void {
  if (isReadOnly) throw exception('FinalException', 'Record is read-only');
}

function putValue(record: SObjectValue, name: string, value: Value): Value {
  requireWritable(record);
  const field = fieldOf(record, name);
  const before = record.get(name);
  record.put(field.name, value);
  return before;
}

const sobject = {
  'Object get(String)': fieldValue,
  'Object get(SObjectField)': (record: SObjectValue, { field }: FieldObject) =>
    fieldValue(record, field.name),
  'Object put(String, Object)': putValue,
  'Object put(SObjectField, Object)': (
    record: SObjectValue,
    { field }: FieldObject,
    value: Value,
  ) => putValue(record, field.name, value),
  'void addError(String?)': (record: SObjectValue, message: string) => {
    record.errors.push({ message, field: undefined });
  },
  'void addError(Exception)': (record: SObjectValue, { message }: ApexException) => {
    record.errors.push({ message, field: undefined });
  },
  'void addError(String, String?)': (record: SObjectValue, name: string, message: string) => {
    record.errors.push({ message, field: fieldOf(record, name).name });
  },
  'void addError(SObjectField, String?)': (
    record: SObjectValue,
    { field }: FieldObject,
    message: string,
  ) => {
    record.errors.push({ message, field: field.name });
  },
  'Boolean hasErrors()': ({ errors }: SObjectValue) => errors.length > 0,
  'SObject getSObject(String)': parentOf,
  'SObjectType getSObjectType()': (record: SObjectValue) => objectToken(record.type),
  'Boolean isSet(String)': (record: SObjectValue, name: string) => record.has(name),
  'Map<String,Object> getPopulatedFieldsAsMap()': (record: SObjectValue) =>
    new ApexMap('String', 'Object', record.entries()),
  'void clear()': (record: SObjectValue) => {
    record.fields.clear();
  },
};

export const schemaClasses: readonly PlatformClass[] = [
  platformClass('Schema', {
    'static Map<String,SObjectType> getGlobalDescribe()': allObjects,
    'static List<DescribeSObjectResult> describeSObjects(List<String>)': describeAll,
    'static List<DescribeSObjectResult> describeSObjects(List<String>, SObjectDescribeOptions)':
      describeAll,
  }),
  platformClass('SObjectType', {
    'DescribeSObjectResult getDescribe()': ({ object }: SObjectTypeObject) => described(object),
    'DescribeSObjectResult getDescribe(SObjectDescribeOptions)': ({ object }: SObjectTypeObject) =>
      described(object),
    'SObject newSObject()': ({ object }: SObjectTypeObject) => new SObjectValue(object.name),
    'Boolean equals(Object)': (one: SObjectTypeObject, other: Value) =>
      other instanceof SObjectTypeObject && other.object.name === one.object.name,
  }),
  platformClass('SObjectField', {
    'DescribeFieldResult getDescribe()': ({ object, field }: FieldObject) =>
      new FieldObject('DescribeFieldResult', object, field),
  }),
  platformClass('DescribeSObjectResult', describeSObject),
  platformClass('SObjectTypeFields', { 'Map<String,SObjectField> getMap()': fieldsOf }),
  platformClass('DescribeFieldResult', describeField),
  platformClass('PicklistEntry', {
    'String getValue()': ({ entry }: PicklistEntryObject) => entry.value,
    'String getLabel()': ({ entry }: PicklistEntryObject) => entry.label,
    'Boolean isActive()': ({ entry }: PicklistEntryObject) => entry.active,
    'Boolean isDefaultValue()': ({ entry }: PicklistEntryObject) => entry.default,
  }),
  platformClass('SObject', sobject),
  platformClass(
    'AggregateResult',
    {
      'Object get(String)': (record: SObjectValue, name: string) => {
        if (record.has(name)) return record.get(name);
        throw exception('SObjectException', `Invalid field ${name} for AggregateResult`);
      },
    },
    { base: 'SObject' },
  ),
  platformEnum('SObjectDescribeOptions', 'DEFAULT', 'DEFERRED', 'FULL'),
  platformEnum('DisplayType', ...DISPLAY_TYPES),
];
