import type { Secret } from '../lib/secret.ts';
import type { WooList } from '../ports/store.ts';

export type WooParams = Readonly<Record<string, string>>;

/** A read as it is sent: a path below wc/v3, or `content/` and one below wp-json. */
export interface StoreRead {
  readonly path: string;
  readonly query: WooParams;
}

/** What was sent. */
export interface SentRequest extends StoreRead {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
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

/** An image of the media library. */
export interface MediaImage {
  readonly id: number;
  /** Its address in the shop. */
  readonly src: string;
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

export interface HttpAnswer {
  /** What it answers; absent for the library of images. */
  readonly sent?: SentRequest;
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
  /** Where its address is entered, which is asked; absent where that is the URL of the store alone. */
  readonly address?: string;
  /** What to do when the shop does not know the key. */
  readonly wrongKey: string;
  /** What to do when it knows the key and not the secret. */
  readonly wrongSecret: string;
}
