import { hash } from 'node:crypto';
import type { Lookup, Row } from '../model/record.ts';

/** Characters of base64url: 132 bits, far beyond chance collisions. */
const LENGTH = 22;

/**
 * Tells whether a row differs from the one last written. It covers what every write may send (fields,
 * lookups by key, and what is written when empty), not what only a create sends. Mappings build fields and
 * lookups in the order of their names (fields.ts), so that equal rows are equal text.
 * @param fieldsText the row's fields as JSON
 */
export function rowHash(row: Omit<Row, 'fields'>, fieldsText: string): string {
  let content = `${row.key}\n${fieldsText}`;
  for (const [field, value] of Object.entries(row.whenEmpty)) {
    content += `\n${field}?${JSON.stringify(value)}`;
  }
  for (const { field, key, onCreate, whenEmpty } of row.lookups) {
    if (onCreate !== true || whenEmpty === true) content += `\n${field}>${key ?? ''}`;
  }
  return hash('sha256', content, 'base64url').slice(0, LENGTH);
}

/** Lookups in the order in which a row has them. */
export function inOrder(lookups: readonly Lookup[]): readonly Lookup[] {
  return lookups.toSorted((a, b) => (a.field < b.field ? -1 : Number(a.field > b.field)));
}
