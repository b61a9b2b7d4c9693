import { hash } from 'node:crypto';
import { guestKeyPart, parseKey, wooKey } from '../../mapping/keys/keys.ts';
import type { Resource } from '../../mapping/model/record.ts';
import type { Issue } from '../../ports/issues.ts';

/** Of Issue_Key__c. */
const LONGEST = 255;

/** What is said of a record in issues instead of its key: that of a guest holds an e-mail address. */
export function keyWithoutAddress(key: string): string {
  // Hardly any is a guest's, and this is asked for every record that is written.
  if (!key.includes('@')) return key;
  const { store, email } = parseKey(key);
  return email === null ? key : wooKey(store, guestKeyPart(digest(email)));
}

/**
 * Identifies the issue of a record in an object, the same each time it fails there.
 * @param recordKey without the address of a guest
 * @param aspect tells apart what may be wrong with one record at a time
 */
export function issueKey(
  resource: Resource,
  object: string,
  recordKey: string,
  aspect?: string,
): string {
  return fitting(`${resource}:${object}:${recordKey}${aspect === undefined ? '' : `#${aspect}`}`);
}

/** A key of an issue that Issue_Key__c takes; what is cut off is told apart by a digest. */
export function fitting(key: string): string {
  if (key.length <= LONGEST) return key;
  const end = `:${digest(key)}`;
  return key.slice(0, LONGEST - end.length) + end;
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}

/** What such issues' keys begin with; those of records begin with their resource. */
export const STANDING_PREFIX = 'setup:';

/** In place of the key of one store: `LIKE '%'` finds no empty field. */
export const EVERY_STORE = '*';

/** Whether an issue is about the configuration or the org as a whole, and no record can be looked at again. */
export function isStanding({ key }: Pick<Issue, 'key'>): boolean {
  return key.startsWith(STANDING_PREFIX);
}
