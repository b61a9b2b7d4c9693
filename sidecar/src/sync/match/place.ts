import type { StoreContext } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import { ofOwner } from '../model/ownership.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';
import { isComing, type Run } from '../model/run.ts';
import { refusal } from './choices.ts';
import type { Decision } from './match-rules.ts';
import { isSought, type Matched, type Matcher } from './matcher.ts';

/** Writes rows before others are looked for, since those may be the same records. */
export type WriteFirst = (rows: readonly Planned[]) => Promise<void>;

/**
 * Finds the records in the org to which rows belong that were never synced. Rows for which several may be
 * meant are reported and left out.
 * @returns the rows with their links; the same list where nothing had to be looked for
 */
export async function findExisting(
  run: Run,
  planned: readonly Planned[],
  matcher: Matcher,
  writeFirst: WriteFirst,
): Promise<readonly Planned[]> {
  const sought = planned.filter(isSought);
  if (sought.length === 0) return planned;
  const look = (rows: readonly Planned[]) => lookFor(run, matcher, rows);
  const { decisions, waiting, taken } = await look(sought);
  putOff(run, taken);
  const rest = taken.length === 0 ? planned : without(planned, taken);
  if (waiting.length === 0) return apply(run, rest, decisions);
  if (run.dry) return apply(run, without(rest, waiting), decisions);
  const placed = await placeFirst(run, rest, decisions, waiting, writeFirst);
  const again = await look(waiting);
  putOff(run, again.taken);
  for (const { mapping, key } of waiting) {
    const decision = again.decisions.get(mapping.object, key);
    if (decision) decisions.set(mapping.object, key, decision);
  }
  return apply(run, without(rest, [...placed, ...again.taken]), decisions);
}

function lookFor(run: Run, matcher: Matcher, rows: readonly Planned[]): Promise<Matched> {
  const { org, store, state, dry } = run;
  return matcher.match(
    org,
    store,
    rows,
    // What is not written is on its way for ever.
    (object, key) => dry || isComing(run, object, key),
    state.matchClaims,
  );
}

/** Others are creating the same person's record, so these are tried again when it is there. */
function putOff(run: Run, rows: readonly Planned[]): void {
  for (const { mapping, key, parentKey } of rows) {
    run.report.fail(mapping, {
      key,
      parentKey,
      code: 'MATCH_UNDER_WAY',
      message: `Another store, or another process, is creating the ${mapping.object} record of the same person.`,
    });
    run.requestedParents.add(`${mapping.resource} ${key}`);
  }
}

/**
 * Where a guest and the customer that the guest became are both new, one is written before the other is looked for.
 * @returns the rows that were written
 */
async function placeFirst(
  run: Run,
  planned: readonly Planned[],
  decisions: RecordMap<Decision>,
  waiting: readonly Planned[],
  writeFirst: WriteFirst,
): Promise<readonly Planned[]> {
  const others = new Set(waiting);
  const first = planned.filter((row) => row.mapping.resource === 'customer' && !others.has(row));
  await writeFirst(apply(run, first, decisions));
  return first;
}

function without(rows: readonly Planned[], others: readonly Planned[]): readonly Planned[] {
  const left = new Set(others);
  return rows.filter((row) => !left.has(row));
}

function apply(
  run: Run,
  rows: readonly Planned[],
  decisions: RecordMap<Decision>,
): readonly Planned[] {
  const reported = new RecordMap<true>();
  return rows.flatMap((row) => {
    const { mapping, key, link } = row;
    const { object } = mapping;
    const decision = link ? undefined : decisions.get(object, key);
    if (!decision || decision.kind === 'create') return [row];
    const isFirst = !reported.has(object, key);
    reported.set(object, key, true);
    if (decision.kind !== 'link') {
      if (isFirst) tellUnwritten(run, row, decision);
      run.requestedParents.add(`${mapping.resource} ${key}`);
      return [];
    }
    const { recordId, byId, adopted, silent } = decision;
    if (adopted && isFirst) run.report.noteAdoption(mapping, { key, recordId, byId });
    if (silent) run.report.see(mapping, key);
    return [foundBy(row, decision, run.store)];
  });
}

function tellUnwritten(
  { report }: Run,
  { mapping, key }: Planned,
  decision: Exclude<Decision, { readonly kind: 'create' | 'link' }>,
): void {
  if (decision.kind === 'ambiguous') report.failAmbiguous(mapping, key, decision.recordIds);
  else if (decision.kind === 'leave_out') report.leaveOut(mapping, key);
  else report.fail(mapping, { key, ...refusal(mapping.object, key, decision.why) });
}

/** The row with the record that was found for it. */
export function foundBy(
  row: Planned,
  decision: Extract<Decision, { readonly kind: 'link' }>,
  store: StoreContext,
): Planned {
  const { mapping, key, parentKey } = row;
  const { recordId, byId, adopted, seen, formerKey, baseKey, silent } = decision;
  const { object } = mapping;
  const placed: Link = { object, key, recordId, state: 'verified', hash: null, parentKey, byId };
  return {
    ...row,
    ...ofOwner(row, placed, store),
    found: { adopted, seen: adopted && !byId ? seen : null, formerKey, baseKey, silent },
  };
}
