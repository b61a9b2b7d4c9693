import type { PermissionSet, PermissionSetObjectPermissions } from '@salesforce/types/metadata';
import type { ObjectRights } from '../model/access.ts';

/** What permission sets and a profile give, by lower-case names. */
export interface Grants {
  readonly objects: ReadonlyMap<string, ObjectRights>;
  /** `account.woo_key__c` */
  readonly fields: ReadonlyMap<string, 'read' | 'edit'>;
  readonly metadataTypes: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  readonly flows: ReadonlySet<string>;
  /** `woo_store-woo_keys` */
  readonly principals: ReadonlySet<string>;
  /** Names of custom permissions as they are spelt, such as `Woo_Run_Commands`. */
  readonly customPermissions: ReadonlySet<string>;
  /** Names of tabs that are shown, or that users may add: `Woo_Order__c`, `standard-Account`. */
  readonly tabs: ReadonlySet<string>;
  /** Names of user permissions as they are spelt, such as `ApiEnabled`. */
  readonly permissions: ReadonlySet<string>;
}

export const noRights: ObjectRights = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

function rightsOf(given: PermissionSetObjectPermissions): ObjectRights {
  return {
    read: given.allowRead,
    create: given.allowCreate,
    edit: given.allowEdit,
    delete: given.allowDelete,
    viewAll: given.viewAllRecords,
    modifyAll: given.modifyAllRecords,
  };
}

/** What one deployed permission set gives. */
export function grantsOf(body: PermissionSet): Grants {
  return {
    objects: new Map(
      body.objectPermissions.map((one) => [one.object.toLowerCase(), rightsOf(one)]),
    ),
    fields: new Map(
      body.fieldPermissions
        .filter((one) => one.readable === true || one.editable)
        .map((one) => [one.field.toLowerCase(), one.editable ? 'edit' : 'read']),
    ),
    metadataTypes: new Set(
      body.customMetadataTypeAccesses
        .filter((one) => one.enabled)
        .map((one) => one.name.toLowerCase()),
    ),
    classes: new Set(
      body.classAccesses.filter((one) => one.enabled).map((one) => one.apexClass.toLowerCase()),
    ),
    flows: new Set(
      body.flowAccesses.filter((one) => one.enabled).map((one) => one.flow.toLowerCase()),
    ),
    principals: new Set(
      body.externalCredentialPrincipalAccesses
        .filter((one) => one.enabled)
        .map((one) => one.externalCredentialPrincipal.toLowerCase()),
    ),
    customPermissions: new Set(
      body.customPermissions.filter((one) => one.enabled).map((one) => one.name),
    ),
    tabs: new Set(
      body.tabSettings.filter((one) => one.visibility !== 'None').map((one) => one.tab),
    ),
    permissions: new Set(body.userPermissions.filter((one) => one.enabled).map((one) => one.name)),
  };
}

export const eitherOf = (one: ObjectRights, other: ObjectRights): ObjectRights => ({
  read: one.read || other.read,
  create: one.create || other.create,
  edit: one.edit || other.edit,
  delete: one.delete || other.delete,
  viewAll: one.viewAll || other.viewAll,
  modifyAll: one.modifyAll || other.modifyAll,
});

/** Rights only add up: nothing takes away what another permission set gives. */
export function mergeGrants(all: readonly Grants[]): Grants {
  const objects = new Map<string, ObjectRights>();
  const fields = new Map<string, 'read' | 'edit'>();
  for (const grants of all) {
    for (const [name, rights] of grants.objects) {
      objects.set(name, eitherOf(objects.get(name) ?? noRights, rights));
    }
    for (const [name, right] of grants.fields) {
      if (fields.get(name) !== 'edit') fields.set(name, right);
    }
  }
  return {
    objects,
    fields,
    metadataTypes: new Set(all.flatMap((one) => [...one.metadataTypes])),
    classes: new Set(all.flatMap((one) => [...one.classes])),
    flows: new Set(all.flatMap((one) => [...one.flows])),
    principals: new Set(all.flatMap((one) => [...one.principals])),
    customPermissions: new Set(all.flatMap((one) => [...one.customPermissions])),
    tabs: new Set(all.flatMap((one) => [...one.tabs])),
    permissions: new Set(all.flatMap((one) => [...one.permissions])),
  };
}
