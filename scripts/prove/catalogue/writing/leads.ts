import type { Assumption } from '../../model/assumption.ts';

export const LEADS: readonly Assumption[] = [
  {
    id: 'lead-conversion',
    statement:
      'Of the leads of one `convertLead` each is converted or refused by itself, a converted one with `CANNOT_UPDATE_CONVERTED_LEAD`, an unfit status with `INVALID_STATUS`, a contact of another account with `INVALID_CROSS_REFERENCE_KEY`; one that a queue owns with `UNKNOWN_EXCEPTION` unless the call names a user as owner, who then owns nothing of what is there; without _Convert Leads_ the code is `INSUFFICIENT_ACCESS_OR_READONLY`. Account and contact get what they lack of phones, addresses, titles and industries. Standard users have _Convert Leads_. `Lead.IsConverted` has no field-level security',
    places: [
      'local/org/write/convert-lead.ts',
      'local/org/http/soap/partner-soap.ts',
      'local/org/model/field-security.ts',
    ],
    person:
      'Convert a lead twice by SOAP into a contact, with a status that is none of `SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true` as well, and compare the answers. Do the same with a lead that a queue owns, without and with an owner.',
  },
  {
    id: 'lead-conversion-token',
    statement:
      'The SOAP API takes the access token of the client credentials flow and of a signed assertion in its session header, at version 66.0 where it is opaque and at 68.0 where it is a JSON Web Token; an org that knows no such token or version answers with a fault of the code `INVALID_SESSION_ID` or `UNSUPPORTED_API_VERSION`',
    places: ['sidecar/src/salesforce/rest/soap-call.ts'],
    person:
      'Set Lead Rule of the Woo Store to convert, give a buyer an open lead, sync the customer, and see the lead converted; then check "Issue JSON Web Token (JWT)-based access tokens for named users" in the external client app, start the service again, and do it once more.',
  },
];
