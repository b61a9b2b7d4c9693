import { fieldsToFill, type Upsert } from './entry.ts';
import { inQueries } from './match/soql.ts';
import type { Org } from './ports.ts';

type OrgRow = Readonly<Record<string, unknown>>;

interface Asked {
  readonly fields: Set<string>;
  readonly ids: Set<string>;
}

/**
 * Looks up which of the fields that rows fill when empty are empty in the records that they go to: one query
 * per object and some 600 records.
 */
export async function findEmptyFields(
  org: Pick<Org, 'queries'>,
  entries: readonly Upsert[],
): Promise<readonly Upsert[]> {
  const asked = new Map<string, Asked>();
  for (const entry of entries) {
    const fields = entry.target === null ? [] : fieldsToFill(entry);
    if (entry.target === null || fields.length === 0) continue;
    const known = asked.get(entry.object) ?? { fields: new Set(['Id']), ids: new Set() };
    asked.set(entry.object, known);
    for (const field of fields) known.fields.add(field);
    known.ids.add(entry.target.recordId);
  }
  if (asked.size === 0) return entries;
  const queries = [...asked].flatMap(([object, { fields, ids }]) =>
    inQueries(object, [...fields], new Map([['Id', ids]])),
  );
  const rows = new Map<string, OrgRow>();
  for (const row of (await org.queries(queries)).flat()) rows.set(String(row['Id']), row);
  return entries.map((entry) => withEmptyFields(entry, rows));
}

function withEmptyFields(entry: Upsert, rows: ReadonlyMap<string, OrgRow>): Upsert {
  const row = entry.target === null ? undefined : rows.get(entry.target.recordId);
  if (!row) return entry;
  const empty = fieldsToFill(entry).filter((field) => (row[field] ?? '') === '');
  return empty.length === 0 ? entry : { ...entry, emptyFields: new Set(empty) };
}
