import { expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { WooPage } from '../../../src/ports/store.ts';
import { markGone } from '../../../src/sync/model/orders-due.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState, TrashStore } from '../../support/memory-state.ts';
import { keyOf, lookup, mapping } from '../../support/shop-mappings.ts';

const mappings = [
  mapping('customer', 'Contact', () => []),
  mapping('product', 'Product2', () => []),
  mapping('order', 'Order', ({ customer_id }) => [lookup('Contact', keyOf(customer_id))]),
  mapping('order_item', 'Item', ({ product_id }) => [lookup('Product2', keyOf(product_id))]),
];

const ada: WooRecord = { id: 3, name: 'Ada', email: 'a@example.com' };
const tea: WooRecord = { id: 7, name: 'Tea', sku: 'T', slug: 'tea' };

const order = (id: number): WooRecord => ({
  id,
  status: 'completed',
  name: `order ${id}`,
  customer_id: 3,
  refunds: [],
  order_key: `wc_order_${id}`,
  line_items: [{ id: id * 10, name: 'line', product_id: 7 }],
});

/** Answers pages of orders by what they name. */
class NamingStore extends TrashStore {
  orders: readonly WooRecord[] = [];

  override async list(...asked: Parameters<TrashStore['list']>): Promise<WooPage> {
    const page = await super.list(...asked);
    const [list, { customer, product, per_page: size, page: at = '1' }] = asked;
    if (list !== 'orders' || (customer ?? product) === undefined) return page;
    const from = (Number(at) - 1) * Number(size);
    return { ...page, records: this.orders.slice(from, from + Number(size)) };
  }
}

class World {
  readonly org = new HoldingOrg();
  readonly state = new MemoryState();
  readonly orders: readonly WooRecord[];
  readonly #shop: NamingStore;
  readonly #remembered = {
    productTypes: new ProductTypeCache(),
    inherited: new InheritedValues(),
  };

  constructor(orders: number) {
    this.orders = Array.from({ length: orders }, (_, at) => order(at + 1));
    const lists = { customers: [{ ...ada }], products: [{ ...tea }], orders: this.orders };
    this.#shop = Object.assign(new NamingStore(lists), { orders: this.orders });
  }

  /** @param isKilled before what comes of it is kept */
  async look(changes: readonly ChangeEvent[], isKilled = false): Promise<readonly ChangeEvent[]> {
    const { followUps, ordersQueued } = await syncChanges(
      {
        org: this.org.asOrg,
        state: this.state,
        store: this.#shop,
        mappings,
        links: null,
        listener: new CollectedFailures(),
        ...this.#remembered,
      },
      changes,
    );
    if (isKilled) return [];
    this.state.origins.clearOrdersDue(ordersQueued);
    return followUps;
  }

  /** Until nothing follows any more. */
  async settle(changes: readonly ChangeEvent[]): Promise<void> {
    let next = changes;
    for (let round = 0; next.length > 0; round += 1) {
      expect(round).toBeLessThan(5);
      next = await this.look(next);
    }
  }

  /** As Salesforce does: lookups that led to the record are emptied, and no date moves. */
  deleteAll(object: string, lookups: Readonly<Record<string, string>>): void {
    this.org.objects.set(object, []);
    for (const [of, field] of Object.entries(lookups))
      for (const held of this.org.of(of)) held[field] = null;
  }

  /** How many records lead to the one that is there now. */
  leading(of: string, field: string, object: string): number {
    const [one] = this.org.of(object);
    return this.org.of(of).filter((held) => one !== undefined && held[field] === one.Id).length;
  }
}

const CUSTOMER: ChangeEvent = { resource: 'customer', key: 'main:3' };
const PRODUCT: ChangeEvent = { resource: 'product', key: 'main:7' };
const all = ({ orders }: World): readonly ChangeEvent[] => [
  CUSTOMER,
  PRODUCT,
  ...orders.map(({ id }): ChangeEvent => ({ resource: 'order', key: keyOf(id) })),
];

/** What the lookups of the mappings are called. */
const FIELD = lookup('Contact', 'main:3').field;

it('all orders of a customer lead to the contact that is made anew for one deleted in Salesforce', async () => {
  const world = new World(130);
  await world.settle(all(world));
  expect(world.leading('Order', FIELD, 'Contact')).toBe(130);
  world.deleteAll('Contact', { Order: FIELD });
  await world.state.clearHashes(['main:3'], ['Contact']);
  await world.settle([CUSTOMER]);
  expect(world.org.of('Contact')).toHaveLength(1);
  expect(world.leading('Order', FIELD, 'Contact')).toBe(130);
  const { length } = world.org.written;
  await world.settle(all(world));
  expect(world.org.written).toHaveLength(length);
});

it('so do they where an order is the first to find out that the contact is gone', async () => {
  const world = new World(3);
  await world.settle(all(world));
  world.deleteAll('Contact', { Order: FIELD });
  // As the answer to an order's row that names it is kept.
  const links = [{ object: 'Contact', key: 'main:3' }];
  const again = await markGone({ state: world.state, mappings }, links);
  await world.state.didWrite([], links);
  expect(again).toEqual([CUSTOMER]);
  await world.settle(again);
  expect(world.org.of('Contact')).toHaveLength(1);
  expect(world.leading('Order', FIELD, 'Contact')).toBe(3);
});

it('so do they where the process ends before what follows is kept', async () => {
  const world = new World(2);
  await world.settle(all(world));
  world.deleteAll('Contact', { Order: FIELD });
  await world.state.clearHashes(['main:3'], ['Contact']);
  await world.look([CUSTOMER], true);
  await world.settle([CUSTOMER]);
  expect(world.leading('Order', FIELD, 'Contact')).toBe(2);
});

it('items of orders lead to the product that is made anew for one deleted in Salesforce', async () => {
  const world = new World(3);
  await world.settle(all(world));
  const { field } = lookup('Product2', 'main:7');
  world.deleteAll('Product2', { Item: field });
  await world.state.clearHashes(['main:7'], ['Product2']);
  await world.settle([PRODUCT]);
  expect(world.leading('Item', field, 'Product2')).toBe(3);
});

it('orders of another store that shares the contact are looked at too', async () => {
  const world = new World(2);
  await world.settle(all(world));
  const [contact] = world.org.of('Contact');
  const recordId = String(contact?.['Id']);
  const { saved } = world.state;
  const own = [...saved.values()].find(({ key }) => key === 'main:3');
  if (own === undefined) throw new Error('the customer is not linked');
  await world.state.didWrite([{ ...own, key: 'outlet:9', recordId, byId: true }], []);
  world.deleteAll('Contact', { Order: FIELD });
  await world.state.clearHashes(['main:3'], ['Contact']);
  const followUps = await world.look([CUSTOMER]);
  expect(followUps).toContainEqual({ resource: 'customer', key: 'outlet:9' });
  const origins = await world.state.origins.find('customer', ['outlet:9']);
  expect(origins.get('outlet:9')?.ordersDue).toBe(true);
});
