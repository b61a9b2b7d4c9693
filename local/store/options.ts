import { randomBytes } from 'node:crypto';
import type { Hosting } from './core/hosting.ts';
import { newPassword } from './rest/request/auth.ts';
import type { ApiKey, ApplicationPassword, Credentials } from './rest/request/auth.ts';
import type { Profile } from './generate/order-plan.ts';

export interface StoreOptions {
  /** generated orders, beside the recorded ones; `profile: 'bench'` has these only */
  orders: number;
  /** generated products, beside the recorded ones */
  products: number;
  seed: number;
  profile: Profile;
  /** IANA name of the site's time zone */
  timeZone: string;
  siteName: string;
  /** the address in links and signatures; left out = http://127.0.0.1:<port> */
  siteUrl: string | undefined;
  /** whether `X-Forwarded-Proto: https` of a TLS proxy in front counts as https */
  tlsProxy: boolean;
  /** local hosts, with or without a port, that the shop may deliver to and fetch from all the same */
  allowHosts: readonly string[];
  /** how long webhooks wait in the queue, in milliseconds */
  webhookDelayMs: number;
  /** how long a webhook's receiver may take, in milliseconds */
  webhookTimeoutMs: number;
  /** how long fetching an image by its address may take, in milliseconds */
  fetchTimeoutMs: number;
  /** the largest image that is taken, uploaded or fetched */
  maxUploadBytes: number;
  /** as before WooCommerce 10.5: stock that an order takes moves no product's date, and no webhook hears of it */
  oldStock: boolean;
  /** statuses that a plugin of the shop registered, without the `wc-` */
  customStatuses: readonly string[];
  /** how it is hosted, to begin with */
  hosting: Partial<Hosting>;
  /** a folder of the address below which the shop lies, such as `/shop`; empty for none */
  folder: string;
  credentials: Credentials;
  /** the shop's clock in UTC seconds */
  now: () => number;
}

/** Fills in what was not given; a new key pair is made where there is none. */
export function completeOptions(given: Partial<StoreOptions>): StoreOptions {
  return {
    orders: 300,
    products: 30,
    seed: 1,
    profile: 'mixed',
    timeZone: 'America/New_York',
    siteName: 'Example Store',
    siteUrl: undefined,
    tlsProxy: false,
    allowHosts: [],
    webhookDelayMs: 100,
    webhookTimeoutMs: 60_000,
    // WordPress' own limit for download_url().
    fetchTimeoutMs: 300_000,
    maxUploadBytes: 64 * 1024 * 1024,
    oldStock: false,
    hosting: {},
    folder: '',
    customStatuses: ['awaiting-pickup'],
    now: () => Math.floor(Date.now() / 1000),
    ...given,
    credentials: given.credentials ?? {
      keys: [newKey()],
      applicationPasswords: [newApplicationPassword()],
    },
  };
}

/** A made-up key pair of an administrator in WooCommerce's form. */
export function newKey(): ApiKey {
  return {
    consumerKey: `ck_${randomBytes(20).toString('hex')}`,
    consumerSecret: `cs_${randomBytes(20).toString('hex')}`,
    permissions: 'read_write',
    role: 'administrator',
  };
}

/** A made-up application password of an administrator. */
export function newApplicationPassword(): ApplicationPassword {
  return { user: 'admin', password: newPassword() };
}
