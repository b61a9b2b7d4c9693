import type { DescribedObject, Org } from '../../ports/org.ts';

/** Names the contact of a lead that is linked; in the recipe lead-conversion. */
export const LINK_FIELD = 'Woo_Contact__c';

/** What the integration user may do with leads. */
export interface LeadObject {
  /** Why no lead is looked for; null where leads can be. */
  readonly refusal: string | null;
  /** Why none is linked; null where leads can be. */
  readonly linkRefusal: string | null;
  /** Columns that are asked for. */
  readonly columns: readonly string[];
}

const ALWAYS = ['Id', 'Email', 'IsConverted', 'OwnerId'];
/** Whose the lead is where the shop made it, and to whom it is linked. */
const WHERE_THERE = ['Woo_Key__c', LINK_FIELD];

/** @param described null where the org does not show the object */
export function leadObject(described: DescribedObject | null): LeadObject {
  const fields = described?.fields;
  const sees = (name: string): boolean => fields?.has(name.toLowerCase()) === true;
  const unseen = ALWAYS.filter((name) => !sees(name));
  const link = fields?.get(LINK_FIELD.toLowerCase());
  return {
    refusal: refusalOf(described, unseen),
    linkRefusal:
      link === undefined
        ? `the integration user does not see the field Lead.${LINK_FIELD}`
        : link.updateable
          ? null
          : `the integration user may not edit the field Lead.${LINK_FIELD}`,
    columns: [...ALWAYS, ...WHERE_THERE.filter(sees)],
  };
}

function refusalOf(described: DescribedObject | null, unseen: readonly string[]): string | null {
  if (described === null) return 'the integration user may not see leads';
  if (unseen.length > 0) return `the integration user does not see Lead.${unseen.join(', Lead.')}`;
  return described.updateable ? null : 'the integration user may not edit leads';
}

/** What is known of the object Lead, asked for when it is first needed: one API call. */
export class KnownLeadObject {
  readonly #org: Pick<Org, 'describe'>;
  #known: Promise<LeadObject> | null = null;

  constructor(org: Pick<Org, 'describe'>) {
    this.#org = org;
  }

  read(): Promise<LeadObject> {
    this.#known ??= this.#ask();
    return this.#known;
  }

  async #ask(): Promise<LeadObject> {
    try {
      const object = leadObject((await this.#org.describe(['Lead'])).get('Lead') ?? null);
      // A right may come at any time; what is missing is asked for again.
      if (object.refusal !== null || object.linkRefusal !== null) this.#known = null;
      return object;
    } catch (error) {
      this.#known = null;
      throw error;
    }
  }
}
