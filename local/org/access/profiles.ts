import type { ObjectRights } from '../model/access.ts';
import { noRights } from './grants.ts';

/** What a standard profile gives its users; custom fields and objects come by permission sets only. */
export interface ProfileRights {
  readonly permissions: readonly string[];
  /** On standard objects that hold business data. */
  readonly standardObjects: ObjectRights;
  /** Whether standard fields are visible and editable. */
  readonly standardFields: boolean;
}

const minimum: ProfileRights = {
  permissions: [],
  standardObjects: noRights,
  standardFields: false,
};

const profiles: Readonly<Record<string, ProfileRights>> = {
  'System Administrator': {
    permissions: [
      'ApiEnabled',
      'AssignPermissionSets',
      'AuthorApex',
      'CustomizeApplication',
      'EnableNotifications',
      'ManageUsers',
      'ModifyAllData',
      'ModifyMetadata',
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
    permissions: ['ApiEnabled', 'EnableNotifications'],
    standardObjects: { ...noRights, read: true, create: true, edit: true, delete: true },
    standardFields: true,
  },
  'Minimum Access - API Only Integrations': {
    ...minimum,
    permissions: ['ApiEnabled', 'ApiUserOnly'],
  },
  'Minimum Access - Salesforce': minimum,
};

/** The rights of a profile by its name; one that is not known here gives nothing. */
export const profileRights = (name: string): ProfileRights => profiles[name] ?? minimum;
