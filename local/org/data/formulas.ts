import type { CustomField, PermissionSet } from '@salesforce/types/metadata';
import {
  compileFormula,
  FormulaFault,
  type FormulaScope,
  type Setting,
  type Typed,
  type Value,
} from '../formula/formula.ts';
import { toApi } from '../formula/values.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import type { Caller } from '../model/caller.ts';
import type { Row } from '../lib/database.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { before, type Change } from '../model/object-rule.ts';
import { soapAddress } from '../model/soap-address.ts';

/** What follows from the metadata, until that changes. */
interface Kept {
  readonly revision: number;
  readonly formulas: Map<string, Typed>;
  /** `Woo_Order__c.Total__c` in lower case: formula fields that leave blanks blank. */
  readonly blank: ReadonlySet<string>;
  /** Custom permissions in lower case, by the permission set that grants them. */
  readonly grants: ReadonlyMap<string, ReadonlySet<string>>;
}

const keptBy = new WeakMap<WholeOrg, Kept>();

function grantsOf(org: WholeOrg): Kept['grants'] {
  const sets = org.components().filter(({ type }) => type === 'PermissionSet');
  return new Map(
    sets.map(({ fullName, body }) => {
      const granted = (body as PermissionSet).customPermissions.filter((one) => one.enabled);
      return [fullName, new Set(granted.map((one) => one.name.toLowerCase()))] as const;
    }),
  );
}

function keptFor(org: WholeOrg): Kept {
  const known = keptBy.get(org);
  if (known?.revision === org.revision) return known;
  const blank = org
    .components()
    .filter(({ type }) => type === 'CustomField')
    .filter(({ body }) => (body as CustomField).formulaTreatBlanksAs === 'BlankAsBlank')
    .map(({ fullName }) => fullName.toLowerCase());
  const kept = {
    revision: org.revision,
    formulas: new Map(),
    blank: new Set(blank),
    grants: grantsOf(org),
  };
  keptBy.set(org, kept);
  return kept;
}

/** A formula that a deploy has checked, ready to be computed. */
export function compiledFormula(
  org: WholeOrg,
  object: ObjectDefinition,
  source: string,
  use: Pick<Setting, 'context' | 'blanksAreZero'>,
): Typed {
  const { formulas } = keptFor(org);
  const key = `${object.name} ${use.context} ${String(use.blanksAreZero)} ${source}`;
  const known = formulas.get(key);
  if (known) return known;
  const schema = { object: (name: string) => org.object(name), hasCustomPermission: () => true };
  const compiled = compileFormula(source, { object, schema, ...use });
  formulas.set(key, compiled);
  return compiled;
}

function formulaOf(org: WholeOrg, object: ObjectDefinition, field: FieldDefinition): Typed {
  const name = `${object.name}.${field.name}`.toLowerCase();
  const blanksAreZero = !keptFor(org).blank.has(name);
  return compiledFormula(org, object, field.formula ?? '', { context: 'field', blanksAreZero });
}

function hasCustomPermission(org: WholeOrg, userId: string, name: string): boolean {
  const sets = org.db.all(
    `SELECT s.Name AS name FROM PermissionSetAssignment a
       JOIN PermissionSet s ON s.Id = a.PermissionSetId
      WHERE a.AssigneeId = ? AND a.IsDeleted = 0`,
    userId,
  );
  const { grants } = keptFor(org);
  return sets.some((one) => grants.get(String(one['name']))?.has(name.toLowerCase()) === true);
}

/** The record that a formula is about, as its table has it or will have it. */
export interface Subject {
  readonly org: WholeOrg;
  readonly object: ObjectDefinition;
  readonly row: Row;
  /** The row before the save; undefined for a new record and where nothing is saved. */
  readonly old?: Row;
  readonly isNew?: boolean;
  /** Who asks; undefined when nobody's rights count. */
  readonly userId: string | undefined;
  /** In a flow: its variables. */
  readonly variables?: ReadonlyMap<string, Value>;
}

/** A record on its way into its table, as it will be there. */
export function subjectOf(change: Change, { userId }: Caller): Subject {
  const { org, object, id, values } = change;
  const isNew = id === undefined;
  const old = before(change);
  const row = { ...(isNew ? { OwnerId: userId } : old), ...Object.fromEntries(values) };
  return { org, object, row, old: isNew ? row : old, isNew, userId };
}

/** Lets formulas read a record, what it leads to, and who asks. They see more than the user does. */
class RecordScope implements FormulaScope {
  readonly now: Date;
  readonly isNew: boolean;
  private readonly subject: Subject;

  constructor(subject: Subject) {
    this.subject = subject;
    this.now = subject.org.time();
    this.isNew = subject.isNew ?? false;
  }

  read(path: readonly FieldDefinition[]): unknown {
    const { org } = this.subject;
    let { object, row } = this.subject;
    for (const lookup of path.slice(0, -1)) {
      const id = row[lookup.name];
      const target = typeof id === 'string' ? org.objectOfId(id) : undefined;
      const next = target && org.row(target, String(id));
      if (!target || !next) return null;
      object = target;
      row = next;
    }
    const field = path.at(-1);
    if (field === undefined) return null;
    if (field.formula === undefined) return row[field.name] ?? null;
    return compute({ org, object, row, userId: this.subject.userId }, field);
  }

  prior(field: FieldDefinition): unknown {
    return (this.subject.old ?? this.subject.row)[field.name] ?? null;
  }

  global(name: string, field: FieldDefinition): unknown {
    const { org, userId } = this.subject;
    if (name === 'Organization') {
      return org.db.get('SELECT * FROM Organization')?.[field.name] ?? null;
    }
    const user = org.db.get('SELECT * FROM User WHERE Id = ?', userId ?? '');
    if (name === 'User') return user?.[field.name] ?? null;
    const profile = String(user?.['ProfileId'] ?? '');
    return org.db.get('SELECT * FROM Profile WHERE Id = ?', profile)?.[field.name] ?? null;
  }

  hasPermission(name: string): boolean {
    const { org, userId } = this.subject;
    return userId !== undefined && hasCustomPermission(org, userId, name);
  }

  soapAddress(kind: 'c' | 'u', version: string): string | null {
    const { org } = this.subject;
    const organizationId = String(org.db.get('SELECT Id FROM Organization')?.['Id'] ?? '');
    return org.address === null
      ? null
      : soapAddress({ base: org.address, kind, version, organizationId });
  }

  variable(name: string): Value {
    return this.subject.variables?.get(name) ?? null;
  }
}

export const scopeOf = (subject: Subject): FormulaScope => new RecordScope(subject);

/** @throws FormulaFault when the formula has no value for this record */
function compute(subject: Subject, field: FieldDefinition): unknown {
  const formula = formulaOf(subject.org, subject.object, field);
  return toApi(formula.run(scopeOf(subject)), formula.type, field);
}

/** The value of a formula field, as the API gives it: null where a user reads `#Error!`. */
export function computedValue(subject: Subject, field: FieldDefinition): unknown {
  try {
    return compute(subject, field);
  } catch (error) {
    if (error instanceof FormulaFault) return field.type === 'boolean' ? false : null;
    throw error;
  }
}
