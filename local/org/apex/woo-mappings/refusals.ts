import { AuraHandledException } from '../apex-rest.ts';
import { isOf, keyOf, rowLike, SAVED_TYPES, type Row, type RowsByKey } from './rows.ts';

/** As WooMappings.refusal: the page has the words for each code. */
export const refusal = (
  code: string,
  by: string | null = null,
  records: readonly string[] | null = null,
): AuraHandledException => new AuraHandledException(JSON.stringify({ code, by, records }));

/** @throws AuraHandledException for rows of other mappings, and of types that are not saved here */
export function refuseForeign(mapping: string, records: readonly Row[], rows: RowsByKey): void {
  const foreign = records.filter((record) => {
    const row = rowLike(record, rows);
    const isHere = SAVED_TYPES.includes(record.type) && isOf(mapping, record);
    return !isHere || (row !== undefined && !isOf(mapping, row));
  });
  if (foreign.length > 0) throw refusal('FOREIGN_RECORD', null, foreign.map(keyOf));
}

/** A text for each value of a row that is not blank, and what row it is of: two rows are the same if these are. */
function linesOf(row: Row): readonly (readonly [string, string])[] {
  const key = keyOf(row);
  const values = Object.entries(row.values).filter(([, value]) => (value ?? null) !== null);
  return [[row.label], ...values].map((one) => [JSON.stringify([key, ...one]), key] as const);
}

/**
 * @param by who saved the mapping last
 * @throws AuraHandledException where a page has seen other rows than those that are there now
 */
export function refuseChanged(seen: readonly Row[], now: readonly Row[], by: string | null): void {
  const before = new Map(seen.flatMap(linesOf));
  const after = new Map(now.flatMap(linesOf));
  const changed = [
    ...[...after].filter(([line]) => !before.has(line)),
    ...[...before].filter(([line]) => !after.has(line)),
  ].map(([, key]) => key);
  if (changed.length > 0) throw refusal('CHANGED_MEANWHILE', by, [...new Set(changed)]);
}
