import { paidStatuses } from '../../../mapping/attributes/customer-totals.ts';
import type { StoreRow } from '../../../mapping/model/config-rows.ts';
import { nearest } from '../../../mapping/model/did-you-mean.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { type Finding, warning } from '../finding.ts';
import { knownWords } from '../known-words.ts';

/**
 * Paid statuses that WooCommerce does not know and no order has: a misspelt one counts no order as sold, in charts,
 * reports and for customers, without any other sign.
 * @param orders the latest ones of the store; undefined where they were not looked at
 */
export function checkPaidStatuses(
  { name: place, paidStatuses: listed }: StoreRow,
  orders: readonly WooRecord[] | undefined,
): Finding[] {
  if (orders === undefined) return [];
  const known = knownWords('order', 'status') ?? [];
  const seen = new Set(orders.map(({ status }) => status));
  return paidStatuses(listed)
    .filter((status) => !known.includes(status) && !seen.has(status))
    .map((status) => {
      const near = nearest(status, known);
      return warning({
        code: 'CHECK_PAID_UNKNOWN',
        place,
        message: `Paid Statuses of ${place} names "${status}", which is none of WooCommerce's own and no order looked at has it: no order counts as sold by it.`,
        cure: `${near === null ? '' : `Did you mean ${near}? `}Name statuses as the shop does, divided by semicolons; a plugin's may be right.`,
      });
    });
}
