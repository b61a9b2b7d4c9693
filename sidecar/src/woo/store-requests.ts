import type { Asked, HttpAnswer, WooParams } from './types.ts';

/** Requests to one shop, whatever the route. What each of them promises, `RestStore` says. */
export interface StoreRequests {
  readonly host: string;
  /** For the sentences of errors. */
  readonly asked: (list: Asked['list']) => Asked;
  readonly get: (path: string, query: WooParams) => Promise<HttpAnswer>;
  readonly post: (path: string, json: string, once?: boolean) => Promise<HttpAnswer>;
  readonly put: (path: string, json: string) => Promise<HttpAnswer>;
  readonly delete: (path: string) => Promise<HttpAnswer>;
  /** Repeats a call while another attempt may help. */
  readonly retried: <T>(call: () => Promise<T>) => Promise<T>;
  /** Tries a call once. */
  readonly once: <T>(call: () => Promise<T>) => Promise<T>;
}
