import type { FieldValue, Overflow } from '../model/record.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import type { FieldSchema, RecordNames } from '../model/schema.ts';
import { toDate, toDateTime, toTime } from './dates.ts';
import { truncate } from './html-text.ts';
import { toInteger, toNumber } from './numbers.ts';
import { toMultiPicklist, toPicklist } from './picklists.ts';

/** Turns a value into what the field takes, in one form only, so that equal values are equal. */
export type Convert = (value: unknown) => FieldValue | Refusal;

/** Whether nothing is there that Salesforce could hold: null, absent, an empty or blank text or list. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/**
 * The conversion to a field's type, by describe's name of it. Empty becomes null, for a checkbox false.
 * @returns null for types that no value can be written to (addresses, locations, files)
 */
export function converter(field: FieldSchema, overflow: Overflow): Convert | null {
  const convert = FACTORIES.get(field.type)?.(field, overflow);
  if (!convert) return null;
  const empty = field.type === 'boolean' ? false : null;
  return (value) => (isEmpty(value) ? empty : convert(value));
}

type Factory = (field: FieldSchema, overflow: Overflow) => Convert;

function asText({ length }: FieldSchema, overflow: Overflow): (value: unknown) => string | Refusal {
  return (value) => toText(value, length, overflow);
}

const FACTORIES: ReadonlyMap<string, Factory> = new Map<string, Factory>([
  ['string', asText],
  ['textarea', asText],
  ['encryptedstring', asText],
  ['combobox', asText],
  ['phone', asText],
  ['url', asText],
  [
    'email',
    ({ length }) =>
      (value) =>
        toEmail(value, length),
  ],
  ['picklist', (field, overflow) => toPicklist(field, asText(field, overflow))],
  ['multipicklist', toMultiPicklist],
  ['double', toNumber],
  ['currency', toNumber],
  ['percent', toNumber],
  ['int', () => toInteger],
  ['long', () => toInteger],
  ['boolean', () => toBoolean],
  ['date', () => toDate],
  ['datetime', () => toDateTime],
  ['time', () => toTime],
  ['reference', ({ recordNames }) => toReference(recordNames)],
  ['id', () => toRecordId],
]);

/** A text without outer blanks, as Salesforce keeps it. Lists and objects are refused. */
export function scalarText(value: unknown): string | Refusal {
  if (typeof value === 'string') return value.trim().toWellFormed();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return new Refusal(
      'VALUE_IS_LIST',
      'is a list, and the field takes one value: use the transform first or join, or name one element, such as .0',
    );
  }
  return new Refusal(
    'VALUE_IS_OBJECT',
    'holds several values, and the field takes one: name one of them by its path, or use the transform json',
  );
}

function toText(value: unknown, length: number, overflow: Overflow): string | Refusal {
  const plain = scalarText(value);
  if (plain instanceof Refusal || length <= 0 || plain.length <= length) return plain;
  if (overflow === 'truncate') return truncate(plain, length);
  return new Refusal(
    'VALUE_TOO_LONG',
    `has ${plain.length} characters, and the field takes ${length}: lengthen the field, or set the field mapping's overflow to truncate`,
  );
}

const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d](?:[a-z\d-]*[a-z\d])?$/i;

function toEmail(value: unknown, length: number): string | Refusal {
  const plain = toText(value, length, 'reject');
  if (plain instanceof Refusal || EMAIL.test(plain)) return plain;
  return new Refusal(
    'VALUE_NOT_EMAIL',
    'is not an e-mail address that Salesforce accepts: correct it in the shop, or map it to a text field',
  );
}

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

/** True or false from how WordPress and its plugins write them: `yes`, `1`, `on`, `true` and opposites. */
export function toBoolean(value: unknown): boolean | Refusal {
  if (typeof value === 'boolean') return value;
  const plain = scalarText(value);
  if (plain instanceof Refusal) return plain;
  const word = plain.toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  return new Refusal(
    'VALUE_NOT_BOOLEAN',
    `is ${quoted(plain)}, and a checkbox takes true or false (also yes, no, on, off, 1, 0)`,
  );
}

function toRecordId(value: unknown): string | Refusal {
  const plain = scalarText(value);
  if (plain instanceof Refusal || /^[a-z\d]{15}(?:[a-z\d]{3})?$/i.test(plain)) return plain;
  return new Refusal(
    'VALUE_NOT_RECORD_ID',
    `is ${quoted(plain)}, and the field takes a Salesforce id of 15 or 18 characters; to refer to a synced record use the kind lookup`,
  );
}

/** A record by its id, or by a name that the org knows. Names come first: one of 15 letters looks like an id. */
function toReference(names: RecordNames | undefined): (value: unknown) => string | Refusal {
  if (names === undefined) return toRecordId;
  const { what, ids, isWhole } = names;
  const byName = new Map([...ids].map(([name, id]) => [name.toLowerCase(), id]));
  const known = new Set([...ids.values()].map((id) => id.slice(0, 15)));
  return (value) => {
    const plain = scalarText(value);
    if (plain instanceof Refusal) return plain;
    const found = byName.get(plain.toLowerCase());
    if (found !== undefined) return found;
    const id = toRecordId(plain);
    if (typeof id === 'string' && (!isWhole || known.has(id.slice(0, 15)))) return id;
    const some = isWhole ? ` (it has ${[...ids.keys()].slice(0, 10).join(', ')})` : '';
    return new Refusal(
      'VALUE_NOT_RECORD_ID',
      `is ${quoted(plain)}, which is neither the id of a record nor ${what}${some}`,
    );
  };
}
