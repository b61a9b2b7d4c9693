import type { LeadConversion, LeadSettings } from '../../ports/org.ts';
import type { Buyer } from './buyers.ts';
import { ambiguous, type Said, unusable, withoutAccount, withoutStatus } from './lead-failures.ts';
import type { LeadObject } from './lead-object.ts';
import type { ContactFacts, OpenLead, Sought } from './lead-search.ts';

/** What becomes of the open leads of a buyer. */
export type LeadDecision =
  | { readonly kind: 'convert'; readonly lead: OpenLead; readonly convertedStatus: string }
  | { readonly kind: 'link'; readonly lead: OpenLead }
  /** Nothing is done, and nothing is wrong. */
  | { readonly kind: 'leave'; readonly why: string }
  | { readonly kind: 'fail'; readonly said: Said };

/** @param found the open leads with the address of the buyer */
export function decideLead(
  { rule, convertedStatus }: LeadSettings,
  { linkRefusal }: LeadObject,
  { isGuest }: Pick<Buyer, 'isGuest'>,
  found: Sought,
): LeadDecision {
  const [lead, second] = found;
  if (lead === undefined) return { kind: 'leave', why: NONE };
  if (second !== undefined) return { kind: 'fail', said: ambiguous(found) };
  const { id, contactId } = lead;
  if (rule === 'convert' && !isGuest) {
    return convertedStatus === null
      ? { kind: 'fail', said: withoutStatus(id) }
      : { kind: 'convert', lead, convertedStatus };
  }
  // To whom somebody has linked it, it stays linked.
  if (contactId !== null)
    return { kind: 'leave', why: `Lead ${id} is linked to contact ${contactId} already.` };
  if (linkRefusal === null) return { kind: 'link', lead };
  if (rule === 'link') return { kind: 'fail', said: unusable(linkRefusal) };
  const why = `Lead ${id} is not converted, for the buyer is a guest, and not linked: ${linkRefusal}.`;
  return { kind: 'leave', why };
}

const NONE =
  'No open lead has the address of the buyer. Those with the key of another store do not count.';

/** How a lead is converted into a contact that is there; what is wrong where it has no account. */
export function conversionInto(
  contactId: string,
  { accountId, ownerId }: ContactFacts,
  { lead, convertedStatus }: Extract<LeadDecision, { kind: 'convert' }>,
): LeadConversion | Said {
  if (accountId === null) return withoutAccount(lead.id, contactId);
  return {
    leadId: lead.id,
    accountId,
    contactId,
    convertedStatus,
    // Accounts and contacts cannot be a queue's, so Salesforce wants a user all the same.
    ownerId: lead.ownerId.startsWith('00G') ? ownerId : null,
  };
}
