import { wholeOf } from '../model/whole-object.ts';
import { afterSave, beforeSave, flowsOf } from '../flow/record-flows.ts';
import type { Caller } from '../model/caller.ts';
import { quoted, type SqlValue } from '../lib/database.ts';
import { duplicateRefusal } from './duplicates.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import { before, type Change } from '../model/object-rule.ts';
import { hasRecycleBin } from './references.ts';
import { missingFields, type Prepared } from './save.ts';
import { validationRefusal } from './validation.ts';

const duplicateValue = (field: string, other: string): SaveError =>
  saveError(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${other.slice(0, 15)}`,
  );

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

/** The first reason not to write the record now. */
function refusal(
  org: OrgView,
  caller: Caller,
  prepared: Prepared,
  change: Change,
): SaveError | undefined {
  const { plan, id, values } = prepared;
  const lock = readOnly(org) ?? locked(org, prepared);
  if (lock) return lock;
  const flows = flowsOf(org.whole, plan.object.name).before;
  if (flows.length > 0) {
    const stopped = beforeSave(flows, change, caller) ?? missingFields(prepared);
    if (stopped) return stopped;
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

/**
 * Writes a prepared record, unless a flow or a rule of its object, a duplicate rule or a value that must be unique
 * stops it.
 * @returns the record's id, or the error
 */
export function write(
  org: OrgView,
  caller: Caller,
  now: string,
  prepared: Prepared,
): string | SaveError {
  const { plan, id, values } = prepared;
  const change: Change = { org: org.whole, object: wholeOf(plan.object), id, values };
  const flows = flowsOf(org.whole, plan.object.name).after;
  if (flows.length === 0) return save(org, caller, now, prepared, change);
  const old = before(change);
  // A flow that fails takes its own record back, not its neighbours.
  return org.db.transaction(
    () => {
      const written = save(org, caller, now, prepared, change);
      if (typeof written !== 'string') return written;
      const sends = org.access?.has('EnableNotifications') !== false;
      return afterSave(flows, change, written, { old, sends }, caller) ?? written;
    },
    (result) => typeof result === 'string',
  );
}
