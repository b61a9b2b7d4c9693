import { usableEmail } from '../../mapping/keys/email.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { OpenPage } from '../model/checkpoint.ts';
import type { Planned } from '../model/record.ts';

/** What is read of a customer to tell whether a lead is that person. */
const READS = ['email', 'is_paying_customer'];

/** A customer who has bought, and whose contact the sync writes. */
export interface Buyer {
  readonly mapping: Mapping;
  readonly key: string;
  /** In lower case. */
  readonly email: string;
  /** The address is what somebody has typed into a checkout. */
  readonly isGuest: boolean;
  /** Is not done before the lead is. */
  readonly page: OpenPage;
}

/** Whether a mapping makes the contacts that leads become. */
export function makesContacts({ resource, object, direction }: Mapping): boolean {
  return resource === 'customer' && object === 'Contact' && direction !== 'to_woo';
}

/** The mappings, reading what tells of buyers too. */
export function readingBuyers(mappings: readonly Mapping[]): readonly Mapping[] {
  return mappings.map((mapping) =>
    makesContacts(mapping)
      ? { ...mapping, reads: [...new Set([...mapping.reads, ...READS])] }
      : mapping,
  );
}

/** The buyer that a row is; null for who has not bought yet, and for who has no usable address. */
export function buyerOf({ mapping, record, key, page }: Planned): Buyer | null {
  if (!makesContacts(mapping)) return null;
  const isGuest = record['guest'] === true;
  // Guests come with an order that is wanted.
  if (!isGuest && record['is_paying_customer'] !== true) return null;
  const email = usableEmail(record['email'])?.toLowerCase() ?? null;
  return email === null ? null : { mapping, key, email, isGuest, page };
}
