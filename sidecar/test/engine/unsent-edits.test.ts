import { describe, expect, it } from 'vitest';
import { queueReported, queueUnsent } from '../../src/engine/unsent-edits.ts';
import type { Mapping, OutgoingField } from '../../src/mapping/model/mapping.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';
import type { StoreSetup } from '../../src/ports/setup.ts';
import { ORDERS } from '../sync/to-woo/order-sides.ts';
import { TwoSides } from '../sync/merge/two-sides.ts';
import { verified } from '../support/links.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mappingTo } from '../support/rows.ts';

const SENT = [{}] as unknown as readonly OutgoingField[];
const PRODUCTS = mappingTo('Product2', { resource: 'product', outgoing: SENT });
const ORDER = mappingTo('Woo_Order__c', { resource: 'order', outgoing: SENT });
const ONE_WAY = mappingTo('Woo_Order__c', { resource: 'order' });

async function world() {
  const state = new MemoryState();
  const added: ChangeEvent[][] = [];
  const queue = {
    add: (changes: readonly ChangeEvent[]) => Promise.resolve(void added.push([...changes])),
  };
  const known = { ...verified(null), parentKey: null, readNumber: 1, byId: false };
  const links = ['Woo_Order__c main:7', 'Product2 main:8', 'Woo_Order__c outlet:9'].map((one) => {
    const [object = '', key = ''] = one.split(' ');
    return { ...known, object, key, recordId: `of ${key}` };
  });
  await state.didWrite(links, []);
  await state.twoWay.markDirty(['main:7', 'main:8', 'outlet:9']);
  /** A start, or another configuration. */
  const begin = (...mappings: StoreSetup['mappings']) =>
    queueUnsent({ state, queue }, { store: { key: 'main' }, mappings } as unknown as StoreSetup);
  return { state, added, queue, begin };
}

describe('edits that were reported while no mapping sent them', () => {
  it('are queued once the mapping is on again, and once', async () => {
    const { added, begin } = await world();
    await begin(PRODUCTS, ORDER);
    await begin(PRODUCTS);
    await begin(PRODUCTS, ONE_WAY);
    expect(added).toEqual([]);
    await begin(PRODUCTS, ORDER);
    expect(added).toEqual([[{ resource: 'order', key: 'main:7' }]]);
    await begin(PRODUCTS, ORDER);
    expect(added).toHaveLength(1);
  });

  it('are queued again where the process ends before that is remembered', async () => {
    const { state, added, begin } = await world();
    await begin(PRODUCTS);
    const saveCursor = state.saveCursor.bind(state);
    state.saveCursor = () => Promise.reject(new Error('the process ends'));
    await expect(begin(PRODUCTS, ORDER)).rejects.toThrow('ends');
    state.saveCursor = saveCursor;
    await begin(PRODUCTS, ORDER);
    expect(added).toHaveLength(2);
  });

  it('are no news at the first start, which has queued them when they came', async () => {
    const { added, begin } = await world();
    await begin(PRODUCTS, ORDER);
    expect(added).toEqual([]);
  });
});

it('an edit that waits when its mapping goes off stays reported until the mapping is on again', async () => {
  const sides = new TwoSides('woo_wins', ORDERS);
  await sides.begin(1);
  sides.editSalesforce(1, { Tracking__c: 'T1' });
  await sides.tell(1);
  const products = mappingTo('Product2', { resource: 'product', outgoing: SENT });
  await sides.runWith([products]);
  sides.editWoo(1, { date_paid_gmt: '2026-12-01T10:00:00' });
  sides.change(1);
  await sides.settle();
  expect(sides.shop.products.get(1)).toMatchObject({
    meta_data: [{ key: 'tracking_number', value: 'T1' }],
  });
  expect(sides.state.twoWay.edits.size).toBe(0);
});

it('edits that are reported still, of fields that go to other stores, are queued of one store', async () => {
  const { state, queue, added } = await world();
  const of = (unsent?: Mapping['unsent']) =>
    ({
      ...{ store: { key: 'main' } },
      mappings: [PRODUCTS, { ...ORDER, ...(unsent && { unsent }) }],
    }) as unknown as StoreSetup;
  await queueReported({ state, queue }, of());
  expect(added).toEqual([]);
  await queueReported({ state, queue }, of([]));
  expect(added).toEqual([[{ resource: 'order', key: 'main:7' }]]);
});
