import {
  checkbox,
  createOnly,
  email,
  integer,
  picklist,
  readOnly,
  reference,
  required,
  text,
  textArea,
  values,
} from '../fields.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { audit, system } from './audit.ts';

export const user: ObjectDefinition = {
  ...system,
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  writes: ['insert', 'update'],
  nameField: 'Name',
  fields: [
    text('Username', 80, required, { unique: true }),
    text('LastName', 80, required),
    text('FirstName', 40),
    text('Name', 121, readOnly, { label: 'Full Name' }),
    text('CompanyName', 80),
    email('Email', required, { length: 128 }),
    text('Alias', 8, required),
    text('CommunityNickname', 40),
    checkbox('IsActive', { label: 'Active', defaultValue: true }),
    text('TimeZoneSidKey', 40, required, { label: 'Time Zone' }),
    text('LocaleSidKey', 40, required, { label: 'Locale' }),
    picklist('EmailEncodingKey', 40, values('UTF-8|ISO-8859-1|Shift_JIS|ISO-2022-JP'), required, {
      label: 'Email Encoding',
    }),
    text('LanguageLocaleKey', 40, required, { label: 'Language' }),
    reference('ProfileId', ['Profile'], required),
    picklist('UserType', 40, values('Standard|AutomatedProcess', 'Standard'), readOnly),
    text('FederationIdentifier', 512),
    ...audit,
  ],
};

export const profile: ObjectDefinition = {
  ...system,
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  nameField: 'Name',
  fields: [
    text('Name', 255),
    text('UserType', 40, readOnly),
    reference('UserLicenseId', ['UserLicense'], readOnly),
    checkbox('PermissionsApiUserOnly', readOnly, { label: 'API Only User' }),
    textArea('Description', 255),
    ...audit,
  ],
};

const counts = [
  picklist('Status', 40, values('Active|Disabled', 'Active'), readOnly),
  integer('TotalLicenses', 9, readOnly),
  integer('UsedLicenses', 9, readOnly),
];

export const userLicense: ObjectDefinition = {
  ...system,
  name: 'UserLicense',
  label: 'User License',
  labelPlural: 'User Licenses',
  keyPrefix: '100',
  nameField: 'Name',
  fields: [text('Name', 255, readOnly), text('MasterLabel', 255, readOnly), ...counts, ...audit],
};

export const permissionSetLicense: ObjectDefinition = {
  ...system,
  name: 'PermissionSetLicense',
  label: 'Permission Set License',
  labelPlural: 'Permission Set Licenses',
  keyPrefix: '0PL',
  nameField: 'MasterLabel',
  fields: [
    text('DeveloperName', 80, readOnly),
    text('MasterLabel', 80, readOnly),
    ...counts,
    ...audit,
  ],
};

export const permissionSetLicenseAssign: ObjectDefinition = {
  name: 'PermissionSetLicenseAssign',
  label: 'Permission Set License Assignment',
  labelPlural: 'Permission Set License Assignments',
  keyPrefix: '2LA',
  kind: 'standard',
  sharingModel: 'Read',
  nameField: 'Id',
  fields: [
    reference('PermissionSetLicenseId', ['PermissionSetLicense'], required, createOnly),
    reference('AssigneeId', ['User'], required, createOnly, {
      childRelationshipName: 'PermissionSetLicenseAssignments',
    }),
  ],
};
