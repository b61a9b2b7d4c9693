import { createServer } from 'node:http';
import { startListening, stopListening } from '../shared/listener.ts';
import { openApi } from './api.ts';
import { ShopClock } from './core/clock.ts';
import type { Edits } from './write/edits.ts';
import { Faults } from './faults/faults.ts';
import { usualHosting } from './core/hosting.ts';
import type { Hosting } from './core/hosting.ts';
import { RequestCount } from './rest/request-count.ts';
import { serverFor } from './http/serve.ts';
import { Backup } from './shop/backup.ts';
import { Ledger } from './shop/ledger.ts';
import { completeOptions } from './options.ts';
import type { StoreOptions } from './options.ts';
import { openShop } from './shop/shop.ts';
import type { Shop } from './shop/shop.ts';
import { shopTotals } from './shop/shop-totals.ts';
import type { ShopTotals } from './shop/shop-totals.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import { SiteZone } from './core/zone.ts';

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
  /** who uploads to `wp/v2/media`, where consumer keys do not work */
  readonly applicationUser: string;
  readonly applicationPassword: string;
  /** changes to the shop's data */
  readonly edits: Edits;
  readonly requests: RequestCount;
  readonly shop: Shop;
  readonly webhooks: Webhooks;
  /** misfortunes that are still to come */
  readonly faults: Faults;
  readonly clock: ShopClock;
  /** how it is hosted; may be changed while it runs */
  readonly hosting: Hosting;
  totals: () => ShopTotals;
}

/** Makes a store; it listens when told to. @throws Error when an option makes no sense. */
export function createStore(given: Partial<StoreOptions> = {}): Store {
  const complete = completeOptions(given);
  const clock = new ShopClock(complete.now);
  const options = { ...complete, now: () => clock.now() };
  const zone = new SiteZone(options.timeZone);
  const ledger = new Ledger(openShop({ ...options, zone }), options.now, options.oldStock);
  const faults = new Faults();
  let url = '';
  const siteUrl = (): string => options.siteUrl ?? url + options.folder;
  const hosting = { ...usualHosting, ...options.hosting };
  const requests = new RequestCount();
  const rules = { siteUrl, allowHosts: options.allowHosts };
  const api = openApi({ ledger, options, rules, faults, requests, hosting });
  const { shop } = ledger;
  const backup = new Backup(ledger);
  const server = createServer((request, response) => {
    serve({ request, response, siteUrl: siteUrl() });
  });
  const { tlsProxy, maxUploadBytes, folder } = options;
  const serve = serverFor({
    tlsProxy,
    maxUploadBytes,
    folder,
    hosting,
    requests,
    shop,
    backup,
    faults,
    clock,
    ...api,
  });
  const [key] = options.credentials.keys;
  const [password] = options.credentials.applicationPasswords;
  return {
    listen: async (port, host = '127.0.0.1') => {
      url = await startListening(server, port, host);
      return siteUrl();
    },
    close: async () => {
      await Promise.all([stopListening(server), api.close()]);
    },
    get url() {
      return siteUrl();
    },
    consumerKey: key?.consumerKey ?? '',
    consumerSecret: key?.consumerSecret ?? '',
    applicationUser: password?.user ?? '',
    applicationPassword: password?.password ?? '',
    edits: api.edits,
    requests,
    shop,
    webhooks: api.webhooks,
    faults,
    clock,
    hosting,
    totals: () => shopTotals(shop),
  };
}
