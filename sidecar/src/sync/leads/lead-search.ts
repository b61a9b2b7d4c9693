import { inQueries } from '../../lib/soql.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Org, OrgRow } from '../../ports/org.ts';
import type { Buyer } from './buyers.ts';
import { LINK_FIELD, type LeadObject } from './lead-object.ts';

/** An open lead with the address of a buyer. */
export interface OpenLead {
  readonly id: string;
  readonly ownerId: string;
  /** The contact that it is linked to; null for none. */
  readonly contactId: string | null;
}

/** What a buyer's address leads to: no open lead, one, or several of which nobody knows the right one. */
export type Sought = readonly OpenLead[];

const textOf = (row: OrgRow, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * The open leads with the addresses of buyers: one API call for some hundreds. A lead that carries the key of another
 * store is that store's, and is left out.
 * @returns by address in lower case
 */
export async function findOpenLeads(
  org: Pick<Org, 'queries'>,
  { columns }: Pick<LeadObject, 'columns'>,
  buyers: readonly Buyer[],
): Promise<ReadonlyMap<string, Sought>> {
  const emails = new Set(buyers.map(({ email }) => email));
  const soql = inQueries('Lead', columns, new Map([['Email', emails]]));
  const found = new Map<string, OpenLead[]>();
  const stores = new Set(buyers.map(({ key }) => parseKey(key).store));
  for (const row of (await org.queries(soql)).flat()) {
    const key = textOf(row, 'Woo_Key__c');
    const isOthers = key !== null && !stores.has(parseKey(key).store);
    const [id, email] = [textOf(row, 'Id'), textOf(row, 'Email')?.toLowerCase()];
    if (row['IsConverted'] !== false || isOthers || id === null || email === undefined) continue;
    const lead = {
      id,
      ownerId: textOf(row, 'OwnerId') ?? '',
      contactId: textOf(row, LINK_FIELD),
    };
    found.set(email, [...(found.get(email) ?? []), lead]);
  }
  return found;
}

/** What a conversion needs of a contact. */
export interface ContactFacts {
  readonly accountId: string | null;
  readonly ownerId: string;
}

/** The account of each contact and who owns it. One API call for some hundreds. */
export async function contactsOf(
  org: Pick<Org, 'queries'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ContactFacts>> {
  const columns = ['Id', 'AccountId', 'OwnerId'];
  const rows = await org.queries(inQueries('Contact', columns, new Map([['Id', new Set(ids)]])));
  return new Map(
    rows
      .flat()
      .map((row) => [
        String(row['Id']),
        { accountId: textOf(row, 'AccountId'), ownerId: textOf(row, 'OwnerId') ?? '' },
      ]),
  );
}
