import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject } from '../../model/exchange.ts';
import { CannotTell, isSame, verdict } from '../../model/verdict.ts';
import { list } from '../../sides/shop-side.ts';
import { byBothRoutes } from './routes.ts';

const FIELDS = ['id', 'status', 'total'];
const LISTED = `orders?per_page=3&_fields=${FIELDS.join(',')}`;

export const LISTS: readonly Assumption[] = [
  {
    id: 'shop-totals',
    statement: 'A list tells by `X-WP-Total` how many records there are',
    places: ['sidecar/src/woo/pagination.ts'],
    calls: 0,
    probe: async (probing) => {
      const { status, header } = await probing
        .direct()
        .call('GET', 'products?per_page=1&_fields=id');
      if (status !== 200) throw new CannotTell(`The shop answered with ${status}.`);
      return verdict(/^\d+$/.test(header('x-wp-total') ?? ''), header('x-wp-total'));
    },
    deviation: {
      says: 'a proxy drops the header',
      change: ({ side, headers }) => {
        if (side === 'shop') delete headers['x-wp-total'];
      },
    },
  },
  {
    id: 'order-statuses',
    statement:
      '`reports/orders/totals` lists all statuses that orders can have, those of plugins included, and ignores `per_page`',
    places: ['sidecar/src/woo/rest-store.ts'],
    person:
      'In a shop with a plugin for order statuses, open a mapping of orders in the editor: the list of statuses has its own.',
  },
  {
    id: 'shop-home',
    statement:
      '`GET /wp-json/` answers everybody, also with a REST API key, with `home`, the address of which `X-WC-Webhook-Source` is made; plugins for languages add a path of two letters to it at the most',
    places: ['sidecar/src/woo/content/site-index.ts', 'sidecar/src/sync/detect/webhook-source.ts'],
    person:
      'Copy the shop to a staging site with its webhooks, change an order there: the service answers 410 to the second event, and Woo Sync Issue names the staging site.',
  },
  {
    id: 'shop-fields',
    statement: '`_fields` leaves out all other members of the records of a list',
    places: ['sidecar/src/woo/rest-store.ts'],
    calls: 1,
    probe: (probing) =>
      byBothRoutes(probing, async (shop) => {
        const rows = await list(shop, LISTED);
        if (rows.length === 0) throw new CannotTell('The shop has no orders.');
        const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].toSorted();
        return verdict(isSame(names, FIELDS.toSorted()), names);
      }),
    deviation: {
      says: 'whole orders come',
      change: (exchange) => {
        if (exchange.side !== 'shop' || !asks(exchange, '_fields=id,status,total')) return;
        eachObject(exchange.body, (one) => {
          if ('total' in one) one['currency'] = 'EUR';
        });
      },
    },
  },
  {
    id: 'shop-no-cache',
    statement:
      'No cache answers in the shop’s place: what a key reads carries `Cache-Control: no-store`',
    places: ['sidecar/src/sync/detect/sweep-cursor.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const { header } = await shop.call('GET', 'products?per_page=1&_fields=id');
      const cache = header('cache-control');
      return verdict(/no-store|private/.test(cache ?? ''), cache ?? 'no Cache-Control');
    },
    deviation: {
      says: 'answers may be kept for a minute',
      change: ({ side, headers }) => {
        if (side === 'shop' && 'cache-control' in headers)
          headers['cache-control'] = 'public, max-age=60';
      },
    },
  },
  {
    id: 'shop-customers-of-all-roles',
    statement: 'Customers are listed with `role=all` in the order of their ids',
    places: ['sidecar/src/sync/pipeline/backfill-lists.ts'],
    calls: 1,
    probe: (probing) =>
      byBothRoutes(probing, async (shop) => {
        const path = 'customers?role=all&orderby=id&order=asc&per_page=20&_fields=id';
        const ids = (await list(shop, path)).map(({ id }) => Number(id));
        return verdict(
          isSame(
            ids,
            ids.toSorted((a, b) => a - b),
          ),
          ids,
        );
      }),
    deviation: {
      says: 'they come newest first',
      change: (exchange) => {
        if (exchange.side !== 'shop' || !asks(exchange, 'role=all')) return;
        if (Array.isArray(exchange.body)) exchange.body.reverse();
      },
    },
  },
];
