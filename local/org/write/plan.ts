import { wholeOf } from '../model/whole-object.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { converterOf, isRefused, type Converted } from '../data/convert.ts';
import type { SqlValue } from '../lib/database.ts';
import { rulesOf } from '../rules/all-rules.ts';
import type { ObjectRule } from '../model/object-rule.ts';
import { isStored } from '../data/tables.ts';

/** A name that a record may carry: a field, or the relationship of a reference field. */
export interface InputPlan {
  readonly field: FieldDefinition;
  readonly viaRelationship: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  convert(value: unknown): Converted;
}

/** What saving needs to know of an object, worked out once per definition. */
export interface ObjectPlan {
  readonly object: ObjectDefinition;
  /** By exact and by lower-case name; what the caller may name. All else is the whole object's. */
  readonly inputs: ReadonlyMap<string, InputPlan>;
  readonly required: readonly FieldDefinition[];
  /** Column values of a new record that names none. */
  readonly defaults: readonly (readonly [string, SqlValue])[];
  readonly unique: readonly FieldDefinition[];
  readonly autoNumbers: readonly FieldDefinition[];
  /** The name that a new record without one gets is its id. */
  readonly namedById: FieldDefinition | undefined;
  /** `Name` is joined from `FirstName` and `LastName`. */
  readonly personName: boolean;
  /** Fields that no two records may share all values of. */
  readonly uniqueTogether: readonly string[];
  readonly rules: readonly ObjectRule[];
}

const plans = new WeakMap<ObjectDefinition, ObjectPlan>();

const uniqueTogether: Readonly<Record<string, readonly string[]>> = {
  PermissionSetAssignment: ['PermissionSetId', 'AssigneeId'],
  PermissionSetLicenseAssign: ['PermissionSetLicenseId', 'AssigneeId'],
};

function isWritable(field: FieldDefinition): boolean {
  return isStored(field) && field.autoNumber === undefined && field.type !== 'id';
}

function inputPlans(object: ObjectDefinition): Map<string, InputPlan> {
  const inputs = new Map<string, InputPlan>();
  for (const field of object.fields) {
    const plan: InputPlan = {
      field,
      viaRelationship: false,
      createable: isWritable(field) && field.createable,
      updateable:
        isWritable(field) && field.updateable && !(field.masterDetail && !field.reparentable),
      convert: converterOf(field),
    };
    inputs.set(field.name, plan).set(field.name.toLowerCase(), plan);
    if (field.type === 'reference' && field.relationshipName !== undefined) {
      const related = { ...plan, viaRelationship: true };
      inputs.set(field.relationshipName, related);
      inputs.set(field.relationshipName.toLowerCase(), related);
    }
  }
  return inputs;
}

function defaultOf(field: FieldDefinition): SqlValue {
  if (field.defaultValue !== undefined) {
    const value = converterOf(field)(field.defaultValue);
    return isRefused(value) ? null : value;
  }
  if (field.type === 'boolean') return 0;
  return field.picklistValues.find((one) => one.default)?.value ?? null;
}

function makePlan(object: ObjectDefinition): ObjectPlan {
  const { fields } = wholeOf(object);
  const named = new Map(fields.map((field) => [field.name, field]));
  const defaults = fields
    .filter(isWritable)
    .map((field) => [field.name, defaultOf(field)] as const)
    .filter(([, value]) => value !== null);
  return {
    object,
    inputs: inputPlans(object),
    required: fields.filter(
      (field) => (field.required || field.masterDetail) && field.createable && isWritable(field),
    ),
    defaults,
    unique: fields.filter((field) => field.unique),
    autoNumbers: fields.filter((field) => field.autoNumber !== undefined),
    namedById:
      object.kind === 'custom' && named.get(object.nameField)?.autoNumber === undefined
        ? named.get(object.nameField)
        : undefined,
    personName: named.has('LastName') && named.get('Name')?.createable === false,
    uniqueTogether: uniqueTogether[object.name] ?? [],
    rules: rulesOf(object),
  };
}

export function planOf(object: ObjectDefinition): ObjectPlan {
  let plan = plans.get(object);
  if (!plan) {
    plan = makePlan(object);
    plans.set(object, plan);
  }
  return plan;
}
