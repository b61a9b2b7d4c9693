import type { ObjectDefinition } from '../schema/types.ts';
import { isRefused, type Converted } from './convert.ts';
import { quoted, type SqlValue } from './database.ts';
import { noSuchColumn, saveError, type SaveError } from './errors.ts';
import type { OrgView } from './org-view.ts';
import type { InputPlan, ObjectPlan } from './plan.ts';
import type { References } from './references.ts';

export type InputRecord = Readonly<Record<string, unknown>>;

/** A record whose own values were looked at; what it says about other records of the call comes later. */
export interface Prepared {
  readonly plan: ObjectPlan;
  /** The record to change; undefined for a new one. */
  readonly id: string | undefined;
  readonly values: Map<string, SqlValue>;
  readonly errors: readonly SaveError[];
}

/** Names that are not fields of the record: where it goes and who it is. */
const isAddressing = (name: string): boolean =>
  name === 'attributes' || name.toLowerCase() === 'id';

/** Codes of a body that the API could not even read: nothing else is reported beside them. */
const unreadable = new Set(['INVALID_FIELD', 'JSON_PARSER_ERROR']);

class Reading {
  readonly values = new Map<string, SqlValue>();
  readonly errors: SaveError[] = [];
  readonly notWritable: string[] = [];

  take(plan: InputPlan, value: Converted, references: References): void {
    if (isRefused(value)) {
      this.errors.push(value);
      return;
    }
    if (plan.field.type === 'reference' && typeof value === 'string') {
      const refusal = references.refusal(plan.field, value);
      if (refusal) this.errors.push(refusal);
    }
    this.values.set(plan.field.name, value);
  }
}

function notWritable(names: readonly string[]): SaveError {
  return saveError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of ` +
      'this field and verify that it is read/write for your profile or permission set.',
    ...names,
  );
}

function missingFields(plan: ObjectPlan, reading: Reading, isNew: boolean): readonly string[] {
  return plan.required
    .filter(
      ({ name }) =>
        (isNew || reading.values.has(name)) && (reading.values.get(name) ?? null) === null,
    )
    .filter(({ name }) => !reading.errors.some((error) => error.fields.includes(name)))
    .map(({ name }) => name);
}

function refused(plan: ObjectPlan, id: string | undefined, errors: readonly SaveError[]): Prepared {
  return { plan, id, values: new Map(), errors };
}

/**
 * Reads a record against its object: names, types, lengths, picklists, references, required fields.
 * @param id the record to change; undefined for a new one
 * @param skip a field that the call has used already (the external id of an upsert that found its record)
 */
export function prepare(
  references: References,
  plan: ObjectPlan,
  record: InputRecord,
  id: string | undefined,
  skip?: string,
): Prepared {
  const reading = new Reading();
  if (id === undefined) for (const [name, value] of plan.defaults) reading.values.set(name, value);
  for (const name of Object.keys(record)) {
    if (isAddressing(name)) continue;
    const input = plan.inputs.get(name) ?? plan.inputs.get(name.toLowerCase());
    if (!input) return refused(plan, id, [noSuchColumn(name, plan.object.name)]);
    if (input.field.name === skip) continue;
    if (!(id === undefined ? input.createable : input.updateable)) {
      reading.notWritable.push(input.field.name);
      continue;
    }
    const value = record[name];
    reading.take(
      input,
      input.viaRelationship
        ? references.byExternalId(plan.object, input.field, value)
        : input.convert(value),
      references,
    );
  }
  const first = reading.errors.find((error) => unreadable.has(error.statusCode));
  if (first) return refused(plan, id, [first]);
  if (reading.notWritable.length > 0) return refused(plan, id, [notWritable(reading.notWritable)]);
  const missing = missingFields(plan, reading, id === undefined);
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(', ')}]`;
    reading.errors.push(saveError('REQUIRED_FIELD_MISSING', message, ...missing));
  }
  return { plan, id, values: reading.values, errors: reading.errors };
}

