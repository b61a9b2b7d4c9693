import {
  checkbox,
  createOnly,
  dateTime,
  field,
  integer,
  phone,
  picklist,
  readOnly,
  reference,
  required,
  text,
  textArea,
  values,
} from '../fields.ts';
import { audit, system } from './audit.ts';
import type { ObjectDefinition } from '../../model/schema.ts';

export const organization: ObjectDefinition = {
  ...system,
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  nameField: 'Name',
  fields: [
    text('Name', 80),
    text('Country', 80),
    phone('Phone'),
    text('InstanceName', 5, readOnly),
    checkbox('IsSandbox', readOnly),
    picklist('OrganizationType', 40, values('Developer Edition|Enterprise Edition'), readOnly, {
      label: 'Edition',
    }),
    text('NamespacePrefix', 15, readOnly),
    dateTime('TrialExpirationDate', readOnly),
    text('TimeZoneSidKey', 40),
    text('LanguageLocaleKey', 40),
    text('DefaultLocaleSidKey', 40),
    ...audit,
  ],
};

export const recordType: ObjectDefinition = {
  ...system,
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  nameField: 'Name',
  fields: [
    text('Name', 80),
    text('DeveloperName', 80),
    text('NamespacePrefix', 15, readOnly),
    textArea('Description', 255),
    text('SobjectType', 40, { label: 'SObject Type Name' }),
    checkbox('IsActive', { label: 'Active' }),
    checkbox('IsPersonType', readOnly),
    ...audit,
  ],
};

/** Which objects a queue takes. */
export const queueSobject: ObjectDefinition = {
  ...system,
  name: 'QueueSobject',
  label: 'Queue Sobject',
  labelPlural: 'Queue Sobjects',
  keyPrefix: '03g',
  nameField: 'Id',
  fields: [
    reference('QueueId', ['Group'], createOnly, { childRelationshipName: 'QueueSobjects' }),
    text('SobjectType', 40, createOnly),
  ],
};

/** The values of a lead's status, and which of them a conversion sets. */
export const leadStatus: ObjectDefinition = {
  ...system,
  name: 'LeadStatus',
  label: 'Lead Status Value',
  labelPlural: 'Lead Status Values',
  keyPrefix: '01J',
  nameField: 'MasterLabel',
  fields: [
    text('MasterLabel', 255),
    text('ApiName', 255),
    integer('SortOrder', 9),
    checkbox('IsDefault'),
    checkbox('IsConverted'),
    ...audit,
  ],
};

export const permissionSet: ObjectDefinition = {
  ...system,
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  nameField: 'Name',
  fields: [
    text('Name', 80, required),
    text('Label', 80, required),
    textArea('Description', 255),
    text('LicenseId', 18),
    reference('ProfileId', ['Profile'], readOnly),
    checkbox('IsOwnedByProfile', readOnly),
    checkbox('IsCustom', readOnly, { defaultValue: true }),
    text('NamespacePrefix', 15, readOnly),
    checkbox('HasActivationRequired'),
    checkbox('PermissionsCustomizeApplication', { label: 'Customize Application' }),
    checkbox('PermissionsViewSetup', { label: 'View Setup and Configuration' }),
    picklist('Type', 40, values('Regular|Standard|Session|Group|Profile'), readOnly),
    ...audit,
  ],
};

export const permissionSetAssignment: ObjectDefinition = {
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  kind: 'standard',
  sharingModel: 'Read',
  nameField: 'Id',
  fields: [
    reference('PermissionSetId', ['PermissionSet'], required, createOnly, {
      childRelationshipName: 'Assignments',
    }),
    reference('AssigneeId', ['User'], required, createOnly, {
      childRelationshipName: 'PermissionSetAssignments',
    }),
    reference('PermissionSetGroupId', [], createOnly),
    dateTime('ExpirationDate'),
    checkbox('IsActive', readOnly, { defaultValue: true }),
  ],
};

