import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';

/** A field that earlier versions do not have, by which they are told. */
const MARKER = 'Edits_To_All_Stores__c';
const DESCRIBE = '/services/data/v66.0/sobjects/Woo_Mapping__mdt/describe';

const SHARED_RECORDS =
  'A record that two stores share now belongs to the store whose key it carries; the other store writes only fields that its own mapping has alone (docs/stores.md).';
const CUSTOMERS_KEPT =
  'Customers follow the shop in new installations; your field mappings keep their Write When, which docs/mapping.md says how to change.';
const CUSTOMERS_CHANGED =
  'Customers now follow the shop: name, phone and address are written unless somebody edited them in Salesforce (docs/mapping.md).';

const described = z.object({ fields: z.array(z.object({ name: z.string() })) });

/**
 * What behaves otherwise than before, a sentence each, where the org has an earlier version. To be read before anything is written.
 * @param upgrade `force-app` alone is deployed, so that the records of the admin stay
 * @throws Error where the org does not say what it has
 */
export async function changesSinceEarlier(
  session: AdminSession,
  upgrade: boolean,
): Promise<readonly string[]> {
  const answer = await session.request('GET', DESCRIBE);
  if (answer.status === 404) return [];
  const found = described.safeParse(answer.body).data;
  if (answer.status !== 200 || found === undefined) {
    throw new Error(`The org does not say what its mappings are: ${refusalIn(answer)}`);
  }
  if (found.fields.some(({ name }) => name === MARKER)) return [];
  return [SHARED_RECORDS, upgrade ? CUSTOMERS_KEPT : CUSTOMERS_CHANGED];
}
