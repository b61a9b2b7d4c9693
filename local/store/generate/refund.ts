import type { LineItem, Links, OrderRecord, RefundRecord, TaxLine } from '../core/records.ts';
import { cents, money } from '../core/money.ts';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { SiteZone } from '../core/zone.ts';
import type { Ids } from './order-lines.ts';
import type { OrderPlan } from './order-plan.ts';
import { smallestOf } from './whole-units.ts';

interface RefundContents {
  amount: string;
  reason: string;
  type: 'full' | 'partial';
  line_items: LineItem[];
  tax_lines: TaxLine[];
}

/** The refunds of a planned order, newest first, as the order lists them. */
export function buildRefunds(
  plan: OrderPlan,
  order: OrderRecord,
  ids: Ids,
  zone: SiteZone,
): RefundRecord[] {
  return plan.refunds
    .map((id, at) => {
      const contents =
        plan.status === 'refunded'
          ? byAmount(order.total, 'Full refund & sorry', 'full')
          : at === 0
            ? oneUnit(order, ids)
            : byAmount('1.00', '', 'partial');
      return refundRecord(id, order.id, refundedAt(plan, at), contents, ids.meta(), zone);
    })
    .reverse();
}

/** When a planned refund was made; refunding moved the order's modified date, so not later than that. */
export function refundedAt(plan: OrderPlan, at: number): number {
  return Math.max(plan.created + 1 + at, plan.modified - 60 * (plan.refunds.length - at));
}

/** A refund that names an amount only. */
export function byAmount(amount: string, reason: string, type: 'full' | 'partial'): RefundContents {
  return { amount, reason, type, line_items: [], tax_lines: [] };
}

/** Puts a refund into the recorded shape. `at` is in UTC seconds. */
export function refundRecord(
  id: number,
  orderId: number,
  at: number,
  contents: RefundContents,
  metaId: number,
  zone: SiteZone,
): RefundRecord {
  const { site, gmt } = zone.pair(at);
  return {
    id,
    parent_id: orderId,
    date_created: site,
    date_created_gmt: gmt,
    amount: contents.amount,
    reason: contents.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id: metaId, key: '_refund_type', value: contents.type }],
    line_items: contents.line_items,
    shipping_lines: [],
    tax_lines: contents.tax_lines,
    fee_lines: [],
    _links: refundLinks(id, orderId),
  };
}

/** One unit of the first line goes back, with its share of the tax. */
function oneUnit(order: OrderRecord, ids: Ids): RefundContents {
  const line = order.line_items[0];
  if (line === undefined) {
    return byAmount('1.00', '', 'partial');
  }
  const unit = smallestOf(order.currency);
  const share = (text: string): number => Math.round(cents(text) / line.quantity / unit) * unit;
  const taxes = line.taxes.map(({ id, total }) => ({ id, cents: share(total) }));
  const tax = taxes.reduce((sum, part) => sum + part.cents, 0);
  const total = share(line.total);
  const back: LineItem = {
    ...line,
    id: ids.line(),
    quantity: -1,
    subtotal: money(-total),
    subtotal_tax: money(-tax),
    total: money(-total),
    total_tax: money(-tax),
    taxes: taxes.map((part) => ({
      id: part.id,
      total: money(-part.cents),
      subtotal: money(-part.cents),
    })),
    meta_data: [refundedItem(line.id, ids.meta())],
    price: total / 100,
  };
  return {
    amount: money(total + tax),
    reason: '',
    type: 'partial',
    line_items: [back],
    tax_lines: order.tax_lines.map((rate) => ({
      ...rate,
      id: ids.line(),
      tax_total: money(-(taxes.find(({ id }) => id === rate.rate_id)?.cents ?? 0)),
      shipping_tax_total: '0.00',
    })),
  };
}

function refundedItem(lineId: number, id: number): LineItem['meta_data'][number] {
  const value = String(lineId);
  return {
    id,
    key: '_refunded_item_id',
    value,
    display_key: '_refunded_item_id',
    display_value: value,
  };
}

function refundLinks(id: number, orderId: number): Links {
  const order = `${RECORDED_ORIGIN}/wp-json/wc/v3/orders/${orderId}`;
  return {
    self: [{ href: `${order}/refunds/${id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
    collection: [{ href: `${order}/refunds` }],
    up: [{ href: order }],
  };
}
