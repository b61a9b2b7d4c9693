import type { Org } from '../ports.ts';

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

/** Keys that one query asks for: its address stays far below what Salesforce takes. */
const MOST_KEYS = 200;

/**
 * The records that have the keys, by object and key; one API call per object and 200 keys. Reads what the mappings
 * write, so that it can be shown beside what would be written.
 */
export async function findInOrg(
  org: Org,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, InOrg>> {
  const found = new Map<string, InOrg>();
  for (const [object, { keyField, keys, fields }] of wanted) {
    const all = [...keys];
    for (let at = 0; at < all.length; at += MOST_KEYS) {
      const some = all.slice(at, at + MOST_KEYS).map(literal);
      const names = [...new Set(['Id', keyField, ...fields])];
      const rows = await org.query(
        `SELECT ${names.join(', ')} FROM ${object} WHERE ${keyField} IN (${some.join(', ')})`,
      );
      for (const row of rows) {
        const values = new Map(names.map((name) => [name, read(row, name)]));
        const recordId = String(row['Id']);
        found.set(place(object, String(row[keyField])), { recordId, values });
      }
    }
  }
  return found;
}

/** One text for one record of the org, as a key of maps. */
export function place(object: string, key: string): string {
  return `${object}\n${key}`;
}

/** A text as a SOQL literal. */
function literal(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
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
