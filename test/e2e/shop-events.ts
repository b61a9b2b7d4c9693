import type { CustomerRecord, OrderRecord } from '../../local/store/core/records.ts';
import type { Store } from '../../local/store/store.ts';

interface Chance {
  /** Chooses the record. */
  readonly pick: number;
  /** What becomes of it. */
  readonly value: number;
}

type Happening = (store: Store, chance: Chance) => unknown;

const STATUSES = ['completed', 'processing', 'cancelled', 'on-hold', 'completed'] as const;

/** What may happen in a shop, and moves the date of what it changes. Where no record fits, it does not happen. */
const dated = {
  orderCreated: (store, { pick, value }) => {
    const like = orderOf(store, pick, isThere);
    if (like) store.edits.addOrder(like.id, { status: statusOf(value), refunds: [] });
  },
  guestOrderCreated: (store, { pick, value }) => {
    const like = orderOf(store, pick, isThere);
    const billing = { email: `guest${value % 5}@shopper.example`, last_name: `Guest ${value % 3}` };
    const status = statusOf(value);
    if (like) store.edits.addOrder(like.id, { status, refunds: [], customer_id: 0, billing });
  },
  orderChanged: (store, { pick, value }) => {
    const order = orderOf(store, pick, isCompleted);
    if (order) store.edits.updateOrder(order.id, { billing: { city: `City ${value}` } });
  },
  orderStatusChanged: (store, { pick, value }) => {
    const order = orderOf(store, pick, isThere);
    if (order) store.edits.updateOrder(order.id, { status: statusOf(value) });
  },
  orderLineRemoved: (store, { pick }) => {
    const order = orderOf(store, pick, (one) => isCompleted(one) && one.line_items.length > 1);
    const line = order && chosen(order.line_items, pick);
    if (order && line) store.edits.removeLine(order.id, line.id);
  },
  orderRefunded: (store, { pick, value }) => {
    const order = orderOf(store, pick, (one) => isThere(one) && leftOf(one) > 2);
    if (order) store.edits.addRefund(order.id, value % 4 === 0 ? leftOf(order).toFixed(2) : '1.00');
  },
  refundDeleted: (store, { pick }) => {
    const refund = chosen(store.shop.refunds.all(), pick);
    if (refund) store.edits.deleteRefund(refund.id);
  },
  orderTrashed: (store, { pick }) => {
    const order = orderOf(store, pick, isThere);
    if (order) store.edits.trashOrder(order.id);
  },
  orderRestored: (store, { pick }) => {
    const order = orderOf(store, pick, ({ status }) => status === 'trash');
    if (order) store.edits.restoreOrder(order.id);
  },
  orderDeleted: (store, { pick }) => {
    const order = chosen(store.shop.orders.all(), pick);
    if (order) store.edits.deleteOrder(order.id);
  },
  productChanged: (store, { pick, value }) => {
    const price = `${value % 90}.50`;
    const product = productOf(store, pick, 'publish', 'draft');
    if (product) store.edits.updateProduct(product.id, { regular_price: price, price });
  },
  productStockChanged: (store, { pick, value }) => {
    const product = productOf(store, pick, 'publish');
    if (product)
      store.edits.updateProduct(product.id, { manage_stock: true, stock_quantity: value });
  },
  productTrashed: (store, { pick }) => {
    const product = productOf(store, pick, 'publish', 'draft');
    if (product) store.edits.trashProduct(product.id);
  },
  variationChanged: (store, { pick, value }) => {
    const variations = store.shop.variations.all().filter(({ status }) => status !== 'trash');
    const variation = chosen(variations, pick);
    if (variation) {
      const stock = { manage_stock: true, stock_quantity: value % 50 };
      store.edits.updateVariation(variation.id, stock);
    }
  },
  customerChanged: (store, { pick, value }) => {
    const customer = customerOf(store, pick);
    const billing = { city: `Town ${value}` };
    if (customer) store.edits.updateCustomer(customer.id, { billing });
  },
  customerDeleted: (store, { pick }) => {
    const customer = customerOf(store, pick);
    if (customer) store.edits.deleteCustomer(customer.id);
  },
  bought: async (store, { pick, value }) => {
    const product = productOf(store, pick, 'publish');
    if (!product) return;
    const customer = value % 2 === 0 ? customerOf(store, pick) : undefined;
    const order = { quantity: 1 + (value % 3), customer_id: customer?.id ?? 0 };
    // What is not for sale is refused.
    const url = `${store.url}/local/products/${product.id}/buy`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(order) });
    await answer.text();
  },
} as const satisfies Readonly<Record<string, Happening>>;

/**
 * Orders forget a product that is deleted for good, and name one that comes out of the trash and was never in
 * Salesforce, and plugins edit their items; their dates do not move.
 */
const undated = {
  productRestored: (store, { pick }) => {
    const product = productOf(store, pick, 'trash');
    if (product) store.edits.restoreProduct(product.id);
  },
  productDeleted: (store, { pick }) => {
    const product = chosen(store.shop.products.all(), pick);
    if (product) store.edits.deleteProduct(product.id);
  },
  orderLineEdited: (store, { pick, value }) => {
    const order = orderOf(store, pick, (one) => isCompleted(one) && one.line_items.length > 0);
    const [line, ...others] = order?.line_items ?? [];
    if (!order || !line) return;
    const line_items = [{ ...line, quantity: 1 + (value % 9) }, ...others];
    store.edits.updateOrder(order.id, { line_items }, { modified: null });
  },
} as const satisfies Readonly<Record<string, Happening>>;

export const happenings = { ...dated, ...undated };
export type Name = keyof typeof happenings;
export const DATED = Object.keys(dated) as Name[];
export const ALL = Object.keys(happenings) as Name[];

function orderOf(
  store: Store,
  n: number,
  fits: (order: OrderRecord) => boolean,
): OrderRecord | undefined {
  const orders = store.shop.orders.all().map((entry) => entry.read());
  return chosen(orders.filter(fits), n);
}

/** The shop's staff and subscribers are no customers. */
function customerOf({ shop }: Store, n: number): CustomerRecord | undefined {
  const people = shop.customers.all().map((entry) => entry.read());
  return chosen(
    people.filter(({ role }) => role === 'customer'),
    n,
  );
}

function productOf({ shop }: Store, n: number, ...statuses: string[]) {
  return chosen(
    shop.products.all().filter(({ status }) => statuses.includes(status)),
    n,
  );
}

function chosen<T>(list: readonly T[], n: number): T | undefined {
  return list.length === 0 ? undefined : list[n % list.length];
}

function isCompleted({ status }: OrderRecord): boolean {
  return status === 'completed';
}

function isThere({ status }: OrderRecord): boolean {
  return status !== 'trash' && status !== 'checkout-draft';
}

function statusOf(n: number): string {
  return STATUSES[n % STATUSES.length] ?? 'completed';
}

/** What may still be refunded. */
function leftOf({ total, refunds }: OrderRecord): number {
  return refunds.reduce((left, refund) => left + Number(refund.total), Number(total));
}
