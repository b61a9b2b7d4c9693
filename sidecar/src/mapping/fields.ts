import type { Getter } from './derived.ts';
import { describeLookup, describeWriter, towardsWoo } from './mapped-fields.ts';
import type { Path } from './paths.ts';
import { choose, didYouMean, type Problems } from './problems.ts';
import { preparePath, readPath } from './read-path.ts';
import { Refusal } from './refusal.ts';
import { fieldNames, findField, type Settings } from './settings.ts';
import { TRANSFORMS, transformer, type Apply, type Transform } from './transforms.ts';
import type {
  Direction,
  FieldMappingRow,
  FieldSchema,
  MappedField,
  Overflow,
  Resource,
  WriteWhen,
} from './types.ts';
import { converter, isEmpty, type Convert, type FieldValue } from './values.ts';

/** One field of a row, ready to be filled. */
export interface FieldWriter {
  readonly place: string;
  readonly field: FieldSchema;
  /** '' for a static value. */
  readonly attribute: string;
  readonly transform: Transform;
  readonly overflow: Overflow;
  readonly writeWhen: WriteWhen;
  readonly source:
    | { readonly kind: 'static'; readonly value: FieldValue }
    | {
        readonly kind: 'attribute';
        readonly get: Getter;
        readonly apply: Apply | null;
        readonly convert: Convert;
        /** For what is empty or absent; null for none. */
        readonly fallback: FieldValue;
      };
}

/** A field that refers to another synced record; which object's key it needs is settled later. */
export interface LookupWriter {
  readonly row: FieldMappingRow;
  readonly field: FieldSchema;
  readonly path: Path;
  readonly writeWhen: WriteWhen;
}

const KINDS = ['attribute', 'static', 'lookup'] as const;
const DIRECTIONS = ['to_salesforce', 'to_woo', 'both'] as const;
const WRITE_WHEN = ['always', 'on_create', 'when_empty'] as const;
const ADDRESSES: ReadonlySet<string> = new Set(['billing', 'shipping']);
const OVERFLOWS = ['reject', 'truncate'] as const;

/** The field mappings of a mapping, checked. */
export interface Fields {
  readonly writers: readonly FieldWriter[];
  readonly lookups: readonly LookupWriter[];
  /** Of every direction. */
  readonly mapped: readonly MappedField[];
}

/** Checks the field mappings of a mapping; writers and lookups are those that go to Salesforce. */
export function readFields(
  settings: Settings,
  rows: readonly FieldMappingRow[],
  problems: Problems,
): Fields {
  const writers: FieldWriter[] = [];
  const lookups: LookupWriter[] = [];
  const mapped: MappedField[] = [];
  const taken = new Map<string, string>();
  for (const row of rows) {
    const direction = readDirection(settings, row, problems);
    if (direction === 'to_woo') {
      mapped.push(towardsWoo(row));
      continue;
    }
    const field = readTarget(settings, row, taken, problems);
    if (field === null) continue;
    const kind = choose(problems, {
      ...{ value: row.kind, choices: KINDS, blank: 'attribute' as const, place: row.name },
      ...{ code: 'MAPPING_UNKNOWN_KIND', what: 'kind' },
    });
    if (kind === 'lookup') {
      const found = readLookup(settings.resource, row, field, problems);
      lookups.push(...found);
      mapped.push(...found.map((lookup) => describeLookup(lookup, direction)));
    } else {
      const found = readWriter(settings.resource, kind, row, field, problems);
      writers.push(...found);
      mapped.push(...found.map((writer) => describeWriter(settings.resource, writer, direction)));
    }
  }
  return {
    writers: writers.sort(byField),
    lookups: lookups.sort(byField),
    mapped: mapped.sort((a, b) => compare(a.field, b.field)),
  };
}

function readDirection(
  { direction: blank }: Settings,
  row: FieldMappingRow,
  problems: Problems,
): Direction {
  const direction = choose(problems, {
    ...{ value: row.direction, choices: DIRECTIONS, blank, place: row.name },
    ...{ code: 'MAPPING_UNKNOWN_DIRECTION', what: 'direction' },
  });
  return blank === 'to_woo' ? 'to_woo' : direction;
}

