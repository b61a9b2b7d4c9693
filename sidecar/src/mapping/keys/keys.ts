import type { Resource, WooRecord } from '../model/record.ts';
import { usableEmail } from './email.ts';

/** What a Woo_Key__c says. Exactly one of `id` and `email` is set; both are null for what is no key of ours. */
export interface ParsedKey {
  readonly store: string;
  readonly id: number | null;
  /** Of a guest. */
  readonly email: string | null;
}

const GUEST = 'guest:';

/** `<store>:<id>`, or `<store>:guest:<e-mail>` for the key part of a guest. */
export function wooKey(store: string, keyPart: number | string): string {
  return `${store}:${keyPart}`;
}

/** What follows the store in a guest's key. */
export function guestKeyPart(email: string): string {
  return `${GUEST}${email.trim().toLowerCase()}`;
}

/** The opposite of {@link wooKey}. The store is what precedes the first colon. */
export function parseKey(key: string): ParsedKey {
  const colon = key.indexOf(':');
  const store = key.slice(0, Math.max(colon, 0));
  const part = key.slice(colon + 1);
  if (store !== '' && part.startsWith(GUEST) && part.length > GUEST.length) {
    return { store, id: null, email: part.slice(GUEST.length) };
  }
  const id = store === '' ? null : wooId(part);
  return { store, id, email: null };
}

/**
 * The key of a record: by its Woo id, by e-mail for a guest. Null where the record has neither, as in the
 * error objects that WooCommerce delivers for records that are gone.
 */
export function recordKey(resource: Resource, record: WooRecord, store: string): string | null {
  if (resource === 'customer' && record['guest'] === true) {
    const email = usableEmail(record['email']);
    return email === null ? null : wooKey(store, guestKeyPart(email));
  }
  const id = wooId(record['id']);
  return id === null ? null : wooKey(store, id);
}

/** A Woo id, from a number or a text of digits; null for anything else, 0 included. */
export function wooId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}
