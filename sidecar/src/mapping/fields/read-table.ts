import { IMAGE_ATTRIBUTES } from '../attributes/known-attributes.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import { lower } from '../model/resource-of.ts';
import type { FieldSchema } from '../model/schema.ts';
import type { FieldRoute } from '../to-woo/outgoing-field.ts';
import { asText } from '../to-woo/translated-value.ts';
import type { WooAttribute } from '../to-woo/writable-attributes.ts';
import { type Convert, converter, isEmpty } from '../values/convert.ts';
import { parseTable } from '../values/parse-table.ts';
import { type TablePair, ValueTable } from '../values/value-table.ts';

const BROKEN =
  'Write one line for each value of the shop, such as processing = In progress, and name each once.';

export function isTranslation({ kind }: Pick<FieldMappingRow, 'kind'>): boolean {
  return lower(kind) === 'translation';
}

/** The value table of a field mapping of the kind translation. What is wrong with it holds the mapping. */
export function readTable(
  { name: place, valueTable, defaultValue }: FieldMappingRow,
  field: FieldSchema,
  convert: Convert,
  problems: Problems,
): ValueTable {
  const hold = (message: string) => {
    problems.hold({ code: 'MAPPING_BAD_TABLE', place, message, cure: BROKEN });
  };
  const { lines, wrong } = parseTable(valueTable ?? '');
  for (const said of wrong) hold(`The value table of ${place} is wrong: ${said}.`);
  if (lines.length === 0 && wrong.length === 0) {
    hold(`${place} is of the kind translation, but its value table is empty.`);
  }
  const pairs = lines.flatMap((line): TablePair[] => {
    const value = convert(line.salesforce);
    if (!(value instanceof Refusal)) return [{ ...line, value }];
    problems.hold({
      code: 'MAPPING_TABLE_VALUE',
      place,
      message: `Line ${line.number} of the value table of ${place} has ${quoted(line.salesforce)} for ${field.name}, but the value ${value.reason}.`,
      cure: `Write a value on line ${line.number} that ${field.name} takes, or choose another field.`,
    });
    return [];
  });
  return new ValueTable(field, pairs, isEmpty(defaultValue) ? null : defaultValue);
}

/** The value table of a field mapping that only goes to the shop, which must say what goes there for each value. */
export function readTableTowardsWoo(
  row: FieldMappingRow,
  field: FieldSchema,
  problems: Problems,
): ValueTable | null {
  const convert = converter(field, 'reject');
  if (convert === null) return null;
  const table = readTable(row, field, convert, problems);
  if (table.lossy !== null) {
    problems.hold({
      code: 'MAPPING_BAD_TABLE',
      place: row.name,
      message: `${row.name} goes to the shop, but ${table.lossy}.`,
      cure: 'Give each line of its value table a value of its own, and leave the default value blank.',
    });
  }
  return table;
}

/** Holds a mapping whose table has values for the shop that the attribute does not take. */
export function checkShopValues(
  { place, field }: FieldRoute,
  { name, type }: WooAttribute,
  { pairs }: ValueTable,
  problems: Problems,
): void {
  for (const { number, shop } of pairs) {
    const given = type.give(shop, asText(field));
    if (!(given instanceof Refusal)) continue;
    problems.hold({
      code: 'MAPPING_TABLE_VALUE',
      place,
      message: `Line ${number} of the value table of ${place} has ${quoted(shop)} for ${name} of the shop, but the value ${given.reason}.`,
      cure: `Correct line ${number}, or set the direction of ${place} to to_salesforce.`,
    });
  }
}

/** A table that nothing goes by would let the shop's own values through. */
export function holdForIdleTable(row: FieldMappingRow, problems: Problems): void {
  const { name: place, attribute, kind, valueTable } = row;
  const isImage = IMAGE_ATTRIBUTES.has(attribute?.trim() ?? '');
  if (isEmpty(valueTable) || (isTranslation(row) && !isImage)) return;
  const why = isImage ? 'it is of images' : `its kind is ${isEmpty(kind) ? 'blank' : (kind ?? '')}`;
  problems.hold({
    code: 'MAPPING_BAD_TABLE',
    place,
    message: `${place} has a value table, but ${why}, so that nothing is translated.`,
    cure: isImage
      ? 'Empty the value table.'
      : 'Choose the kind translation, or empty the value table.',
  });
}
