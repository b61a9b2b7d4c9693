import type { Getter } from '../attributes/derived-attributes.ts';
import { outgoingProblem } from '../build/value-problems.ts';
import type { OutgoingField } from '../model/mapping.ts';
import type { FieldValue } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { canonical } from '../values/canonical.ts';
import type { Convert } from '../values/convert.ts';
import type { ValueTable } from '../values/value-table.ts';
import { type FieldRoute, outgoingValue } from './outgoing-field.ts';
import { isVariation, type WooAttribute } from './writable-attributes.ts';

/** A field whose value goes to an attribute by a value table. Both sides are compared as Salesforce has them. */
export function translatedValue(
  way: FieldRoute,
  attribute: WooAttribute,
  get: Getter,
  convert: Convert,
  table: ValueTable,
): OutgoingField {
  const { field } = way;
  const plain = outgoingValue({ ...way, field: asText(field) }, attribute, get, convert);
  const form = (value: unknown): FieldValue => canonical(field, table.asWritten(value));
  return {
    ...plain,
    fromWoo: (record) => {
      const raw = get(record, null);
      const fitted = convertOr(convert, table.toSalesforce(raw));
      // What has no line differs from whatever the field holds.
      return fitted instanceof Refusal ? plain.fromWoo(record) : form(fitted);
    },
    fromSalesforce: form,
    toWoo: (held, record) => {
      if (!attribute.ofVariations && isVariation(record)) return { patch: {} };
      const given = table.toShop(held);
      if (!(given instanceof Refusal)) return plain.toWoo(given, record);
      return { problem: outgoingProblem(way.mapping, field.name, attribute.name, given) };
    },
  };
}

/** The values of the shop in a table are texts, whatever the field holds. */
export function asText(field: FieldSchema): FieldSchema {
  return { ...field, type: 'string' };
}

function convertOr(convert: Convert, value: unknown): FieldValue | Refusal {
  return value instanceof Refusal ? value : convert(value);
}
