import { inQueries } from '../../lib/soql.ts';
import type { Org } from '../../ports/org.ts';

/** Records to look for in the org, by object. */
export interface Wanted {
  readonly keyField: string;
  readonly keys: Set<string>;
  /** Fields to read, also of a record referred to (`Contact__r.Woo_Key__c`). */
  readonly fields: Set<string>;
}

/** A record as the org has it. */
export interface InOrg {
  readonly recordId: string;
  /** By the names that were asked for. */
  readonly values: ReadonlyMap<string, unknown>;
}

/**
 * The records that have the keys, by object and key: one API call per five queries, one query per object unless
 * there are very many keys. Reads what the mappings write, so that it can be shown beside what would be written.
 */
export async function findInOrg(
  org: Org,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, InOrg>> {
  const asked = [...wanted].flatMap(([object, { keyField, keys, fields }]) => {
    const names = [...new Set(['Id', keyField, ...fields])];
    return inQueries(object, names, new Map([[keyField, keys]])).map((soql) => ({
      object,
      keyField,
      names,
      soql,
    }));
  });
  const answers = await org.queries(asked.map(({ soql }) => soql));
  const found = new Map<string, InOrg>();
  asked.forEach(({ object, keyField, names }, at) => {
    for (const row of answers[at] ?? []) {
      const values = new Map(names.map((name) => [name, read(row, name)]));
      found.set(place(object, String(row[keyField])), { recordId: String(row['Id']), values });
    }
  });
  return found;
}

/** One text for one record of the org, as a key of maps. */
export function place(object: string, key: string): string {
  return `${object}\n${key}`;
}

function read(row: unknown, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null
          ? ((value as Record<string, unknown>)[part] ?? null)
          : null,
      row,
    );
}

const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** Whether what would be written is what is there: numbers by value, moments by time, empty texts as nothing. */
export function sameValue(written: unknown, there: unknown): boolean {
  if (typeof written === 'string' && typeof there === 'string' && MOMENT.test(written)) {
    return Date.parse(written) === Date.parse(there.replace(/\+0000$/, 'Z'));
  }
  return (written ?? null) === (there ?? null);
}
