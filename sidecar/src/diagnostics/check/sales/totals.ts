import { lackingTotals, paidStatuses } from '../../../mapping/attributes/customer-totals.ts';
import type { MappingRow, StoreRow } from '../../../mapping/model/config-rows.ts';
import { resourceOf } from '../../../mapping/model/resource-of.ts';
import type { DescribedObject } from '../../../ports/org.ts';
import { type Finding, warning } from '../finding.ts';

/** Fields that a message names. */
const SHOWN = 3;

/** Fields of a customer in which the sync cannot keep what was ordered, so that nothing is counted in the object. */
export function checkTotals(
  row: MappingRow,
  schema: DescribedObject,
  schemas: ReadonlyMap<string, DescribedObject>,
  stores: readonly StoreRow[],
): Finding[] {
  const counts = ({ active, paidStatuses: listed }: StoreRow) =>
    active && paidStatuses(listed).length > 0;
  if (!resourceOf(row).includes('customer') || !stores.some(counts)) return [];
  const lacking = lackingTotals(schema, schemas);
  if (lacking.length === 0) return [];
  const named = lacking.slice(0, SHOWN).join(', ');
  const more = lacking.length > SHOWN ? ` and ${lacking.length - SHOWN} more` : '';
  return [
    warning({
      code: 'TOTALS_FIELDS',
      place: row.name,
      message: `The integration user may not edit ${named}${more}, or the org does not have it, so what customers ordered is not kept in ${schema.name}.`,
      cure: 'Deploy force-app, and grant edit on these fields in a permission set of your own that the integration user has, if it does not have Woo_Integration. To keep no count, set Paid Statuses of the Woo Store to none.',
    }),
  ];
}
