import type { Mapping } from './mapping.ts';
import type { Row } from './record.ts';

/** Whether something happens to records of the mapping that are deleted in the shop. */
export function hasDeleteRule({ events, deleteRule }: Mapping): boolean {
  return events.delete && deleteRule !== 'keep';
}

/** The fields of a row that was flagged before, as they must be written to take the flag back. */
export function withoutFlag({ deleteFlag }: Mapping, fields: Row['fields']): Row['fields'] {
  if (deleteFlag === null || Object.hasOwn(fields, deleteFlag.field)) return fields;
  const { field, value } = deleteFlag;
  return { ...fields, [field]: typeof value === 'boolean' ? !value : null };
}
