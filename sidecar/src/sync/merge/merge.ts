import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { Row } from '../../mapping/model/record.ts';
import type { OrgRow } from '../../ports/org.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Merged, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { Decision } from './decision.ts';
import { isFoundAgain, isForgotten, type Linked, withBases } from './linked.ts';
import { knownOf } from './outgoing.ts';
import { lookAtUnsent } from './other-keys.ts';
import { ownersOf, sharesEdits } from './owners.ts';
import { resolutions } from './resolutions.ts';
import { standing } from '../model/refused.ts';
import { mayDiffer } from './three-way.ts';
import { reportUnsent } from './unsent.ts';

/**
 * Decides field by field what goes where, for rows with fields that go to the shop. Salesforce is asked, in one
 * query for some 500 records, only for those that it has reported, whose side of the shop has changed, or of
 * which nothing is known. Changes for the shop wait in the run's pushes; what is to be written on either side is
 * written ahead.
 */
export async function merge(
  run: Run,
  planned: readonly Planned[],
): Promise<ReadonlyMap<Planned, Merged>> {
  const merged = new Map<Planned, Merged>();
  const rows = planned.filter(
    ({ mapping, found, key }) =>
      !found?.silent &&
      (mapping.outgoing.length > 0 || (mapping.unsent !== undefined && run.dirty.has(key))),
  );
  for (const row of rows) {
    if (row.link) continue;
    merged.set(row, whole(row));
    run.imageImports.addNew(row);
  }
  const linked = await withBases(run, rows);
  const unread = linked.filter((one) => !mustAsk(run, one));
  for (const { row } of unread) merged.set(row, untouched(row));
  const asked = linked.filter((one) => mustAsk(run, one));
  const held = await readHeld(run, asked);
  const isLoad = run.isLoad === true;
  const us = await ourId(run, asked);
  const decided = await resolutions(
    run,
    asked.map(({ row }) => row),
  );
  const owners = await ownersOf(run, asked, held);
  const decisions = asked.map((one) => {
    const there = held.get(one.recordId);
    // Gone, or merged into another: the writer finds out, and the whole row is there to be written.
    if (there === undefined) return null;
    const { row } = one;
    const isByUs = us !== null && there['LastModifiedById'] === us;
    return new Decision(run, one, {
      row,
      held: there,
      decided,
      owner: owners.get(one),
      told: run.dirty.has(row.key),
      mayBeTyped: us !== null && !isByUs && isForgotten(one, there),
      isOurs: isByUs && isFoundAgain(one),
    });
  });
  for (const [at, one] of asked.entries()) {
    const { row, recordId } = one;
    const of = decisions[at]?.merged ?? whole(row);
    const there = held.get(recordId);
    const isForced = of.forced || (!isLoad && isOverwritten(us, row, there));
    merged.set(row, { ...of, forced: isForced });
  }
  await lookAtUnsent(run, asked.filter(isBack));
  if (us !== null && !isLoad)
    await reportUnsent(
      run,
      us,
      asked.flatMap(({ row, recordId }) => {
        const there = held.get(recordId);
        return there === undefined ? [] : [{ row, recordId, held: there }];
      }),
    );
  await run.keepDecided?.();
  const made = decisions.filter((decision) => decision !== null);
  const isAnew = (one: Linked, field: OutgoingField) =>
    decisions[asked.indexOf(one)]?.isAnew(field) === true;
  await run.state.twoWay.saveBase(standing(run, linked, isAnew));
  // What is written ahead now must not take the place of what an attempt before has brought about.
  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));
  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));
  for (const decision of made) decision.send();
  return merged;
}

/** Whether a record was let go and is found again: what was edited of it in Salesforce meanwhile was not reported for it. */
function isBack({ row, base }: Pick<Linked, 'row' | 'base'>): boolean {
  return row.found !== undefined && base !== undefined;
}

function mustAsk(run: Run, { row, base: agreement }: Linked): boolean {
  if (run.dirty.has(row.key) || run.imageImports.mayDiffer(row, agreement)) return true;
  if (isBack({ row, base: agreement })) return true;
  return row.mapping.outgoing.some((field) => {
    if (field.kind === 'value' && field.onlyEdits) {
      const { base, pending } = knownOf(agreement, field);
      return base === undefined || pending !== undefined;
    }
    if (field.direction !== 'both' || field.kind !== 'value') return false;
    return mayDiffer(field.fromWoo(row.record), knownOf(agreement, field));
  });
}

/** Id of the user that we write as; null where nobody asks who has changed a record last. */
async function ourId(run: Run, asked: readonly Linked[]): Promise<string | null> {
  const mayAsk = (one: Linked) => one.base === undefined || isFoundAgain(one);
  const isNeeded = run.isLoad === true ? asked.some(mayAsk) : asked.length > 0;
  return isNeeded ? ((await run.userId?.()) ?? null) : null;
}

async function readHeld(run: Run, asked: readonly Linked[]): Promise<ReadonlyMap<string, OrgRow>> {
  const records = new OrgRecords();
  for (const { row, recordId } of asked) {
    const { outgoing, unsent = [] } = row.mapping;
    const fields = [...outgoing, ...unsent].map(({ field }) => field);
    const { object, keyField } = row.mapping;
    const owner = sharesEdits(row) || row.link?.byId === true ? [keyField] : [];
    const shops = run.isLoad === true ? [] : oneWay(row).map(([name]) => name);
    const others = run.userId ? [...shops, 'LastModifiedById'] : [];
    records.want(object, recordId, [...fields, ...others, 'LastModifiedDate', ...owner]);
  }
  return records.read(run.org);
}

/** What the shop alone says, which no merge compares. */
function oneWay({ mapping, row }: Planned): readonly (readonly [string, Row['fields'][string]])[] {
  const compared = new Set([...mapping.outgoing, ...mapping.kept].map(({ field }) => field));
  return Object.entries(row.fields).filter(([name]) => !compared.has(name));
}

/**
 * Whether somebody else has written over what the shop alone says. What a trigger of the org makes of our own
 * write counts as ours: it would make it again, for ever.
 */
function isOverwritten(us: string | null, row: Planned, there: OrgRow | undefined): boolean {
  if (us === null || there === undefined || row.link?.byId !== false) return false;
  if (there['LastModifiedById'] === us) return false;
  return oneWay(row).some(([name, value]) => !row.mapping.holds(name, value, there[name]));
}

/** Nothing is known of the record in Salesforce, or it is not there: the row says all. */
function whole({ mapping, row, record }: Planned): Merged {
  const both = mapping.outgoing.filter(
    ({ direction, field }) => direction === 'both' && field in row.fields,
  );
  const agrees = both.map((field) => {
    const value = digest(field.fromWoo(record));
    return [agreedName(field), [value, value] as const] as const;
  });
  return { withheld: new Set(), forced: true, agrees: Object.fromEntries(agrees) };
}

/** Neither side of what goes both ways has changed, as far as we were told. */
function untouched({ mapping, row }: Planned): Merged {
  const both = mapping.outgoing.filter(({ field }) => field in row.fields);
  return { withheld: new Set(both.map(({ field }) => field)), forced: false, agrees: {} };
}
