import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSale } from '../../../src/mapping/attributes/customer-totals.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { BACKFILLED } from '../../../src/sync/model/backfill-marker.ts';
import { noteWritten } from '../../../src/sync/report/status/last-written.ts';
import {
  noteCounted,
  noteWalk,
  salesProblem,
  watchSales,
} from '../../../src/sync/totals/counted-sales.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { closeWorld, openWorld, Shop, world } from './world.ts';

const SALES = mappingTo('Woo_Order__c', {
  reads: ['status'],
  fields: [
    {
      place: 'Order_Counts',
      field: 'Counts_As_Sale__c',
      kind: 'attribute',
      attribute: 'is_sale',
      direction: 'to_salesforce',
      writeWhen: 'always',
      lossy: null,
    },
  ],
  build: ({ id, status }, { key, paidStatuses }) => ({
    row: rowOf(`${key}:${String(id)}`, { Counts_As_Sale__c: isSale(status, paidStatuses) }),
  }),
});
const NOON = new Date('2026-11-01T12:00:00Z');

beforeAll(openWorld, 60_000);
afterAll(closeWorld);

/** A loaded store with an order on hold and a completed one. */
async function loaded(mappings: readonly Mapping[] = [SALES]) {
  const found = await world(mappings);
  const { shop, load, org } = found;
  shop.paidStatuses = ['processing', 'completed'];
  shop.order(1);
  shop.order(2, { status: 'on-hold' });
  await load();
  const of = (store = shop) => ({ store, label: `Shop ${store.key}`, mappings });
  const problem = async (store = shop, now = NOON) => {
    const said = (await salesProblem(found.state, of(store), now))?.message ?? null;
    const kept = (await watchSales(found.state, of(store), now))?.message ?? null;
    expect(kept, 'the same from both').toBe(said);
    return said;
  };
  const counts = () => org.of('Woo_Order__c').map((one) => one['Counts_As_Sale__c']);
  return { ...found, of, problem, counts };
}

