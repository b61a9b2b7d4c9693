import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject } from '../../model/exchange.ts';
import { CannotTell, isSame, verdict, type Verdict } from '../../model/verdict.ts';
import { list, type ShopSide } from '../../sides/shop-side.ts';
import { byBothRoutes, oneOf } from './routes.ts';

const SORTED = 'orderby=modified&order=asc&per_page=20&_fields=id,date_modified_gmt';
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
/** How far the clocks of shop and this machine may be apart. */
const CLOCK_MS = 2 * 60_000;

const secondBefore = (date: string): string =>
  new Date(Date.parse(`${date}Z`) - 1000).toISOString().slice(0, 19);

/** Whether a list is sorted by date, and within a second by id. @throws CannotTell where it has fewer records */
async function areSorted(shop: ShopSide, path: string, least = 0): Promise<Verdict> {
  const keys = (await list(shop, path)).map(
    ({ id, date_modified_gmt: date }) =>
      `${String(date).slice(0, 19)} ${String(id).padStart(12, '0')}`,
  );
  if (keys.length < least)
    throw new CannotTell(`The shop finds ${keys.length} of ${least} drafts.`);
  return verdict(isSame(keys, keys.toSorted()), keys);
}

export const DATES: readonly Assumption[] = [
  {
    id: 'shop-dates',
    statement: 'Dates that end in `_gmt` have whole seconds and no zone',
    places: ['sidecar/src/mapping/values/dates.ts'],
    calls: 1,
    probe: (probing) =>
      byBothRoutes(probing, async (shop) => {
        const row = await oneOf(shop, 'products?per_page=1&_fields=date_modified_gmt,name');
        return verdict(DATE.test(String(row['date_modified_gmt'])), row['date_modified_gmt']);
      }),
    deviation: {
      says: 'dates have a zone',
      change: (exchange) => {
        if (exchange.side !== 'shop' || !asks(exchange, 'date_modified_gmt,name')) return;
        eachObject(exchange.body, (one) => {
          one['date_modified_gmt'] = `${String(one['date_modified_gmt'])}Z`;
        });
      },
    },
  },
  {
    id: 'shop-modified-after',
    statement:
      '`modified_after` with `dates_are_gmt=true` and no zone is UTC, and leaves out the second itself',
    places: ['sidecar/src/sync/detect/sweep-cursor.ts'],
    calls: 3,
    probe: (probing) =>
      byBothRoutes(probing, async (shop) => {
        const newest = 'orders?orderby=modified&order=desc&per_page=1&_fields=id,date_modified_gmt';
        const row = await oneOf(shop, newest);
        const date = String(row['date_modified_gmt']).slice(0, 19);
        const after = (bound: string) =>
          list(shop, `orders?modified_after=${bound}&dates_are_gmt=true&per_page=20&_fields=id`);
        const at = (await after(date)).some(({ id }) => id === row['id']);
        const before = (await after(secondBefore(date))).some(({ id }) => id === row['id']);
        return verdict(before && !at, { found: { before, at } });
      }),
    deviation: {
      says: 'the bound itself is in the list',
      change: (exchange) => {
        if (exchange.side !== 'shop' || !asks(exchange, 'per_page=20&_fields=id')) return;
        if (asks(exchange, 'modified_after') && Array.isArray(exchange.body)) exchange.body = [];
      },
    },
  },
  {
    id: 'shop-sorted-by-modified',
    statement: '`orderby=modified` sorts by the date of the change, then by id',
    places: ['sidecar/src/sync/detect/sweep-cursor.ts'],
    calls: 2,
    probe: async (probing) => {
      const orders = await byBothRoutes(probing, (shop) => areSorted(shop, `orders?${SORTED}`));
      if (orders.kind !== 'holds') return orders;
      // Orders of the same second are rare: drafts that are made in one call have it.
      const name = probing.name();
      const create = Array.from({ length: 5 }, () => ({ name, status: 'draft' }));
      const { status } = await probing.direct().call('POST', 'products/batch', { create });
      if (status !== 200) throw new CannotTell(`Drafts could not be made in the shop: ${status}.`);
      const drafts = `products?status=draft&search=${name}&${SORTED}`;
      return byBothRoutes(probing, (shop) => areSorted(shop, drafts, create.length));
    },
    deviation: {
      says: 'the list comes the other way round',
      change: (exchange) => {
        if (exchange.side !== 'shop' || !asks(exchange, SORTED)) return;
        if (Array.isArray(exchange.body)) exchange.body.reverse();
      },
    },
  },
  {
    id: 'shop-clock',
    statement: 'The `Date` header of the API is the shop’s own clock, and it is right',
    places: ['sidecar/src/sync/detect/sweep-cursor.ts'],
    calls: 1,
    probe: (probing) =>
      byBothRoutes(probing, async (shop) => {
        const { header } = await shop.call('GET', 'products?per_page=1&_fields=id');
        const date = header('date');
        if (date === null) throw new CannotTell('The answer has no Date header.');
        return verdict(Math.abs(Date.parse(date) - Date.now()) < CLOCK_MS, date);
      }),
    deviation: {
      says: 'its clock is an hour late',
      change: ({ side, headers }) => {
        if (side === 'shop' && headers['date'] !== undefined)
          headers['date'] = new Date(Date.now() - 60 * 60_000).toUTCString();
      },
    },
  },
];
