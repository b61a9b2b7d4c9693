import type { OrderRecord } from '../../../local/store/core/records.ts';
import type { Store } from '../../../local/store/store.ts';
import { happenings, type Name } from '../../e2e/shop-events.ts';
import { currentTime } from '../preload/clock.ts';
import type { StoreKey } from '../world/places.ts';
import { type Chance, chosen } from './chance.ts';
import type { Edits } from './edits.ts';

interface Actor {
  readonly store: Store;
  readonly key: StoreKey;
  readonly edits: Edits;
}

type Action = (actor: Actor, chance: Chance) => void;

const OPEN = ['publish', 'draft', 'private'];

function productOf({ store }: Actor, pick: number) {
  const all = store.shop.products.all().map((entry) => entry.read());
  return chosen(all.filter(({ status }) => OPEN.includes(status)).slice(0, 12), pick);
}

const isOpen = ({ status }: OrderRecord) => status !== 'trash' && status !== 'checkout-draft';

function orderOf({ store }: Actor, pick: number): OrderRecord | undefined {
  const all = store.shop.orders.all().map((entry) => entry.read());
  return chosen(all.filter(isOpen), pick);
}

const word = ({ edits, key }: Actor) => edits.word(key === 'main' ? 'Main' : 'Outlet');

function noted(
  actor: Actor,
  record: string,
  field: 'name' | 'price' | 'status' | 'tracking',
  value: string,
): void {
  actor.edits.made.push({ side: 'shop', record, field, value, at: currentTime() });
}

/** @returns whether it is there to be edited */
export function nameProduct({ shop, edits }: Store, id: number, name: string): boolean {
  const status = shop.products.get(id)?.read().status;
  if (status === undefined || !OPEN.includes(status)) return false;
  edits.updateProduct(id, { name });
  return true;
}

/** @returns whether it is there to be edited */
export function trackOrder({ shop, edits }: Store, id: number, value: string): boolean {
  const order = shop.orders.get(id)?.read();
  if (!order || !isOpen(order)) return false;
  const key = 'tracking_number';
  const others = order.meta_data.filter((one) => one.key !== key);
  const known = order.meta_data.find((one) => one.key === key)?.id ?? 900_000 + id;
  edits.updateOrder(id, { meta_data: [...others, { id: known, key, value }] });
  return true;
}

/** Edits of the shop's staff that are told apart afterwards. */
const own = {
  productNamed: (actor, { pick }) => {
    const product = productOf(actor, pick);
    if (!product) return;
    const name = word(actor);
    nameProduct(actor.store, product.id, name);
    noted(actor, `product ${actor.key}:${product.id}`, 'name', name);
  },
  productPriced: (actor, { pick }) => {
    const product = productOf(actor, pick);
    if (product?.type !== 'simple') return;
    const price = actor.edits.price();
    actor.store.edits.updateProduct(product.id, { regular_price: price, price });
    noted(actor, `product ${actor.key}:${product.id}`, 'price', price);
  },
  orderReopened: (actor, { pick, value }) => {
    const order = orderOf(actor, pick);
    const status = chosen(['pending', 'processing', 'on-hold'], value) ?? 'pending';
    if (!order || order.status === status) return;
    actor.store.edits.updateOrder(order.id, { status });
    noted(actor, `order ${actor.key}:${order.id}`, 'status', status);
  },
  orderTracked: (actor, { pick }) => {
    const order = orderOf(actor, pick);
    // The outlet's own mapping has no tracking number.
    if (!order || actor.key !== 'main') return;
    const value = word(actor);
    trackOrder(actor.store, order.id, value);
    noted(actor, `order ${actor.key}:${order.id}`, 'tracking', value);
  },
  customerMoved: (actor, { pick, value }) => {
    const people = actor.store.shop.customers.all().map((entry) => entry.read());
    const customer = chosen(
      people.filter(({ role }) => role === 'customer'),
      pick,
    );
    if (!customer) return;
    const billing = { city: `Town ${value}`, phone: `555 ${value}` };
    actor.store.edits.updateCustomer(customer.id, { billing });
  },
} as const satisfies Readonly<Record<string, Action>>;

export type OwnShopAction = keyof typeof own;
export const OWN_SHOP_ACTIONS = Object.keys(own) as readonly OwnShopAction[];

/** Does something in a shop; where no record fits, nothing. */
export async function actInShop(
  actor: Actor,
  what: Name | OwnShopAction,
  chance: Chance,
): Promise<void> {
  if (what in own) own[what as OwnShopAction](actor, chance);
  else {
    const before = ordersOf(actor);
    await happenings[what as Name](actor.store, chance);
    const after = ordersOf(actor);
    for (const [id, order] of before) {
      const record = `order ${actor.key}:${id}`;
      const status = after.get(id)?.status;
      if (status === undefined) actor.edits.deletedOrders.set(record, order);
      // A status that the shop's staff sets is an edit as any other.
      else if (status !== order.status) noted(actor, record, 'status', status);
    }
  }
}

function ordersOf({ store }: Actor): ReadonlyMap<number, OrderRecord> {
  return new Map(store.shop.orders.all().map((entry) => [entry.id, entry.read()]));
}
