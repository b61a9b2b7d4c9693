import { quoted } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { isFileObject } from '../model/file-objects.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import type { Access, Change, ObjectRights } from '../model/access.ts';
import { FileSharing } from './sharing/file-sharing.ts';
import { hiddenDefinitions } from './hidden-definitions.ts';
import type { Rights } from './rights.ts';
import { Sharing, type Level } from './sharing/sharing.ts';
import { accessLevels } from './sharing/sharing-rules.ts';
import { translatedSchema } from './translated-schema.ts';
import { visibleSchema } from './visible-schema.ts';
import { wholeOf } from '../model/whole-object.ts';

const hidden = (id: string): SaveError =>
  saveError(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
  );

const readOnly = (): SaveError =>
  saveError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

/** Who asks, and the language in which they read labels, such as `ja`. */
interface Reader {
  readonly userId: string;
  readonly language: string;
}

/** The rights of one user on an org, worked out when first asked for and kept. */
export class UserAccess implements Access {
  readonly userId: string;
  /** What the user sees of the org's objects, in the user's language. */
  readonly schema: Schema;
  private readonly org: WholeOrg;
  private readonly given: Rights;
  private readonly sharing: Sharing;
  private readonly files: FileSharing;
  private readonly known = new Map<string, ObjectRights>();
  private readonly conditions = new Map<string, string | undefined>();
  private readonly definitions = new Map<string, string | undefined>();

  /** @param defaults organization-wide defaults by lower-case object name */
  constructor(
    org: WholeOrg,
    { userId, language }: Reader,
    given: Rights,
    defaults: ReadonlyMap<string, string>,
  ) {
    this.org = org;
    this.userId = userId;
    this.given = given;
    this.schema = translatedSchema(visibleSchema(given, org.schema()), org.components(), language);
    this.sharing = new Sharing({
      userId,
      defaults,
      objectNamed: (name) => org.object(name),
      rights: (object) => this.rights(object),
      ruled: (object) => accessLevels(org.components(), object.name),
    });
    this.files = new FileSharing({
      userId,
      schema: () => org.schema(),
      has: (permission) => this.has(permission),
      rights: (object) => this.rights(object),
      records: (object, alias, level) => this.sharing.condition(object, alias, level),
    });
  }

  has(permission: string): boolean {
    return this.given.has(permission);
  }

  get customPermissions(): readonly string[] {
    return this.given.customPermissions;
  }

  get tabs(): readonly string[] {
    return this.given.tabs;
  }

  mayUseClass(name: string): boolean {
    return this.given.mayUseClass(name);
  }

  mayRunFlow(name: string, isRestricted: boolean): boolean {
    return this.given.mayRunFlow(name, isRestricted);
  }

  mayUsePrincipal(name: string): boolean {
    return this.given.mayUsePrincipal(name);
  }

  rights(object: ObjectDefinition): ObjectRights {
    let rights = this.known.get(object.name);
    if (!rights) {
      rights = this.given.object(wholeOf(object), (name) => this.org.object(name));
      this.known.set(object.name, rights);
    }
    return rights;
  }

  visible(object: ObjectDefinition, alias: string, listed = false): string | undefined {
    const definition = this.hiddenIn(object);
    if (definition !== undefined) return `${alias}.DurableId NOT IN (${definition})`;
    return this.condition(object, alias, 'see', listed);
  }

  /** Whoever may look into Setup sees the definition of everything. */
  private hiddenIn(object: ObjectDefinition): string | undefined {
    if (object.kind !== 'system' || this.has('ViewSetup') || this.has('CustomizeApplication')) {
      return undefined;
    }
    if (!this.definitions.has(object.name)) {
      this.definitions.set(object.name, hiddenDefinitions(this.org, this.schema, object.name));
    }
    return this.definitions.get(object.name);
  }

  private condition(
    object: ObjectDefinition,
    alias: string,
    level: Level,
    listed = false,
  ): string | undefined {
    const key = `${level} ${object.name} ${alias} ${listed ? 'listed' : 'by id'}`;
    if (!this.conditions.has(key)) {
      const condition = isFileObject(object)
        ? this.files.condition(object, alias, level, listed)
        : this.sharing.condition(wholeOf(object), alias, level);
      this.conditions.set(key, condition);
    }
    return this.conditions.get(key);
  }

  private may(object: ObjectDefinition, id: string, level: Level): boolean {
    const table = quoted(object.name);
    const condition = this.condition(object, table, level);
    if (condition === undefined) return true;
    return (
      this.org.db.get(`SELECT 1 AS yes FROM ${table} WHERE Id = ? AND ${condition}`, id) !==
      undefined
    );
  }

  createRefusal(object: ObjectDefinition): SaveError | undefined {
    if (this.rights(object).create) return undefined;
    return saveError(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be inserted: ${object.label}`,
    );
  }

  changeRefusal(object: ObjectDefinition, id: string, change: Change): SaveError | undefined {
    const rights = this.rights(object);
    if (!rights.read) return hidden(id);
    const refused = this.sharingRefusal(object, id, change);
    return refused ?? (rights[change] ? undefined : readOnly());
  }

  /** Why sharing keeps the user from changing or deleting that record, rights on its object left aside. */
  sharingRefusal(object: ObjectDefinition, id: string, change: Change): SaveError | undefined {
    if (!this.may(object, id, 'see')) return hidden(id);
    return this.may(object, id, change) ? undefined : readOnly();
  }

  referenceRefusal(object: ObjectDefinition, id: string, asMaster: boolean): SaveError | undefined {
    const reachable =
      this.rights(object).read &&
      this.may(object, id, 'see') &&
      (!asMaster || this.may(object, id, 'edit'));
    return reachable ? undefined : hidden(id);
  }
}
