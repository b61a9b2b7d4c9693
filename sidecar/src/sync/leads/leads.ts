import { CodedError } from '../../errors/coded-error.ts';
import {
  CONVERSIONS_PER_CALL,
  type LeadConversion,
  type LeadSettings,
  type OrgLeads,
  COLLECTION_SIZE,
  type ItemResult,
  type Org,
} from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { Planned } from '../model/record.ts';
import type { Report } from '../report/run-report.ts';
import { type Buyer, buyerOf } from './buyers.ts';
import { conversionInto, decideLead, type LeadDecision } from './decide-lead.ts';
import { failLead, refused, unusable } from './lead-failures.ts';
import { type KnownLeadObject, LINK_FIELD, type LeadObject } from './lead-object.ts';
import { contactsOf, findOpenLeads } from './lead-search.ts';

/** What a store says of leads, and the org that they are in. */
export interface LeadsOfStore {
  readonly org: Pick<Org, 'queries' | 'write'> & OrgLeads;
  readonly settings: LeadSettings;
  /** Remembered from batch to batch. */
  readonly object: Pick<KnownLeadObject, 'read'>;
}

export interface LeadsParts extends LeadsOfStore {
  readonly state: Pick<State, 'links'>;
  readonly report: Report;
}

/** Buyers that wait before their leads are looked for, so that few calls do. */
const AT_ONCE = 400;

/** A buyer whose one lead becomes, or is linked to, the contact that the sync has. */
interface Pair {
  readonly buyer: Buyer;
  readonly decision: Extract<LeadDecision, { readonly kind: 'convert' | 'link' }>;
  readonly contactId: string;
}

/**
 * Makes of the open leads of buyers what the store says: they are converted into the contacts that the sync has
 * written, or linked to them. What is found is decided by the leads alone, so that a run which was killed is repeated
 * without harm: a converted lead is no open one.
 */
export class Leads {
  readonly #parts: LeadsParts;
  #waiting = new Map<string, Buyer>();

  constructor(parts: LeadsParts) {
    this.#parts = parts;
  }

  /** Takes those of the rows that are buyers; their page is not done before their leads are. */
  take(rows: readonly Planned[]): void {
    for (const row of rows) {
      const buyer = buyerOf(row);
      if (buyer === null) continue;
      buyer.page.take();
      this.#waiting.get(buyer.key)?.page.release();
      this.#waiting.set(buyer.key, buyer);
    }
  }

  /** Whether enough buyers wait to be worth a call. */
  get isDue(): boolean {
    return this.#waiting.size >= AT_ONCE;
  }

  /**
   * Sees to the leads of all who wait and whose contact is written. Two API calls at most where there is nothing to
   * do, however many they are; none where nobody waits.
   * @throws CodedError where the org is out
   */
  async finish(): Promise<void> {
    const waiting = [...this.#waiting.values()];
    if (waiting.length === 0) return;
    this.#waiting = new Map();
    await this.#see(waiting);
    for (const { page } of waiting) page.release();
  }

  async #see(buyers: readonly Buyer[]): Promise<void> {
    const object = await this.#parts.object.read();
    const { refusal } = object;
    if (refusal !== null) {
      for (const buyer of buyers) failLead(this.#parts.report, buyer, unusable(refusal));
      return;
    }
    const decided = await this.#decide(object, buyers);
    await this.#convert(decided);
    await this.#link(decided);
  }

  /** What becomes of each lead; who has none, or one that stays as it is, is not among them. */
  async #decide(object: LeadObject, buyers: readonly Buyer[]): Promise<readonly Pair[]> {
    const { org, state, report, settings } = this.#parts;
    const leads = await findOpenLeads(org, object, buyers);
    const contacts = await state.links(
      'Contact',
      buyers.filter(({ email }) => leads.has(email)).map(({ key }) => key),
    );
    const pairs: Pair[] = [];
    const taken = new Set<string>();
    // Who has an account in the shop comes before a guest who gave the same address.
    const inOrder = [...buyers].sort((a, b) => Number(a.isGuest) - Number(b.isGuest));
    for (const buyer of inOrder) {
      const found = leads.get(buyer.email) ?? [];
      const contactId = contacts.get(buyer.key)?.recordId;
      const [lead] = found;
      // Without a contact the contact's own failure is told.
      if (lead === undefined || contactId === undefined || taken.has(lead.id)) continue;
      taken.add(lead.id);
      const decision = decideLead(settings, object, buyer, found);
      if (decision.kind === 'fail') failLead(report, buyer, decision.said);
      else if (decision.kind !== 'leave') pairs.push({ buyer, decision, contactId });
    }
    return pairs;
  }

