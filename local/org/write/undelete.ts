import type { Caller } from '../model/caller.ts';
import { quoted, type Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { EmptiedLookup, OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { failure, together, type SaveResult } from './batch.ts';
import { planOf } from './plan.ts';
import { absence, hasRecycleBin, isInBin } from './references.ts';
import { writeRefusal } from './save.ts';
import { attempted, chunksOf, triggersOf } from './triggers.ts';
import { duplicate } from './write.ts';

/** Standard objects whose triggers run after an undelete. */
const WITH_TRIGGERS = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'ContentDocument',
  'Contract',
  'Event',
  'Lead',
  'Opportunity',
  'Product2',
  'Solution',
  'Task',
]);

const runsTriggers = ({ kind, name }: ObjectDefinition): boolean =>
  kind === 'custom' || WITH_TRIGGERS.has(name);

interface Returning {
  readonly object: ObjectDefinition;
  readonly id: string;
  /** As it is in the recycle bin. */
  readonly row: Row;
}

const notInBin = saveError('UNDELETE_FAILED', 'Entity is not in the recycle bin');

/** What came with the record is to find its master, and to be alone with what is unique. */
function refusalOf(org: OrgView, { object, id, row }: Returning, isTop: boolean) {
  for (const { masterDetail, name } of isTop ? object.fields : []) {
    const master = masterDetail ? row[name] : null;
    const found = typeof master === 'string' ? org.whole.objectOfId(master) : undefined;
    const absent = found && absence(org.whole, found, String(master));
    if (absent) return absent;
  }
  const plan = planOf(object);
  return duplicate(org, { plan, id, values: new Map(Object.entries(row)) });
}

function apply(org: OrgView, caller: Caller, now: string, { object, id, row }: Returning): void {
  const values = new Map<string, string | number | null>([
    ['IsDeleted', 0],
    ['LastModifiedDate', now],
    ['LastModifiedById', caller.userId],
    ['SystemModstamp', now],
  ]);
  if ((row['MasterRecordId'] ?? null) !== null) values.set('MasterRecordId', null);
  org.whole.update(object, id, values);
  for (const rule of planOf(object).rules) rule.undeleted?.(org.whole, row, now);
}

/** Why a record does not come back. */
function binRefusal(org: OrgView, { object, id, row }: Omit<Returning, 'row'> & { row?: Row }) {
  const isThere = row && hasRecycleBin(object) && isInBin(org, row);
  if (!isThere || org.whole.recycleBin.deletedWith(id) !== undefined) return notInBin;
  return writeRefusal(object, 'delete') ?? org.access?.changeRefusal(object, id, 'delete');
}

/** Those that went with a record, and itself before them. */
function returning(org: OrgView, first: Returning, others: readonly string[]): Returning[] {
  const rest = others.flatMap((id) => {
    const object = org.whole.objectOfId(id);
    const row = object && org.whole.row(object, id);
    return object && row ? [{ object, id, row }] : [];
  });
  return [first, ...rest];
}

/** Fills lookups as they were, of live records and where nothing else has taken the place. */
function fill(org: OrgView, now: string, emptied: readonly EmptiedLookup[]): void {
  for (const { object, field, record, parent } of emptied) {
    const column = quoted(field);
    // A field may have been deleted meanwhile.
    if (!org.whole.object(object)?.fields.some(({ name }) => name === field)) continue;
    org.db.run(
      `UPDATE ${quoted(object)} SET ${column} = ?, SystemModstamp = ? WHERE Id = ? AND ${column} IS NULL AND IsDeleted = 0`,
      parent,
      now,
      record,
    );
  }
}

function undeleteOne(org: OrgView, caller: Caller, now: string, given: string): SaveResult {
  const { whole } = org;
  const refused = (error: SaveError): SaveResult => ({ ...failure(error), id: given });
  const id = toId18(given);
  const object = id === undefined ? undefined : whole.objectOfId(id);
  if (id === undefined || !object) {
    return failure(saveError('MALFORMED_ID', `malformed id ${given}`));
  }
  const row = whole.row(object, id);
  const forbidden = binRefusal(org, { object, id, ...(row ? { row } : {}) });
  if (forbidden || !row) return refused(forbidden ?? notInBin);
  const { others, emptied } = whole.recycleBin.take(id);
  const all = returning(org, { object, id, row }, others);
  for (const [at, one] of all.entries()) {
    const error = refusalOf(org, one, at === 0);
    if (error) return refused(error);
  }
  for (const one of all) apply(org, caller, now, one);
  fill(org, now, emptied);
  return { id, success: true, errors: [] };
}

/** One record, wholly or not at all. */
const undeleteWhole = (org: OrgView, caller: Caller, now: string, id: string): SaveResult =>
  org.db.transaction(
    () => undeleteOne(org, caller, now, id),
    ({ success }) => success,
  );

/**
 * Takes records out of the recycle bin, with what went there with them and the lookups that their deletion has emptied;
 * one that leads elsewhere by now stays. Neither validation rules nor flows look at them.
 */
export function undeleteRecords(
  org: OrgView,
  caller: Caller,
  ids: readonly string[],
  allOrNone: boolean,
): readonly SaveResult[] {
  return together(org, { allOrNone, count: ids.length }, () => {
    const now = org.now();
    return chunksOf(org, ids).flatMap(({ object, ids: some }) =>
      object && runsTriggers(object)
        ? undeleteTogether(org, caller, now, { object, ids: some, allOrNone })
        : some.map((id) => undeleteWhole(org, caller, now, id)),
    );
  });
}

/** Triggers run for the records that a call names, not for those that come back with them. */
function undeleteTogether(
  org: OrgView,
  caller: Caller,
  now: string,
  {
    object,
    ids,
    allOrNone,
  }: { object: ObjectDefinition; ids: readonly string[]; allOrNone: boolean },
): readonly SaveResult[] {
  const results = attempted<string, SaveResult>(org, ids, allOrNone, (open) => {
    const outcome = open.map((id): SaveResult | SaveError => {
      const result = undeleteWhole(org, caller, now, id);
      return result.success ? result : (result.errors[0] ?? result);
    });
    if (outcome.some((one) => 'statusCode' in one)) return outcome;
    const records = open.map((id) => ({ id: toId18(id), old: undefined, change: undefined }));
    const event = { isBefore: false, verb: 'undelete', object, records } as const;
    const after = triggersOf(org).fire(event, caller);
    return outcome.map((one, at) => after[at] ?? one);
  });
  return results.map((one, at) =>
    'statusCode' in one ? { ...failure(one), id: ids[at] ?? '' } : one,
  );
}
