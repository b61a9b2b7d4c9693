import { describe, expect, it } from 'vitest';
import { customerKeyPart } from '../../../src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import { member } from '../../../src/mapping/model/json-shape.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { lookup, mapping } from '../../support/shop-mappings.ts';

const customer = (object: string) =>
  mappingTo(object, {
    resource: 'customer',
    build: (record) => {
      const key = recordKey('customer', record, 'main') ?? '';
      const Phone = String(member(record['billing'], 'phone'));
      return { row: rowOf(key, { Name: String(record['last_name']), Phone }) };
    },
  });
const mappings = [
  customer('Account'),
  customer('Contact'),
  mapping(
    'order',
    'Order',
    (order) => [lookup('Contact', `main:${customerKeyPart(order) ?? ''}`)],
    { meets: ({ status }) => status === 'completed' },
  ),
];

const order = (id: number, name: string, minute: number, over: WooRecord = {}): WooRecord => {
  const date = `2026-03-01T09:0${minute}:00`;
  const billing = { email: 'Ada@shop.example', last_name: name, phone: String(id) };
  const dates = { date_created_gmt: date, date_modified_gmt: date };
  return { id, customer_id: 0, status: 'completed', line_items: [], billing, ...dates, ...over };
};
/** Two of one second, one that the mapping does not want, one whose address differs in case. */
const ORDERS = [
  order(1, 'Byron', 3),
  order(2, 'King', 1),
  order(3, 'Lovelace', 1),
  order(4, 'Unpaid', 5, { status: 'pending' }),
  order(5, 'Noel', 4, { billing: { email: 'ada@SHOP.example', last_name: 'Noel', phone: '5' } }),
];

function world() {
  const [org, state] = [new HoldingOrg(), new MemoryState()];
  const parts = (orders: readonly WooRecord[]) => {
    return { org: org.asOrg, state, mappings, store: new ListStore({ orders }) };
  };
  return {
    org,
    load: (orders: readonly WooRecord[] = ORDERS) => backfill(parts(orders)),
    change: (...ids: readonly number[]) =>
      syncChanges(
        {
          ...parts(ORDERS),
          links: null,
          listener: { failed: () => undefined, seen: () => undefined },
          productTypes: new ProductTypeCache(),
          inherited: new InheritedValues(),
        },
        ids.map((id) => ({ resource: 'order', key: `main:${id}` })),
      ),
  };
}

function permutations(of: readonly number[]): readonly (readonly number[])[] {
  if (of.length < 2) return [of];
  return of.flatMap((one) =>
    permutations(of.filter((other) => other !== one)).map((rest) => [one, ...rest]),
  );
}

const ids = ORDERS.map(({ id }) => Number(id));
const byModified = ORDERS.toSorted((a, b) =>
  String(a['date_modified_gmt']).localeCompare(String(b['date_modified_gmt'])),
);

describe('a guest with several orders that differ', () => {
  /** The guest is there once, and nothing is written that is in step, however the orders come again. */
  async function staysAsItIs({ org, load, change }: ReturnType<typeof world>): Promise<void> {
    for (const object of ['Account', 'Contact'])
      expect(org.of(object)).toMatchObject([{ Woo_Key__c: 'main:guest:ada@shop.example' }]);
    expect(org.of('Order')).toHaveLength(4);
    org.written.length = 0;
    await load();
    await load(byModified);
    await change(...ids);
    for (const id of ids.toReversed()) await change(id);
    await load();
    expect(org.written).toEqual([]);
  }

  it.each([
    ['by id', ORDERS],
    ['by date, the oldest first', byModified],
    ['by date, the newest first', byModified.toReversed()],
  ])('is written once by a backfill %s', async (_how, orders) => {
    const all = world();
    await all.load(orders);
    await staysAsItIs(all);
  });

  it('is written once by a sweep, which names all of them at once', async () => {
    const all = world();
    await all.change(...byModified.map(({ id }) => Number(id)));
    await staysAsItIs(all);
  });

  it('is written once by single change events, in whatever order they arrive', async () => {
    for (const arriving of permutations(ids)) {
      const all = world();
      for (const id of arriving) await all.change(id);
      await staysAsItIs(all);
    }
  });

  it('gets no details of an order that no mapping wants, wherever that stands', async () => {
    for (const listed of permutations([1, 2, 4])) {
      const all = world();
      await all.load(listed.flatMap((id) => ORDERS.filter((one) => one['id'] === id)));
      expect(all.org.of('Order')).toHaveLength(2);
      const brought = String(listed.find((id) => id !== 4));
      for (const object of ['Account', 'Contact'])
        expect(all.org.of(object), String(listed)).toMatchObject([{ Phone: brought }]);
    }
  });

  it('keeps the details of the order that brought it', async () => {
    const all = world();
    await all.change(2);
    await all.change(5);
    await all.load();
    expect(all.org.of('Contact')).toMatchObject([{ Name: 'King', Phone: '2' }]);
  });
});