  async #convert(pairs: readonly Pair[]): Promise<void> {
    const { org, report } = this.#parts;
    const wanted = pairs.filter(({ decision }) => decision.kind === 'convert');
    if (wanted.length === 0) return;
    const contacts = await contactsOf(
      org,
      wanted.map(({ contactId }) => contactId),
    );
    const conversions: { readonly pair: Pair; readonly conversion: LeadConversion }[] = [];
    for (const pair of wanted) {
      const { buyer, decision, contactId } = pair;
      const contact = contacts.get(contactId);
      // Deleted or merged since: the next look at the customer follows it.
      if (contact === undefined || decision.kind !== 'convert') continue;
      const conversion = conversionInto(contactId, contact, decision);
      if ('code' in conversion) failLead(report, buyer, conversion);
      else conversions.push({ pair, conversion });
    }
    for (let at = 0; at < conversions.length; at += CONVERSIONS_PER_CALL) {
      const some = conversions.slice(at, at + CONVERSIONS_PER_CALL);
      const results = await this.#converted(some.map(({ conversion }) => conversion));
      this.#tell(
        some.map(({ pair }) => pair),
        results,
        'converted',
      );
    }
  }

  /** A call that is refused as a whole is told of each lead: the contacts are in step without it. */
  async #converted(conversions: readonly LeadConversion[]): Promise<readonly ItemResult[]> {
    try {
      return await this.#parts.org.convertLeads(conversions);
    } catch (error) {
      if (!(error instanceof CodedError) || !isOfCall(error)) throw error;
      const { code, message, cure } = error;
      const said = { code, kind: 'setup' as const, message: `${message} ${cure}`, fields: [] };
      return conversions.map(() => ({ id: null, created: false, errors: [said] }));
    }
  }

  async #link(pairs: readonly Pair[]): Promise<void> {
    const fresh = pairs.filter(({ decision }) => decision.kind === 'link');
    for (let at = 0; at < fresh.length; at += COLLECTION_SIZE) {
      const some = fresh.slice(at, at + COLLECTION_SIZE);
      const records = some.map(({ decision: { lead }, contactId }) =>
        JSON.stringify({ id: lead.id, [LINK_FIELD]: contactId }),
      );
      const [results = []] = await this.#parts.org.write([
        { kind: 'update', object: 'Lead', records },
      ]);
      this.#tell(some, results, 'linked');
    }
  }

  #tell(
    pairs: readonly Pair[],
    results: readonly ItemResult[],
    deed: 'converted' | 'linked',
  ): void {
    for (const [at, { buyer, decision }] of pairs.entries()) {
      const errors = results[at]?.errors ?? [];
      // Somebody has converted it in between, be it this run before it was killed.
      const isDone = errors.some(({ code }) => code === 'CANNOT_UPDATE_CONVERTED_LEAD');
      if (errors.length > 0 && !isDone)
        failLead(this.#parts.report, buyer, refused(decision.lead.id, deed, errors));
    }
  }
}

/** Whether an error is one of the call, and the org is there. */
function isOfCall({ code }: CodedError): boolean {
  return code === 'SF_REFUSED' || code === 'LEAD_TOKEN_REFUSED';
}
