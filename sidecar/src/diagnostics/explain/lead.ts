import { CodedError } from '../../errors/coded-error.ts';
import { explanationOf } from '../../errors/catalogue.ts';
import { guestOf } from '../../mapping/attributes/guest-customers.ts';
import { usableEmail } from '../../mapping/keys/email.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { LeadSettings, Org } from '../../ports/org.ts';
import { type Buyer, buyerOf, makesContacts } from '../../sync/leads/buyers.ts';
import { conversionInto, decideLead, type LeadDecision } from '../../sync/leads/decide-lead.ts';
import { type Said, unusable } from '../../sync/leads/lead-failures.ts';
import { KnownLeadObject } from '../../sync/leads/lead-object.ts';
import { contactsOf, findOpenLeads } from '../../sync/leads/lead-search.ts';
import { plannedOf } from './match.ts';
import type { Action } from './next-action.ts';
import type { View } from './views.ts';

/** What the lead rule of the store would do when the buyer is synced next. */
export interface LeadExplanation {
  readonly rule: 'leave' | LeadSettings['rule'];
  readonly action: 'convert' | 'link' | 'leave' | 'refused';
  readonly why: string;
  /** Open leads with the address of the buyer. */
  readonly leads: readonly string[];
  /** What is wrong where it is refused; null where nothing is. */
  readonly code: string | null;
}

/** A view of a customer, and what would become of its record. */
export interface ExplainedView {
  readonly view: View;
  readonly action: Action;
  readonly recordId: string | null;
}

/** What a customer's contact would become where its lead can be looked for. */
const WRITTEN: ReadonlySet<Action> = new Set([
  'create',
  'adopt',
  'update',
  'unchanged',
  'unknown',
  'unseen',
]);

/**
 * What would become of the lead of a customer, by the steps of the sync, which write nothing here: three API calls at
 * most, none where leads are left alone.
 * @param views of the customer, through all mappings
 */
export async function explainLead(
  org: Org,
  settings: LeadSettings | null,
  views: readonly ExplainedView[],
): Promise<LeadExplanation> {
  if (settings === null)
    return { rule: 'leave', action: 'leave', why: 'Leads are left alone.', leads: [], code: null };
  const contact = views.find(({ view }) => makesContacts(view.mapping));
  const said = contact === undefined ? noContacts() : await ofContact(org, settings, contact);
  return { leads: [], code: null, ...said, rule: settings.rule };
}

/** The customer of an order, as `explain` takes it; null for a guest who gave no address. */
export function buyerIdOf(order: WooRecord): string | null {
  const id = wooId(order['customer_id']);
  if (id !== null) return String(id);
  const email = usableEmail(guestOf(order)?.['email']);
  return email === null ? null : `guest:${email}`;
}

/** An order without anybody to look for a lead of. */
export function withoutBuyer(settings: LeadSettings, why: string): LeadExplanation {
  return { rule: settings.rule, action: 'leave', why, leads: [], code: null };
}

type Part = Pick<LeadExplanation, 'action' | 'why'> & Partial<LeadExplanation>;

async function ofContact(org: Org, settings: LeadSettings, of: ExplainedView): Promise<Part> {
  const { view, action, recordId } = of;
  const planned = plannedOf(view);
  if (planned === null || !WRITTEN.has(action))
    return left('Its contact would not be written, so no lead is looked for.');
  const buyer = buyerOf(planned);
  if (buyer === null) return left(noBuyer(view.part.record));
  if (buyer.isGuest && action === 'unchanged')
    return left('Leads of a guest are looked for when the contact is made, and it is there.');
  const object = await new KnownLeadObject(org).read();
  if (object.refusal !== null) return refused(unusable(object.refusal));
  const found = (await findOpenLeads(org, object, [buyer])).get(buyer.email) ?? [];
  const decision = decideLead(settings, object, buyer, found);
  return { ...(await wordsOf(org, decision, buyer, recordId)), leads: found.map(({ id }) => id) };
}

async function wordsOf(
  org: Org,
  decision: LeadDecision,
  { isGuest }: Buyer,
  contactId: string | null,
): Promise<Part> {
  const { kind } = decision;
  if (kind === 'leave') return left(decision.why);
  if (kind === 'fail') return refused(decision.said);
  const { id } = decision.lead;
  const into = contactId === null ? 'the contact that is made' : `contact ${contactId}`;
  if (kind === 'link') {
    const guest = isGuest ? ' Leads of guests are never converted.' : '';
    return { action: kind, why: `Lead ${id} would be linked to ${into}.${guest}` };
  }
  const facts = contactId === null ? null : (await contactsOf(org, [contactId])).get(contactId);
  const conversion = facts && contactId ? conversionInto(contactId, facts, decision) : null;
  if (conversion !== null && 'code' in conversion) return refused(conversion);
  const account = conversion === null ? 'its account' : `account ${conversion.accountId}`;
  const status = `the status "${decision.convertedStatus}"`;
  return { action: kind, why: `Lead ${id} would become ${into} and ${account}, with ${status}.` };
}

const left = (why: string): Part => ({ action: 'leave', why });

function refused({ code, message }: Said): Part {
  const cure = explanationOf(code)?.cure ?? '';
  return { action: 'refused', why: `${message} ${cure}`.trim(), code };
}

function noContacts(): Part {
  const code = 'LEADS_NO_CONTACTS';
  const { meaning, cure } = explanationOf(code) ?? { meaning: '', cure: '' };
  return { action: 'refused', why: `${meaning} ${cure}`, code };
}

function noBuyer(record: WooRecord): string {
  return record['guest'] !== true && record['is_paying_customer'] !== true
    ? 'The customer has not paid for an order (is_paying_customer).'
    : 'The buyer has no usable e-mail address.';
}

/** Whether the shop has no such customer any more. */
export function isGone(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'RECORD_NOT_FOUND';
}
