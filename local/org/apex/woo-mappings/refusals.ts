import { AuraHandledException } from '../apex-rest.ts';
import { isOf, keyOf, rowLike, SAVED_TYPES, type Row, type RowsByKey } from './rows.ts';

/**
 * As WooMappingSaves.refusal: the page has the words for each code.
 * @param by who saved the mapping last
 */
export const refusal = (
  code: string,
  by: string | null,
  records: readonly string[] | null = null,
): AuraHandledException => new AuraHandledException(JSON.stringify({ code, by, records }));

/** Keys of records that are not of the mapping, or would take the name of a row that is not. */
export const foreignTo = (
  mapping: string,
  records: readonly Row[],
  rows: RowsByKey,
): readonly string[] =>
  records
    .filter((record) => {
      const row = rowLike(record, rows) ?? record;
      return !SAVED_TYPES.includes(record.type) || !isOf(mapping, record) || !isOf(mapping, row);
    })
    .map(keyOf);

/** A text for each value of a row that is not blank, and what row it is of: two rows are the same if these are. */
function linesOf(row: Row): readonly (readonly [string, string])[] {
  const key = keyOf(row);
  const values = Object.entries(row.values).filter(([, value]) => (value ?? null) !== null);
  return [[row.label], ...values].map((one) => [JSON.stringify([key, ...one]), key] as const);
}

/** Keys of rows that are not as a page has seen them. */
export function changedSince(seen: readonly Row[], now: readonly Row[]): readonly string[] {
  const before = new Map(seen.flatMap(linesOf));
  const after = new Map(now.flatMap(linesOf));
  const changed = [
    ...[...after].filter(([line]) => !before.has(line)),
    ...[...before].filter(([line]) => !after.has(line)),
  ].map(([, key]) => key);
  return [...new Set(changed)];
}
