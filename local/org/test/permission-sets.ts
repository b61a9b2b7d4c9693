import type { PermissionSet, PermissionSetObjectPermissions } from '@salesforce/types/metadata';
import { isSecured, canBeGranted } from '../model/field-security.ts';
import { createRecords } from '../write/batch.ts';
import type { OrgData } from '../data/org-data.ts';

type Grant = Exclude<keyof PermissionSetObjectPermissions, 'object' | 'viewAllFields'>;

/** What a permission set of a test gives. */
export interface TestGrants {
  /** `{ Account: 'read create edit delete viewAll modifyAll' }` */
  readonly objects?: Readonly<Record<string, string>>;
  readonly read?: readonly string[];
  readonly edit?: readonly string[];
  readonly metadataTypes?: readonly string[];
  readonly permissions?: readonly string[];
  readonly customPermissions?: readonly string[];
  readonly classes?: readonly string[];
  readonly flows?: readonly string[];
  /** Those that are shown, and those that are not. */
  readonly tabs?: readonly string[];
  readonly hidden?: readonly string[];
  /** `Woo_Store-Woo_Keys` */
  readonly principals?: readonly string[];
}

const words: Readonly<Record<Grant, string>> = {
  allowRead: 'read',
  allowCreate: 'create',
  allowEdit: 'edit',
  allowDelete: 'delete',
  viewAllRecords: 'viewAll',
  modifyAllRecords: 'modifyAll',
};

function objectPermissions(object: string, rights: string): PermissionSetObjectPermissions {
  const given = new Set(rights.split(' '));
  const flag = (grant: Grant): boolean => given.has(words[grant]);
  return {
    object,
    allowRead: flag('allowRead'),
    allowCreate: flag('allowCreate'),
    allowEdit: flag('allowEdit'),
    allowDelete: flag('allowDelete'),
    viewAllRecords: flag('viewAllRecords'),
    modifyAllRecords: flag('modifyAllRecords'),
  };
}

function bodyOf(name: string, grants: TestGrants): PermissionSet {
  const field = (editable: boolean) => (one: string) => ({ field: one, editable, readable: true });
  return {
    label: name,
    objectPermissions: Object.entries(grants.objects ?? {}).map(([object, rights]) =>
      objectPermissions(object, rights),
    ),
    fieldPermissions: [
      ...(grants.read ?? []).map(field(false)),
      ...(grants.edit ?? []).map(field(true)),
    ],
    customMetadataTypeAccesses: (grants.metadataTypes ?? []).map((one) => ({
      name: one,
      enabled: true,
    })),
    customPermissions: (grants.customPermissions ?? []).map((one) => ({
      name: one,
      enabled: true,
    })),
    flowAccesses: (grants.flows ?? []).map((one) => ({ flow: one, enabled: true })),
    classAccesses: (grants.classes ?? []).map((one) => ({ apexClass: one, enabled: true })),
    externalCredentialPrincipalAccesses: (grants.principals ?? []).map((one) => ({
      externalCredentialPrincipal: one,
      enabled: true,
    })),
    tabSettings: [
      ...(grants.tabs ?? []).map((tab) => ({ tab, visibility: 'Visible' })),
      ...(grants.hidden ?? []).map((tab) => ({ tab, visibility: 'None' })),
    ],
    userPermissions: (grants.permissions ?? []).map((one) => ({ name: one, enabled: true })),
  } as unknown as PermissionSet;
}

/** Puts a permission set into the org as a deploy does, replacing one of that name. */
export function putPermissionSet(org: OrgData, name: string, grants: TestGrants): string {
  org.begin();
  org.putComponents([{ type: 'PermissionSet', fullName: name, body: bodyOf(name, grants) }]);
  const customizes = grants.permissions?.includes('CustomizeApplication') ?? false;
  const row = { Label: name, IsCustom: true, PermissionsCustomizeApplication: customizes };
  const id = org.putSystemRow('PermissionSet', { Name: name }, row);
  org.commit();
  return id;
}

/** Assigns a permission set to a user. */
export function assign(org: OrgData, permissionSetId: string, userId: string): string {
  const record = { PermissionSetId: permissionSetId, AssigneeId: userId };
  const [result] = createRecords(
    org,
    { userId },
    [{ type: 'PermissionSetAssignment', record }],
    true,
  );
  if (result?.success !== true) throw new Error(JSON.stringify(result));
  return result.id;
}

/** Lets every user of the org do everything with all that is deployed: for tests of other things. */
export function grantEverything(org: OrgData): void {
  const all = [...org.schema().values()];
  const business = all.filter(({ kind }) => kind === 'standard' || kind === 'custom');
  const id = putPermissionSet(org, 'Everything', {
    objects: Object.fromEntries(
      business.map(({ name }) => [name, 'read create edit delete viewAll modifyAll']),
    ),
    edit: business.flatMap((object) =>
      object.fields
        .filter((field) => isSecured(object, field) && canBeGranted(object, field))
        .map((field) => `${object.name}.${field.name}`),
    ),
    metadataTypes: all.filter(({ kind }) => kind === 'customMetadata').map(({ name }) => name),
    permissions: ['ViewAllData', 'EnableNotifications'],
  });
  for (const user of org.db.all('SELECT Id FROM User')) assign(org, id, String(user['Id']));
}
