import { parseKey, parseTypedKey, wooKey } from './keys.ts';

/** A record of Salesforce that the shop does not have yet. */
export interface NewRecord {
  readonly object: string;
  readonly recordId: string;
}

/** What a change event about it carries, as long as it has no key: `<store>:<object>:<record id>`. */
export function newKey(store: string, { object, recordId }: NewRecord): string {
  return wooKey(store, `${object}:${recordId}`);
}

/** The opposite of {@link newKey}; null for any other key. */
export function parseNewKey(key: string): NewRecord | null {
  const { store, id, email } = parseKey(key);
  if (id !== null || email !== null || parseTypedKey(key) !== null) return null;
  const [object, recordId, ...more] = key.slice(store.length + 1).split(':');
  if (!object || !recordId || more.length > 0 || !/^[a-zA-Z0-9]{18}$/.test(recordId)) return null;
  return { object, recordId };
}
