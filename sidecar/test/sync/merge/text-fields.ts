import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { FieldValue } from '../../../src/mapping/model/record.ts';

/** The product that tests of single decisions are about: in the shop, and in Salesforce. */
export const OBJECT = 'Product2';
export const KEY = 'main:1';
export const RECORD = '01t000000000001AAA';
export const PAIR = { object: OBJECT, key: KEY, recordId: RECORD };

/** What a field holds that is a text, or empty. */
export const textOf = (value: unknown): FieldValue => (typeof value === 'string' ? value : null);

/** A text that both sides keep under its attribute; the shop takes anything but a value that begins with a question mark. */
export function text(field: string, more: Partial<OutgoingField> = {}): OutgoingField {
  const attribute = field.toLowerCase();
  return {
    place: field,
    field,
    attribute,
    kind: 'value',
    direction: 'both',
    fromWoo: (record) => textOf(record[attribute]),
    fromSalesforce: textOf,
    toWoo: (held) =>
      String(held).startsWith('?')
        ? { problem: { code: 'TO_WOO_VALUE', field, attribute, message: `${field} is odd` } }
        : { patch: { [attribute]: held } },
    ...more,
  };
}
