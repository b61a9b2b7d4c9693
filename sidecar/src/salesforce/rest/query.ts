import { z } from 'zod';
import type { Connection } from './connection.ts';
import { unexpected } from './transport.ts';

export type QueryRow = Readonly<Record<string, unknown>>;

const pageSchema = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/data/').optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});

/** A real org cuts addresses off at about 16 KB. */
const longestPath = 16_000;

/** @param resource `queryAll` finds deleted records too */
export function queryPath(soql: string, resource: 'query' | 'queryAll' = 'query'): string {
  const path = `/${resource}?q=${encodeURIComponent(soql)}`;
  if (path.length <= longestPath) return path;
  throw new RangeError(
    `A query of ${path.length} characters is too long for Salesforce: ask for fewer values at a time.`,
  );
}

/** The rows of one page that holds all of them, such as 200; none where the org gave no answer. */
export function rowsOfPage(page: unknown): readonly QueryRow[] {
  return pageSchema.safeParse(page).data?.records ?? [];
}

/** The rows of a page that is already here and of all pages behind it. */
export async function allRows(connection: Connection, firstPage: unknown): Promise<QueryRow[]> {
  const rows: QueryRow[] = [];
  for (let answer = firstPage; ;) {
    const page = pageSchema.safeParse(answer).data;
    if (page === undefined) throw unexpected('Salesforce', 'something that is not a query result');
    for (const row of page.records) rows.push(row);
    if (page.done) return rows;
    if (page.nextRecordsUrl === undefined)
      throw unexpected('Salesforce', 'a query result that is not done and has no next page');
    answer = await connection.request({ method: 'GET', path: page.nextRecordsUrl });
  }
}
