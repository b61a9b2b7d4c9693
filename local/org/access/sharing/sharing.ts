import { quoted } from '../../lib/database.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import type { ObjectRights } from '../../model/access.ts';

export type Level = 'see' | 'edit' | 'delete';

/** How far each model opens the records of others; only the owner deletes. */
const openFor: Readonly<Record<string, readonly Level[]>> = {
  Private: [],
  Read: ['see'],
  ReadWrite: ['see', 'edit'],
  ReadWriteTransfer: ['see', 'edit'],
};

/** The model that opens as much as a sharing rule of that access level. */
const modelOf: Readonly<Record<string, string>> = { Read: 'Read', Edit: 'ReadWrite' };

/** Lookups that count as the parent of `ControlledByParent` though they are no master-detail. */
const parentLookups = new Set(['Contact.AccountId']);

const parentFields = (object: ObjectDefinition): readonly FieldDefinition[] =>
  object.fields.filter(
    (field) => field.masterDetail || parentLookups.has(`${object.name}.${field.name}`),
  );

export interface SharingParts {
  readonly userId: string;
  /** Organization-wide defaults that differ from the object's own, by lower-case name. */
  readonly defaults: ReadonlyMap<string, string>;
  /** An object whole, not as the user sees it. */
  readonly objectNamed: (name: string) => ObjectDefinition | undefined;
  readonly rights: (object: ObjectDefinition) => ObjectRights;
  /** What sharing rules give everybody of the records of others: `Read` and `Edit`. */
  readonly ruled: (object: ObjectDefinition) => readonly string[];
}

/** Which records a user may see, change and delete: those of its own, and what the model opens. */
export class Sharing {
  private readonly parts: SharingParts;

  constructor(parts: SharingParts) {
    this.parts = parts;
  }

  /**
   * SQL that holds for the records that sharing opens for the user; undefined when it closes none.
   * @param alias of the object's table, quoted where it must be
   */
  condition(object: ObjectDefinition, alias: string, level: Level): string | undefined {
    return this.conditionAt(object, alias, level, 0);
  }

  private conditionAt(
    object: ObjectDefinition,
    alias: string,
    level: Level,
    depth: number,
  ): string | undefined {
    if (object.kind !== 'standard' && object.kind !== 'custom') return undefined;
    const { viewAll, modifyAll } = this.parts.rights(object);
    if (modifyAll || (level === 'see' && viewAll)) return undefined;
    const model = this.parts.defaults.get(object.name.toLowerCase()) ?? object.sharingModel;
    if (model === 'ControlledByParent') return this.byParents(object, alias, level, depth);
    const owned = object.fields.some((field) => field.name === 'OwnerId');
    return owned && !this.isOpen(object, model, level) ? this.mine(alias) : undefined;
  }

  private isOpen(object: ObjectDefinition, model: string, level: Level): boolean {
    const levels = [model, ...this.parts.ruled(object).map((one) => modelOf[one] ?? '')];
    return levels.some((one) => openFor[one]?.includes(level));
  }

  private readonly mine = (alias: string): string => `${alias}.OwnerId = '${this.parts.userId}'`;

  /** Whoever may change the parent may change and delete its children. */
  private byParents(
    object: ObjectDefinition,
    alias: string,
    level: Level,
    depth: number,
  ): string | undefined {
    const all = parentFields(object).flatMap((field) => {
      const inner = `parent${depth}`;
      const [name = ''] = field.referenceTo;
      const parent = this.parts.objectNamed(name);
      const foreign = `${alias}.${quoted(field.name)}`;
      const condition =
        parent && this.conditionAt(parent, inner, level === 'see' ? 'see' : 'edit', depth + 1);
      const through =
        condition === undefined
          ? undefined
          : `EXISTS (SELECT 1 FROM ${quoted(name)} ${inner} WHERE ${inner}.Id = ${foreign} AND ${condition})`;
      if (field.masterDetail) return through ?? [];
      // A child without a parent is its owner's alone.
      return `CASE WHEN ${foreign} IS NULL THEN ${this.mine(alias)} ELSE ${through ?? '1'} END`;
    });
    return all.length === 0 ? undefined : `(${all.join(' AND ')})`;
  }
}
