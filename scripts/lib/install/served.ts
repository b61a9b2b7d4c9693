import { z } from 'zod';

import type { AdminSession } from './admin-session.ts';
import { ifShown, rowsOf } from './query.ts';

/** A service that reported within this time runs: it reports every five minutes. */
export const RUNS_MS = 15 * 60_000;

const status = z.object({ Store__c: z.string().nullable(), Last_Seen__c: z.string().nullable() });

/** Keys of the stores that a service looks after now. */
export async function servedStores(
  session: Pick<AdminSession, 'request'>,
  now: Date,
): Promise<readonly string[]> {
  const soql = 'SELECT Store__c, Last_Seen__c FROM Woo_Store_Status__c ORDER BY Store__c';
  const rows = (await ifShown(rowsOf(session, soql, status))) ?? [];
  return rows.flatMap(({ Store__c: store, Last_Seen__c: seen }) =>
    seen !== null && now.getTime() - Date.parse(seen) < RUNS_MS ? [store ?? ''] : [],
  );
}
