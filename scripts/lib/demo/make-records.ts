import type { Connection } from 'jsforce';

export type Fields = Readonly<Record<string, unknown>>;

/** Of a call that makes records. */
const MOST = 200;

/**
 * Makes records, in calls of 200.
 * @returns their ids, in order
 * @throws Error with the reasons of the first that the org refuses
 */
export async function makeRecords(
  salesforce: Connection,
  object: string,
  records: readonly Fields[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = 0; at < records.length; at += MOST) {
    const saved = await salesforce.sobject(object).create(records.slice(at, at + MOST));
    for (const one of saved) {
      if (!one.success) throw new Error(`${object}: ${JSON.stringify(one.errors)}`);
      ids.push(one.id);
    }
  }
  return ids;
}

/** @returns the id of the new record @throws Error as `makeRecords` does */
export async function makeRecord(
  salesforce: Connection,
  object: string,
  fields: Fields,
): Promise<string> {
  const [id = ''] = await makeRecords(salesforce, object, [fields]);
  return id;
}
