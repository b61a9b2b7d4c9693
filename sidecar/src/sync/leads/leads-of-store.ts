import type { LeadSettings, OrgLeads, Org } from '../../ports/org.ts';
import { KnownLeadObject } from './lead-object.ts';
import type { LeadsOfStore } from './leads.ts';

/** What runs need to see to leads; nothing where the store leaves them alone. */
export function leadsOfStore(
  org: Org & OrgLeads,
  settings: LeadSettings | null | undefined,
): { readonly leads?: LeadsOfStore } {
  if (settings === null || settings === undefined) return {};
  return { leads: { org, settings, object: new KnownLeadObject(org) } };
}
