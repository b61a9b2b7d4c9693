import type { Entry } from '../core/collection.ts';
import type { CustomerRecord, OrderRecord, RefundRecord } from '../core/records.ts';
import type { SiteZone } from '../core/zone.ts';
import type { Catalogue } from '../generate/catalogue.ts';
import { buildCustomer } from '../generate/customer.ts';
import { type OrderPlan, planOrder, registeredOnly } from '../generate/order-plan.ts';
import { buildOrder, customerPerson } from '../generate/order.ts';
import { type Person, registrant } from '../generate/people.ts';
import { refundedAt } from '../generate/refund.ts';
import { forget } from './entries.ts';
import type { ShopOptions } from './shop-options.ts';

interface Sales {
  orders: Entry<OrderRecord>[];
  refunds: Entry<RefundRecord>[];
  customers: Entry<CustomerRecord>[];
}

/** Entries only; the records themselves are built when somebody reads them. */
export function generateSales(
  options: ShopOptions,
  catalogue: Catalogue,
  forgotten: Set<number>,
): Sales {
  const sales: Sales = { orders: [], refunds: [], customers: [] };
  const buyers = new Map<number, { first: number; last: number }>();
  const build = (index: number): ReturnType<typeof buildOrder> =>
    buildOrder(planOrder(index, options), options, catalogue, options.zone);
  for (let index = 0; index < options.orders; index += 1) {
    const plan = planOrder(index, options);
    sales.orders.push({
      ...planEntry(plan),
      read: () => forget(build(index).order, forgotten),
    });
    sales.refunds.push(...refundEntries(plan, () => build(index).refunds));
    noteBuyer(buyers, plan);
  }
  for (const [id, { first, last }] of buyers) {
    const buyer = customerPerson(id, options);
    sales.customers.push(generatedCustomer(id, buyer, first - 60, last, options.zone));
  }
  for (const { id, created } of registeredOnly(options)) {
    sales.customers.push(generatedCustomer(id, registrant(id), created, undefined, options.zone));
  }
  return sales;
}

function planEntry({
  id,
  created,
  modified,
  status,
  buyer,
}: OrderPlan): Omit<Entry<OrderRecord>, 'read'> {
  return { id, created, modified, status, owner: buyer.kind === 'customer' ? buyer.customer : 0 };
}

function refundEntries(plan: OrderPlan, build: () => RefundRecord[]): Entry<RefundRecord>[] {
  return plan.refunds.map((id, at) => {
    const created = refundedAt(plan, at);
    const read = (): RefundRecord => {
      const refund = build().find((candidate) => candidate.id === id);
      if (refund === undefined) {
        throw new Error(`The plan of order ${plan.id} names refund ${id}, but none was built.`);
      }
      return refund;
    };
    return { id, created, modified: created, status: 'completed', owner: plan.id, read };
  });
}

function noteBuyer(buyers: Map<number, { first: number; last: number }>, plan: OrderPlan): void {
  if (plan.buyer.kind !== 'customer') {
    return;
  }
  const known = buyers.get(plan.buyer.customer);
  buyers.set(plan.buyer.customer, {
    first: Math.min(known?.first ?? plan.created, plan.created),
    last: Math.max(known?.last ?? plan.created, plan.created),
  });
}

function generatedCustomer(
  id: number,
  buyer: Person,
  created: number,
  modified: number | undefined,
  zone: SiteZone,
): Entry<CustomerRecord> {
  return {
    id,
    created,
    modified: modified ?? created,
    status: 'customer',
    owner: 0,
    read: () => buildCustomer(id, buyer, created, modified, zone),
  };
}
