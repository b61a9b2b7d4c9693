import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { Links, OrderRecord, RefundRecord } from '../core/records.ts';
import { orderTotals } from '../core/totals.ts';
import type { SiteZone } from '../core/zone.ts';
import type { Catalogue } from './catalogue.ts';
import { buildLines } from './order-contents.ts';
import type { Ids } from './order-lines.ts';
import { orderMeta } from './order-meta.ts';
import { FIRST_CUSTOMER, repeatCustomers } from './order-plan.ts';
import type { GeneratorOptions, OrderPlan } from './order-plan.ts';
import { erased, nobody, orderBilling, orderShipping, person } from './people.ts';
import type { Person } from './people.ts';
import { Random } from '../core/random.ts';
import { buildRefunds } from './refund.ts';
import { inWholeUnits, smallestOf } from './whole-units.ts';

const IDS_PER_ORDER = 256;
const FIRST_LINE = 1_000_000;
const FIRST_META = 500_000_000;

const payments = [
  { method: 'bacs', title: 'Direct bank transfer' },
  { method: 'stripe', title: 'Credit card (Stripe)' },
  { method: 'cod', title: 'Cash on delivery' },
  { method: 'paypal', title: 'PayPal' },
] as const;

const symbols: Record<string, string> = { USD: '$', JPY: '¥', EUR: '€' };

/** Builds the order of a plan, and its refunds: the same plan always gives the same records. */
export function buildOrder(
  plan: OrderPlan,
  options: GeneratorOptions,
  catalogue: Catalogue,
  zone: SiteZone,
): { order: OrderRecord; refunds: RefundRecord[] } {
  const random = new Random(options.seed, 'body', plan.index);
  const bench = options.profile === 'bench';
  const buyer = buyerOf(plan, options);
  const ids = idsFor(plan.index);
  const built = buildLines(random, plan, buyer, catalogue, ids, bench);
  const sale = buildSale(random, plan, bench);
  const lines = smallestOf(sale.currency) > 1 ? inWholeUnits(built) : built;
  const site = siteDates(plan, zone);
  const key = `wc_order_${random.token(13)}`;
  const order: OrderRecord = {
    id: plan.id,
    parent_id: 0,
    status: plan.status,
    currency: sale.currency,
    version: '10.5.0',
    prices_include_tax: false,
    date_created: site.created.site,
    date_modified: site.modified.site,
    ...orderTotals(lines),
    customer_id: plan.buyer.kind === 'customer' ? plan.buyer.customer : 0,
    order_key: key,
    billing: orderBilling(buyer),
    shipping: orderShipping(buyer),
    ...sale.payment,
    customer_note: bench ? '' : noteFor(plan.index),
    date_completed: site.completed?.site ?? null,
    date_paid: site.paid?.site ?? null,
    cart_hash: '',
    number: String(plan.id),
    meta_data: orderMeta(random, plan, ids, bench),
    ...lines,
    refunds: [],
    payment_url: `${RECORDED_ORIGIN}/checkout/order-pay/${plan.id}/?pay_for_order=true&key=${key}`,
    ...stateFlags(plan.status),
    date_created_gmt: site.created.gmt,
    date_modified_gmt: site.modified.gmt,
    date_completed_gmt: site.completed?.gmt ?? null,
    date_paid_gmt: site.paid?.gmt ?? null,
    currency_symbol: symbols[sale.currency] ?? '$',
    _links: orderLinks(plan),
  };
  const refunds = buildRefunds(plan, order, ids, zone);
  order.refunds = refunds.map(({ id, reason, amount }) => ({ id, reason, total: `-${amount}` }));
  return { order, refunds };
}

function idsFor(index: number): Ids {
  let line = FIRST_LINE + index * IDS_PER_ORDER;
  let meta = FIRST_META + index * IDS_PER_ORDER;
  return { line: () => line++, meta: () => meta++ };
}

function buyerOf(plan: OrderPlan, options: GeneratorOptions): Person {
  const oneTaxOnly = options.profile === 'bench';
  const { buyer } = plan;
  if (buyer.kind === 'customer') {
    return customerPerson(buyer.customer, options);
  }
  if (buyer.kind === 'guest') {
    return person(options.seed, 'guest', buyer.guest, oneTaxOnly);
  }
  if (plan.status === 'checkout-draft') {
    return nobody;
  }
  return plan.index % 3 === 0
    ? erased
    : { ...person(options.seed, 'unknown', plan.index, oneTaxOnly), email: '' };
}

/** The person behind a generated customer id. */
export function customerPerson(customer: number, options: GeneratorOptions): Person {
  const repeats = customer - FIRST_CUSTOMER < repeatCustomers(options.orders);
  return person(options.seed, repeats ? 'regular' : 'buyer', customer, options.profile === 'bench');
}

type Payment = Pick<
  OrderRecord,
  | 'payment_method'
  | 'payment_method_title'
  | 'transaction_id'
  | 'customer_ip_address'
  | 'customer_user_agent'
  | 'created_via'
>;

function buildSale(
  random: Random,
  plan: OrderPlan,
  bench: boolean,
): { currency: string; payment: Payment } {
  const draft = plan.status === 'checkout-draft';
  const { method, title } = random.pick(payments);
  const online = method === 'stripe' || method === 'paypal';
  const currencyDraw = bench ? 1 : random.next();
  return {
    currency: currencyDraw < 0.02 ? 'JPY' : currencyDraw < 0.04 ? 'EUR' : 'USD',
    payment: {
      payment_method: draft ? '' : method,
      payment_method_title: draft ? '' : title,
      transaction_id: online && plan.paid !== undefined ? `txn_${random.token(32)}` : '',
      customer_ip_address: draft ? '' : '127.0.0.1',
      customer_user_agent: draft ? '' : 'Mozilla/5.0 (local)',
      created_via: draft
        ? 'store-api'
        : random.pick(['checkout', 'store-api', 'admin', 'rest-api']),
    },
  };
}

function noteFor(index: number): string {
  const note = 'Very long note — please deliver to the back door. 🚪\n';
  if (index % 61 === 7) {
    return note.repeat(120);
  }
  return index % 9 === 4 ? 'Ring & wait <5 min>' : '';
}

type Instant = ReturnType<SiteZone['pair']>;

function siteDates(
  plan: OrderPlan,
  zone: SiteZone,
): {
  created: Instant;
  modified: Instant;
  paid: Instant | undefined;
  completed: Instant | undefined;
} {
  return {
    created: zone.pair(plan.created),
    modified: zone.pair(plan.modified),
    paid: plan.paid === undefined ? undefined : zone.pair(plan.paid),
    completed: plan.completed === undefined ? undefined : zone.pair(plan.completed),
  };
}

/** What WooCommerce derives from the status. */
export function stateFlags(
  status: string,
): Pick<OrderRecord, 'is_editable' | 'needs_payment' | 'needs_processing'> {
  return {
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(status),
    needs_payment: ['pending', 'failed', 'checkout-draft'].includes(status),
    needs_processing: true,
  };
}

function orderLinks({ id, buyer }: OrderPlan): Links {
  const api = `${RECORDED_ORIGIN}/wp-json/wc/v3`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const links: Links = {
    self: [{ href: `${api}/orders/${id}`, targetHints: { allow } }],
    collection: [{ href: `${api}/orders` }],
    email_templates: [{ embeddable: true, href: `${api}/orders/${id}/actions/email_templates` }],
  };
  if (buyer.kind === 'customer') {
    links['customer'] = [{ href: `${api}/customers/${buyer.customer}` }];
  }
  return links;
}
