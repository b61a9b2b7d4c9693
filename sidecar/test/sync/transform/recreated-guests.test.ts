import { expect, it } from 'vitest';
import { guestOf } from '../../../src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { keyOf, lookup } from '../../support/shop-mappings.ts';

const KEY = 'main:guest:ann@example.com';
const { field: FIELD } = lookup('Contact', KEY);

const mappings = [
  mappingTo('Contact', {
    resource: 'customer',
    reads: ['email'],
    build: (record) => ({
      row: rowOf(recordKey('customer', record, 'main') ?? '', { Email: String(record['email']) }),
    }),
  }),
  mappingTo('Order', {
    resource: 'order',
    reads: ['status', 'billing', 'customer_id'],
    build: (order) => {
      const guest = guestOf(order);
      const key = guest && recordKey('customer', guest, 'main');
      const row = rowOf(keyOf(order['id']), { Status: String(order['status']) });
      return { row: { ...row, lookups: [lookup('Contact', key)] } };
    },
  }),
];

const order = (id: number, status = 'completed'): WooRecord => ({
  id,
  status,
  customer_id: 0,
  billing: { email: 'ann@example.com' },
  order_key: `wc_order_${id}`,
  refunds: [],
  line_items: [],
});
const changed = (...ids: readonly number[]) =>
  ids.map((id): ChangeEvent => ({ resource: 'order', key: keyOf(id) }));

class World {
  readonly org = new HoldingOrg();
  readonly state = new MemoryState();
  readonly #remembered = {
    productTypes: new ProductTypeCache(),
    inherited: new InheritedValues(),
  };

  constructor() {
    this.org.looksForReferences = true;
  }

  /** Three orders of a guest, of which two are counted for their customers. */
  static async open(): Promise<World> {
    const world = new World();
    await world.settle(
      [1, 2, 3].map((id) => order(id)),
      changed(1, 2, 3),
    );
    const of = { customer: KEY, status: 'completed', counts: true, currency: 'EUR' };
    const sums = { total: '1.00', refunded: '0.00', refunds: [], placedAt: null };
    const counted = [1, 2].map((id) => ({ key: keyOf(id), ...of, ...sums }));
    await world.state.totals.note(counted, [], 1);
    expect(world.leading).toEqual([1, 2, 3].map(keyOf));
    return world;
  }

  /** Until nothing follows any more. */
  async settle(orders: readonly WooRecord[], changes: readonly ChangeEvent[]): Promise<void> {
    let next = changes;
    for (let round = 0; next.length > 0; round += 1) {
      expect(round).toBeLessThan(4);
      const { org, state } = this;
      const { followUps } = await syncChanges(
        {
          org: org.asOrg,
          state,
          store: new ListStore({ orders }),
          mappings,
          links: null,
          listener: new CollectedFailures(),
          ...this.#remembered,
        },
        next,
      );
      next = followUps;
    }
  }

  /** As Salesforce does: lookups that led to the contact are emptied. */
  deleteContact(): void {
    this.org.objects.set('Contact', []);
    for (const held of this.org.of('Order')) held[FIELD] = null;
  }

  /** Keys of the orders that lead to the one contact that there is. */
  get leading(): readonly unknown[] {
    const [contact] = this.org.of('Contact');
    expect(this.org.of('Contact')).toHaveLength(1);
    const orders = this.org.of('Order').filter((held) => held[FIELD] === contact?.Id);
    return orders.map((held) => held['Woo_Key__c']);
  }
}

it('an order that finds out that the contact of its guest was deleted leads to the one that is made anew, and so do others that are counted', async () => {
  const world = await World.open();
  world.deleteContact();
  await world.settle([order(1), order(2), order(3, 'refunded')], changed(3));
  expect(world.leading).toEqual([1, 2, 3].map(keyOf));
});

it('an order does so too where none is counted', async () => {
  const world = await World.open();
  await world.state.totals.note([], [1, 2].map(keyOf), 2);
  world.deleteContact();
  await world.settle([order(1), order(2), order(3, 'refunded')], changed(3));
  expect(world.leading).toEqual([keyOf(3)]);
});

it('a load that finds out has them looked at', async () => {
  const world = await World.open();
  world.deleteContact();
  const orders = [order(1), order(2), order(3, 'refunded')];
  const { org, state } = world;
  const gone: ChangeEvent[] = [];
  await backfill({
    org: org.asOrg,
    state,
    store: new ListStore({ orders }),
    mappings,
    onGone: (changes) => Promise.resolve(void gone.push(...changes)),
    onStale: (links) => gone.push(...links.map(({ key }) => ({ resource: 'order' as const, key }))),
  });
  await world.settle(orders, gone);
  expect(world.leading).toEqual([1, 2, 3].map(keyOf));
});
