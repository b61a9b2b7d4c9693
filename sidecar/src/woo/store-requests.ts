import type { ProductBatch } from './products/product-batches.ts';
import type { Asked, HttpAnswer, WooParams } from './types.ts';

/** What became of a batch of records that were compared. */
export interface Unchanged {
  /** To what is left of the batch; of no meaning where nothing is. */
  readonly answer: HttpAnswer;
  /** Ids of those that hold something else by now, and were left as they are. */
  readonly changed: ReadonlySet<number>;
}

/** Requests to one shop, whatever the route. What each of them promises, `RestStore` says. */
export interface StoreRequests {
  readonly host: string;
  /** For the sentences of errors. */
  readonly asked: (list: Asked['list']) => Asked;
  readonly get: (path: string, query: WooParams) => Promise<HttpAnswer>;
  readonly post: (path: string, json: string, once?: boolean) => Promise<HttpAnswer>;
  /** A batch, without the records that do not hold what was seen of them. Never repeated by anybody on the way. */
  readonly postUnchanged: (batch: ProductBatch) => Promise<Unchanged>;
  readonly put: (path: string, json: string) => Promise<HttpAnswer>;
  readonly delete: (path: string) => Promise<HttpAnswer>;
  /** Repeats a call while another attempt may help. */
  readonly retried: <T>(call: () => Promise<T>) => Promise<T>;
  /** Tries a call once. */
  readonly once: <T>(call: () => Promise<T>) => Promise<T>;
}
