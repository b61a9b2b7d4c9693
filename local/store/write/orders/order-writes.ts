import { newOrderKey } from './order-key.ts';
import type { BodyFields } from '../../rest/request/body.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Ledger } from '../../shop/ledger.ts';
import { recordedBody, RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { OrderRecord } from '../../core/records.ts';
import { applyLines } from './order-lines.ts';
import { settleStatus } from './order-status.ts';
import { recalculate } from './order-taxes.ts';
import { changedAddress } from '../address.ts';
import { changedMeta, sortedByKey } from '../meta.ts';
import { plainLine } from '../../core/text.ts';
import { flagOf, textOf, wholeOf } from '../../core/values.ts';

const blank = recordedBody('errors/201-order-unknown-product.json') as OrderRecord;
const DRAFT = 'checkout-draft';
const symbols: Record<string, string> = { USD: '$', EUR: '€', JPY: '¥', GBP: '£' };

/** The statuses that every shop has, without the trash. */
export const orderStatuses = [
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const;

/** What an order gives in a write makes WooCommerce calculate it anew. */
const recalculating = [
  'billing',
  'shipping',
  'line_items',
  'shipping_lines',
  'fee_lines',
  'coupon_lines',
];

/** Creates and changes orders as the REST API does. */
export class OrderWrites {
  readonly #ledger: Ledger;
  readonly #statuses: ReadonlySet<string>;

  /** `statuses` are all that an order may have, without the trash. */
  constructor(ledger: Ledger, statuses: readonly string[]) {
    this.#ledger = ledger;
    this.#statuses = new Set(statuses);
  }

  /** @throws ReplyError where the body holds what WooCommerce refuses: then nothing was made. */
  create(body: BodyFields, via: 'rest-api' | 'store-api' = 'rest-api'): OrderRecord {
    const { ids } = this.#ledger;
    const order = this.#blankOrder(via);
    this.#applyFields(order, body);
    applyLines(order, body, this.#ledger.shop, ids);
    recalculate(order, this.#ledger.shop, ids);
    order.status = this.#statusFor(order, body);
    order.id = ids.record();
    nameOrder(order);
    settleStatus(order, undefined, this.#ledger);
    if (order.status === DRAFT) {
      this.#ledger.tell('order.updated', order.id);
    } else {
      this.#tellOfNew(order.id, via === 'store-api');
    }
    return this.#ledger.saveOrder(order);
  }

  /** @throws ReplyError where the body holds what WooCommerce refuses: then nothing was changed. */
  update(id: number, body: BodyFields): OrderRecord {
    const order = structuredClone(this.#ledger.shop.orders.get(id)?.read());
    if (order === undefined) {
      throw new ReplyError(wpError(400, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.'));
    }
    const before = order.status;
    this.#applyFields(order, body);
    applyLines(order, body, this.#ledger.shop, this.#ledger.ids);
    if (recalculating.some((name) => (body[name] ?? null) !== null)) {
      recalculate(order, this.#ledger.shop, this.#ledger.ids);
    }
    order.status = this.#statusFor(order, body);
    settleStatus(order, before, this.#ledger);
    // Bringing an order back from the trash by its status is heard of by nobody.
    if (before === DRAFT && order.status !== DRAFT) {
      this.#tellOfNew(id, true);
    } else if (before !== 'trash') {
      this.#ledger.tell('order.updated', id);
    }
    return this.#ledger.saveOrder(order);
  }

  /** A checkout has written its draft before the order counts as new. */
  #tellOfNew(id: number, hadDraft: boolean): void {
    const events = ['order.created', 'order.updated'] as const;
    for (const event of hadDraft ? events.toReversed() : events) {
      this.#ledger.tell(event, id);
    }
  }

  #applyFields(order: OrderRecord, body: BodyFields): void {
    this.#applyCustomer(order, body);
    const given = (name: string): boolean => (body[name] ?? null) !== null;
    for (const field of ['billing', 'shipping'] as const) {
      order[field] = changedAddress(order[field], body[field]);
    }
    for (const field of ['transaction_id', 'customer_note', 'created_via'] as const) {
      order[field] = given(field) ? textOf(body[field]) : order[field];
    }
    for (const field of ['payment_method', 'payment_method_title'] as const) {
      order[field] = given(field) ? plainLine(textOf(body[field])) : order[field];
    }
    if (given('currency')) {
      order.currency = textOf(body['currency']);
      order.currency_symbol = symbols[order.currency] ?? order.currency;
    }
    if (given('parent_id')) {
      order.parent_id = wholeOf(body['parent_id']);
    }
    const meta = changedMeta(order.meta_data, body['meta_data'], () => this.#ledger.ids.meta());
    order.meta_data = sortedByKey(meta);
  }

  /** 0 makes it a guest's. */
  #applyCustomer(order: OrderRecord, { customer_id }: BodyFields): void {
    if ((customer_id ?? null) === null) {
      return;
    }
    const id = wholeOf(customer_id);
    if (id !== 0 && this.#ledger.shop.customers.get(id) === undefined) {
      const message = 'Customer ID is invalid.';
      throw new ReplyError(wpError(400, 'woocommerce_rest_invalid_customer_id', message));
    }
    order.customer_id = id;
    delete order._links['customer'];
    if (id !== 0) {
      order._links['customer'] = [{ href: `${RECORDED_ORIGIN}/wp-json/wc/v3/customers/${id}` }];
    }
  }

  /** An unknown status is pending; only calls for a single order refuse it. */
  #statusFor(order: OrderRecord, { status, set_paid }: BodyFields): string {
    const wanted = (status ?? null) === null ? order.status : textOf(status);
    const known = wanted === 'trash' || this.#statuses.has(wanted) ? wanted : 'pending';
    return flagOf(set_paid) && ['pending', 'failed', 'on-hold'].includes(known)
      ? 'processing'
      : known;
  }

  #blankOrder(created_via: string): OrderRecord {
    const { site, gmt } = this.#ledger.instant();
    return {
      ...structuredClone(blank),
      date_created: site,
      date_created_gmt: gmt,
      order_key: newOrderKey(),
      created_via,
      line_items: [],
      tax_lines: [],
    };
  }
}

/** What holds the id of a new order. */
function nameOrder(order: OrderRecord): void {
  const { id, order_key } = order;
  order.number = String(id);
  order.payment_url = `${RECORDED_ORIGIN}/checkout/order-pay/${id}/?pay_for_order=true&key=${order_key}`;
  const text = JSON.stringify(order._links).replaceAll(`/orders/${blank.id}`, `/orders/${id}`);
  order._links = JSON.parse(text) as OrderRecord['_links'];
}
