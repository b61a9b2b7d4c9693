import type { Path } from '../attributes/attribute-path.ts';
import type { FieldWriter } from '../build/field-writer.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import { choose, type Problems } from '../model/problems.ts';
import type { FieldValue, Overflow, Resource } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { type Convert, converter, isEmpty } from '../values/convert.ts';
import { takesArgument, type Transform } from '../values/transforms.ts';
import type { ValueTable } from '../values/value-table.ts';
import { readWriteWhen } from './field-target.ts';
import { preparePath, readPath } from './read-path.ts';
import { readTable } from './read-table.ts';
import { checkParts, readApply, readTransform } from './read-transform.ts';
import { senselessFor, typeMismatch } from './type-mismatch.ts';

const OVERFLOWS = ['reject', 'truncate'] as const;

/** What fills a field from an attribute or a static value; none where that cannot be. */
export function readWriter(
  resource: Resource,
  kind: 'attribute' | 'static' | 'translation',
  row: FieldMappingRow,
  field: FieldSchema,
  problems: Problems,
): FieldWriter[] {
  const { name: place } = row;
  const writeWhen = readWriteWhen(row, field, problems);
  const transform = readTransform(row, problems);
  const overflow = readOverflow(row, problems);
  const convert = readConverter(row, field, transform, overflow, problems);
  if (convert === null) return [];
  const argument = takesArgument(transform) ? row.transformArgument : null;
  const common = { place, field, transform, argument, overflow, writeWhen };
  if (kind === 'static') {
    const value = readConstant(row, field, convert, 'static value', row.staticValue, problems);
    return [{ ...common, attribute: '', source: { kind, value } }];
  }
  const path = readPath(resource, row, problems, (attribute) =>
    preparePath(attribute, transform, field),
  );
  if (path === null) return [];
  const table = kind === 'translation' ? readTable(row, field, convert, problems) : null;
  const apply = readApply(row, path, field, transform, problems);
  checkParts(resource, row, path, transform, problems);
  if (table === null) checkReference(row, field, path, problems);
  checkType(resource, row, field, path, transform, table, problems);
  const fallback = isEmpty(row.defaultValue)
    ? null
    : readConstant(row, field, convert, 'default value', row.defaultValue, problems);
  const source = { kind: 'attribute', get: path.get, apply, table, convert, fallback } as const;
  return [{ ...common, attribute: path.canonical, source }];
}

/** WooCommerce knows no Salesforce ids; only a custom field may hold one. */
function checkReference(
  { name: place }: FieldMappingRow,
  { name, type, referenceTo }: FieldSchema,
  { canonical }: Path,
  problems: Problems,
): void {
  if (type !== 'reference' || canonical.startsWith('meta_data')) return;
  problems.hold({
    code: 'MAPPING_LOOKUP_KIND',
    place,
    message: `${place} writes ${canonical} to ${name}, which refers to a record of ${referenceTo.join(' or ')}, but ${canonical} is no Salesforce id.`,
    cure: 'Choose the kind lookup, and an attribute that gives the other record, such as customer or product.',
  });
}

/** A value table takes any single value, whatever its field takes. */
const AS_TEXT = { type: 'string' } as const;

/** What never fits would be one refused record after the other; what only may not fit is refused by itself. */
function checkType(
  resource: Resource,
  { name: place }: FieldMappingRow,
  field: FieldSchema,
  { canonical }: Path,
  transform: Transform,
  table: ValueTable | null,
  problems: Problems,
): void {
  const what = senselessFor(resource, canonical, transform);
  if (what !== null) {
    problems.hold({
      code: 'MAPPING_TRANSFORM_ATTRIBUTE',
      place,
      message: `${place} has the transform ${transform}, but reads ${canonical}, which is ${what}.`,
      cure: 'Leave the transform blank, or choose another one or another attribute.',
    });
  }
  // Of a lookup field it is said already.
  const read = table === null || field.type === 'multipicklist' ? field : { ...field, ...AS_TEXT };
  const found = typeMismatch(resource, canonical, transform, read);
  if (what !== null || found?.always !== true || field.type === 'reference') return;
  problems.hold({
    code: 'MAPPING_VALUE_TYPE',
    place,
    cure: found.cure,
    message: `${place} writes ${canonical} to ${field.name}: ${found.what}.`,
  });
}

function readOverflow(row: FieldMappingRow, problems: Problems): Overflow {
  return choose(problems, {
    value: row.overflow,
    choices: OVERFLOWS,
    blank: 'reject' as const,
    place: row.name,
    code: 'MAPPING_UNKNOWN_RULE',
    what: 'overflow rule',
  });
}

function readConverter(
  row: FieldMappingRow,
  field: FieldSchema,
  transform: Transform,
  overflow: Overflow,
  problems: Problems,
): Convert | null {
  const place = row.name;
  const convert = converter(field, transform === 'name_fallback' ? 'truncate' : overflow);
  if (convert === null) {
    problems.hold({
      code: 'MAPPING_FIELD_TYPE',
      place,
      message: `${place} writes to ${field.name}, whose type ${field.type} takes no single value.`,
      cure: 'Choose another field; of an address, choose its parts, such as BillingCity.',
    });
  }
  return convert;
}

function readConstant(
  row: FieldMappingRow,
  field: FieldSchema,
  convert: Convert,
  what: 'static value' | 'default value',
  value: string | null,
  problems: Problems,
): FieldValue {
  const place = row.name;
  const code = what === 'static value' ? 'MAPPING_BAD_STATIC' : 'MAPPING_BAD_DEFAULT';
  const cure = `Correct its ${what}, or choose another field.`;
  if (isEmpty(value)) {
    problems.hold({
      code,
      place,
      cure,
      message: `${place} has no ${what} to write to ${field.name}.`,
    });
    return null;
  }
  const converted = convert(value);
  if (!(converted instanceof Refusal)) return converted;
  const message = `The ${what} of ${place} for ${field.name} ${converted.reason}.`;
  problems.hold({ code, place, cure, message });
  return null;
}
