import { z } from 'zod';

import type { AdminSession } from '../../lib/install/admin-session.ts';
import { rowsOf } from '../../lib/install/query.ts';
import { servedStores } from '../../lib/install/served.ts';

/** Whether a service looks after the store already; two loads at once would only be in each other's way. */
export async function isServed(
  session: Pick<AdminSession, 'request'>,
  now: Date,
): Promise<boolean> {
  return (await servedStores(session, now)).includes('main');
}

/** Address of the newest order in Lightning; null where the org has none. */
export async function newestOrder(
  session: Pick<AdminSession, 'request' | 'instanceUrl'>,
): Promise<string | null> {
  const soql =
    "SELECT Id FROM Woo_Order__c WHERE Woo_Key__c LIKE 'main:%' ORDER BY Created_In_Woo__c DESC LIMIT 1";
  const [order] = await rowsOf(session, soql, z.object({ Id: z.string() }));
  if (order === undefined) return null;
  return `${lightningOf(session.instanceUrl)}/lightning/r/Woo_Order__c/${order.Id}/view`;
}

/** Where the pages of an org are, by the address of its API. */
export const lightningOf = (instanceUrl: string): string =>
  instanceUrl.replace(/\.my\.salesforce\.com$/, '.lightning.force.com');
