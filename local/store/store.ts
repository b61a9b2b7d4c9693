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
import { customerWriteRoutes } from './resources/customer-writes.ts';
import { CustomerWrites } from './write/customer-writes.ts';
import { customerRoutes } from './resources/customers.ts';
import { orderRoutes } from './resources/orders.ts';
import { orderWriteRoutes } from './resources/order-writes.ts';
import { OrderWrites, orderStatuses } from './write/order-writes.ts';
import { productRoutes } from './resources/products.ts';
import { productWriteRoutes } from './resources/product-writes.ts';
import { refundRoutes } from './resources/refunds.ts';
import { settingRoutes, siteIndex } from './resources/settings.ts';
import { Ledger } from './ledger.ts';
import { variationWriteRoutes } from './resources/variation-writes.ts';
import type { UrlRules } from './safe-url.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { shopTotals } from './shop-totals.ts';
import type { ShopTotals } from './shop-totals.ts';
import { Images } from './write/images.ts';
import { ProductWrites } from './write/product-writes.ts';
import { VariationWrites } from './write/variation-writes.ts';
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
  let url = '';
  const siteUrl = (): string => options.siteUrl ?? url;
  const rules: UrlRules = { siteUrl, allowHosts: options.allowHosts };
  const dispatcher = new Dispatcher(
    new Authenticator(options.credentials, options.now),
    allRoutes(edits, ledger, options, rules),
    siteIndex(zone, options.siteName, options.now),
  );
  const server = createServer((request, response) => {
    serve({ request, response, siteUrl: siteUrl() });
  });
  const serve = serverFor({ tlsProxy: options.tlsProxy, dispatcher, requests, shop, edits });
  const [key] = options.credentials.keys;
  return {
    listen: async (port, host = '127.0.0.1') => {
      url = await startListening(server, port, host);
      return siteUrl();
    },
    close: () => stopListening(server),
    get url() {
      return siteUrl();
    },
    consumerKey: key?.consumerKey ?? '',
    consumerSecret: key?.consumerSecret ?? '',
    edits,
    requests,
    shop,
    totals: () => shopTotals(shop),
  };
}

function allRoutes(edits: Edits, ledger: Ledger, options: StoreOptions, rules: UrlRules): Route[] {
  const { shop } = ledger;
  const { customStatuses } = options;
  const images = new Images(shop.media, rules);
  const products = new ProductWrites(ledger, images);
  const variations = new VariationWrites(ledger, images, products);
  const orders = new OrderWrites(ledger, [...orderStatuses, ...customStatuses]);
  return [
    ...orderRoutes(shop, customStatuses, orderWriteRoutes(shop, orders, edits, customStatuses)),
    ...refundRoutes(shop),
    ...productRoutes(shop, {
      products: productWriteRoutes(shop, products, edits),
      variations: variationWriteRoutes(shop, variations),
    }),
    ...customerRoutes(shop, customerWriteRoutes(shop, new CustomerWrites(ledger), edits)),
    ...couponRoutes(shop),
    ...settingRoutes(),
  ];
}
