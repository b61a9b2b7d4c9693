import { createStore } from '../store.ts';
import type { Store } from '../store.ts';
import type { StoreOptions } from '../options.ts';
import type { ApiKey } from '../rest/request/auth.ts';

/** A key for tests; every test process may share it. */
export const testKey: ApiKey = {
  consumerKey: `ck_${'1'.repeat(40)}`,
  consumerSecret: `cs_${'2'.repeat(40)}`,
  permissions: 'read_write',
  role: 'administrator',
};

/** The application password of the test shop's administrator. */
export const testPassword = { user: 'admin', password: 'abcd efgh ijkl mnop' };

/** The test key with other rights. */
export function keyWith(number: number, rights: Partial<ApiKey>): ApiKey {
  return { ...testKey, consumerKey: `ck_${String(number).repeat(40)}`, ...rights };
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

/** A running store and short ways to ask it. */
export interface Client {
  store: Store;
  url: string;
  /** GET with Basic over https, as a TLS proxy passes it on; `path` is below /wp-json/wc/v3/ */
  get: <T = unknown>(path: string) => Promise<Answer<T>>;
  /** any request below the store's address, with nothing added */
  ask: <T = unknown>(path: string, init?: RequestInit) => Promise<Answer<T>>;
}

/** Starts a store on a free port. Close it with `client.store.close()`. */
export async function startStore(options: Partial<StoreOptions> = {}): Promise<Client> {
  const store = createStore({
    tlsProxy: true,
    credentials: {
      keys: [testKey],
      applicationPasswords: [testPassword],
    },
    ...options,
  });
  await store.listen(0);
  const { url } = store;
  const ask = async <T>(path: string, init?: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text) as T,
      text,
    };
  };
  const headers = secureHeaders(testKey.consumerKey, testKey.consumerSecret);
  return { store, url, ask, get: (path) => ask(`/wp-json/wc/v3/${path}`, { headers }) };
}

/** Headers of a request that came in over https with Basic credentials. */
export function secureHeaders(user: string, password: string): Record<string, string> {
  return { ...basic(user, password), 'x-forwarded-proto': 'https' };
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
