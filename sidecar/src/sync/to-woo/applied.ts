import type { WooRecord } from '../../mapping/model/record.ts';
import type { Base, FieldVersions, Pair } from '../../ports/two-way-state.ts';
import { editOf } from '../merge/edits-to-all.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/** What both sides of records hold once they were sent. */
export type Reached = readonly (Pair & { readonly base: Base })[];

/**
 * What both sides hold of a change that the shop has taken.
 * @param now the record as the shop answered it
 */
export function applied(
  run: Run,
  { mapping, object, key, recordId, fields }: ShopChange,
  now: WooRecord,
): Reached[number] {
  const base: Record<string, FieldVersions> = {};
  for (const { field, held } of fields) {
    const inSalesforce = digest(field.fromSalesforce(held));
    base[agreedName(field)] = [digest(field.fromWoo(now)), inSalesforce];
    if (mapping.editsToAllStores && !field.onlyEdits)
      Object.assign(base, editOf(field, inSalesforce));
  }
  const other = fields.filter(
    ({ field, held }) => field.fromWoo(now) !== field.fromSalesforce(held),
  );
  if (other.length > 0) {
    const names = other.map(({ field }) => field.field).join(', ');
    run.report.note(mapping, key, [`The shop keeps ${names} otherwise than Salesforce has it.`]);
  }
  run.report.of(mapping).pushed += 1;
  return { object, key, recordId, base };
}
