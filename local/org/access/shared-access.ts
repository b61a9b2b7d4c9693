import type { Access, Change, ObjectRights } from '../model/access.ts';
import type { SaveError } from '../model/errors.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import type { UserAccess } from './user-access.ts';

const isData = ({ kind }: ObjectDefinition): boolean => kind === 'standard' || kind === 'custom';

/** What Apex `with sharing` may do for a user: all that there is, with the records that are shared with the user. */
export class SharedAccess implements Access {
  readonly userId: string;
  private readonly own: UserAccess;

  constructor(own: UserAccess) {
    this.userId = own.userId;
    this.own = own;
  }

  has(permission: string): boolean {
    return this.own.has(permission);
  }

  get customPermissions(): readonly string[] {
    return this.own.customPermissions;
  }

  get tabs(): readonly string[] {
    return this.own.tabs;
  }

  mayUseClass(name: string): boolean {
    return this.own.mayUseClass(name);
  }

  mayRunFlow(name: string, isRestricted: boolean): boolean {
    return this.own.mayRunFlow(name, isRestricted);
  }

  mayUsePrincipal(name: string): boolean {
    return this.own.mayUsePrincipal(name);
  }

  rights(object: ObjectDefinition): ObjectRights {
    const { viewAll, modifyAll } = this.own.rights(object);
    return { read: true, create: true, edit: true, delete: true, viewAll, modifyAll };
  }

  visible(object: ObjectDefinition, alias: string, listed?: boolean): string | undefined {
    return isData(object) ? this.own.visible(object, alias, listed) : undefined;
  }

  createRefusal(): undefined {
    return undefined;
  }

  changeRefusal(object: ObjectDefinition, id: string, change: Change): SaveError | undefined {
    return this.own.sharingRefusal(object, id, change);
  }

  referenceRefusal(object: ObjectDefinition, id: string, asMaster: boolean): SaveError | undefined {
    return asMaster ? this.own.sharingRefusal(object, id, 'edit') : undefined;
  }
}
