import { checkbox, dateTime, field, readOnly, reference, text } from './fields.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';

const idField: FieldDefinition = field('Id', 'id', readOnly, {
  length: 18,
  label: 'Record ID',
});

export const ownerField: FieldDefinition = reference('OwnerId', ['User'], { label: 'Owner ID' });

/** Of an object whose records queues may own, too. */
export const ownerOrQueueField: FieldDefinition = {
  ...ownerField,
  referenceTo: ['User', 'Group'],
};

const auditFields: readonly FieldDefinition[] = [
  checkbox('IsDeleted', readOnly, { label: 'Deleted' }),
  dateTime('CreatedDate', readOnly),
  reference('CreatedById', ['User'], readOnly),
  dateTime('LastModifiedDate', readOnly),
  reference('LastModifiedById', ['User'], readOnly),
  dateTime('SystemModstamp', readOnly, { label: 'System Modstamp' }),
];

const metadataRecordFields: readonly FieldDefinition[] = [
  text('DeveloperName', 40, readOnly, { label: 'Custom Metadata Record Name' }),
  text('MasterLabel', 40, readOnly, { label: 'Label' }),
  text('Language', 40, readOnly),
  text('NamespacePrefix', 15, readOnly),
  text('Label', 40, readOnly),
  text('QualifiedApiName', 70, readOnly, { label: 'Qualified API Name' }),
  dateTime('SystemModstamp', readOnly),
];

function fieldsOfKind(object: ObjectDefinition): readonly FieldDefinition[] {
  switch (object.kind) {
    case 'customMetadata':
      return [idField, ...metadataRecordFields];
    case 'custom':
      return object.sharingModel === 'ControlledByParent'
        ? [idField, ...auditFields]
        : [idField, ownerOrQueueField, ...auditFields];
    case 'standard':
      return [idField, ...auditFields];
    case 'system':
      return [idField];
  }
}

/** The object with the fields that the platform gives every object of its kind, unless it has them. */
export function withSystemFields(object: ObjectDefinition): ObjectDefinition {
  const present = new Set(object.fields.map((one) => one.name.toLowerCase()));
  const missing = fieldsOfKind(object).filter((one) => !present.has(one.name.toLowerCase()));
  return missing.length === 0 ? object : { ...object, fields: [...missing, ...object.fields] };
}
