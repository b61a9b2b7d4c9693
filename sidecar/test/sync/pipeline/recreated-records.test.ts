import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WalkPage, WooStore } from '../../../src/ports/store.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { shown } from '../../support/shown.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const orders = mappingTo('Order', {
  reads: ['status'],
  build: ({ id, status }) => ({
    row: rowOf(`main:${String(id)}`, { Status__c: String(status) }),
  }),
});

const partOf = (object: string, resource: 'order_item' | 'refund', parent: string) =>
  mappingTo(object, {
    resource,
    reads: resource === 'order_item' ? ['line_items'] : [parent],
    build: (record) => {
      const row = rowOf(`main:${String(record['id'])}`, { Name: 'Tea' });
      const owner = { field: 'Order__c', relationshipName: 'Order__r', object: 'Order' };
      const key = `main:${String(record[parent])}`;
      return {
        row: { ...row, lookups: [{ ...owner, keyField: 'Woo_Key__c', key, required: true }] },
      };
    },
  });

const items = partOf('Item', 'order_item', 'order_id');
const refunds = partOf('Refund', 'refund', 'parent_id');

/** A store whose lists are walked in one page. */
class OrdersStore extends IdStore {
  readonly #walked: Readonly<Record<string, readonly WooRecord[]>>;

  constructor(orders: readonly WooRecord[], walkedRefunds: readonly WooRecord[]) {
    super({ orders, refunds: REFUNDS });
    this.#walked = { orders, refunds: walkedRefunds };
  }

  override readonly walk: WooStore['walk'] = (list, _from, params = {}) =>
    this.#walk((this.#walked[list] ?? []).map((record) => shown(record, params)));

  async *#walk(records: readonly WooRecord[]): AsyncGenerator<WalkPage> {
    await Promise.resolve();
    const { length: total } = records;
    const cursor = { by: 'id', after: 0 } as const;
    yield { records, total, read: total, pages: 1, storeTime: new Date(0), cursor };
  }
}

const REFUNDS: readonly WooRecord[] = [
  { id: 100, parent_id: 1 },
  { id: 200, parent_id: 2 },
];

function order(id: number, status: string): WooRecord {
  const line_items = [{ id: id * 10 }, { id: id * 10 + 1 }];
  return { id, status, line_items, refunds: [{ id: id * 100 }] };
}

async function run(
  org: HoldingOrg,
  state: MemoryState,
  records: readonly WooRecord[],
  walkedRefunds: readonly WooRecord[] = [],
) {
  const store = new OrdersStore(records, walkedRefunds);
  const { mappings } = await backfill({
    org: org.asOrg,
    state,
    store,
    mappings: [orders, items, refunds],
  });
  return { store, failed: mappings.map(({ failed }) => failed) };
}

/** As Salesforce does: what belongs to an order goes with it. */
function deleteOrder(org: HoldingOrg, key: string): void {
  const isGone = ({ Woo_Key__c }: Record<string, unknown>) => Woo_Key__c === key;
  const { Id } = org.of('Order').find(isGone) ?? {};
  org.objects.set(
    'Order',
    org.of('Order').filter((held) => !isGone(held)),
  );
  for (const parts of ['Item', 'Refund'])
    org.objects.set(
      parts,
      org.of(parts).filter(({ Order__c }) => Order__c !== Id),
    );
}

describe('an order that was deleted in Salesforce', () => {
  it('is made anew with its items and refunds, though only the order has changed', async () => {
    const [org, state] = [new HoldingOrg(), new MemoryState()];
    await run(org, state, [order(1, 'completed'), order(2, 'completed')], REFUNDS);
    expect(org.of('Item')).toHaveLength(4);
    expect(org.of('Refund')).toHaveLength(2);
    deleteOrder(org, 'main:1');
    const changed = [order(1, 'refunded'), order(2, 'completed')];
    const { store, failed } = await run(org, state, changed);
    const anew = org.of('Order').find(({ Woo_Key__c }) => Woo_Key__c === 'main:1');
    expect(anew).toMatchObject({ Status__c: 'refunded' });
    const theirs = (object: string) =>
      org.of(object).flatMap((one) => (one['Order__c'] === anew?.Id ? [one['Woo_Key__c']] : []));
    expect(theirs('Item')).toEqual(['main:10', 'main:11']);
    expect(theirs('Refund')).toEqual(['main:100']);
    expect(org.of('Item')).toHaveLength(4);
    expect(org.of('Refund')).toHaveLength(2);
    expect(failed).toEqual([0, 0, 0]);
    expect(store.asked).toEqual(['orders 1', 'refunds 100']);
    const { length } = org.written;
    await run(org, state, changed);
    expect(org.written).toHaveLength(length);
  });

  it('has its items again also where a change event had it looked at', async () => {
    const [org, state] = [new HoldingOrg(), new MemoryState()];
    await run(org, state, [order(1, 'completed')], REFUNDS.slice(0, 1));
    deleteOrder(org, 'main:1');
    const listener = new CollectedFailures();
    const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
    const store = new OrdersStore([order(1, 'refunded')], []);
    await syncChanges(
      {
        org: org.asOrg,
        state,
        store,
        mappings: [orders, items, refunds],
        listener,
        ...remembered,
        links: null,
      },
      [{ resource: 'order', key: 'main:1' }],
    );
    const keys = (object: string) => org.of(object).map(({ Woo_Key__c }) => Woo_Key__c);
    expect(keys('Order')).toEqual(['main:1']);
    expect(keys('Item').sort()).toEqual(['main:10', 'main:11']);
    expect(keys('Refund')).toEqual(['main:100']);
    expect(listener.take()).toEqual([]);
  });
});
