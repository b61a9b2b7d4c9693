import { createServer } from 'node:http';
import { startListening, stopListening } from '../listener.ts';
import { Edits } from './edits.ts';
import { Authenticator } from './http/auth.ts';
import { Dispatcher } from './http/dispatch.ts';
import { RequestCount } from './http/request-count.ts';
import type { Route } from './http/route.ts';
import { serverFor } from './http/serve.ts';
import { completeOptions } from './options.ts';
import type { StoreOptions } from './options.ts';
import { couponRoutes } from './resources/coupons.ts';
import { customerRoutes } from './resources/customers.ts';
import { orderRoutes } from './resources/orders.ts';
import { productRoutes } from './resources/products.ts';
import { refundRoutes } from './resources/refunds.ts';
import { settingRoutes, siteIndex } from './resources/settings.ts';
import { Ledger } from './ledger.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { shopTotals } from './shop-totals.ts';
import type { ShopTotals } from './shop-totals.ts';
import { SiteZone } from './zone.ts';

/** A WooCommerce store on this machine. */
export interface Store {
  /** 0 takes a free port. @returns the address. @throws Error with a sentence where it cannot listen there. */
  listen: (port: number, host?: string) => Promise<string>;
  /** Stops at once, also what is under way. */
  close: () => Promise<void>;
  /** the address without a slash at the end; only after `listen` */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** changes to the shop's data */
  readonly edits: Edits;
  readonly requests: RequestCount;
  readonly shop: Shop;
  totals: () => ShopTotals;
}

/** Makes a store; it listens when told to. @throws Error when an option makes no sense. */
export function createStore(given: Partial<StoreOptions> = {}): Store {
  const options = completeOptions(given);
  const zone = new SiteZone(options.timeZone);
  const shop = openShop({ ...options, zone });
  const ledger = new Ledger(shop, options.now);
  const edits = new Edits(ledger);
  const requests = new RequestCount();
  const dispatcher = new Dispatcher(
    new Authenticator(options.credentials, options.now),
    allRoutes(shop, options),
    siteIndex(zone, options.siteName, options.now),
  );
  let url = '';
  const server = createServer((request, response) => {
    serve({ request, response, siteUrl: options.siteUrl ?? url });
  });
  const serve = serverFor({ tlsProxy: options.tlsProxy, dispatcher, requests, shop, edits });
  const [key] = options.credentials.keys;
  return {
    listen: async (port, host = '127.0.0.1') => {
      url = await startListening(server, port, host);
      return options.siteUrl ?? url;
    },
    close: () => stopListening(server),
    get url() {
      return options.siteUrl ?? url;
    },
    consumerKey: key?.consumerKey ?? '',
    consumerSecret: key?.consumerSecret ?? '',
    edits,
    requests,
    shop,
    totals: () => shopTotals(shop),
  };
}

function allRoutes(shop: Shop, { customStatuses }: StoreOptions): Route[] {
  return [
    ...orderRoutes(shop, customStatuses),
    ...refundRoutes(shop),
    ...productRoutes(shop),
    ...customerRoutes(shop),
    ...couponRoutes(shop),
    ...settingRoutes(),
  ];
}