export const entityDefinition: ObjectDefinition = {
  ...system,
  name: 'EntityDefinition',
  label: 'Entity Definition',
  labelPlural: 'Entity Definitions',
  keyPrefix: '4ie',
  nameField: 'DeveloperName',
  fields: [
    text('DurableId', 255, readOnly, { caseSensitive: true }),
    text('QualifiedApiName', 70, readOnly, { label: 'Qualified API Name' }),
    text('DeveloperName', 40, readOnly),
    text('NamespacePrefix', 15, readOnly),
    text('MasterLabel', 40, readOnly),
    text('Label', 40, readOnly),
    text('PluralLabel', 40, readOnly),
    text('KeyPrefix', 3, readOnly, { caseSensitive: true }),
    checkbox('IsCustomizable', readOnly),
    checkbox('IsQueryable', readOnly),
    picklist(
      'InternalSharingModel',
      40,
      values('Private|Read|ReadWrite|ReadWriteTransfer|ControlledByParent'),
      readOnly,
    ),
  ],
};

export const fieldDefinition: ObjectDefinition = {
  ...system,
  name: 'FieldDefinition',
  label: 'Field Definition',
  labelPlural: 'Field Definitions',
  keyPrefix: '4fe',
  nameField: 'DeveloperName',
  fields: [
    text('DurableId', 255, readOnly, { caseSensitive: true }),
    text('QualifiedApiName', 70, readOnly, { label: 'Qualified API Name' }),
    field('EntityDefinitionId', 'reference', readOnly, {
      length: 255,
      referenceTo: ['EntityDefinition'],
      relationshipName: 'EntityDefinition',
      childRelationshipName: 'Fields',
      metadataRelationship: true,
    }),
    text('DeveloperName', 40, readOnly),
    text('NamespacePrefix', 15, readOnly),
    text('MasterLabel', 80, readOnly),
    text('Label', 80, readOnly),
    text('DataType', 120, readOnly),
    integer('Length', 9, readOnly),
    integer('Precision', 9, readOnly),
    integer('Scale', 9, readOnly),
    checkbox('IsNillable', readOnly),
    checkbox('IsCalculated', readOnly),
  ],
};

/** Every field, the parts of addresses and names too, of which FieldDefinition lists the whole. */
export const entityParticle: ObjectDefinition = {
  ...fieldDefinition,
  name: 'EntityParticle',
  label: 'Entity Particle',
  labelPlural: 'Entity Particles',
  keyPrefix: '4fp',
  fields: fieldDefinition.fields.map((one) =>
    one.name === 'EntityDefinitionId' ? { ...one, childRelationshipName: 'Particles' } : one,
  ),
};

/** Tokens of named credentials. Whoever makes an authenticated callout must be able to read it. */
export const userExternalCredential: ObjectDefinition = {
  name: 'UserExternalCredential',
  label: 'User External Credential',
  labelPlural: 'User External Credentials',
  keyPrefix: '0ux',
  kind: 'standard',
  sharingModel: 'Private',
  nameField: 'Name',
  fields: [
    text('Name', 255, readOnly, { autoNumber: 'UEC-{000000}' }),
    reference('OwnerId', ['User'], readOnly),
    text('ExternalCredentialId', 18, readOnly),
  ],
};

/** One row for each static resource that was deployed; what is in it is kept with the component alone. */
export const staticResource: ObjectDefinition = {
  ...system,
  name: 'StaticResource',
  label: 'Static Resource',
  labelPlural: 'Static Resources',
  keyPrefix: '081',
  nameField: 'Name',
  fields: [
    text('Name', 255),
    text('NamespacePrefix', 15, readOnly),
    text('ContentType', 120),
    integer('BodyLength', 9, readOnly),
    field('Body', 'base64', { filterable: false }),
    textArea('Description', 255),
    picklist('CacheControl', 40, values('Private|Public')),
    ...audit,
  ],
};
