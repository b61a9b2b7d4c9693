import type { ItemError } from '../../ports/org.ts';
import type { Failure, FailureDetails, Report } from '../report/run-report.ts';
import type { Buyer } from './buyers.ts';
import type { Sought } from './lead-search.ts';

/** What of a customer's contact has failed: its lead, beside what may be wrong with the contact itself. */
const ASPECT = 'lead';
/** Leads that a message names. */
const SHOWN = 20;

/** What is said of a lead that could not be converted or linked. */
export type Said = Omit<Failure, 'key'> & Pick<FailureDetails, 'recordId' | 'errorKind'>;

/** Says of a buyer what became of the lead; the contact is written all the same. */
export function failLead(report: Report, { mapping, key }: Buyer, said: Said): void {
  report.fail(mapping, { ...said, key, aspect: ASPECT });
}

export function ambiguous(leads: Sought): Said {
  const ids = leads.map(({ id }) => id);
  const more = ids.length - SHOWN;
  return {
    code: 'LEADS_AMBIGUOUS',
    message: `${ids.length} open leads have the address of the buyer: ${ids.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}. None of them was changed.`,
    recordId: null,
  };
}

export function withoutAccount(leadId: string, contactId: string): Said {
  return {
    code: 'LEAD_NO_ACCOUNT',
    message: `Lead ${leadId} was not converted: contact ${contactId} has no account, and Salesforce would make one.`,
    recordId: leadId,
  };
}

export function withoutStatus(leadId: string): Said {
  return {
    code: 'LEAD_STATUS_MISSING',
    message: `Lead ${leadId} was not converted: Converted Lead Status of the Woo Store is blank.`,
    recordId: leadId,
  };
}

export function unusable(reason: string): Said {
  return {
    code: 'LEADS_NOT_GRANTED',
    message: `Open leads were not looked for or changed: ${reason}.`,
    recordId: null,
  };
}

/** What of Salesforce's codes has a cure of its own. */
const CURED: readonly (readonly [RegExp, string])[] = [
  [/^INVALID_STATUS$/, 'LEAD_STATUS_REFUSED'],
  [/^INSUFFICIENT_ACCESS/, 'LEAD_RIGHT_MISSING'],
  [/^LEAD_TOKEN_REFUSED$/, 'LEAD_TOKEN_REFUSED'],
];

/** @param deed what was tried, such as `converted` */
export function refused(
  leadId: string,
  deed: 'converted' | 'linked',
  errors: readonly Pick<ItemError, 'code' | 'kind' | 'message'>[],
): Said {
  const [first] = errors;
  const own = codeOf(first?.code ?? '');
  const reasons = errors.map(({ code, message }) => `${code} (${message})`).join(', ');
  return {
    code: own,
    message: `Lead ${leadId} was not ${deed}: ${reasons}.`,
    recordId: leadId,
    // Where the code tells the cure it tells too when to try again; a lock or a race passes by itself.
    ...(own === 'LEAD_REFUSED' && first !== undefined && { errorKind: first.kind }),
  };
}

function codeOf(said: string): string {
  return CURED.find(([pattern]) => pattern.test(said))?.[1] ?? 'LEAD_REFUSED';
}
