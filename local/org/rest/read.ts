import { ApiError } from '../model/errors.ts';
import { hasRecycleBin } from '../write/references.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../soql/run.ts';
import { findField } from '../soql/scope.ts';
import type { Call } from '../api/call.ts';

/**
 * Records by id with the named fields, in the order of the ids; null where there is none.
 * @param ids 18 characters each
 * @throws ApiError INVALID_FIELD for a field that the object has not
 */
export function readRecords(
  call: Call,
  object: ObjectDefinition,
  ids: readonly string[],
  fields: readonly string[],
): readonly (ResultRecord | null)[] {
  for (const name of fields) {
    if (name.includes('.') || findField(object, name)) continue;
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `No such column '${name}' on sobject of type ${object.name}`,
    );
  }
  const { data } = call.services;
  const names = [...new Set(fields.map((name) => findField(object, name)?.name ?? name))];
  const list = names.length === 0 ? ['Id'] : names;
  const soql = `SELECT ${list.join(', ')} FROM ${object.name} WHERE Id = '${ids[0] ?? ''}'`;
  const compiled = compile(data, soql, !hasRecycleBin(object));
  const builder = new RecordBuilder(data, call.version);
  return ids.map((id) => {
    const row = data.db.get(compiled.sql, id);
    return row ? builder.build(compiled, row) : null;
  });
}
