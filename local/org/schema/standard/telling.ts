import {
  checkbox,
  createOnly,
  email,
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

/* Whom an org tells something, and as whom it sends e-mail. */

/** Public groups and queues. */
export const group: ObjectDefinition = {
  ...system,
  name: 'Group',
  label: 'Group',
  labelPlural: 'Group',
  keyPrefix: '00G',
  writes: ['insert', 'update'],
  nameField: 'Name',
  fields: [
    text('Name', 40, required),
    text('DeveloperName', 80),
    picklist('Type', 40, values('Regular|Queue'), required, createOnly),
    email('Email'),
    checkbox('DoesIncludeBosses', { defaultValue: true }),
    checkbox('DoesSendEmailToMembers'),
    ...audit,
  ],
};

export const groupMember: ObjectDefinition = {
  ...system,
  name: 'GroupMember',
  label: 'Group Member',
  labelPlural: 'Group Members',
  keyPrefix: '011',
  writes: ['insert'],
  nameField: 'Id',
  fields: [
    reference('GroupId', ['Group'], required, createOnly),
    reference('UserOrGroupId', ['Group', 'User'], required, createOnly),
    ...audit,
  ],
};

export const orgWideEmailAddress: ObjectDefinition = {
  ...system,
  name: 'OrgWideEmailAddress',
  label: 'Organization-wide From Email Address',
  labelPlural: 'Organization-wide From Email Addresses',
  keyPrefix: '0D2',
  writes: ['insert', 'update'],
  nameField: 'DisplayName',
  fields: [
    email('Address', required),
    text('DisplayName', 255, required),
    checkbox('IsAllowAllProfiles'),
    // A person verifies it by a link in an e-mail; tests say so of a new one.
    checkbox('IsVerified', createOnly),
    picklist(
      'Purpose',
      40,
      values('UserSelection|DefaultNoreply|UserSelectionAndDefaultNoReply', 'UserSelection'),
      { defaultValue: 'UserSelection' },
    ),
    ...audit,
  ],
};

/** Which profiles may use an organization-wide address that is not allowed to all. */
export const orgEmailAddressSecurity: ObjectDefinition = {
  ...system,
  name: 'OrgEmailAddressSecurity',
  label: 'Organization Email Address Security',
  labelPlural: 'Organization Email Address Security',
  keyPrefix: '0O7',
  writes: ['insert'],
  nameField: 'Id',
  fields: [
    reference('OrgWideEmailAddressId', ['OrgWideEmailAddress'], required, createOnly),
    reference('ParentId', ['Profile'], required, createOnly),
    ...audit,
  ],
};

/** One row for each type of custom notifications that was deployed. */
export const customNotificationType: ObjectDefinition = {
  ...system,
  name: 'CustomNotificationType',
  label: 'Custom Notification Type',
  labelPlural: 'Custom Notification Types',
  keyPrefix: '0ML',
  nameField: 'DeveloperName',
  fields: [
    text('DeveloperName', 80, readOnly),
    text('NamespacePrefix', 15, readOnly),
    text('MasterLabel', 80, readOnly),
    text('CustomNotifTypeName', 80, readOnly),
    textArea('Description', 255, readOnly),
    checkbox('Desktop', readOnly),
    checkbox('Mobile', readOnly),
    ...audit,
  ],
};
