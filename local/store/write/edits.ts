import { stateFlags } from '../generate/order.ts';
import { byAmount, refundRecord } from '../generate/refund.ts';
import type { EditOptions, Ledger, Topic } from '../shop/ledger.ts';
import { cents, money } from '../core/money.ts';
import { linesOf, merged } from '../core/patch.ts';
import type { Patch } from '../core/patch.ts';
import type {
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  VariationRecord,
} from '../core/records.ts';
import type { Shop } from '../shop/shop.ts';
import { trashedSlug, untrashedSlug } from './products/product-slug.ts';
import { orderTotals, taxLineTotals } from '../core/totals.ts';
import { newOrderKey } from './orders/order-key.ts';

/**
 * Changes to the shop's data as the shop's own staff would make them. Every error names the record.
 * A change that leaves the modified date alone is not heard of by webhooks either, as in WooCommerce.
 */
export class Edits {
  readonly #shop: Shop;
  readonly #ledger: Ledger;
  /** what trashed orders were before */
  readonly #statusBefore = new Map<number, string>();

  constructor(ledger: Ledger) {
    this.#shop = ledger.shop;
    this.#ledger = ledger;
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
    const id = this.#ledger.ids.record();
    const text = JSON.stringify(this.#order(like)).replaceAll(`/orders/${like}`, `/orders/${id}`);
    const order = JSON.parse(text) as OrderRecord;
    const { site, gmt } = this.#ledger.instant();
    const order_key = newOrderKey();
    for (const line of linesOf(order)) {
      line.id = this.#ledger.ids.line();
    }
    Object.assign(order, {
      id,
      number: String(id),
      refunds: [],
      date_created: site,
      date_created_gmt: gmt,
      order_key,
      payment_url: order.payment_url
        .replace(String(like), String(id))
        .replace(order.order_key, order_key),
    });
    this.#ledger.saveOrder(merged(order, patch, `Order ${id}`));
    this.#ledger.tell('order.created', id);
    this.#ledger.tell('order.updated', id);
    return this.#order(id);
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
    const order = structuredClone(this.#order(id));
    this.#statusBefore.set(id, order.status);
    Object.assign(order, { status: 'trash' }, stateFlags('trash'));
    this.#ledger.tell('order.deleted', id);
    return this.#ledger.saveOrder(order);
  }

  /** Out of the trash as the admin screen does it, into the status that it had. */
  restoreOrder(id: number): OrderRecord {
    const order = structuredClone(this.#order(id));
    if (order.status !== 'trash') {
      throw new Error(`Order ${id} is not in the trash.`);
    }
    const status = this.#statusBefore.get(id) ?? 'pending';
    Object.assign(order, { status }, stateFlags(status));
    this.#ledger.tell('order.restored', id);
    return this.#ledger.saveOrder(order);
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
    const id = this.#ledger.ids.record();
    const contents = byAmount(money(cents(amount)), reason, full ? 'full' : 'partial');
    const { zone } = this.#shop;
    const refund = refundRecord(
      id,
      orderId,
      this.#ledger.now(),
      contents,
      this.#ledger.ids.meta(),
      zone,
    );
    this.#ledger.saveRefund(refund);
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
    this.#tell('product.updated', id, options);
    return this.#ledger.saveProduct(product, options);
  }

  /** Changes a variation; its parent's modified date moves too. */
  updateVariation(id: number, patch: Patch, options: EditOptions = {}): VariationRecord {
    const variation = merged(this.#read('variations', id), patch, `Variation ${id}`);
    this.#tell('product.updated', id, options);
    const parent = structuredClone(this.#read('products', variation.parent_id));
    this.#ledger.saveProduct(parent, options);
    return this.#ledger.saveVariation(variation, options);
  }

  /** Its variations go into the trash with it, where it names them no more. */
  trashProduct(id: number): ProductRecord {
    const product = structuredClone(this.#read('products', id));
    Object.assign(product, { status: 'trash', slug: trashedSlug(product.slug), variations: [] });
    for (const variation of this.#variationsOf(id)) {
      this.#ledger.saveVariation({ ...variation, status: 'trash' });
    }
    // WooCommerce hangs both topics on the trashing of any post.
    this.#ledger.tell('product.deleted', id);
    this.#ledger.tell('coupon.deleted', id);
    return this.#ledger.saveProduct(product);
  }

  /** As the admin screen does; one that is revived by its status leaves its variations in the trash. */
  restoreProduct(id: number): ProductRecord {
    const variations = this.#variationsOf(id);
    for (const variation of variations) {
      this.#ledger.saveVariation({ ...variation, status: 'publish' });
    }
    const product = this.updateProduct(id, {
      status: 'publish',
      slug: untrashedSlug(this.#read('products', id).slug),
      variations: variations.map((variation) => variation.id),
    });
    this.#ledger.tell('product.restored', id);
    this.#ledger.tell('coupon.restored', id);
    return product;
  }

  /** Trashes a post of the site's blog: webhooks hear of a product and a coupon. */
  trashPost(id: number): void {
    if (this.#shop.products.get(id) !== undefined || this.#shop.orders.get(id) !== undefined) {
      throw new Error(`Id ${id} is no post's: give one that no product or order has.`);
    }
    this.#ledger.tell('product.deleted', id);
    this.#ledger.tell('coupon.deleted', id);
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
    this.#tell('customer.updated', id, options);
    return this.#ledger.saveCustomer(customer, options);
  }

  /** Deletes a customer; their orders become guest orders and their modified date moves. */
  deleteCustomer(id: number): void {
    this.#read('customers', id);
    this.#shop.customers.remove(id);
    for (const entry of this.#shop.orders.all().filter(({ owner }) => owner === id)) {
      this.#ledger.saveOrder({ ...structuredClone(entry.read()), customer_id: 0 });
    }
    this.#ledger.tell('customer.deleted', id);
  }

  #tell(topic: Topic, id: number, { modified }: EditOptions): void {
    if (modified !== null) {
      this.#ledger.tell(topic, id);
    }
  }

  #variationsOf(productId: number): VariationRecord[] {
    const own = this.#shop.variations.all().filter(({ owner }) => owner === productId);
    return own.map((entry) => structuredClone(entry.read()));
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
    this.#tell('order.updated', order.id, options);
    return this.#ledger.saveOrder(order, options);
  }

  /** Entering a paid or completed status stamps its date once. */
  #statusDates(order: OrderRecord): Partial<OrderRecord> {
    const { site, gmt } = this.#ledger.instant();
    const paid = ['processing', 'completed'].includes(order.status) && order.date_paid === null;
    const completed = order.status === 'completed' && order.date_completed === null;
    return {
      ...(paid ? { date_paid: site, date_paid_gmt: gmt } : {}),
      ...(completed ? { date_completed: site, date_completed_gmt: gmt } : {}),
    };
  }
}
