import type { MappingRow } from '../model/config-rows.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';
import { Refusal } from '../model/refusal.ts';
import { type FieldSchema, findField, type ObjectSchema } from '../model/schema.ts';
import { converter } from '../values/convert.ts';

/** The field and value by which a deleted record is flagged; null where they cannot be. */
export function readDeleteFlag(
  row: MappingRow,
  schema: ObjectSchema,
  key: FieldSchema | null,
  problems: Problems,
): Mapping['deleteFlag'] {
  const { name, deleteField, deleteValue } = row;
  const field = findField(schema, deleteField ?? '');
  if (!field) {
    problems.hold({
      code: 'MAPPING_NO_DELETE_FIELD',
      message: `${name} flags deleted records in "${deleteField ?? ''}", which ${schema.name} does not have or the integration user may not see.`,
      cure: 'Choose the field that its delete rule writes, or the delete rule keep or delete.',
    });
    return null;
  }
  const value = converter(field, 'reject')?.(deleteValue ?? '') ?? null;
  if (field.updateable && (typeof value === 'string' || typeof value === 'boolean')) {
    if (field.name === key?.name) holdForKeyFlagged(row, key, problems);
    return { field: field.name, value };
  }
  problems.hold({
    code: 'MAPPING_BAD_DELETE_VALUE',
    message:
      value instanceof Refusal
        ? `${name}: its delete value ${value.reason}.`
        : `${name} cannot write its delete value "${deleteValue ?? ''}" to ${field.name}.`,
    cure: `Choose a checkbox, text or picklist field that can be edited, and a value that it takes.`,
  });
  return null;
}

/** The key gone, the record would be a stranger to its order or product in the shop. */
function holdForKeyFlagged({ name }: MappingRow, key: FieldSchema, problems: Problems): void {
  problems.hold({
    code: 'MAPPING_FIELD_TWICE',
    message: `${name} flags deleted records in ${key.name}, which holds the record's key.`,
    cure: 'Choose another field for its delete rule to write.',
  });
}
