import type { Secret } from '../secret.ts';

export type WooList = 'orders' | 'refunds' | 'products' | 'variations' | 'customers';

export type WooRecord = Readonly<Record<string, unknown>>;

export type WooParams = Readonly<Record<string, string>>;

/** One read of a list among several. */
export interface ListRead {
  readonly list: WooList;
  readonly params: WooParams;
}

export interface WooPage {
  readonly records: readonly WooRecord[];
  /** Records that match, over all pages (X-WP-Total). */
  readonly total: number;
  readonly pages: number;
  /** The store's own clock when it answered. */
  readonly storeTime: Date;
}

/** A webhook of the shop. Its secret cannot be read back. */
export interface Webhook {
  readonly id: number;
  readonly name: string;
  /** Such as `order.updated`. */
  readonly topic: string;
  readonly status: 'active' | 'paused' | 'disabled';
  readonly deliveryUrl: string;
}

/** What a webhook is made of, or what is changed of it. */
export interface WebhookFields {
  readonly name: string;
  readonly topic: string;
  readonly deliveryUrl: string;
  readonly secret: { reveal(): string };
}

/** A REST API key of the shop, with the names of the variables it came in: errors name those, never the key. */
export interface WooKeys {
  readonly consumerKey: Secret;
  readonly consumerSecret: Secret;
  readonly keyVariable: string;
  readonly secretVariable: string;
}
