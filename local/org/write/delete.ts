import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { failure, together, type SaveResult } from './batch.ts';
import type { Caller } from '../model/caller.ts';
import { quoted, type Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import { planOf } from './plan.ts';
import { absence, hasRecycleBin } from './references.ts';
import { writeRefusal } from './save.ts';
import { attempted, chunksOf, triggersOf } from './triggers.ts';

/** Lookups of standard objects whose records go with the parent, as master-detail ones do. */
const cascadingLookups = new Set(['Contact.AccountId']);

interface Child {
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
  readonly cascades: boolean;
}

function childrenOf(org: OrgView, parent: ObjectDefinition): readonly Child[] {
  return [...org.schema().values()].filter(hasRecycleBin).flatMap((object) =>
    object.fields
      .filter((field) => field.type === 'reference' && field.referenceTo.includes(parent.name))
      .map((field) => ({
        object,
        field,
        cascades: field.masterDetail || cascadingLookups.has(`${object.name}.${field.name}`),
      })),
  );
}

interface Removal {
  readonly ids: { readonly object: ObjectDefinition; readonly id: string }[];
  readonly cleared: { readonly child: Child; readonly parent: string }[];
}

function liveChildren(
  org: OrgView,
  { object, field }: Omit<Child, 'cascades'>,
  parent: string,
): readonly string[] {
  return org.db
    .all(
      `SELECT Id FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ? AND IsDeleted = 0`,
      parent,
    )
    .map((row) => String(row['Id']));
}

/** Collects what goes with a record; a required lookup to it stops everything. */
function collect(
  org: OrgView,
  object: ObjectDefinition,
  id: string,
  removal: Removal,
): SaveError | undefined {
  removal.ids.push({ object, id });
  for (const child of childrenOf(org.whole, object)) {
    const ids = liveChildren(org, child, id);
    if (ids.length === 0) continue;
    if (child.cascades) {
      for (const one of ids) {
        const stop = collect(org, child.object, one, removal);
        if (stop) return stop;
      }
    } else if (child.field.required) {
      return saveError(
        'DELETE_FAILED',
        `Your attempt to delete ${id} could not be completed because it is associated with the ` +
          `following ${child.object.labelPlural}: ${ids.join(', ')}`,
      );
    } else {
      removal.cleared.push({ child, parent: id });
    }
  }
  return undefined;
}

function apply(org: OrgView, caller: Caller, now: string, removal: Removal): void {
  const emptied = removal.cleared.flatMap(({ child: { object, field }, parent }) =>
    liveChildren(org, { object, field }, parent).map((record) => ({
      object: object.name,
      field: field.name,
      record,
      parent,
    })),
  );
  const [top, ...others] = removal.ids.map(({ id }) => id);
  if (top !== undefined) org.whole.recycleBin.put(top, others, emptied);
  for (const { child, parent } of removal.cleared) {
    const column = quoted(child.field.name);
    org.db.run(
      `UPDATE ${quoted(child.object.name)} SET ${column} = NULL, SystemModstamp = ? WHERE ${column} = ?`,
      now,
      parent,
    );
  }
  for (const { object, id } of removal.ids) {
    org.update(
      object,
      id,
      new Map<string, string | number>([
        ['IsDeleted', 1],
        ['LastModifiedDate', now],
        ['LastModifiedById', caller.userId],
        ['SystemModstamp', now],
      ]),
    );
  }
}

function ruleRefusal(org: OrgView, object: ObjectDefinition, id: string): SaveError | undefined {
  const { rules } = planOf(object);
  const row = rules.length === 0 ? undefined : org.whole.row(object, id);
  for (const rule of row ? rules : []) {
    const refusal = row && rule.deleting?.(org.whole, row);
    if (refusal) return refusal;
  }
  return undefined;
}

function tellRules(org: OrgView, object: ObjectDefinition, id: string, now: string): void {
  const { rules } = planOf(object);
  const row = rules.length === 0 ? undefined : org.whole.row(object, id);
  if (row) for (const rule of rules) rule.deleted?.(org.whole, row, now);
}

function deleteOne(org: OrgView, caller: Caller, now: string, given: string): SaveResult {
  const id = toId18(given);
  const object = id === undefined ? undefined : org.whole.objectOfId(id);
  if (id === undefined || !object)
    return failure(saveError('MALFORMED_ID', `malformed id ${given}`));
  const refusal =
    writeRefusal(object, 'delete') ??
    absence(org, object, id) ??
    org.access?.changeRefusal(object, id, 'delete');
  if (refusal) return failure(refusal);
  const forbidden = ruleRefusal(org, object, id);
  if (forbidden) return failure(forbidden);
  const removal: Removal = { ids: [], cleared: [] };
  const stop = collect(org, object, id, removal);
  if (stop) return failure(stop);
  apply(org, caller, now, removal);
  for (const one of removal.ids) tellRules(org, one.object, one.id, now);
  return { id, success: true, errors: [] };
}

/** Moves records to the recycle bin: details go with their master, lookups to them are emptied. */
export function deleteRecords(
  org: OrgView,
  caller: Caller,
  ids: readonly string[],
  allOrNone: boolean,
): readonly SaveResult[] {
  return together(org, { allOrNone, count: ids.length }, () => {
    const now = org.now();
    return chunksOf(org, ids).flatMap(({ object, ids: some }) =>
      object
        ? deleteTogether(org, caller, now, { object, ids: some, allOrNone })
        : some.map((id) => deleteOne(org, caller, now, id)),
    );
  });
}

/** Triggers run for the records that a call names, not for those that go with them. */
function deleteTogether(
  org: OrgView,
  caller: Caller,
  now: string,
  {
    object,
    ids,
    allOrNone,
  }: { object: ObjectDefinition; ids: readonly string[]; allOrNone: boolean },
): readonly SaveResult[] {
  const fire = (isBefore: boolean, open: readonly string[], rows: ReadonlyMap<string, Row>) => {
    const records = open.map((id) => ({ id: toId18(id), old: rows.get(id), change: undefined }));
    return triggersOf(org).fire({ isBefore, verb: 'delete', object, records }, caller);
  };
  const results = attempted<string, SaveResult>(org, ids, allOrNone, (open) => {
    const rows = new Map(
      open.flatMap((id) => {
        const row = org.row(object, toId18(id) ?? id);
        return row && row['IsDeleted'] !== 1 ? [[id, row] as const] : [];
      }),
    );
    const there = open.filter((id) => rows.has(id));
    const before = fire(true, there, rows);
    const stopped = new Map(there.map((id, at) => [id, before[at]] as const));
    const outcome = open.map((id): SaveResult | SaveError => {
      const refused = stopped.get(id);
      if (refused) return refused;
      const result = deleteOne(org, caller, now, id);
      return result.success ? result : (result.errors[0] ?? result);
    });
    if (outcome.some((one) => 'statusCode' in one)) return outcome;
    const after = fire(false, there, rows);
    return outcome.map((one, at) => after[there.indexOf(open[at] ?? '')] ?? one);
  });
  return results.map((one) => ('statusCode' in one ? failure(one) : one));
}
