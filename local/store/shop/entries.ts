import type { Entry } from '../core/collection.ts';
import type { CustomerRecord, DatedRecord, OrderRecord, RefundRecord } from '../core/records.ts';
import { wireSeconds } from '../core/zone.ts';

/** The entry of an order that is held as a record. */
export function orderEntry(order: OrderRecord, forgotten: Set<number>): Entry<OrderRecord> {
  return {
    id: order.id,
    created: wireSeconds(order.date_created_gmt),
    modified: wireSeconds(order.date_modified_gmt),
    status: order.status,
    owner: order.customer_id,
    read: () => forget(order, forgotten),
  };
}

export function refundEntry(refund: RefundRecord): Entry<RefundRecord> {
  const created = wireSeconds(refund.date_created_gmt);
  return {
    id: refund.id,
    created,
    modified: created,
    status: 'completed',
    owner: refund.parent_id,
    read: () => refund,
  };
}

/** The `status` of a customer's entry is the role. */
export function customerEntry(customer: CustomerRecord): Entry<CustomerRecord> {
  return {
    id: customer.id,
    created: wireSeconds(customer.date_created_gmt),
    modified: wireSeconds(customer.date_modified_gmt ?? customer.date_created_gmt),
    status: customer.role,
    owner: 0,
    read: () => customer,
  };
}

/** Products, variations and coupons. */
export function datedEntry<R extends DatedRecord>(record: R): Entry<R> {
  return {
    id: record.id,
    created: wireSeconds(record.date_created_gmt),
    modified: wireSeconds(record.date_modified_gmt),
    status: record.status,
    owner: 0,
    read: () => record,
  };
}

/** Lines of force-deleted products lose their product and SKU, and the order's date does not move. */
export function forget(order: OrderRecord, forgotten: Set<number>): OrderRecord {
  const gone = (line: { product_id: number; variation_id: number }): boolean =>
    forgotten.has(line.product_id) || forgotten.has(line.variation_id);
  if (forgotten.size === 0 || !order.line_items.some(gone)) {
    return order;
  }
  return {
    ...order,
    line_items: order.line_items.map((line) =>
      gone(line)
        ? {
            ...line,
            product_id: 0,
            variation_id: 0,
            sku: null,
            global_unique_id: null,
            image: { id: 0, src: '' },
            parent_name: null,
          }
        : line,
    ),
  };
}
