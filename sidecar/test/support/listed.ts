import type { WooList } from '../../src/ports/store.ts';
import { kindOf } from '../../src/woo/requests.ts';

/**
 * Shops of tests refuse what is on no list of requests, as a gateway would: whoever asks in a new way is told, and
 * adds it there.
 */
export function listed(path: WooList, query: Readonly<Record<string, string>> = {}): void {
  if (kindOf({ method: 'GET', path, query }) !== null) return;
  throw new Error(`REQUESTS in woo/requests.ts has no GET ${path} by ${JSON.stringify(query)}`);
}
