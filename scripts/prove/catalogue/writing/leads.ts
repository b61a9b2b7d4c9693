import type { Assumption } from '../../model/assumption.ts';

export const LEADS: readonly Assumption[] = [
  {
    id: 'lead-conversion',
    statement:
      'Of the leads of one `convertLead` each is converted or refused by itself, a converted one with `CANNOT_UPDATE_CONVERTED_LEAD`, an unfit status with `INVALID_STATUS`, a contact of another account with `INVALID_CROSS_REFERENCE_KEY`; without _Convert Leads_ the code is `INSUFFICIENT_ACCESS_OR_READONLY`. Account and contact get what they lack of phones, addresses, titles and industries. Standard users have _Convert Leads_',
    places: ['local/org/write/convert-lead.ts', 'local/org/http/soap/partner-soap.ts'],
    person:
      'Convert a lead twice by SOAP into a contact, with a status that is none of `SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true` as well, and compare the answers.',
  },
];
