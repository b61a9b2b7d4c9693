import { z } from 'zod';
import type { AdminSession } from './admin-session.ts';
import { shopAddress } from './install.ts';
import { quoted, rowsOf } from './query.ts';

const row = z.object({ URL__c: z.string() });

/** Where the address of a store is kept, by its key; that of the first store comes with config/org. */
const cureOf = (store: string): string =>
  store === 'main'
    ? 'sf project deploy start -d config/org/main/store -d config/org/main/default/namedCredentials, with WOO_STORE_URL set; and run this again.'
    : 'write it into the Woo Store and the named credential of that store, and deploy them (docs/stores.md).';

/**
 * Says where the address that was given is not the one that the org has, and keeps.
 * @param given WOO_STORE_URL, where it is set
 * @returns null where they are the same, or there is nothing to compare
 * @throws Error where what was given is no address
 */
export async function addressNote(
  session: Pick<AdminSession, 'request'>,
  store: string,
  given = '',
): Promise<string | null> {
  if (given.trim() === '') return null;
  shopAddress(given);
  const soql = `SELECT URL__c FROM Woo_Store__mdt WHERE Key__c = ${quoted(store)}`;
  const [kept] = await rowsOf(session, soql, row);
  return kept === undefined ? null : otherAddress(store, kept.URL__c, given);
}

/** The same of an address that is known. @param kept as the org has it */
export function otherAddress(store: string, kept: string, given: string): string | null {
  const wanted = shopAddress(given);
  if (kept === wanted) return null;
  return `WOO_STORE_URL is ${wanted}, and the org keeps ${kept} for the store ${store}. To change it: ${cureOf(store)}`;
}
