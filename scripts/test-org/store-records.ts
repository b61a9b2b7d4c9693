import { z } from 'zod';

import { refusalIn, type AdminSession } from '../lib/install/admin-session.ts';
import { countOf, quoted, rowsOf } from '../lib/install/query.ts';

type Asked = Pick<AdminSession, 'request'>;

/** The store whose records the journeys make, change and delete. */
export const STORE = 'main';
const OF_STORE = `Woo_Key__c LIKE '${STORE}:%'`;

/** Where its records are, those first that others are deleted with; what hangs on a master goes with it. */
const PLACES: readonly (readonly [object: string, condition: string])[] = [
  ['Woo_Order__c', OF_STORE],
  ['Contact', OF_STORE],
  ['Account', OF_STORE],
  ['Product2', OF_STORE],
  ['Woo_Attention__c', `Store__c = '${STORE}'`],
  ['Woo_Match__c', `Match_Key__c LIKE '% ${STORE}:%'`],
  ['Woo_Sync_Issue__c', `Store__c = '${STORE}'`],
  ['Woo_Command__c', `Store__c = '${STORE}'`],
  ['Woo_Store_Status__c', `Store__c = '${STORE}'`],
];
/** Records of one call. */
const AT_ONCE = 200;
const ROOT = '/services/data/v66.0';

const withId = z.object({ Id: z.string() });
const results = z.array(
  z.object({ success: z.boolean(), errors: z.array(z.object({ message: z.string() })) }),
);

/** How many records the store has in each object, such as `3 Product2`; those without any are left out. */
export async function recordsOfStore(session: Asked): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [object, condition] of PLACES) {
    const count = await countOf(session, `${object} WHERE ${condition}`);
    if (count > 0) found.push(`${count} ${object}`);
  }
  return found;
}

/** Deletes all records of the store, and the files of its products. @throws Error with why one cannot be deleted */
export async function deleteStoreRecords(session: Asked): Promise<void> {
  for (const [object, condition] of PLACES) {
    for (;;) {
      const soql = `SELECT Id FROM ${object} WHERE ${condition} LIMIT ${AT_ONCE}`;
      const ids = (await rowsOf(session, soql, withId)).map(({ Id }) => Id);
      if (ids.length === 0) break;
      if (object === 'Product2') await deleteFiles(session, ids);
      await deleteRecords(session, ids);
    }
  }
}

async function deleteFiles(session: Asked, recordIds: readonly string[]): Promise<void> {
  const soql = `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId IN (${list(recordIds)})`;
  const links = await rowsOf(session, soql, z.object({ ContentDocumentId: z.string() }));
  await deleteRecords(session, [...new Set(links.map((link) => link.ContentDocumentId))]);
}

/** A file is deleted as a whole, not by its version, which is what people make. */
const VERSION_PREFIX = '068';

/** Deletes records and files by the ids that they were made with; some may be gone. @throws Error with why one is left */
export async function deleteMade(session: Asked, ids: readonly string[]): Promise<void> {
  const documents = new Set<string>();
  const versions = ids.filter((id) => id.startsWith(VERSION_PREFIX));
  for (let at = 0; at < versions.length; at += AT_ONCE) {
    const soql = `SELECT ContentDocumentId FROM ContentVersion WHERE Id IN (${list(versions.slice(at, at + AT_ONCE))})`;
    const rows = await rowsOf(session, soql, z.object({ ContentDocumentId: z.string() }));
    for (const row of rows) documents.add(row.ContentDocumentId);
  }
  const others = ids.filter((id) => !id.startsWith(VERSION_PREFIX));
  await deleteRecords(session, [...documents, ...others]);
}

const list = (ids: readonly string[]): string => ids.map(quoted).join(', ');

/** What every one of them means: it is gone. */
const GONE = /deleted|not.*(?:found|exist)|invalid cross reference/i;

/** Deletes records, of which some may be gone. @throws Error with why one is left */
async function deleteRecords(session: Asked, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).join(',');
    const path = `${ROOT}/composite/sobjects?ids=${some}&allOrNone=false`;
    const answer = await session.request('DELETE', path);
    const left = results
      .safeParse(answer.body)
      .data?.flatMap(({ success, errors }) => (success ? [] : errors))
      .find(({ message }) => !GONE.test(message));
    if (answer.status !== 200 || left !== undefined) {
      throw new Error(`Records could not be deleted: ${left?.message ?? refusalIn(answer)}`);
    }
  }
}
