import { permanent, setup, type Explanations } from './explanation.ts';

/** Open leads with the address of a buyer. The contact is written all the same. */
export const LEADS = {
  LEADS_AMBIGUOUS: permanent(
    'Several open leads have the e-mail address of the buyer, so none of them was converted or linked.',
    'Merge them in Salesforce, or convert or disqualify those that are not meant, then set the resolution of the issue to Retry.',
  ),
  LEAD_NO_ACCOUNT: permanent(
    'The contact that the lead would become has no account, and Salesforce would make a new one.',
    'Give the contact an account, then set the resolution of the issue to Retry; or set Lead Rule of the Woo Store to link.',
  ),
  LEAD_STATUS_MISSING: setup(
    'The Woo Store says that leads are converted, and not which status they get.',
    'Enter one of the converted statuses of the org as Converted Lead Status of the Woo Store; woo-salesforce check names them.',
  ),
  LEAD_STATUS_REFUSED: setup(
    'The status that converted leads should get is none that a conversion sets.',
    'Enter one of the converted statuses of the org as Converted Lead Status of the Woo Store; woo-salesforce check names them.',
  ),
  LEAD_RIGHT_MISSING: setup(
    'The integration user may not convert or change the lead, or the account or contact that it would become.',
    'Assign the permission set Woo_Recipe_Lead_Conversion to the integration user, and see the sharing of leads, accounts and contacts.',
  ),
  LEADS_NOT_GRANTED: setup(
    'The Woo Store says what becomes of leads, and the integration user may not see or edit what that needs.',
    'Deploy the recipe lead-conversion, assign the permission set Woo_Recipe_Lead_Conversion to the integration user, or set Lead Rule of the Woo Store to leave.',
  ),
  LEADS_NO_CONTACTS: setup(
    'The Woo Store says what becomes of leads, and no active mapping makes contacts of its customers.',
    'Activate a mapping of customers to Contact, or set Lead Rule of the Woo Store to leave.',
  ),
  LEAD_REFUSED: permanent(
    'Salesforce refuses to convert or link the lead: a validation rule, a duplicate rule or a flow of the org, of the lead or of the account or contact that takes its values.',
    'Correct the lead, or let the rule except the integration user, then set the resolution of the issue to Retry. Or convert the lead by hand.',
  ),
  LEAD_TOKEN_REFUSED: setup(
    'Leads are converted by the SOAP API, which does not take JSON Web Tokens as access tokens in this org.',
    'Uncheck Issue JSON Web Token (JWT)-based access tokens for named users in the OAuth settings of the external client app, and start the service again.',
  ),
} satisfies Explanations;
