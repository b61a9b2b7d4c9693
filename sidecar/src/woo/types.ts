import type { Secret } from '../lib/secret.ts';

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
  /** For the media library, which takes no REST API key. */
  readonly applicationPassword?: ApplicationPassword;
}

/** An application password of a WordPress user, with the names of the variables it came in. */
export interface ApplicationPassword {
  readonly user: string;
  readonly password: Secret;
  readonly userVariable: string;
  readonly passwordVariable: string;
}

/** A picture of the media library. */
export interface MediaPicture {
  readonly id: number;
  /** Its address in the shop. */
  readonly src: string;
}

/** One as lists show it. */
export interface ListedPicture extends MediaPicture {
  /** Of the file; null where WordPress does not say, as before 6.0. */
  readonly bytes: number | null;
}

export interface MediaFile {
  /** Letters, digits and `. _ -` only. */
  readonly name: string;
  /** What is read out in its place; '' for nothing. */
  readonly alt: string;
  /** Such as `image/png`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** The pictures of a shop, whatever uses them. */
export interface MediaLibrary {
  /**
   * Uploads a picture. Tried once: the same file again is a second picture.
   * @throws CodedError `WOO_OUTCOME_UNKNOWN` where it may be there or not: `find` it before another attempt
   */
  upload(file: MediaFile): Promise<MediaPicture>;
  /** Pictures whose file name contains the text. @throws CodedError */
  find(text: string): Promise<readonly MediaPicture[]>;
  /** The same, page by page, for as many as there are; all pictures for the empty text. @throws CodedError */
  all(text: string): AsyncIterable<ListedPicture>;
}

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | null;
  readonly body: string;
}

/** What was asked, for the sentences of errors. */
export interface Asked {
  readonly host: string;
  readonly url: string;
  readonly list: WooList | 'webhooks';
  readonly access: StoreAccess;
  /** Something was to be written to the list's records. */
  readonly writing?: boolean;
}

/** With what a store is reached, in words for whoever has to mend it. Never the secret itself. */
export interface StoreAccess {
  /** Such as "the key in WOO_MAIN_KEY". */
  readonly name: string;
  /** What to do when the shop does not know the key. */
  readonly wrongKey: string;
  /** What to do when it knows the key and not the secret. */
  readonly wrongSecret: string;
}
