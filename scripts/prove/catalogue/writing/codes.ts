import type { Probing } from '../../model/probing.ts';
import { firstError, type Row } from '../../sides/answers.ts';
import { named } from '../records.ts';

/** What became of a record that was sent, in one word. */
export const codeOf = (row: Row | undefined): string =>
  row === undefined ? 'no result' : row.success ? 'written' : firstError(row).code;

/** What becomes of orders with these fields. */
export async function codesOf(probing: Probing, ...fields: readonly Record<string, unknown>[]) {
  const records = fields.map((one) => named(probing, one));
  return (await probing.org.write('POST', 'Woo_Order__c', records)).map(codeOf);
}
