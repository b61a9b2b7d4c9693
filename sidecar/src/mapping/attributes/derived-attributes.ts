import { wooId } from '../keys/keys.ts';
import { objects, text } from '../model/json-shape.ts';
import type { Resource, StoreContext, WooRecord } from '../model/record.ts';
import { sum } from '../values/decimal.ts';
import { decodeEntities } from '../values/html-text.ts';
import { isSale } from './customer-totals.ts';
import { customerKeyPart, customerName, ownKeyPart } from './guest-customers.ts';

/** Reads an attribute of a record; undefined where the record does not have it. */
export type Getter = (record: WooRecord, store: StoreContext | null) => unknown;

/** Attributes that WooCommerce does not send, by resource. Those of items are made with the items. */
export const DERIVED: Readonly<Record<Resource, Readonly<Record<string, Getter>>>> = {
  order: {
    store: storeKey,
    customer: customerKeyPart,
    subtotal: ({ line_items }) => sum(objects(line_items).map(({ subtotal }) => subtotal)),
    refunded_total: ({ refunds }) =>
      sum(objects(refunds).map(({ total }) => text(total).replace(/^-/, ''))),
    admin_url: adminUrl,
    is_sale: ({ status }, store) => isSale(status, store?.paidStatuses),
  },
  order_item: { store: storeKey },
  refund: { store: storeKey, order_id: ({ parent_id }) => parent_id },
  product: {
    store: storeKey,
    parent: ({ parent_id }) => wooId(parent_id) ?? undefined,
    display_name: productName,
  },
  customer: {
    store: storeKey,
    customer: ownKeyPart,
    guest: ({ guest }) => guest === true,
    display_name: (customer) => decodeEntities(customerName(customer)),
  },
  product_category: { store: storeKey },
  product_tag: { store: storeKey },
  product_attribute: { store: storeKey },
  tax_class: { store: storeKey },
  coupon: { store: storeKey },
  product_review: { store: storeKey },
  content: { store: storeKey },
};

/** Whether WooCommerce does not send the attribute: it is made of others. */
export function isDerived(resource: Resource, attribute: string): boolean {
  if (Object.hasOwn(DERIVED[resource], attribute)) return true;
  return resource === 'order_item' && ITEM_ATTRIBUTES.has(attribute);
}

/** Made with the items (order-items.ts). */
const ITEM_ATTRIBUTES: ReadonlySet<string> = new Set(['type', 'order_id', 'product', 'code']);

/** Attributes that are made from the store, which conditions do not see. */
export const OF_STORE: ReadonlySet<string> = new Set(['store', 'admin_url', 'is_sale']);

function storeKey(_record: WooRecord, store: StoreContext | null): string | undefined {
  return store?.key;
}

/** The order's page in the shop's admin. */
function adminUrl({ id }: WooRecord, store: StoreContext | null): string | undefined {
  const order = wooId(id);
  if (order === null || store === null) return undefined;
  return `${store.url}/wp-admin/admin.php?page=wc-orders&action=edit&id=${order}`;
}

/** A variation's own name is only its options; order lines put the parent's name before it, and so do we. */
function productName({ name, parent_name }: WooRecord): string {
  const own = decodeEntities(text(name));
  const parent = decodeEntities(text(parent_name));
  return parent === '' || own.startsWith(parent) ? own : `${parent} - ${own}`;
}
