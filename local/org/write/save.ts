import type { ObjectDefinition } from '../model/schema.ts';
import { flowsOf } from '../flow/record-flows.ts';
import { isRefused, type Converted } from '../data/convert.ts';
import type { SqlValue } from '../lib/database.ts';
import { noSuchColumn, saveError, type SaveError } from '../model/errors.ts';
import { wholeOf } from '../model/whole-object.ts';
import type { InputPlan, ObjectPlan } from './plan.ts';
import type { References } from './references.ts';
import type { OrgView } from '../model/org-view.ts';
import { triggersOf } from './triggers.ts';
import type { Change } from '../model/object-rule.ts';

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

/** The required fields that the record would be without, and that no other error is about. */
export function missingFields({ plan, id, values, errors }: Prepared): SaveError | undefined {
  const missing = plan.required
    .filter(
      ({ name }) => (id === undefined || values.has(name)) && (values.get(name) ?? null) === null,
    )
    .filter(({ name }) => !errors.some((error) => error.fields.includes(name)))
    .map(({ name }) => name);
  if (missing.length === 0) return undefined;
  const message = `Required fields are missing: [${missing.join(', ')}]`;
  return saveError('REQUIRED_FIELD_MISSING', message, ...missing);
}

/** Whether flows or triggers may change a record before it is saved. */
export const isChangedBefore = (org: OrgView, { name }: ObjectDefinition): boolean =>
  flowsOf(org.whole, name).before.length > 0 || triggersOf(org).has(name);

/** What runs before the save may still fill what is missing; `write` looks again then. */
function missingNow(references: References, prepared: Prepared): readonly SaveError[] {
  const waits =
    isChangedBefore(references.org, prepared.plan.object) && prepared.errors.length === 0;
  const missing = waits ? undefined : missingFields(prepared);
  return missing ? [missing] : [];
}

function refused(plan: ObjectPlan, id: string | undefined, errors: readonly SaveError[]): Prepared {
  return { plan, id, values: new Map(), errors };
}

/** What rules of the object fill in, or why one refuses. */
function completed(
  references: References,
  plan: ObjectPlan,
  id: string | undefined,
  { values, errors }: Reading,
): SaveError | undefined {
  if (plan.rules.length === 0 || errors.length > 0) return undefined;
  const change: Change = { org: references.org.whole, object: wholeOf(plan.object), id, values };
  for (const rule of plan.rules) {
    const refusal = rule.complete?.(change);
    if (refusal) return refusal;
  }
  return undefined;
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
  const completion = completed(references, plan, id, reading);
  if (completion) return refused(plan, id, [completion]);
  const prepared = { plan, id, values: reading.values, errors: reading.errors };
  return { ...prepared, errors: [...reading.errors, ...missingNow(references, prepared)] };
}

/** Whether data calls may write records of this object at all. */
export function writeRefusal(object: ObjectDefinition, operation: string): SaveError | undefined {
  const isOpen = object.kind === 'standard' || object.kind === 'custom';
  if (object.writes?.includes(operation) ?? isOpen) return undefined;
  return saveError(
    'INVALID_TYPE_FOR_OPERATION',
    `entity type ${object.name} does not support ${operation}`,
  );
}