describe('paid statuses that are changed after a load', () => {
  it('are a problem until everything is loaded anew, which orders count by from then on', async () => {
    const { shop, state, load, problem, counts } = await loaded();
    const saved = vi.spyOn(state, 'saveCursor');
    expect(await problem()).toBeNull();
    expect(saved, 'nothing is new').not.toHaveBeenCalled();
    shop.paidStatuses = ['completed', 'on-hold'];
    const said =
      'Paid Statuses of Shop main are completed, on-hold now, while orders brought before count as sold by completed, processing: charts and reports mix both.';
    expect(await problem()).toBe(said);
    expect(await problem(), 'each time').toBe(said);
    expect(counts()).toEqual([true, false]);
    await load();
    expect(await problem()).toBeNull();
    expect(counts()).toEqual([true, true]);
  });

  it('are none once they are set back, if nothing was written meanwhile', async () => {
    const { shop, state, problem } = await loaded();
    shop.paidStatuses = ['completed', 'on-hold'];
    await problem();
    shop.paidStatuses = ['completed', 'processing'];
    expect(await problem(), 'in whichever order they stand').toBeNull();
    await noteWritten(state, [{ mapping: SALES.name, key: 'main:1', readAt: NOON }]);
    expect(await problem(), 'of what is written then').toBeNull();
  });

  it('are one all the same where an order was written meanwhile', async () => {
    const { shop, load, sync, problem } = await loaded();
    const seen = new Date('2026-11-01T00:00:30Z');
    shop.paidStatuses = ['completed', 'on-hold'];
    await problem(shop, seen);
    await problem(shop, new Date('2026-11-02T00:00:00Z'));
    await sync([shop.order(3, { status: 'on-hold' })]);
    shop.paidStatuses = ['processing', 'completed'];
    expect(await problem()).toBe(
      'Paid Statuses of Shop main are completed, processing again, while orders brought since 2026-11-01 00:00 UTC may count as sold by other ones.',
    );
    await load();
    expect(await problem()).toBeNull();
  });

  it('are no more a problem where a load ends while they are looked at', async () => {
    const { shop, state, of, problem } = await loaded();
    shop.paidStatuses = ['shipped'];
    let reads = 0;
    const during = {
      saveCursor: state.saveCursor.bind(state),
      cursor: async (store: string, name: string) => {
        const held = await state.cursor(store, name);
        if (name === 'sales:paid' && (reads += 1) === 1) {
          await noteWalk(state, shop, false);
          await noteCounted(state, shop);
        }
        return held;
      },
    };
    await watchSales(during, of(), NOON);
    expect(reads).toBeGreaterThan(0);
    expect(await problem()).toBeNull();
  });

  it('count as they are set when the orders are walked from the first one on', async () => {
    const { shop, state, problem } = await loaded();
    await noteWalk(state, shop, false);
    shop.paidStatuses = ['shipped'];
    await noteWalk(state, shop, false);
    await noteCounted(state, shop);
    expect(await problem()).toBeNull();
    shop.paidStatuses = ['completed'];
    await noteCounted(state, shop);
    expect(await problem(), 'no order was walked').toContain('count as sold by shipped');
    await noteWalk(state, shop, true);
    await noteCounted(state, shop);
    expect(await problem(), 'that walk is over').toBeNull();
  });

  it('are kept by nobody who only asks', async () => {
    const { shop, state, of } = await loaded();
    shop.paidStatuses = ['shipped'];
    const before = await state.cursor('main', 'sales:paid');
    expect(await salesProblem(state, of(), NOON)).not.toBeNull();
    expect(await state.cursor('main', 'sales:paid')).toEqual(before);
  });

  it('count as processing and completed where they are blank or none', async () => {
    const { shop, load, problem } = await loaded();
    shop.paidStatuses = [];
    expect(await problem(), 'none').toBeNull();
    shop.paidStatuses = ['shipped'];
    await load();
    shop.paidStatuses = [];
    expect(await problem()).toContain(
      'are none (orders count by completed, processing) now, while orders brought before count as sold by shipped',
    );
    shop.paidStatuses = ['processing', 'completed'];
    expect(await problem(), 'blank').toContain('are completed, processing now, while');
  });

  it('are of their store alone', async () => {
    const { shop, load, problem } = await loaded();
    const other = new Shop('outlet');
    other.order(1);
    await load(other);
    other.paidStatuses = ['shipped'];
    expect(await problem(other)).toContain('Paid Statuses of Shop outlet are shipped now');
    expect(await problem(shop)).toBeNull();
  });

  it('are none where no mapping brings what counts', async () => {
    const { shop, problem } = await loaded([
      { ...SALES, fields: [] },
      { ...SALES, object: 'Contact', resource: 'customer' },
    ]);
    shop.paidStatuses = ['shipped'];
    expect(await problem()).toBeNull();
  });
});

it('a load that went on after a change counts by both, until the next one', async () => {
  const { org, shop, state, load, problem } = await loaded();
  for (let id = 3; id < 150; id += 1) shop.order(id);
  const stop = new AbortController();
  const parts = { org: org.asOrg, state, store: shop, mappings: [SALES], signal: stop.signal };
  await backfill({
    ...parts,
    goesOn: true,
    onProgress: () => {
      stop.abort();
    },
  });
  shop.paidStatuses = ['shipped'];
  await load();
  expect(await problem()).toContain('count as sold by former ones');
  await load();
  expect(await problem()).toBeNull();
});

it('a state of an earlier version takes what is set for what was, and notices the next change', async () => {
  const { shop, state, problem } = await loaded();
  await state.saveCursor('main', 'sales:paid', null);
  await state.saveCursor('main', BACKFILLED, null);
  expect(await problem(), 'nothing is known before the first load').toBeNull();
  shop.paidStatuses = ['shipped'];
  expect(await problem()).toBeNull();
  await state.saveCursor('main', BACKFILLED, { at: NOON.toISOString() });
  expect(await problem()).toBeNull();
  shop.paidStatuses = ['processing', 'completed'];
  expect(await problem()).toContain('count as sold by shipped');
});
