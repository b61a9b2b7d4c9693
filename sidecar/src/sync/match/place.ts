import { ofOwner } from '../model/ownership.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';
import { isComing, type Run } from '../model/run.ts';
import { enqueue } from '../pipeline/select-writes.ts';
import { resolve } from '../transform/references.ts';
import type { Decision } from './match-rules.ts';
import { isSought, type Matched } from './matcher.ts';

/**
 * Finds the records in the org to which rows belong that were never synced. Rows for which several may be
 * meant are reported and left out.
 * @returns the rows with their links; the same list where nothing had to be looked for
 */
export async function place(run: Run, planned: readonly Planned[]): Promise<readonly Planned[]> {
  const sought = planned.filter(isSought);
  if (sought.length === 0) return planned;
  const { decisions, waiting } = await look(run, sought);
  if (waiting.length === 0) return apply(run, planned, decisions);
  if (run.dry) return apply(run, without(planned, waiting), decisions);
  return placeInTurn(run, planned, decisions, waiting);
}

function look(run: Run, rows: readonly Planned[]): Promise<Matched> {
  const { org, store, intake, dry } = run;
  return intake.matcher.match(
    org,
    store,
    rows,
    // What is not written is on its way for ever.
    (object, key) => dry || isComing(run, object, key),
  );
}

/** Where a guest and the customer that the guest became are both new, one is written before the other is placed. */
async function placeInTurn(
  run: Run,
  planned: readonly Planned[],
  decisions: RecordMap<Decision>,
  waiting: readonly Planned[],
): Promise<readonly Planned[]> {
  const others = new Set(waiting);
  const first = planned.filter((row) => row.mapping.resource === 'customer' && !others.has(row));
  const placed = apply(run, first, decisions);
  await enqueue(run, placed, await resolve(run, placed));
  await run.writer.flush();
  const again = await look(run, waiting);
  for (const { mapping, key } of waiting) {
    const decision = again.decisions.get(mapping.object, key);
    if (decision) decisions.set(mapping.object, key, decision);
  }
  return apply(run, without(planned, first), decisions);
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
  const told = new RecordMap<true>();
  return rows.flatMap((row) => {
    const { mapping, key, link, parentKey } = row;
    const { object } = mapping;
    const decision = link ? undefined : decisions.get(object, key);
    if (!decision || decision.kind === 'create') return [row];
    const isFirst = !told.has(object, key);
    told.set(object, key, true);
    if (decision.kind === 'ambiguous') {
      if (isFirst) run.report.failAmbiguous(mapping, key, decision.recordIds);
      run.asked.add(`${mapping.resource} ${key}`);
      return [];
    }
    const { recordId, byId, adopted, formerKey, silent } = decision;
    if (adopted && isFirst) run.report.noteAdoption(mapping, { key, recordId, byId });
    if (silent) run.report.see(mapping, key);
    const found = { adopted, formerKey, silent };
    const placed = { object, key, recordId, hash: null, parentKey, byId };
    return [{ ...row, ...ofOwner(row, placed, run.store), found }];
  });
}
