import type { Mapping } from '../mapping/model/mapping.ts';
import type { ChangeEvent } from '../ports/change.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';

/** Whether a part does its work, and why not, in words without customers' data. */
export type Condition =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly since: Date };

export interface Health {
  /** Whether change events can be stored. */
  readonly queue: Condition;
  readonly org: Condition;
  readonly stores: Readonly<Record<string, Condition>>;
}

/** One figure, or one per set of labels; all sets of a figure have the same labels. Named as Prometheus does. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  /** A counter only grows while the process lives. */
  readonly kind: 'gauge' | 'counter';
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** A record that may have changed in Salesforce. */
export interface Edit {
  /** Name of the object in lower case; null where the message did not say it, so that it may be any. */
  readonly object: string | null;
  /** Of 18 characters; null where the record was deleted before the message was sent. */
  readonly recordId: string | null;
  /** Woo_Key__c, where the message carried it. */
  readonly key: string | null;
}

export interface Image {
  /** Such as `image/jpeg`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What the server asks of the engine. None of it may cost a call to the org or to a store. */
export interface Engine {
  /**
   * The mappings that apply to the store now, as `forStore` gives them; undefined where there is no such store,
   * null while the org has not told yet.
   */
  mappings(store: string): readonly Mapping[] | undefined | null;
  readonly queue: Pick<ChangeQueue, 'add'>;
  /** Whether a webhook's record only says what the shop has answered to our own change. */
  isEcho(store: string, change: ChangeEvent, body: unknown): boolean;
  /** Whether a signed webhook comes from a copy of the store, by the address that it names. */
  isOtherShop(store: string, source: string): boolean;
  /**
   * A webhook of the store came in that is really the store's.
   * @param change null where it names no record
   */
  onEvent(store: string, change: ChangeEvent | null): void;
  /**
   * The org whose outbound messages are taken, by 15 or 18 characters; null while we do not know it, or not
   * what its messages are for.
   */
  readonly organizationId: string | null;
  /** @param object in lower case */
  knowsObject(object: string): boolean;
  /** Durable when it resolves. */
  onEdits(edits: readonly Edit[]): Promise<void>;
  /** An image that a link was made for; null where there is none any more. The one thing that may cost a call. */
  image(hash: string): Promise<Image | null>;
  health(): Promise<Health>;
  /** What /metrics shows beside the webhooks; no label may hold customers' data. */
  figures(): Promise<readonly Figure[]>;
}
