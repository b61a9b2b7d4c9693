import { beforeEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/mapping/model/resources.ts';
import { BACKFILLED } from '../../../src/sync/model/backfill-marker.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt } from '../../support/sweep-shop.ts';
import {
  orders,
  products,
  shop,
  state,
  link,
  prove,
  nextDay,
  beginAnew,
} from './reconcile-world.ts';

const LOADED = 100_000;
/** Up to where sweeps have come; the night comes later. */
const SWEPT = LOADED + 50_000;
const HOUR = 3600;

const refunds = mappingTo('Woo_Refund__c', { resource: 'refund', deleteRule: 'delete' });

/** The shop has shown the record as of that second, and it was read. */
async function wasRead(resource: Resource, id: number, second: number, isHeld = false) {
  const modified = Date.parse(`${gmt(second)}Z`);
  const rest = { marks: ['a'], isHeld, isAnother: false, ordersDue: false };
  await state.origins.save(resource, [{ key: `main:${id}`, modified, ...rest }]);
}

async function sweptTo(second: number, ...lists: readonly string[]): Promise<void> {
  for (const name of lists) {
    const cursor = { after: gmt(second), seen: [], newest: null };
    await state.saveCursor('main', `sweep:${name}`, cursor);
  }
}

const asked = () => shop.asked.filter(({ params }) => params['per_page'] === '100');

beforeEach(async () => {
  beginAnew();
  state.slice = () => Promise.resolve([]);
  await state.saveCursor('main', BACKFILLED, { at: `${gmt(LOADED)}.000Z` });
  await sweptTo(SWEPT, 'orders', 'orders:trash', 'refunds', 'products', 'variations');
  shop.now = SWEPT + HOUR;
});

describe('what is dated before what sweeps have passed, since the clock of the shop was slow', () => {
  it('is brought where it is an order that was made', async () => {
    shop.put('orders', 7, { modified: gmt(SWEPT - HOUR) });
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:7']);
    // It may be one that no mapping wants: nothing says that it differs.
    expect(result.passedOver).toBe(0);
  });

  it.each([
    ['orders', 'order', orders],
    ['products', 'product', products],
    ['variations', 'product', products],
  ] as const)('is looked at where one of the %s was edited', async (list, resource, mapping) => {
    await wasRead(resource, 7, SWEPT - 60);
    shop.put(list, 7, { modified: gmt(SWEPT - HOUR) });
    const { found, result } = await prove([mapping]);
    expect(found).toEqual([`${resource} main:7`]);
    expect(result.passedOver).toBe(1);
  });

  it('is flagged where it went into the trash, once', async () => {
    await link('Woo_Order__c', [7, 8]);
    await link('Kept__c', [8]);
    const [flagged] = (await state.links('Woo_Order__c', ['main:8'])).values();
    if (flagged)
      await state.didWrite([{ ...flagged, state: 'soft_deleted', hash: null, readNumber: 0 }], []);
    for (const id of [7, 8, 9])
      shop.put('orders', id, { trash: true, created: gmt(0), modified: gmt(SWEPT - HOUR) });
    const kept = mappingTo('Kept__c', { resource: 'order', deleteRule: 'keep' });
    const { found, result } = await prove([orders, kept]);
    expect(found).toEqual(['order main:7']);
    expect(result.passedOver).toBe(1);
  });

  it('is brought with its order where it is a refund', async () => {
    await link('Woo_Refund__c', [71], 7);
    for (const [id, parentId] of [
      [71, 7],
      [72, 8],
    ] as const)
      shop.put('refunds', id, { parentId, created: gmt(SWEPT - HOUR) });
    expect((await prove([orders, refunds])).found).toContain('order main:8');
    await nextDay();
    expect((await prove([orders, refunds])).found).not.toContain('order main:7');
  });
});

describe('what is not looked at for that', () => {
  it('is what was read as it is, and what waits for a person', async () => {
    for (const id of [7, 8]) shop.put('orders', id, { modified: gmt(SWEPT - HOUR) });
    await wasRead('order', 7, SWEPT - HOUR);
    await wasRead('order', 8, SWEPT, true);
    expect((await prove([orders])).found).toEqual([]);
  });

  it('is what the next sweep shows, and what is older than a day before the last look', async () => {
    shop.put('orders', 7, { modified: gmt(SWEPT + 1) });
    shop.put('orders', 8, { modified: gmt(LOADED - 25 * HOUR) });
    shop.put('orders', 9, { modified: gmt(LOADED - 23 * HOUR) });
    expect((await prove([orders])).found).toEqual(['order main:9']);
    await nextDay();
    await sweptTo(shop.now, 'orders');
    expect((await prove([orders])).found).toEqual(['order main:7']);
  });

  it('is anything before the first load, and before the first sweep', async () => {
    shop.put('orders', 7, { modified: gmt(SWEPT - HOUR) });
    await state.saveCursor('main', BACKFILLED, null);
    expect((await prove([orders])).found).toEqual([]);
    await state.saveCursor('main', BACKFILLED, { at: `${gmt(LOADED)}.000Z` });
    await state.saveCursor('main', 'sweep:orders', null);
    await state.saveCursor('main', 'sweep:orders:trash', null);
    expect((await prove([orders])).found).toEqual([]);
    expect(asked()).toEqual([]);
  });
});

describe('looking for it', () => {
  it('is one call, and one more for each hundred that a list shows', async () => {
    for (let id = 1; id <= 250; id += 1) {
      shop.put('orders', id, { modified: gmt(SWEPT - HOUR + id) });
      await wasRead('order', id, SWEPT - HOUR + id);
    }
    shop.put('orders', 300, { modified: gmt(SWEPT - HOUR + 250) });
    await wasRead('order', 300, SWEPT);
    const calls = shop.severalCalls;
    expect((await prove([orders, refunds])).found).toEqual(['order main:300']);
    // The other one counts.
    expect(shop.severalCalls - calls).toBe(2);
    expect(asked().map(({ list, params }) => [list, params['status']])).toEqual([
      ['orders', undefined],
      ['orders', 'trash'],
      ['refunds', undefined],
      ['orders', undefined],
      ['orders', undefined],
    ]);
  });

  it('ends where sweeps have come', async () => {
    for (let id = 1; id <= 350; id += 1) shop.put('orders', id, { modified: gmt(SWEPT + id) });
    expect((await prove([orders])).found).toEqual([]);
    expect(asked()).toHaveLength(2);
  });
});