/** The first unique field whose value another record has. */
function duplicate(org: OrgView, { plan, id, values }: Prepared): SaveError | undefined {
  const { object } = plan;
  for (const field of plan.unique) {
    const value = values.get(field.name);
    if (value === undefined || value === null) continue;
    const live = object.kind === 'system' ? '' : ' AND IsDeleted = 0';
    const other = org.db.get(
      `SELECT Id FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ? AND Id <> ?${live}`,
      value,
      id ?? '',
    )?.['Id'];
    if (typeof other !== 'string') continue;
    return saveError(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field.name} duplicates value on record with id: ${other.slice(0, 15)}`,
    );
  }
  return undefined;
}

function duplicateCombination(org: OrgView, { plan, values }: Prepared): SaveError | undefined {
  const { object, uniqueTogether } = plan;
  if (uniqueTogether.length === 0) return undefined;
  const same = uniqueTogether.map((name) => `${quoted(name)} = ?`).join(' AND ');
  const other = org.db.get(
    `SELECT Id FROM ${quoted(object.name)} WHERE ${same} AND IsDeleted = 0`,
    ...uniqueTogether.map((name) => values.get(name) ?? null),
  )?.['Id'];
  return typeof other === 'string'
    ? saveError(
        'DUPLICATE_VALUE',
        `Duplicate ${object.name}. Record ID: ${other.slice(0, 15)}`,
        ...uniqueTogether,
      )
    : undefined;
}

/** `WR-{000000}` and 42 → `WR-000042`. */
function autoNumber(format: string, n: number): string {
  return format.replace(/\{(0+)\}/, (_, zeros: string) => String(n).padStart(zeros.length, '0'));
}

function personName(
  values: ReadonlyMap<string, SqlValue>,
  old: Readonly<Record<string, SqlValue>>,
): string {
  const part = (name: string): SqlValue =>
    (values.has(name) ? values.get(name) : old[name]) ?? null;
  return [part('FirstName'), part('LastName')].filter((one) => one !== null).join(' ');
}

function touch(values: Map<string, SqlValue>, userId: string, now: string): void {
  values.set('LastModifiedDate', now).set('LastModifiedById', userId).set('SystemModstamp', now);
}

function insert(org: OrgView, userId: string, now: string, prepared: Prepared): string {
  const { plan, values } = prepared;
  const id = org.nextId(plan.object);
  values.set('Id', id).set('IsDeleted', 0).set('CreatedDate', now).set('CreatedById', userId);
  touch(values, userId, now);
  if (plan.inputs.has('OwnerId') && !values.has('OwnerId')) values.set('OwnerId', userId);
  for (const field of plan.autoNumbers) {
    values.set(field.name, autoNumber(field.autoNumber ?? '', org.nextAutoNumber(plan.object)));
  }
  if (plan.personName) values.set('Name', personName(values, {}));
  const { namedById } = plan;
  if (namedById && (values.get(namedById.name) ?? null) === null) {
    values.set(namedById.name, id.slice(0, 15));
  }
  org.insert(plan.object, values);
  return id;
}

/**
 * Writes a prepared record, unless another record already has a value that must be unique.
 * @returns the record's id, or the error
 */
export function write(
  org: OrgView,
  userId: string,
  now: string,
  prepared: Prepared,
): string | SaveError {
  const { plan, id, values } = prepared;
  const taken = duplicate(org, prepared);
  if (taken) return taken;
  if (id === undefined)
    return duplicateCombination(org, prepared) ?? insert(org, userId, now, prepared);
  if (plan.personName && (values.has('FirstName') || values.has('LastName'))) {
    values.set('Name', personName(values, org.row(plan.object, id) ?? {}));
  }
  touch(values, userId, now);
  org.update(plan.object, id, values);
  return id;
}

/** Whether data calls may write records of this object at all. */
export function writeRefusal(object: ObjectDefinition, operation: string): SaveError | undefined {
  if (object.kind === 'standard' || object.kind === 'custom') return undefined;
  return saveError(
    'INVALID_TYPE_FOR_OPERATION',
    `entity type ${object.name} does not support ${operation}`,
  );
}
