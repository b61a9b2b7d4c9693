import type { Row } from '../../mapping/model/record.ts';
import type { Org, OrgRow } from '../../ports/org.ts';
import { fieldsToFill, sentReferences, type PendingUpsert } from '../model/pending-write.ts';
import type { Planned } from '../model/record.ts';
import { OrgRecords } from '../read/read-org-rows.ts';

/**
 * Whether the org is asked what a row's record holds before it is written: records of ours that the state does
 * not remember writing, and those of others that the row goes to. What was flagged as deleted may have been
 * unflagged since. A write of unknown outcome (`isUncertain`) is repeated instead.
 */
export function needsRead({ link, found }: Planned): boolean {
  if (link === undefined) return false;
  return link.state !== 'verified' || (found !== undefined && link.byId);
}

/**
 * Finds the rows whose records hold already all that an update would write.
 */
export async function findUnchanged(
  org: Pick<Org, 'queries'>,
  entries: readonly PendingUpsert[],
): Promise<ReadonlySet<PendingUpsert>> {
  const updates = entries.flatMap((entry) => updateOf(entry) ?? []);
  const records = new OrgRecords();
  for (const { object, recordId, names } of updates) {
    if (names.length > 0) records.want(object, recordId, names);
  }
  const rows = await records.read(org);
  const held = updates.filter((update) => isHeld(update, rows.get(update.recordId)));
  return new Set(held.map(({ entry }) => entry));
}

/** What an update of a row says. */
interface Update {
  readonly entry: PendingUpsert;
  readonly object: string;
  readonly recordId: string;
  /** What the fields must hold, ids of records referred to included. */
  readonly fields: Row['fields'];
  /** Fields that must not be empty. */
  readonly filled: readonly string[];
  /** All that the org is asked for. */
  readonly names: readonly string[];
}

/** Null where the record cannot hold it yet: it refers to one that is still on its way. */
function updateOf(entry: PendingUpsert): Update | null {
  const { object, target, row } = entry;
  const references = sentReferences(entry);
  if (target === null || references.some(({ recordId }) => recordId === null)) return null;
  const cleared = row.lookups.filter(({ key, onCreate }) => key === null && onCreate !== true);
  const fields = {
    ...(JSON.parse(entry.text) as Row['fields']),
    ...Object.fromEntries(cleared.map(({ field }) => [field, null])),
    ...Object.fromEntries(references.map(({ field, recordId }) => [field, recordId])),
  };
  const filled = fieldsToFill(entry);
  const names = [...Object.keys(fields), ...filled];
  return { entry, object, recordId: target.recordId, fields, filled, names };
}

function isHeld({ entry, fields, filled, names }: Update, row: OrgRow | undefined): boolean {
  if (names.length === 0) return true;
  if (row === undefined) return false;
  return (
    Object.entries(fields).every(([name, value]) => entry.mapping.holds(name, value, row[name])) &&
    filled.every((name) => (row[name] ?? '') !== '')
  );
}
