import type { Org, OrgRow } from '../../ports/org.ts';
import { fieldsToFill, type PendingUpsert } from '../model/pending-write.ts';
import { OrgRecords } from '../read/read-org-rows.ts';

/** Looks up which of the fields that rows fill when empty are empty in the records that they go to. */
export async function findEmptyFields(
  org: Pick<Org, 'queries'>,
  entries: readonly PendingUpsert[],
): Promise<readonly PendingUpsert[]> {
  const records = new OrgRecords();
  for (const entry of entries) {
    const fields = entry.target === null ? [] : fieldsToFill(entry);
    if (entry.target === null || fields.length === 0) continue;
    records.want(entry.object, entry.target.recordId, fields);
  }
  const rows = await records.read(org);
  return entries.map((entry) => withEmptyFields(entry, rows));
}

function withEmptyFields(entry: PendingUpsert, rows: ReadonlyMap<string, OrgRow>): PendingUpsert {
  const row = entry.target === null ? undefined : rows.get(entry.target.recordId);
  if (!row) return entry;
  const empty = fieldsToFill(entry).filter((field) => (row[field] ?? '') === '');
  return empty.length === 0 ? entry : { ...entry, emptyFields: new Set(empty) };
}
