import type { OrgRow } from '../../ports/org.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Merged, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { newestOf, winnerByRule } from './conflict-rule.ts';
import { lookAgain } from './conflicts.ts';
import { KeptFields, type Winner } from './kept-fields.ts';
import {
  asks,
  hadAnotherKey,
  openKeys,
  sent,
  type Sides,
  sidesOf,
  withForgotten,
} from './kept-sides.ts';
import { isFoundAgain, type Linked, withBases } from './linked.ts';
import { conflictKey, decidedOn } from './resolutions.ts';

/**
 * Decides field by field what of the shop goes into records of Salesforce, for fields that people may edit there:
 * what only the shop has changed does, and what a person typed stays. Salesforce is asked, in one query for some
 * 500 records, only for those whose side of the shop has changed, and of which nothing is known.
 */
export async function keepEdits(
  run: Run,
  planned: readonly Planned[],
): Promise<ReadonlyMap<Planned, Merged>> {
  const merged = new Map<Planned, Merged>();
  const rows = planned.filter(({ mapping, found }) => mapping.kept.length > 0 && !found?.silent);
  for (const row of rows) if (row.link === undefined) merged.set(row, whole(row));
  const linked = await withBases(run, rows);
  const unread = linked.filter((one) => !mustAsk(one));
  for (const { row } of unread) merged.set(row, withheld(row));
  const asked = linked.filter(mustAsk);
  if (asked.length === 0) return merged;
  const held = await readHeld(run, asked);
  const us = asked.some(isFoundAgain) ? ((await run.userId?.()) ?? null) : null;
  const read = asked.map((one) => ({ one, sides: sidesOf(one, held.get(one.recordId), us) }));
  const decided = await decidedOn(
    run,
    read.flatMap(({ one, sides }) => openKeys(one, sides)),
  );
  const seen = read.map(({ one, sides }) => ({ one, sides: withForgotten(one, sides, decided) }));
  const made = seen.flatMap(({ one, sides }) => {
    const there = held.get(one.recordId);
    // Gone, or merged: the writer finds out. A new record gets the whole row; a survivor is compared next time.
    if (there === undefined) {
      merged.set(one.row, whole(one.row));
      lookAgain(run, one.row);
      return [];
    }
    return [new KeptFields(run, one, sides, (of) => winnerOf(one, of, there, decided))];
  });
  await run.keepDecided?.();
  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));
  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));
  for (const { row, merged: said } of made) merged.set(row, said);
  return merged;
}

function whole({ mapping, row }: Planned): Merged {
  const agrees = mapping.kept
    .filter(({ field }) => field in row.fields)
    .map((field) => {
      const value = digest(field.form(row.fields[field.field]));
      return [agreedName(field), [value, value] as const] as const;
    });
  return { withheld: new Set(), forced: true, agrees: Object.fromEntries(agrees) };
}

function withheld({ mapping }: Planned): Merged {
  return { withheld: new Set(mapping.kept.map(({ field }) => field)), forced: false, agrees: {} };
}

function mustAsk({ row, base: agreement }: Linked): boolean {
  // The sync base is to go on under the new key.
  if (hadAnotherKey(row)) return true;
  return sent(row).some((field) => {
    const name = agreedName(field);
    const [base, pending] = [agreement?.base[name], agreement?.pending[name]];
    return pending !== undefined || base?.[0] !== digest(field.form(row.row.fields[field.field]));
  });
}

async function readHeld(run: Run, asked: readonly Linked[]): Promise<ReadonlyMap<string, OrgRow>> {
  const records = new OrgRecords();
  for (const one of asked) {
    const { row, recordId } = one;
    const fields = row.mapping.kept.map(({ field }) => field);
    const others = isFoundAgain(one) ? ['CreatedDate', 'LastModifiedById'] : [];
    records.want(row.mapping.object, recordId, [...fields, ...others, 'LastModifiedDate']);
  }
  return records.read(run.org);
}

function winnerOf(
  one: Linked,
  sides: Sides,
  held: OrgRow,
  decided: ReadonlyMap<string, string>,
): Winner {
  const { mapping, key } = one.row;
  if (asks(one, sides)) {
    const said = decided.get(conflictKey(mapping, key, sides.field));
    if (said === 'take_woo') return { side: 'woo', isDecided: true };
    if (said === 'take_salesforce') return { side: 'salesforce', isDecided: true };
    return { side: 'ask', isDecided: false };
  }
  const side = winnerByRule(mapping.conflictRule, () => newestOf(one.row, held));
  return { side, isDecided: false };
}
