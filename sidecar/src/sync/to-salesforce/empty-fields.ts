import type { Org, OrgRow } from '../../ports/org.ts';
import { fieldsToFill, type Upsert } from '../model/pending-write.ts';
import { OrgRecords } from '../read/read-org-rows.ts';

/** Looks up which of the fields that rows fill when empty are empty in the records that they go to. */
export async function findEmptyFields(
  org: Pick<Org, 'queries'>,
  entries: readonly Upsert[],
): Promise<readonly Upsert[]> {
  const records = new OrgRecords();
  for (const entry of entries) {
    const fields = entry.target === null ? [] : fieldsToFill(entry);
    if (entry.target === null || fields.length === 0) continue;
    records.want(entry.object, entry.target.recordId, fields);
  }
  const rows = await records.read(org);
  return entries.map((entry) => withEmptyFields(entry, rows));
}

function withEmptyFields(entry: Upsert, rows: ReadonlyMap<string, OrgRow>): Upsert {
  const row = entry.target === null ? undefined : rows.get(entry.target.recordId);
  if (!row) return entry;
  const empty = fieldsToFill(entry).filter((field) => (row[field] ?? '') === '');
  return empty.length === 0 ? entry : { ...entry, emptyFields: new Set(empty) };
}
