import type { SaveError } from './errors.ts';
import type { ObjectDefinition } from './schema.ts';

/** What a user may do with the records of an object, sharing left aside. */
export interface ObjectRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  /** Sharing hides no record. */
  readonly viewAll: boolean;
  /** Sharing keeps no record from being changed or deleted. */
  readonly modifyAll: boolean;
}

/** What happens to a record that is there already. */
export type Change = 'edit' | 'delete';

/** What one user may do, as data calls ask for it. Names that the user may not see are not in its schema at all. */
export interface Access {
  readonly userId: string;
  /** Whether the user has a permission such as `ViewAllData`. */
  has(permission: string): boolean;
  /** Custom permissions that the user has. */
  readonly customPermissions: readonly string[];
  /** Names of the tabs that permission sets show. */
  readonly tabs: readonly string[];
  /** Whether the user may run an Apex class. */
  mayUseClass(name: string): boolean;
  /**
   * Whether the user may run a flow.
   * @param isRestricted the flow asks for more than *Run Flows*
   */
  mayRunFlow(name: string, isRestricted: boolean): boolean;
  /** Whether callouts of the user may use a principal of an external credential. */
  mayUsePrincipal(name: string): boolean;
  rights(object: ObjectDefinition): ObjectRights;
  /**
   * SQL that holds for the records that sharing shows to the user; undefined when it hides none.
   * @param alias of the object's table in the query, quoted where it must be
   * @param listed the rows are not asked for by id, which shows fewer files
   */
  visible(object: ObjectDefinition, alias: string, listed?: boolean): string | undefined;
  /** Why the user cannot create records of the object. */
  createRefusal(object: ObjectDefinition): SaveError | undefined;
  /** Why the user cannot change or delete that record. */
  changeRefusal(object: ObjectDefinition, id: string, change: Change): SaveError | undefined;
  /** Why the user cannot point to that record; a detail's user must be able to change its master. */
  referenceRefusal(object: ObjectDefinition, id: string, asMaster: boolean): SaveError | undefined;
}
