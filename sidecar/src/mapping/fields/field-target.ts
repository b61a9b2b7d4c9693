import type { FieldMappingRow } from '../model/config-rows.ts';
import type { Settings } from '../model/mapping.ts';
import { choose, didYouMean, type Problems } from '../model/problems.ts';
import type { WriteWhen } from '../model/record.ts';
import { fieldNames, type FieldSchema, findField } from '../model/schema.ts';
import { codeFieldOf } from '../values/address.ts';

const WRITE_WHEN = ['always', 'unless_edited', 'on_create', 'when_empty'] as const;

/**
 * The Salesforce field that a field mapping writes, if it can be written.
 * @param taken developer names of field mappings by the field that they write; this one is added
 */
export function readTarget(
  { schema, key }: Settings,
  row: FieldMappingRow,
  taken: Map<string, string>,
  problems: Problems,
): FieldSchema | null {
  const place = row.name;
  const named = findField(schema, row.field ?? '');
  const codes = named && isAddress(row) ? codeFieldOf(schema, named) : undefined;
  const field = codes ?? named;
  if (!field) {
    problems.hold({
      code: 'MAPPING_UNKNOWN_FIELD',
      place,
      message: `${place} writes to "${row.field ?? ''}", which ${schema.name} does not have or the integration user may not see.`,
      cure: `${didYouMean(row.field ?? '', fieldNames(schema))}Correct its Salesforce field, or deploy the field and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).`,
    });
    return null;
  }
  const other = taken.get(field.name);
  taken.set(field.name, place);
  if (other !== undefined || field.name === key.name) {
    problems.hold({
      code: 'MAPPING_FIELD_TWICE',
      place,
      message:
        other === undefined
          ? `${place} writes to ${field.name}, which holds the record's key and is always written.`
          : `${place} writes to ${field.name}, and so does ${other}.`,
      cure: 'Remove one of the field mappings.',
    });
  }
  if (field.calculated || !field.createable) {
    problems.hold({
      code: 'MAPPING_FIELD_READ_ONLY',
      place,
      message: `${place} writes to ${field.name}, which is read-only: a formula, a system field, or one that the integration user may not edit.`,
      cure: 'Choose another field, or grant edit on it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).',
    });
  }
  return field;
}

/** The transform before it is checked: which field is meant depends on it. */
function isAddress({ transform }: FieldMappingRow): boolean {
  return transform?.trim().toLowerCase() === 'address';
}

/** When the field is written, if it can be then. */
export function readWriteWhen(
  row: FieldMappingRow,
  field: FieldSchema,
  problems: Problems,
): WriteWhen {
  const { name: place } = row;
  const writeWhen: WriteWhen = choose(problems, {
    value: row.writeWhen,
    choices: WRITE_WHEN,
    blank: 'always' as const,
    place,
    code: 'MAPPING_UNKNOWN_RULE',
    what: 'rule for when to write',
  });
  // One that cannot be written at all is reported already.
  const isUpdated = writeWhen === 'always' || writeWhen === 'unless_edited';
  if (isUpdated && field.createable && !field.updateable) {
    problems.hold({
      code: 'MAPPING_FIELD_NOT_UPDATEABLE',
      place,
      message: `${place} always writes to ${field.name}, which can only be set when a record is created.`,
      cure: 'Set its write when to on_create; on a master-detail field, allow reparenting instead.',
    });
  }
  return writeWhen;
}
