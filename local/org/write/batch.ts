import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import type { Caller } from '../model/caller.ts';
import { isRefused } from '../data/convert.ts';
import {
  inTransaction,
  isInTransaction,
  LimitFault,
  nothingFollows,
} from '../flow/parts/limits.ts';
import { flowRefusal } from '../flow/record-flows.ts';
import type { SqlValue } from '../lib/database.ts';
import { saveError, unsupportedType, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import { planOf } from './plan.ts';
import { absence, idsWith, References, severalFound } from './references.ts';
import { prepare, writeRefusal, type InputRecord, type Prepared } from './save.ts';
import { TOGETHER } from './triggers.ts';
import { passTogether, write, writeTogether } from './write.ts';

/** The outcome for one record, in the order of the call. */
export type SaveResult =
  | {
      readonly id: string;
      readonly success: true;
      readonly errors: readonly [];
      readonly created?: boolean;
    }
  | { readonly id?: string; readonly success: false; readonly errors: readonly SaveError[] };

export const failure = (...errors: readonly SaveError[]): SaveResult => ({
  success: false,
  errors,
});

/** Undoes the good ones of a call that is all or none, and says so in their place. */
function rolledBack(results: readonly SaveResult[]): SaveResult[] {
  return results.map((result) =>
    result.success
      ? failure(
          saveError(
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'Record rolled back because not all records were valid and the request was using AllOrNone header',
          ),
        )
      : result,
  );
}

/**
 * Runs the work on all records of a call in one transaction.
 * With `allOrNone`, one failure undoes them all; so do flows that use more than a transaction may.
 */
export function together(
  org: OrgView,
  { allOrNone, count }: { readonly allOrNone: boolean; readonly count: number },
  work: () => SaveResult[],
): readonly SaveResult[] {
  const keep = (all: readonly SaveResult[]): boolean =>
    !allOrNone || all.every((one) => one.success);
  const isPart = isInTransaction(org.db);
  try {
    return inTransaction(org.db, () => {
      const results = org.db.transaction(work, keep);
      if (keep(results)) return results;
      if (!isPart) nothingFollows(org.db);
      return rolledBack(results);
    });
  } catch (error) {
    if (isPart || !(error instanceof LimitFault)) throw error;
    const refusal = error.refusal ?? flowRefusal(error.flow, error.message);
    return Array.from({ length: count }, () => failure(refusal));
  }
}

type Step = Prepared | SaveError;

const isReady = (step: Step): step is Prepared => 'plan' in step && step.errors.length === 0;

/** Steps of the same object that follow each other, at most so many as are saved together. */
function batchesOf(steps: readonly Step[]): readonly Step[][] {
  const batches: Step[][] = [];
  let object: ObjectDefinition | undefined;
  for (const one of steps) {
    const own = 'plan' in one ? one.plan.object : object;
    const last = batches.at(-1);
    if (last && own === object && last.length < TOGETHER) last.push(one);
    else batches.push([one]);
    object = own;
  }
  return batches;
}

/** All records are read before the first is written: none sees another of the same call. */
function writeAll(
  org: OrgView,
  caller: Caller,
  steps: readonly Step[],
  { upsert, allOrNone }: { readonly upsert: boolean; readonly allOrNone: boolean },
): SaveResult[] {
  const now = org.now();
  const written = new Map<Step, string | SaveError>();
  for (const batch of batchesOf(steps)) {
    const ready = batch.filter(isReady);
    const isTogether = ready[0] && passTogether(org, ready[0].plan.object);
    const ids = isTogether
      ? writeTogether(org, caller, now, ready, allOrNone)
      : ready.map((one) => write(org, caller, now, one));
    for (const [at, one] of ready.entries()) written.set(one, ids[at] ?? '');
  }
  return steps.map((step) => {
    if (!('plan' in step)) return failure(step);
    if (step.errors.length > 0) return failure(...step.errors);
    const id = written.get(step) ?? '';
    if (typeof id !== 'string') return failure(id);
    const result = { id, success: true, errors: [] } as const;
    return upsert ? { ...result, created: step.id === undefined } : result;
  });
}

export interface TypedRecord {
  /** API name as sent. */
  readonly type: string;
  readonly record: InputRecord;
}

const idOf = (record: InputRecord): unknown => record['Id'] ?? record['id'];

const noIdHere = saveError(
  'INVALID_FIELD',
  'The Id field should not be specified in the sobject data.',
);

export function createRecords(
  org: OrgView,
  caller: Caller,
  records: readonly TypedRecord[],
  allOrNone: boolean,
): readonly SaveResult[] {
  return together(org, { allOrNone, count: records.length }, () => {
    const references = new References(org);
    const steps = records.map(({ type, record }): Step => {
      const object = org.object(type);
      if (!object) return saveError('INVALID_TYPE', unsupportedType(type));
      if (idOf(record) !== undefined) return noIdHere;
      return (
        writeRefusal(object, 'insert') ??
        org.access?.createRefusal(object) ??
        prepare(references, planOf(object), record, undefined)
      );
    });
    return writeAll(org, caller, steps, { upsert: false, allOrNone });
  });
}

/** How often each id occurs in the call. */
function idCounts(records: readonly TypedRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { record } of records) {
    const given = idOf(record);
    const id = typeof given === 'string' ? toId18(given) : undefined;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function updateStep(
  org: OrgView,
  references: References,
  one: TypedRecord,
  counts: ReadonlyMap<string, number>,
): Step {
  const object = org.object(one.type);
  if (!object) return saveError('INVALID_TYPE', unsupportedType(one.type));
  const given = idOf(one.record);
  if (typeof given !== 'string' || given === '') {
    return saveError('MISSING_ARGUMENT', 'Id not specified in an update call');
  }
  const id = toId18(given);
  if (id === undefined || org.objectOfId(id) !== object) {
    return saveError(
      'MALFORMED_ID',
      `${object.label} ID: id value of incorrect type: ${given}`,
      'Id',
    );
  }
  if ((counts.get(id) ?? 0) > 1) {
    return saveError('DUPLICATE_VALUE', `Duplicate id specified: ${given}`);
  }
  return (
    writeRefusal(object, 'update') ??
    absence(org, object, id) ??
    org.access?.changeRefusal(object, id, 'edit') ??
    prepare(references, planOf(object), one.record, id)
  );
}

export function updateRecords(
  org: OrgView,
  caller: Caller,
  records: readonly TypedRecord[],
  allOrNone: boolean,
): readonly SaveResult[] {
  return together(org, { allOrNone, count: records.length }, () => {
    const references = new References(org);
    const counts = idCounts(records);
    const steps = records.map((one) => updateStep(org, references, one, counts));
    return writeAll(org, caller, steps, { upsert: false, allOrNone });
  });
}

/** The key as the index compares it: without case unless the field is case-sensitive. */
function folded(field: FieldDefinition, key: SqlValue): string {
  const text = String(key);
  return field.caseSensitive ? text : text.toLowerCase();
}

/** Creates or changes records of one object by an external id. */
export function upsertRecords(
  org: OrgView,
  caller: Caller,
  object: ObjectDefinition,
  field: FieldDefinition,
  records: readonly InputRecord[],
  allOrNone: boolean,
): readonly SaveResult[] {
  const plan = planOf(object);
  const key = plan.inputs.get(field.name);
  if (!key) throw new Error(`${object.name} has no field ${field.name}`);
  return together(org, { allOrNone, count: records.length }, () => {
    const references = new References(org);
    const keys = records.map((record) => key.convert(valueOf(record, field.name) ?? null));
    const times = new Map<string, number>();
    for (const one of keys) {
      if (isRefused(one) || one === null) continue;
      times.set(folded(field, one), (times.get(folded(field, one)) ?? 0) + 1);
    }
    const steps = records.map((record, at): Step => {
      const value = keys[at] ?? null;
      if (isRefused(value)) return value;
      if (value === null) return saveError('MISSING_ARGUMENT', `${field.name} not specified`);
      if ((times.get(folded(field, value)) ?? 0) > 1) {
        return saveError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`);
      }
      if (idOf(record) !== undefined && field.type !== 'id') return noIdHere;
      const ids = idsWith(org, object, field, value);
      if (ids.length > 1) return severalFound(field, ids);
      return (
        writeRefusal(object, 'upsert') ??
        upsertRefusal(org, object, field, ids[0]) ??
        prepare(references, plan, record, ids[0], ids[0] && field.name)
      );
    });
    return writeAll(org, caller, steps, { upsert: true, allOrNone });
  });
}

/** Without a unique key, a record that the user does not see could be doubled unawares. */
function upsertRefusal(
  org: OrgView,
  object: ObjectDefinition,
  field: FieldDefinition,
  id: string | undefined,
): SaveError | undefined {
  const { access } = org;
  if (!access) return undefined;
  if (field.externalId && !field.unique && !access.has('ViewAllData')) {
    return saveError(
      'INSUFFICIENT_ACCESS',
      'Upsert requires view all data on a non-unique custom index',
    );
  }
  return id === undefined ? access.createRefusal(object) : access.changeRefusal(object, id, 'edit');
}

function valueOf(record: InputRecord, name: string): unknown {
  if (name in record) return record[name];
  const other = Object.keys(record).find((one) => one.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : record[other];
}
