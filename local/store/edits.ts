import { orderEntry, customerEntry, datedEntry, refundEntry } from './shop.ts';
import type { Shop } from './shop.ts';
import { stateFlags } from './generate/order.ts';
import { byAmount, refundRecord } from './generate/refund.ts';
import { cents, money } from './money.ts';
import type {
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from './records.ts';
import { orderTotals, taxLineTotals } from './totals.ts';
import { wireSeconds } from './zone.ts';

/** Fields to change; objects (addresses) are merged, lists are replaced. */
export type Patch = Record<string, unknown>;

/** When a change happened: left out = now, null = the modified date stays, else UTC without a zone. */
export interface EditOptions {
  modified?: string | null;
}

/** Changes to the shop's data as the shop's own staff would make them. Every error names the record. */
export class Edits {
  readonly #shop: Shop;
  readonly #now: () => number;
  #nextId: number;

  /** `now` gives UTC seconds. */
  constructor(shop: Shop, now: () => number) {
    this.#shop = shop;
    this.#now = now;
    const orders = shop.orders.all();
    const refunds = shop.refunds.all();
    this.#nextId = Math.max(100_000, orders.at(-1)?.id ?? 0, refunds.at(-1)?.id ?? 0) + 1_000_000;
  }

  /** Changes an order; its totals follow its lines when lines are given. */
  updateOrder(id: number, patch: Patch, options: EditOptions = {}): OrderRecord {
    const order = merged(this.#order(id), patch, `Order ${id}`);
    if (['line_items', 'shipping_lines', 'fee_lines'].some((field) => field in patch)) {
      Object.assign(order, orderTotals(order), { tax_lines: taxLineTotals(order) });
    }
    Object.assign(order, stateFlags(order.status), this.#statusDates(order));
    return this.#saveOrder(order, options);
  }

  /** A new order with the contents of an existing one, then changed by the patch. */
  addOrder(like: number, patch: Patch = {}): OrderRecord {
    const id = this.#newId();
    const text = JSON.stringify(this.#order(like)).replaceAll(`/orders/${like}`, `/orders/${id}`);
    const order = JSON.parse(text) as OrderRecord;
    const { site, gmt } = this.#shop.zone.pair(this.#now());
    for (const line of linesOf(order)) {
      line.id = this.#newId();
    }
    Object.assign(order, {
      id,
      number: String(id),
      refunds: [],
      date_created: site,
      date_created_gmt: gmt,
      payment_url: order.payment_url.replace(String(like), String(id)),
    });
    return this.#saveOrder(merged(order, patch, `Order ${id}`), {});
  }

  /** Removes one line of any kind and brings the totals along. */
  removeLine(orderId: number, lineId: number, options: EditOptions = {}): OrderRecord {
    const order = structuredClone(this.#order(orderId));
    const before = linesOf(order).length;
    const keep = (line: { id: number }): boolean => line.id !== lineId;
    order.line_items = order.line_items.filter(keep);
    order.shipping_lines = order.shipping_lines.filter(keep);
    order.fee_lines = order.fee_lines.filter(keep);
    order.tax_lines = order.tax_lines.filter(keep);
    order.coupon_lines = order.coupon_lines.filter(keep);
    if (linesOf(order).length === before) {
      throw new Error(`Order ${orderId} has no line ${lineId}.`);
    }
    Object.assign(order, orderTotals(order), { tax_lines: taxLineTotals(order) });
    return this.#saveOrder(order, options);
  }

  /** Into the trash: the record stays readable by id, and lists show it only with `status=trash`. */
  trashOrder(id: number): OrderRecord {
    return this.updateOrder(id, { status: 'trash' });
  }

  /** Force-deletes: nothing is left of the order, nor of its refunds. */
  deleteOrder(id: number): void {
    this.#order(id);
    this.#shop.orders.remove(id);
    for (const { id: refund } of this.#shop.refunds.all().filter(({ owner }) => owner === id)) {
      this.#shop.refunds.remove(refund);
    }
  }

  /** Refunds an amount such as `"5.00"`; a refund of everything sets the status `refunded`. */
  addRefund(orderId: number, amount: string, reason = ''): RefundRecord {
    const order = this.#order(orderId);
    const before = order.refunds.reduce((sum, refund) => sum - cents(refund.total), 0);
    const left = cents(order.total) - before;
    if (!/^\d+(\.\d{1,2})?$/.test(amount) || cents(amount) === 0 || cents(amount) > left) {
      throw new Error(
        `Order ${orderId} cannot be refunded by "${amount}": at most ${money(left)} is left.`,
      );
    }
    const full = cents(amount) === left;
    const id = this.#newId();
    const contents = byAmount(money(cents(amount)), reason, full ? 'full' : 'partial');
    const { zone } = this.#shop;
    const refund = refundRecord(id, orderId, this.#now(), contents, this.#newId(), zone);
    this.#shop.refunds.put(refundEntry(refund));
    const refunds = [{ id, reason, total: `-${refund.amount}` }, ...order.refunds];
    this.updateOrder(orderId, { refunds, ...(full ? { status: 'refunded' } : {}) });
    return refund;
  }

  /** Deletes a refund. As in WooCommerce the order's modified date does not move. */
  deleteRefund(id: number): void {
    const entry = this.#shop.refunds.get(id);
    if (entry === undefined) {
      throw new Error(`There is no refund ${id}.`);
    }
    this.#shop.refunds.remove(id);
    const order = this.#order(entry.owner);
    const refunds = order.refunds.filter((refund) => refund.id !== id);
    this.updateOrder(order.id, { refunds }, { modified: null });
  }

  updateProduct(id: number, patch: Patch, options: EditOptions = {}): ProductRecord {
    const product = merged(this.#read('products', id), patch, `Product ${id}`);
    this.#touch(product, options);
    this.#shop.products.put(datedEntry(product));
    return product;
  }

  /** Changes a variation; its parent's modified date moves too. */
  updateVariation(id: number, patch: Patch, options: EditOptions = {}): VariationRecord {
    const variation = merged(this.#read('variations', id), patch, `Variation ${id}`);
    this.#touch(variation, options);
    this.#shop.variations.put({ ...datedEntry(variation), owner: variation.parent_id });
    this.updateProduct(variation.parent_id, {}, options);
    return variation;
  }

  trashProduct(id: number): ProductRecord {
    const { slug } = this.#read('products', id);
    return this.updateProduct(id, { status: 'trash', slug: `${slug}__trashed` });
  }

  /** Force-deletes a product with its variations; lines of orders forget it without moving a date. */
  deleteProduct(id: number): void {
    this.#read('products', id);
    this.#shop.products.remove(id);
    this.#shop.forgotten.add(id);
    for (const { id: own } of this.#shop.variations.all().filter(({ owner }) => owner === id)) {
      this.#shop.variations.remove(own);
      this.#shop.forgotten.add(own);
    }
  }

  updateCustomer(id: number, patch: Patch, options: EditOptions = {}): CustomerRecord {
    const customer = merged(this.#read('customers', id), patch, `Customer ${id}`);
    this.#touch(customer, options);
    this.#shop.customers.put(customerEntry(customer));
    return customer;
  }

  /** Deletes a customer; their orders become guest orders and their modified date moves. */
  deleteCustomer(id: number): void {
    this.#read('customers', id);
    this.#shop.customers.remove(id);
    for (const order of this.#shop.orders.all().filter(({ owner }) => owner === id)) {
      this.updateOrder(order.id, { customer_id: 0 });
    }
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  #order(id: number): OrderRecord {
    return this.#read('orders', id);
  }

  #read<K extends 'orders' | 'products' | 'variations' | 'customers'>(
    resource: K,
    id: number,
  ): ReturnType<NonNullable<ReturnType<Shop[K]['get']>>['read']> {
    const entry = this.#shop[resource].get(id);
    if (entry === undefined) {
      throw new Error(`There is no record ${id} in ${resource}.`);
    }
    return entry.read() as ReturnType<NonNullable<ReturnType<Shop[K]['get']>>['read']>;
  }

  #saveOrder(order: OrderRecord, options: EditOptions): OrderRecord {
    this.#touch(order, options);
    this.#shop.orders.put(orderEntry(order, this.#shop.forgotten));
    return order;
  }

  /** Entering a paid or completed status stamps its date once. */
  #statusDates(order: OrderRecord): Partial<OrderRecord> {
    const { site, gmt } = this.#shop.zone.pair(this.#now());
    const paid = ['processing', 'completed'].includes(order.status) && order.date_paid === null;
    const completed = order.status === 'completed' && order.date_completed === null;
    return {
      ...(paid ? { date_paid: site, date_paid_gmt: gmt } : {}),
      ...(completed ? { date_completed: site, date_completed_gmt: gmt } : {}),
    };
  }

  #touch(
    record: { date_modified: string | null; date_modified_gmt: string | null },
    { modified }: EditOptions,
  ): void {
    if (modified === null) {
      return;
    }
    const at = modified === undefined ? this.#now() : wireSeconds(modified);
    if (Number.isNaN(at)) {
      throw new Error(`"${modified ?? ''}" is no date: write it as 2026-03-20T12:00:00 (UTC).`);
    }
    const { site, gmt } = this.#shop.zone.pair(at);
    record.date_modified = site;
    record.date_modified_gmt = gmt;
  }
}

function linesOf(order: OrderRecord): { id: number }[] {
  return [
    ...order.line_items,
    ...order.shipping_lines,
    ...order.fee_lines,
    ...order.tax_lines,
    ...order.coupon_lines,
  ];
}

function merged<R extends object>(record: R, patch: Patch, name: string): R {
  const copy = structuredClone(record) as R & Record<string, unknown>;
  for (const [field, value] of Object.entries(patch)) {
    if (!(field in copy) || field === 'id') {
      throw new Error(`${name} has no field "${field}" that can be changed.`);
    }
    const old: unknown = copy[field];
    const both = isObject(old) && isObject(value);
    Object.assign(copy, { [field]: both ? { ...old, ...value } : value });
  }
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
