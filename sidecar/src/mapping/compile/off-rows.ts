import type { MappingSource, OffRows } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';

/** The field mappings and conditions of a mapping that are as if they were not there. */
export function offRowsOf({ off }: Pick<MappingSource, 'off'>, mapping: string): OffRows {
  const isOwn = (row: { readonly mapping: string | null }) =>
    row.mapping?.toLowerCase() === mapping.toLowerCase();
  return {
    fields: off?.fields.filter(isOwn) ?? [],
    conditions: off?.conditions.filter(isOwn) ?? [],
  };
}

/**
 * Of a mapping without a condition that is on, says that it takes every record. It is held where most of its field
 * mappings are off too: an upgrade brought the checkbox and nobody checked it, so that it would make empty records.
 * @param on how many of its field mappings and conditions are on
 */
export function checkConditionsOff(
  name: string,
  off: OffRows,
  on: { readonly fields: number; readonly conditions: number },
  problems: Problems,
): void {
  if (off.conditions.length === 0 || on.conditions > 0) return;
  const conditions = off.conditions.map((row) => row.name).join(', ');
  if (off.fields.length > on.fields) {
    problems.hold({
      code: 'MAPPING_ROWS_OFF',
      message: `${name}: all of its conditions (${conditions}) and ${off.fields.length} of its ${off.fields.length + on.fields} field mappings are off. They were probably never switched on after an upgrade, and every record would arrive almost empty.`,
      cure: `Check Active of each field mapping and condition of ${name}, or of all at once as docs/upgrade.md says. Delete the conditions that are not meant.`,
    });
  } else {
    problems.warn({
      code: 'CONDITION_ALL_OFF',
      message: `${name}: no condition is on, so it takes every record. Off: ${conditions}.`,
      cure: `Check Active of the conditions of ${name}; delete them where every record is meant.`,
    });
  }
}
