import { checkbox, readOnly } from '../fields.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { system } from './audit.ts';

/** Permissions of users that mean something here, as profiles and permission sets name them. */
const PERMISSIONS = [
  'ApiEnabled',
  'ApiUserOnly',
  'AssignPermissionSets',
  'AuthorApex',
  'ConvertLeads',
  'CustomizeApplication',
  'EnableNotifications',
  'ManageInternalUsers',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'QueryAllFiles',
  'SendCustomNotifications',
  'ViewAllData',
  'ViewSetup',
];

/** One row, whose fields say what the user who asks may do. */
export const userPermissionAccess: ObjectDefinition = {
  ...system,
  name: 'UserPermissionAccess',
  label: 'User Permission Access',
  labelPlural: 'User Permission Access',
  keyPrefix: '0Qu',
  nameField: 'Id',
  fields: PERMISSIONS.map((permission) =>
    checkbox(`Permissions${permission}`, readOnly, { permission }),
  ),
};
