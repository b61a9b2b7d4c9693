import { isFileObject } from '../model/file-objects.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import type { ObjectRights } from '../model/access.ts';
import { grantedAs, isSecured } from '../model/field-security.ts';
import { eitherOf, noRights, type Grants } from './grants.ts';
import { onStandardObject, type ProfileRights } from './profiles.ts';

const full: ObjectRights = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};
const readAll: ObjectRights = { ...noRights, read: true, viewAll: true };

/** Everyone has files: which ones is a matter of sharing. Documents come with their versions, and go with them. */
const fileRights = ({ name }: ObjectDefinition): ObjectRights => ({
  ...noRights,
  read: true,
  edit: true,
  create: name !== 'ContentDocument',
  delete: name !== 'ContentVersion',
});

/** Links say when they changed, and nothing else of it, though they are kept like other records. */
const links = new Set(['ContentDocumentLink', 'GroupMember', 'OrgEmailAddressSecurity']);
const isNoFieldOfLinks = (object: ObjectDefinition, { name }: FieldDefinition): boolean =>
  links.has(object.name) && /^(Created|LastModified)/.test(name);

/** Objects that only those see who may look into Setup or give permissions away. */
const setupObjects = new Set([
  'PermissionSet',
  'PermissionSetAssignment',
  'PermissionSetLicenseAssign',
  'OrgWideEmailAddress',
  'OrgEmailAddressSecurity',
]);
const setupPermissions = ['ViewSetup', 'AssignPermissionSets', 'ManageUsers'];

/** Who makes users and changes them; nobody deletes any. */
const managers = ['ManageUsers', 'ManageInternalUsers'];
const usersRights: ObjectRights = { ...readAll, create: true, edit: true };

/** Public groups and queues, which who manages users makes too. */
const groups = new Set(['Group', 'GroupMember']);

/** Objects whose rights are those on others: all that one must read, and the one that one must be able to edit. */
interface Followed {
  readonly read: readonly string[];
  readonly change: string;
}

/**
 * No permission set names them. Help: order products take _Edit_ on orders, entries of price books _Read_ on products
 * and _Edit_ on price books.
 */
const follows: Readonly<Record<string, Followed>> = {
  OrderItem: { read: ['Order'], change: 'Order' },
  PricebookEntry: { read: ['Product2', 'Pricebook2'], change: 'Pricebook2' },
};

/** What a profile and permission sets together let a user do with objects and fields. */
export class Rights {
  private readonly profile: ProfileRights;
  private readonly grants: Grants;
  private readonly permissions: ReadonlySet<string>;

  constructor(profile: ProfileRights, grants: Grants) {
    this.profile = profile;
    this.grants = grants;
    this.permissions = new Set([...profile.permissions, ...grants.permissions]);
  }

  has(permission: string): boolean {
    return this.permissions.has(permission);
  }

  get customPermissions(): readonly string[] {
    return [...this.grants.customPermissions].sort();
  }

  get tabs(): readonly string[] {
    return [...this.grants.tabs].sort();
  }

  /** Whether the user may run an Apex class; who writes Apex may run all. */
  mayUseClass(name: string): boolean {
    return this.has('AuthorApex') || this.grants.classes.has(name.toLowerCase());
  }

  /**
   * Whether the user may run a flow. Who has *Run Flows* may run all but those that ask for more: these want the
   * flow itself in a permission set.
   */
  mayRunFlow(name: string, isRestricted: boolean): boolean {
    return (!isRestricted && this.has('RunFlow')) || this.grants.flows.has(name.toLowerCase());
  }

  /** Whether callouts of the user may use a principal, such as `Woo_Store-Woo_Keys`. */
  mayUsePrincipal(name: string): boolean {
    return this.grants.principals.has(name.toLowerCase());
  }

  /** @param objectNamed finds the masters, without whose read right a detail cannot be read */
  object(
    object: ObjectDefinition,
    objectNamed: (name: string) => ObjectDefinition | undefined,
  ): ObjectRights {
    if (setupObjects.has(object.name)) return this.setupObject(object);
    if (isFileObject(object)) return fileRights(object);
    if (groups.has(object.name) && this.has('ManageUsers')) return full;
    if (object.name === 'User' && managers.some((one) => this.has(one))) return usersRights;
    if (object.kind === 'system') return readAll;
    if (object.kind === 'customMetadata') return this.metadataType(object.name);
    const own = this.granted(object);
    const masters = object.fields
      .filter((field) => field.masterDetail)
      .flatMap((field) => field.referenceTo.map(objectNamed));
    const seen = masters.every((master) => master && this.object(master, objectNamed).read);
    return seen ? own : noRights;
  }

  private granted({ name, kind }: Pick<ObjectDefinition, 'name' | 'kind'>): ObjectRights {
    if (this.has('ModifyAllData')) return full;
    const followed = follows[name];
    if (followed !== undefined) return this.following(followed);
    let rights = this.grants.objects.get(name.toLowerCase()) ?? noRights;
    if (kind === 'standard') rights = eitherOf(rights, onStandardObject(this.profile, name));
    return this.has('ViewAllData') ? eitherOf(rights, readAll) : rights;
  }

  private following({ read, change }: Followed): ObjectRights {
    const on = (name: string): ObjectRights => this.granted({ name, kind: 'standard' });
    const mayRead = read.every((name) => on(name).read);
    const mayChange = mayRead && on(change).edit;
    const { viewAll, modifyAll } = on(change);
    return {
      read: mayRead,
      create: mayChange,
      edit: mayChange,
      delete: mayChange,
      viewAll,
      modifyAll,
    };
  }

  private setupObject({ name }: ObjectDefinition): ObjectRights {
    if (!setupPermissions.some((one) => this.has(one))) return noRights;
    const assigns =
      name !== 'PermissionSet' && (this.has('AssignPermissionSets') || this.has('ManageUsers'));
    return assigns ? full : readAll;
  }

  private metadataType(name: string): ObjectRights {
    const seen =
      this.has('CustomizeApplication') || this.grants.metadataTypes.has(name.toLowerCase());
    return seen ? readAll : noRights;
  }

  /** What the user may do with a field of an object that the user can read. */
  field(object: ObjectDefinition, field: FieldDefinition): 'none' | 'read' | 'edit' {
    if (isNoFieldOfLinks(object, field)) return 'none';
    if (!isSecured(object, field)) return 'edit';
    if (this.profile.standardFields && !field.custom) return 'edit';
    return this.grants.fields.get(grantedAs(object, field).toLowerCase()) ?? 'none';
  }
}
