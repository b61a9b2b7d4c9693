/** A call that may be passed on to the shop. */
export interface ShopCall {
  readonly method: string;
  /** Behind `/wp-json/wc/v3/`. */
  readonly path: string;
  /** Encoded; '' for none. */
  readonly query: string;
  /** JSON; null for none. */
  readonly body: string | null;
}
