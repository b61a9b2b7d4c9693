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
 * Of a mapping without a condition that is on, says that it takes every record; of one with most of its field mappings
 * off, that it writes few fields. One of which both is so is held: an upgrade brought the checkbox and nobody checked
 * it, so that it would make empty records.
 * @param on how many of its field mappings and conditions are on
 */
export function checkRowsOff(
  name: string,
  off: OffRows,
  on: { readonly fields: number; readonly conditions: number },
  problems: Problems,
): void {
  const isOpen = off.conditions.length > 0 && on.conditions === 0;
  const isMostlyOff = off.fields.length > on.fields && on.fields > 0;
  const conditions = off.conditions.map((row) => row.name).join(', ');
  const fields = `${off.fields.length} of its ${off.fields.length + on.fields} field mappings are off`;
  if (isOpen && isMostlyOff) {
    problems.hold({
      code: 'MAPPING_ROWS_OFF',
      message: `${name}: all of its conditions (${conditions}) and ${fields}. They were probably never switched on after an upgrade, and every record would arrive almost empty.`,
      cure: `Check Active of each field mapping and condition of ${name}, or of all at once as docs/upgrade.md says. Delete the conditions that are not meant.`,
    });
  } else if (isMostlyOff) {
    problems.warn({
      code: 'MAPPING_FIELDS_OFF',
      message: `${name}: ${fields}, and Salesforce keeps what it has in their fields: ${off.fields.map((row) => row.name).join(', ')}.`,
      cure: `Check Active of those that ${name} needs, and delete the others; after an upgrade, check all at once as docs/upgrade.md says.`,
    });
  } else if (isOpen) {
    problems.warn({
      code: 'CONDITION_ALL_OFF',
      message: `${name}: no condition is on, so it takes every record. Off: ${conditions}.`,
      cure: `Check Active of the conditions of ${name}; delete them where every record is meant.`,
    });
  }
}
