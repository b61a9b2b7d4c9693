import { findEmptyFields } from './empty-fields.ts';
import { saysNothing, type Upsert } from './entry.ts';
import { toEntry, type Known, type Planned } from './plan.ts';
import type { SavedLink } from './ports.ts';
import type { Run } from './run.ts';

/**
 * Hands rows that differ from what was last written to the writer. Those that only point to a record, or have
 * nothing to tell it, are remembered.
 */
export async function enqueue(run: Run, planned: readonly Planned[], known: Known): Promise<void> {
  const entries: Upsert[] = [];
  const linked: SavedLink[] = [];
  for (const item of planned) {
    const { link, found, mapping, readAt } = item;
    if (found?.silent && link) {
      linked.push({ ...link, readAt });
      run.report.of(mapping).adopted += 1;
      continue;
    }
    const entry = toEntry(run, item, known);
    if (entry === null) continue;
    if (link?.hash === entry.hash) run.report.of(mapping).unchanged += 1;
    else entries.push(entry);
  }
  const telling: Upsert[] = [];
  for (const entry of await findEmptyFields(run.org, entries)) {
    if (saysNothing(entry)) linked.push(remembered(run, entry));
    else telling.push(entry);
  }
  await run.state.didWrite(linked, []);
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
