import { wholeOf } from '../model/whole-object.ts';
import { afterSave, beforeSave, flowsOf } from '../flow/record-flows.ts';
import type { Caller } from '../model/caller.ts';
import { quoted, type Row, type SqlValue } from '../lib/database.ts';
import { duplicateRefusal } from './duplicates.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { before, type Change } from '../model/object-rule.ts';
import { hasRecycleBin } from './references.ts';
import { isChangedBefore, missingFields, type Prepared } from './save.ts';
import { attempted, MOST_ATTEMPTS, triggersOf } from './triggers.ts';
import { validationRefusal } from './validation.ts';

const duplicateValue = (field: string, other: string): SaveError =>
  saveError(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${other.slice(0, 15)}`,
  );

/** The first unique field whose value another record has. */
export function duplicate(
  org: OrgView,
  { plan, id, values }: Pick<Prepared, 'plan' | 'id' | 'values'>,
): SaveError | undefined {
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
    if (typeof other === 'string') return duplicateValue(field.name, other);
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
  values.set('Id', id).set('CreatedDate', now).set('CreatedById', userId);
  if (hasRecycleBin(plan.object)) values.set('IsDeleted', 0);
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

function update(
  org: OrgView,
  userId: string,
  now: string,
  { plan, values }: Prepared,
  id: string,
): void {
  if (plan.personName && (values.has('FirstName') || values.has('LastName'))) {
    values.set('Name', personName(values, org.row(plan.object, id) ?? {}));
  }
  touch(values, userId, now);
  org.update(plan.object, id, values);
}

/** The record whose lock another call would hold: the master of a new detail, else the record itself. */
function lockedRow({ plan, id, values }: Prepared): string {
  const master = wholeOf(plan.object).fields.find((one) => one.masterDetail)?.name ?? '';
  return String(values.get(master) ?? id ?? '');
}

/** As while its instance is maintained. */
function readOnly(org: OrgView): SaveError | undefined {
  if (!org.whole.faults.takeReadOnly()) return undefined;
  return saveError(
    'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    "Updates can't be made during maintenance. Try again when maintenance is complete.",
  );
}

function locked(org: OrgView, prepared: Prepared): SaveError | undefined {
  if (!org.whole.faults.takeRowLock(prepared.plan.object.name)) return undefined;
  const row = lockedRow(prepared);
  return saveError(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record${row === '' ? '' : ` or 1 records: ${row}`}`,
  );
}

/** Another call that creates the record at the same time is first, and this one meets its key. */
function raced(
  org: OrgView,
  caller: Caller,
  now: string,
  prepared: Prepared,
): SaveError | undefined {
  const { plan, values } = prepared;
  const keys = plan.unique.map((field) => values.get(field.name));
  if (!org.whole.faults.takeKeyRace(plan.object.name, keys)) return undefined;
  const key = plan.unique.find((field) => (values.get(field.name) ?? null) !== null);
  return duplicateValue(key?.name ?? '', insert(org, caller.userId, now, prepared));
}

/** What stops the record before its triggers run, flows before the save among it. */
function early(
  org: OrgView,
  caller: Caller,
  prepared: Prepared,
  change: Change,
): SaveError | undefined {
  const lock = readOnly(org) ?? locked(org, prepared);
  if (lock) return lock;
  const flows = flowsOf(org.whole, prepared.plan.object.name).before;
  return flows.length > 0 ? beforeSave(flows, change, caller) : undefined;
}

/** The first reason not to write the record with the values that it has now. */
function refusal(
  org: OrgView,
  caller: Caller,
  prepared: Prepared,
  change: Change,
): SaveError | undefined {
  const { plan, id, values } = prepared;
  if (isChangedBefore(org, plan.object)) {
    const missing = missingFields(prepared);
    if (missing) return missing;
  }
  for (const rule of plan.rules) {
    const refused = rule.check?.(change);
    if (refused) return refused;
  }
  return (
    validationRefusal(change, caller) ??
    duplicateRefusal(org.whole, caller, plan.object, id, values) ??
    duplicate(org, prepared) ??
    (id === undefined ? duplicateCombination(org, prepared) : undefined)
  );
}

function save(
  org: OrgView,
  caller: Caller,
  now: string,
  prepared: Prepared,
  change: Change,
): string | SaveError {
  const { plan, id } = prepared;
  const refused = refusal(org, caller, prepared, change);
  if (refused) return refused;
  if (id === undefined) {
    const race = raced(org, caller, now, prepared);
    if (race) return race;
  }
  const written = id ?? insert(org, caller.userId, now, prepared);
  if (id !== undefined) update(org, caller.userId, now, prepared, id);
  for (const rule of plan.rules) rule.saved?.(change, written, caller, now);
  return written;
}

