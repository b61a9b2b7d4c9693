import { customerKeyPart } from '../../mapping/attributes/guest-customers.ts';
import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import { objects, text } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { parseDate } from '../../mapping/values/dates.ts';
import { decimal, sum } from '../../mapping/values/decimal.ts';
import type { CustomerOrder } from '../../ports/totals/totals-state.ts';

/** What a Number field of eighteen digits, two of them decimals, holds less than. */
const TOO_MUCH = 1e16;

/** What an order adds to its customer: nothing where it has none, and a reason where it cannot be counted. */
export type OrderTotals =
  | { readonly kind: 'order'; readonly order: CustomerOrder }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'problem'; readonly field: string; readonly message: string };

/** @param paid statuses in which orders count */
export function totalsOfOrder(
  record: WooRecord,
  key: string,
  store: string,
  paid: readonly string[],
): OrderTotals {
  const part = customerKeyPart(record);
  if (part === null) return { kind: 'nobody' };
  const status = text(record['status']);
  const counts = paid.includes(status);
  const currency = text(record['currency']).toUpperCase();
  const total = amountOf(record['total']);
  const refunds = objects(record['refunds']);
  const givenBack = refunds.map((refund) => amountOf(refund['total']));
  const placed = parseDate(record['date_created_gmt']);
  if (counts) {
    if (!/^[A-Z]{3,10}$/.test(currency)) return problem('currency', record['currency']);
    if (total === null) return problem('total', record['total']);
    if (givenBack.includes(null)) return problem('refunds', 'an amount that is no number');
  }
  return {
    kind: 'order',
    order: {
      key,
      customer: wooKey(store, part),
      status,
      counts,
      currency,
      total: total ?? '0',
      // They are negative in an order's list of them.
      refunded: sum(givenBack.map((amount) => amount?.replace(/^-/, '') ?? '0')),
      refunds: refunds.flatMap(({ id }) => wooId(id) ?? []),
      placedAt: placed === null ? null : new Date(placed),
    },
  };
}

function problem(field: string, value: unknown): OrderTotals {
  const said = (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 40);
  return {
    kind: 'problem',
    field,
    message: `${field} of the order is "${said}", so it is not counted for its customer.`,
  };
}

/** Plain text of an amount that a field takes; null for what is none. */
function amountOf(value: unknown): string | null {
  const amount = decimal(value);
  return amount === null || amount.abs().gte(TOO_MUCH) ? null : amount.toFixed();
}
