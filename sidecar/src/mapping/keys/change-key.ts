import { parseKey, parseTypedKey, wooKey } from './keys.ts';
import { parseNewKey } from './new-record-key.ts';

/**
 * The store of a key that change events carry: of a record by its id, by its type and its id or slug, or of a record
 * that the shop does not have yet. Null for any other, a guest's included: it holds an e-mail address.
 */
export function changeKeyStore(key: string): string | null {
  const { store, id } = parseKey(key);
  const isById = id !== null && wooKey(store, id) === key;
  return isById || parseTypedKey(key) !== null || parseNewKey(key) !== null ? store : null;
}
