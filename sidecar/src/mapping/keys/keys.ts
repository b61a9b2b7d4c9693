import type { Resource, WooRecord } from '../model/record.ts';
import { RESOURCES } from '../model/resources.ts';
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

/** What a key of a record says whose ids are of its type alone: `<store>:<type>:<id>`. */
export interface TypedKey {
  readonly store: string;
  readonly type: string;
  /** Digits; of a tax class its slug. */
  readonly ref: string;
}

const TYPED = /^([^:]+):([a-z\d][a-z\d_-]{0,39}):(\d{1,15}|[a-z\d_%-]{1,200})$/;

/** Null for any other key; ids of Salesforce have capital letters. */
export function parseTypedKey(key: string): TypedKey | null {
  const [, store, type, ref] = TYPED.exec(key) ?? [];
  if (store === undefined || type === undefined || ref === undefined) return null;
  return type === GUEST.slice(0, -1) ? null : { store, type, ref };
}

/** The part of a record's key that says what it is of; null for none. Undefined where a record does not tell. */
function keyTypeOf(resource: Resource, record: WooRecord): string | null | undefined {
  const { keyType } = RESOURCES[resource];
  if (keyType !== 'each') return keyType;
  const type = record['content_type'];
  return typeof type === 'string' ? type : undefined;
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
  const type = keyTypeOf(resource, record);
  if (type === null) return id === null ? null : wooKey(store, id);
  const ref = id ?? record['slug'];
  const key = type === undefined ? '' : wooKey(store, `${type}:${String(ref)}`);
  return parseTypedKey(key) === null ? null : key;
}

/** A Woo id, from a number or a text of digits; null for anything else, 0 included. */
export function wooId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}
