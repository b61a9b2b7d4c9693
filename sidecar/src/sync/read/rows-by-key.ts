import { inQueries } from '../../lib/soql.ts';
import type { Org, OrgRow } from '../../ports/org.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';

/**
 * The records of the org that carry the keys of rows: one query per mapping and some 500 of them.
 * @param columns what is read of them beside their ids and keys
 */
export async function rowsByKey(
  org: Pick<Org, 'queries'>,
  rows: readonly Pick<Planned, 'mapping' | 'key'>[],
  columns: readonly string[] = [],
): Promise<RecordMap<OrgRow>> {
  const asked = [...Map.groupBy(rows, ({ mapping }) => mapping)].flatMap(([mapping, some]) => {
    const { object, keyField } = mapping;
    const keys = new Map([[keyField, new Set(some.map(({ key }) => key))]]);
    const queries = inQueries(object, ['Id', keyField, ...columns], keys);
    return queries.map((soql) => ({ object, keyField, soql }));
  });
  const answers = await org.queries(asked.map(({ soql }) => soql));
  const found = new RecordMap<OrgRow>();
  for (const [at, { object, keyField }] of asked.entries()) {
    for (const row of answers[at] ?? []) found.set(object, String(row[keyField]), row);
  }
  return found;
}