/** Whatever the order of the records in Setup: a row's hash covers its fields in this order. */
function byField(a: Pick<FieldWriter, 'field'>, b: Pick<FieldWriter, 'field'>): number {
  return compare(a.field.name, b.field.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function readTarget(
  { schema, key }: Settings,
  row: FieldMappingRow,
  taken: Map<string, string>,
  problems: Problems,
): FieldSchema | null {
  const place = row.name;
  const field = findField(schema, row.field ?? '');
  if (!field) {
    problems.hold({
      ...{ code: 'MAPPING_UNKNOWN_FIELD', place },
      message: `${place} writes to "${row.field ?? ''}", which ${schema.name} does not have or the integration user may not see.`,
      cure: `${didYouMean(row.field ?? '', fieldNames(schema))}Correct its Salesforce field, or deploy the field and grant it in the permission set Woo_Integration.`,
    });
    return null;
  }
  const other = taken.get(field.name);
  taken.set(field.name, place);
  if (other !== undefined || field.name === key.name) {
    problems.hold({
      ...{ code: 'MAPPING_FIELD_TWICE', place },
      message:
        other === undefined
          ? `${place} writes to ${field.name}, which holds the record's key and is always written.`
          : `${place} writes to ${field.name}, and so does ${other}.`,
      cure: 'Remove one of the field mappings.',
    });
  }
  if (field.calculated || !field.createable) {
    problems.hold({
      ...{ code: 'MAPPING_FIELD_READ_ONLY', place },
      message: `${place} writes to ${field.name}, which is read-only: a formula, a system field, or one that the integration user may not edit.`,
      cure: 'Choose another field, or grant edit on it in the permission set Woo_Integration.',
    });
  }
  return field;
}

function readWriter(
  resource: Resource,
  kind: 'attribute' | 'static',
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
  const common = { place, field, transform, overflow, writeWhen };
  if (kind === 'static') {
    const value = readConstant(row, field, convert, 'static value', row.staticValue, problems);
    return [{ ...common, attribute: '', source: { kind, value } }];
  }
  const path = readPath(resource, row, problems, (attribute) =>
    preparePath(attribute, transform, field),
  );
  if (path === null) return [];
  if (transform === 'street' && !ADDRESSES.has(path.canonical)) {
    problems.hold({
      ...{ code: 'MAPPING_TRANSFORM_ATTRIBUTE', place },
      message: `${place} has the transform street, but reads ${path.canonical}, which is not an address.`,
      cure: 'Choose the attribute billing or shipping, or another transform.',
    });
  }
  const fallback = isEmpty(row.defaultValue)
    ? null
    : readConstant(row, field, convert, 'default value', row.defaultValue, problems);
  const apply = transformer(transform);
  const source = { kind, get: path.get, apply, convert, fallback };
  return [{ ...common, attribute: path.canonical, source }];
}

function readLookup(
  resource: Resource,
  row: FieldMappingRow,
  field: FieldSchema,
  problems: Problems,
): LookupWriter[] {
  const { name: place } = row;
  if (field.type !== 'reference' || field.relationshipName === null) {
    problems.hold({
      ...{ code: 'MAPPING_NOT_A_LOOKUP', place },
      message: `${place} is of the kind lookup, but ${field.name} is not a lookup or master-detail field.`,
      cure: 'Choose the kind attribute, or another field.',
    });
    return [];
  }
  const writeWhen = readWriteWhen(row, field, problems);
  const path = readPath(resource, row, problems, (attribute) => attribute);
  return path === null ? [] : [{ row, field, path, writeWhen }];
}

function readWriteWhen(row: FieldMappingRow, field: FieldSchema, problems: Problems): WriteWhen {
  const { name: place } = row;
  const writeWhen: WriteWhen = choose(problems, {
    ...{ value: row.writeWhen, choices: WRITE_WHEN, blank: 'always' as const, place },
    ...{ code: 'MAPPING_UNKNOWN_RULE', what: 'rule for when to write' },
  });
  if (writeWhen === 'always' && !field.updateable) {
    problems.hold({
      ...{ code: 'MAPPING_FIELD_NOT_UPDATEABLE', place },
      message: `${place} always writes to ${field.name}, which can only be set when a record is created.`,
      cure: 'Set its write when to on_create; on a master-detail field, allow reparenting instead.',
    });
  }
  return writeWhen;
}

function readTransform(row: FieldMappingRow, problems: Problems): Transform {
  return choose(problems, {
    ...{ value: row.transform, choices: TRANSFORMS, blank: 'none' as const },
    ...{ code: 'MAPPING_UNKNOWN_TRANSFORM', what: 'transform', place: row.name },
  });
}

function readOverflow(row: FieldMappingRow, problems: Problems): Overflow {
  return choose(problems, {
    ...{ value: row.overflow, choices: OVERFLOWS, blank: 'reject' as const, place: row.name },
    ...{ code: 'MAPPING_UNKNOWN_RULE', what: 'overflow rule' },
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
      ...{ code: 'MAPPING_FIELD_TYPE', place },
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
  const message = `${place}: its ${what} for ${field.name} ${converted.reason}.`;
  problems.hold({ code, place, cure, message });
  return null;
}
