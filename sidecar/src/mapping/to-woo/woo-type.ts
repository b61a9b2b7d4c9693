import type { FieldSchema } from '../model/schema.ts';
import { isEmpty } from '../values/convert.ts';

/** What an attribute of the shop takes from Salesforce. */
export interface WooType {
  /** Which fields hold such values; see {@link fieldTypes}. */
  readonly from: 'text' | 'number' | 'yes_no' | 'date' | 'any';
  /** One form of what is the same to the shop, of its own values and of Salesforce's. */
  readonly same: (value: unknown, field: FieldSchema) => unknown;
  /** What is sent for a value that is not empty, in a form that the shop does not change. */
  readonly give: (value: unknown, field: FieldSchema) => unknown;
  /** What is sent for an empty one. */
  readonly empty: unknown;
}

const TEXTS = ['string', 'textarea', 'picklist', 'combobox'];

/** The types of fields, by describe's names, whose values fit; null for all that hold single values. */
export function fieldTypes(from: WooType['from']): readonly string[] | null {
  switch (from) {
    case 'text':
      return [...TEXTS, 'url', 'phone', 'email', 'encryptedstring'];
    case 'number':
      return ['double', 'currency', 'percent', 'int', 'long', ...TEXTS];
    case 'yes_no':
      return ['boolean', ...TEXTS];
    case 'date':
      return ['date', 'datetime', ...TEXTS];
    case 'any':
      return null;
  }
}

export const itself = (value: unknown): unknown => value;

/** A text as Salesforce keeps it. */
export function asSent(value: unknown): string {
  const text = typeof value === 'string' ? value : isEmpty(value) ? '' : JSON.stringify(value);
  return text.trim().replace(/\r\n?/g, '\n').toWellFormed();
}
