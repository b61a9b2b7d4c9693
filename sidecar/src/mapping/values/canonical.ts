import { Decimal } from 'decimal.js';
import type { FieldValue, Row } from '../model/record.ts';
import type { FieldSchema, ObjectSchema } from '../model/schema.ts';
import { isEmpty } from './convert.ts';
import { parseDate } from './dates.ts';

/**
 * Whether what the org answers for a field is what a row writes to it: numbers by value, moments by time, ids
 * with 15 or 18 characters, texts whatever their line ends and outer blanks.
 * @param name of the field; one that the object does not have holds nothing
 */
export function holds(
  { fields }: ObjectSchema,
  name: string,
  written: Row['fields'][string],
  held: unknown,
): boolean {
  const field = fields.get(name.toLowerCase());
  return field !== undefined && canonical(field, written) === canonical(field, held);
}

/** The one form of equal values of a field; null for none. */
export function canonical({ type, scale }: FieldSchema, value: unknown): FieldValue {
  if (isEmpty(value)) return type === 'boolean' ? false : null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return rounded(value, scale);
  const text = String(value).trim();
  switch (type) {
    case 'datetime':
      return parseDate(text) ?? text;
    case 'reference':
    case 'id':
      return text.slice(0, 15);
    case 'multipicklist':
      // The org answers them in the order of the picklist.
      return text.split(';').sort().join(';');
    case 'email':
      // Salesforce may keep an address in lower case.
      return text.toLowerCase();
    default:
      return text.replace(/\r\n?/g, '\n');
  }
}

/** A field that was filled by a formula or code may hold more decimals than it shows. */
function rounded(value: number, scale: number): number {
  const number = new Decimal(value).toDecimalPlaces(scale, Decimal.ROUND_HALF_UP).toNumber();
  return number === 0 ? 0 : number;
}