const changeOf = (org: OrgView, { plan, id, values }: Prepared): Change => ({
  org: org.whole,
  object: wholeOf(plan.object),
  id,
  values,
});

/**
 * Writes a prepared record, unless a flow or a rule of its object, a duplicate rule or a value that must be unique
 * stops it. Nothing follows its save: that is for `writeTogether`.
 * @returns the record's id, or the error
 */
export function write(
  org: OrgView,
  caller: Caller,
  now: string,
  prepared: Prepared,
): string | SaveError {
  const change = changeOf(org, prepared);
  return early(org, caller, prepared, change) ?? save(org, caller, now, prepared, change);
}

const sendsOf = (org: OrgView): boolean => org.access?.has('EnableNotifications') !== false;

/** A record on its way through the triggers of its object. */
interface Passing {
  readonly prepared: Prepared;
  readonly change: Change;
  /** The row before the save. */
  readonly old: Row;
  /** Its id once it is written, or what stopped it. */
  result: string | SaveError | undefined;
}

/** Runs the triggers of an event for the records that nothing has stopped so far. */
function fire(org: OrgView, caller: Caller, isBefore: boolean, passing: readonly Passing[]): void {
  for (const isNew of [true, false]) {
    const open = passing.filter(
      ({ change, result }) =>
        (change.id === undefined) === isNew && (result === undefined || typeof result === 'string'),
    );
    const [first] = open;
    if (!first) continue;
    const refusals = triggersOf(org).fire(
      {
        isBefore,
        verb: isNew ? 'insert' : 'update',
        object: first.change.object,
        records: open.map(({ change, old, result }) => ({
          id: typeof result === 'string' ? result : change.id,
          old: isNew ? undefined : old,
          change: isBefore ? change : undefined,
        })),
      },
      caller,
    );
    for (const [at, one] of open.entries()) one.result = refusals[at] ?? one.result;
  }
}

/** Runs the flows that follow a save for the records that nothing has stopped so far. */
function follow(org: OrgView, caller: Caller, passing: readonly Passing[]): void {
  const flows = flowsOf(org.whole, passing[0]?.change.object.name ?? '').after;
  if (flows.length === 0) return;
  const open = passing.flatMap(({ change, old, result: id }) =>
    typeof id === 'string' ? [{ change, old, id }] : [],
  );
  const refusals = afterSave(flows, open, sendsOf(org), caller);
  for (const [at, { change }] of open.entries()) {
    const one = passing.find((other) => other.change === change);
    if (one) one.result = refusals[at] ?? one.result;
  }
}

/** In the order of a save: flows before it, triggers before it, rules, the record, triggers and flows after it. */
function passAll(
  org: OrgView,
  caller: Caller,
  now: string,
  records: readonly Prepared[],
): readonly (string | SaveError)[] {
  const passing = records.map((prepared): Passing => {
    const change = changeOf(org, prepared);
    return { prepared, change, old: before(change), result: undefined };
  });
  const each = (work: (one: Passing) => string | SaveError | undefined): void => {
    for (const one of passing) {
      if (one.result === undefined || typeof one.result === 'string') {
        one.result = work(one) ?? one.result;
      }
    }
  };
  each(({ prepared, change }) => early(org, caller, prepared, change));
  fire(org, caller, true, passing);
  each(({ prepared, change }) => save(org, caller, now, prepared, change));
  const isStopped = passing.some(({ result }) => typeof result !== 'string');
  // What is taken back anyway starts nothing that follows a save.
  if (!isStopped) {
    fire(org, caller, false, passing);
    follow(org, caller, passing);
  }
  return passing.map(({ result }) => result ?? '');
}

/** Whether records of an object are saved together: something that follows their save sees all of them. */
export const passTogether = (org: OrgView, { name }: ObjectDefinition): boolean =>
  triggersOf(org).has(name) || flowsOf(org.whole, name).after.length > 0;

/**
 * Writes up to 200 records of an object with triggers, or with flows that follow a save.
 * @returns ids, or errors
 */
export function writeTogether(
  org: OrgView,
  caller: Caller,
  now: string,
  records: readonly Prepared[],
  allOrNone: boolean,
): readonly (string | SaveError)[] {
  const [first] = records;
  const hasTriggers = first !== undefined && triggersOf(org).has(first.plan.object.name);
  const given = new Map(records.map((one) => [one, [...one.values]]));
  const attempt = (open: readonly Prepared[]) => {
    // Each attempt begins with what the call has given.
    for (const one of open) {
      one.values.clear();
      for (const [name, value] of given.get(one) ?? []) one.values.set(name, value);
    }
    return passAll(org, caller, now, open);
  };
  return attempted<Prepared, string>(
    org,
    records,
    allOrNone,
    attempt,
    hasTriggers ? MOST_ATTEMPTS : Infinity,
  );
}
