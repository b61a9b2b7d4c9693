import { customerKeyPart } from '../../../src/mapping/attributes/guest-customers.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { lookup, mapping } from '../../support/shop-mappings.ts';

/** The shop has no list of guests: an order brings each. */
export const ORDERS = mapping('order', 'Order', (order) => [
  lookup('Contact', `main:${customerKeyPart(order) ?? ''}`),
]);

export function isGuest({ guest }: WooRecord): boolean {
  return guest === true;
}

/** The order that brings a guest. */
export function orderOf(
  { email, billing, first_name, last_name }: WooRecord,
  id: number,
): WooRecord {
  const address = { ...(billing as object), first_name, last_name, email };
  return { id, customer_id: 0, status: 'completed', billing: address };
}
