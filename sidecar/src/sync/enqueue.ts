import { findEmptyFields } from './empty-fields.ts';
import { saysNothing, type Upsert } from './entry.ts';
import { findHeld, mustBeRead } from './held.ts';
import { toEntry, type Known, type Planned } from './plan.ts';
import type { SavedLink } from './ports.ts';
import type { Run } from './run.ts';

/**
 * Hands rows that differ from what was last written to the writer. Those that only point to a record, have
 * nothing to tell it, or tell it what it holds already, are remembered.
 */
export async function enqueue(run: Run, planned: readonly Planned[], known: Known): Promise<void> {
  const entries: Upsert[] = [];
  const unread: Upsert[] = [];
  const linked: SavedLink[] = [];
  for (const item of planned) {
    const { link, found, mapping, key, readAt } = item;
    if (found?.silent && link) {
      linked.push({ ...link, readAt });
      run.report.of(mapping).adopted += 1;
      continue;
    }
    const entry = toEntry(run, item, known);
    if (entry === null) continue;
    // An older row of the record that is on its way will change what it holds.
    const isUnread = mustBeRead(item) && !run.writer.has(mapping.object, key);
    if (link?.hash === entry.hash) run.report.of(mapping).unchanged += 1;
    else (isUnread ? unread : entries).push(entry);
  }
  const held = await findHeld(run.org, unread);
  for (const entry of unread) {
    if (held.has(entry)) linked.push(remembered(run, entry));
    else entries.push(entry);
  }
  const telling: Upsert[] = [];
  for (const entry of await findEmptyFields(run.org, entries)) {
    if (saysNothing(entry)) linked.push(remembered(run, entry));
    else telling.push(entry);
  }
  const stale = await run.state.didWrite(linked, []);
  run.onStale?.(stale);
  await run.writer.add(telling);
}

function remembered(run: Run, entry: Upsert): SavedLink {
  const { object, key, target, hash, parentKey, readAt, adopted, mapping } = entry;
  if (target === null) throw new Error(`nothing to remember of ${object} ${key}`);
  const report = run.report.of(mapping);
  if (adopted) report.adopted += 1;
  else report.unchanged += 1;
  const { recordId, byId } = target;
  return { object, key, recordId, byId, hash, parentKey, readAt };
}
