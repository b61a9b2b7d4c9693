import type { ObjectRights } from '../model/access.ts';
import { noRights } from './grants.ts';

/** What a standard profile gives its users; custom fields and objects come by permission sets only. */
export interface ProfileRights {
  readonly permissions: readonly string[];
  /** On standard objects that hold business data. */
  readonly standardObjects: ObjectRights;
  /** Standard objects on which the profile gives other rights, by name. */
  readonly otherwise?: Readonly<Record<string, ObjectRights>>;
  /** Whether standard fields are visible and editable. */
  readonly standardFields: boolean;
}

const minimum: ProfileRights = {
  permissions: [],
  standardObjects: noRights,
  standardFields: false,
};

const reading: ObjectRights = { ...noRights, read: true };

const profiles: Readonly<Record<string, ProfileRights>> = {
  'System Administrator': {
    permissions: [
      'ApiEnabled',
      'AssignPermissionSets',
      'AuthorApex',
      'ConvertLeads',
      'CustomizeApplication',
      'EnableNotifications',
      'ManageUsers',
      'ModifyAllData',
      'ModifyMetadata',
      'RunFlow',
      'SendCustomNotifications',
      'ViewAllData',
      'ViewSetup',
    ],
    standardObjects: {
      read: true,
      create: true,
      edit: true,
      delete: true,
      viewAll: true,
      modifyAll: true,
    },
    standardFields: true,
  },
  'Standard User': {
    permissions: ['ApiEnabled', 'ConvertLeads', 'EnableNotifications', 'RunFlow', 'ViewSetup'],
    standardObjects: { ...reading, create: true, edit: true, delete: true },
    otherwise: { Product2: reading, Pricebook2: reading },
    standardFields: true,
  },
  'Minimum Access - API Only Integrations': {
    ...minimum,
    permissions: ['ApiEnabled', 'ApiUserOnly'],
  },
  'Minimum Access - Salesforce': minimum,
};

/** What a profile gives on a standard object. */
export const onStandardObject = (profile: ProfileRights, name: string): ObjectRights =>
  profile.otherwise?.[name] ?? profile.standardObjects;

/** The rights of a profile by its name; one that is not known here gives nothing. */
export const profileRights = (name: string): ProfileRights => profiles[name] ?? minimum;
