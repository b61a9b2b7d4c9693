import { z } from 'zod';
import type { AdminSession } from '../admin-session.ts';
import { keyWithoutAddress } from '../../../../sidecar/src/sync/report/issue-key.ts';
import { rowsOf } from '../query.ts';

/** Records with the key of one store that orders of another one name. */
export interface SharedNow {
  /** Such as `Products`. */
  readonly kind: string;
  /** Key of the store whose orders name them. */
  readonly user: string;
  /** Their keys, which say whose they are. No names, and no address of a guest: terminals are logged. */
  readonly owners: readonly string[];
}

const KINDS = [
  { kind: 'Products', from: 'Woo_Order_Item__c', lookup: 'Product__r' },
  { kind: 'Contacts', from: 'Woo_Order__c', lookup: 'Contact__r' },
  { kind: 'Accounts', from: 'Woo_Order__c', lookup: 'Account__r' },
] as const;

/** The most groups that one query answers. */
const MOST = 2000;

const owner = z.object({ owner: z.string() });

/**
 * Which records stores share, as far as orders in the org say: which others are linked, the sidecar's state alone knows.
 * @param stores their keys
 * @throws Error where the org refuses a query
 */
export async function sharedNow(
  session: Pick<AdminSession, 'request'>,
  stores: readonly string[],
): Promise<readonly SharedNow[]> {
  const found: SharedNow[] = [];
  for (const user of stores) {
    for (const { kind, from, lookup } of KINDS) {
      const key = `${lookup}.Woo_Key__c`;
      const soql =
        `SELECT ${key} owner FROM ${from} WHERE Woo_Key__c LIKE '${user}:%' ` +
        `AND ${key} != null AND (NOT ${key} LIKE '${user}:%') ` +
        `GROUP BY ${key} ORDER BY ${key} LIMIT ${MOST}`;
      const owners = (await rowsOf(session, soql, owner)).map((row) =>
        keyWithoutAddress(row.owner),
      );
      if (owners.length > 0) found.push({ kind, user, owners });
    }
  }
  return found;
}
