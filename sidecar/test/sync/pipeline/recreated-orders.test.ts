import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WalkPage, WooStore } from '../../../src/ports/store.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const orders = mappingTo('Order', {
  build: ({ id, status }) => ({
    row: rowOf(`main:${String(id)}`, { Status__c: String(status) }),
  }),
});

const items = mappingTo('Item', {
  resource: 'order_item',
  build: ({ id, order_id }) => {
    const row = rowOf(`main:${String(id)}`, { Name: 'Tea' });
    const owner = { field: 'Order__c', relationshipName: 'Order__r', object: 'Order' };
    const key = `main:${String(order_id)}`;
    return {
      row: { ...row, lookups: [{ ...owner, keyField: 'Woo_Key__c', key, required: true }] },
    };
  },
});

/** A store whose orders are walked in one page. */
class OrdersStore extends IdStore {
  readonly #orders: readonly WooRecord[];

  constructor(records: readonly WooRecord[]) {
    super({ orders: records });
    this.#orders = records;
  }

  override readonly walk: WooStore['walk'] = (list) => this.#walk(list === 'orders');

  async *#walk(isOurs: boolean): AsyncGenerator<WalkPage> {
    await Promise.resolve();
    const records = isOurs ? this.#orders : [];
    const { length: total } = records;
    const cursor = { by: 'id', after: 0 } as const;
    yield { records, total, read: total, pages: 1, storeTime: new Date(0), cursor };
  }
}

function order(id: number, status: string): WooRecord {
  return { id, status, line_items: [{ id: id * 10 }, { id: id * 10 + 1 }] };
}

async function run(org: HoldingOrg, state: MemoryState, ...records: WooRecord[]) {
  const store = new OrdersStore(records);
  const { mappings } = await backfill({
    ...{ org: org.asOrg, state, store, mappings: [orders, items] },
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
  org.objects.set(
    'Item',
    org.of('Item').filter(({ Order__c }) => Order__c !== Id),
  );
}

describe('an order that was deleted in Salesforce', () => {
  it('is made anew with its items, though only the order has changed', async () => {
    const [org, state] = [new HoldingOrg(), new MemoryState()];
    await run(org, state, order(1, 'completed'), order(2, 'completed'));
    expect(org.of('Item')).toHaveLength(4);
    deleteOrder(org, 'main:1');
    const changed = [order(1, 'refunded'), order(2, 'completed')];
    const { store, failed } = await run(org, state, ...changed);
    const anew = org.of('Order').find(({ Woo_Key__c }) => Woo_Key__c === 'main:1');
    expect(anew).toMatchObject({ Status__c: 'refunded' });
    const theirs = org.of('Item').filter(({ Order__c }) => Order__c === anew?.Id);
    expect(theirs.map(({ Woo_Key__c }) => Woo_Key__c)).toEqual(['main:10', 'main:11']);
    expect(org.of('Item')).toHaveLength(4);
    expect(failed).toEqual([0, 0]);
    expect(store.asked).toEqual(['orders 1']);
    const { length } = org.written;
    await run(org, state, ...changed);
    expect(org.written).toHaveLength(length);
  });
});
