import type { MappingSource, OffRows } from '../model/config-rows.ts';

/** The field mappings and conditions of a mapping that are as if they were not there. */
export function offRowsOf({ off }: Pick<MappingSource, 'off'>, mapping: string): OffRows {
  const isOwn = (row: { readonly mapping: string | null }) =>
    row.mapping?.toLowerCase() === mapping.toLowerCase();
  return {
    fields: off?.fields.filter(isOwn) ?? [],
    conditions: off?.conditions.filter(isOwn) ?? [],
  };
}
