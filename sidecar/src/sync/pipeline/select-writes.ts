import type { Run } from '../model/run.ts';
import type { Link, SavedLink } from '../../ports/link.ts';
import { withCutCreations } from '../to-salesforce/cut-creations.ts';
import { keepEdits } from '../merge/kept.ts';
import { reportMergedCustomers } from '../merge/merged-customers.ts';
import { merge } from '../merge/merge.ts';
import { saysNothing, type PendingUpsert } from '../model/pending-write.ts';
import type { Known, Merged, Planned } from '../model/record.ts';
import { findEmptyFields } from '../to-salesforce/empty-fields.ts';
import { findUnchanged, needsRead } from '../to-salesforce/unchanged-in-org.ts';
import { toEntry } from '../transform/to-write.ts';
import { noteWaiting } from '../transform/waiting-lookups.ts';

/**
 * Hands rows that differ from what was last written to the writer. Those that only point to a record, have
 * nothing to tell it, or tell it what it holds already, are remembered.
 */
export async function selectWrites(
  run: Run,
  rows: readonly Planned[],
  known: Known,
): Promise<void> {
  const planned = await withCutCreations(run, await reportMergedCustomers(run, rows));
  run.leads?.take(planned);
  await noteWaiting(run, planned, known);
  const kept = await keepEdits(run, planned);
  const merged = joined(kept, await merge(run, planned));
  const { entries, unread, linked, unmade } = sorted(run, planned, known, merged);
  if (unmade.length > 0) await run.state.matchClaims.release(unmade);
  const held = await findUnchanged(run.org, unread);
  for (const entry of unread) {
    if (held.has(entry)) linked.push(remembered(run, entry));
    else entries.push(entry);
  }
  const telling: PendingUpsert[] = [];
  for (const entry of await findEmptyFields(run.org, entries)) {
    if (saysNothing(entry)) linked.push(remembered(run, entry));
    else telling.push(entry);
  }
  const stale = await run.state.didWrite(linked, []);
  run.onStaleRead?.(stale);
  await run.writer.add(run.totals ? await run.totals.attach(telling) : telling);
}

/** A record may have fields of both kinds, and neither merge says anything of the other's. */
function joined(
  kept: ReadonlyMap<Planned, Merged>,
  both: ReadonlyMap<Planned, Merged>,
): ReadonlyMap<Planned, Merged> {
  const all = new Map(kept);
  for (const [row, of] of both) {
    const one = kept.get(row);
    const withheld = new Set([...(one?.withheld ?? []), ...of.withheld]);
    const agrees = { ...one?.agrees, ...of.agrees };
    const guards = [...(one?.guards ?? []), ...(of.guards ?? [])];
    all.set(row, { withheld, forced: of.forced || one?.forced === true, agrees, guards });
  }
  return all;
}

interface Sorted {
  readonly entries: PendingUpsert[];
  /** Rows of which the org is asked first what their records hold. */
  readonly unread: PendingUpsert[];
  readonly linked: SavedLink[];
  /** Customers who cannot be made now: whoever brings the same person may try. */
  readonly unmade: Pick<Link, 'object' | 'key'>[];
}

function sorted(
  run: Run,
  planned: readonly Planned[],
  known: Known,
  merged: ReadonlyMap<Planned, Merged>,
): Sorted {
  const rows: Sorted = { entries: [], unread: [], linked: [], unmade: [] };
  for (const item of planned) {
    const { link, found, mapping, key, readNumber } = item;
    if (found?.silent && link) {
      rows.linked.push({ ...link, readNumber });
      run.report.of(mapping).adopted += 1;
      continue;
    }
    // What only goes to the shop makes no records in Salesforce.
    if (mapping.direction === 'to_woo' && !link) continue;
    const ofMerge = merged.get(item);
    const entry = toEntry(run, item, known, ofMerge);
    if (entry === null) {
      if (mapping.resource === 'customer' && !link)
        rows.unmade.push({ object: mapping.object, key });
      continue;
    }
    if (isWritten(entry, link) && ofMerge?.forced !== true) {
      run.report.of(mapping).unchanged += 1;
      continue;
    }
    // An older row of the record that is on its way will change what it holds.
    const isUnread = needsRead(item) && !run.writer.has(mapping.object, key);
    (isUnread ? rows.unread : rows.entries).push(entry);
  }
  return rows;
}

/** Whether the row is what was last written, be it before lookups were left out. */
function isWritten({ hash, hashWithLeftOut }: PendingUpsert, link: Link | undefined): boolean {
  const last = link?.hash ?? null;
  return last !== null && (last === hash || last === hashWithLeftOut);
}

function remembered(run: Run, entry: PendingUpsert): SavedLink {
  const { object, key, target, hash, parentKey, readNumber, adopted, mapping } = entry;
  if (target === null) throw new Error(`nothing to remember of ${object} ${key}`);
  const report = run.report.of(mapping);
  if (adopted) report.adopted += 1;
  else report.unchanged += 1;
  const { recordId, byId } = target;
  return { object, key, recordId, byId, state: 'verified', hash, parentKey, readNumber };
}
