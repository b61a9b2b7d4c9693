import type { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import type { ContentList, WooList } from '../mapping/model/resources.ts';

export type { WooList } from '../mapping/model/resources.ts';

/** Records of a page: what WooCommerce gives at most. */
export const PAGE_SIZE = 100;

export interface WooPage {
  readonly records: readonly WooRecord[];
  /** Records that match, over all pages (X-WP-Total). */
  readonly total: number;
  readonly pages: number;
  /** The store's own clock when it answered (Date header). */
  readonly storeTime: Date;
}

/** One read of a list among several. */
export interface ListRead {
  readonly list: WooList;
  /** As those of `WooStore.list`. */
  readonly params: Readonly<Record<string, string>>;
}

export interface OrderStatus {
  readonly slug: string;
  readonly name: string;
}

/**
 * Where a walk through a list stands, after the page that it came with. Plain JSON, opaque to its keeper:
 * save it in State once the page is handled and hand it back to go on behind that page.
 */
export interface PageCursor {
  readonly by: 'modified' | 'id';
  readonly [field: string]: unknown;
}

export interface WalkPage extends WooPage {
  /** Records handed out since the walk began, those before a resumption included; reaches `total`. */
  readonly read: number;
  /** Resuming from here repeats nothing before this page's last record. */
  readonly cursor: PageCursor;
}

/** What a shop says of all its records. */
export interface WooReports {
  /**
   * The statuses that orders of the shop can have, those of plugins included, with their names in the shop's language.
   * @throws CodedError as `list`; also where the gateway of the org is older
   */
  orderStatuses(): Promise<readonly OrderStatus[]>;
  /**
   * The address under which the shop answers people, as it says itself.
   * @throws CodedError as `list`; also where the gateway of the org is older
   */
  home(): Promise<string>;
}

/** `visitor` where WordPress does not look at the password; an administrator may do anything with the site. */
export type ContentUser = 'visitor' | 'user' | 'administrator';

/** What lists do not tell. */
interface WooLookups {
  /**
   * Whether a list of WordPress's content can be asked for what was modified since.
   * @throws CodedError as `list`; `CONTENT_TYPE_UNKNOWN` where the shop does not show such content
   */
  isDated(list: ContentList): Promise<boolean>;
  /**
   * As whom WordPress's content is read; null where no application password is given.
   * @throws CodedError as `list`; `CONTENT_REFUSED` where the password is wrong
   */
  contentUser(): Promise<ContentUser | null>;
  /**
   * Asks for records one by one; through the org one API call for up to ten.
   * @param context in which WordPress shows content, as its list is asked; absent for as everybody sees it
   * @returns a record for each id, in the order asked; null for one that is gone, or that the credential may not see
   * @throws CodedError when the store cannot answer; `CONTENT_REFUSED` where one is not shown in the context
   */
  each(
    list: WooList,
    ids: readonly number[],
    context?: string,
  ): Promise<readonly (WooRecord | null)[]>;
}

/** One store, whatever the route. Requests are retried while it is safe to. */
export interface WooStore extends WooLookups, WooReports {
  readonly key: string;
  readonly url: string;
  /** Statuses in which its orders count for their customers; absent for those that WooCommerce takes for paid. */
  readonly paidStatuses?: readonly string[];
  /**
   * One request. A page may hold fewer records than asked for, never none where there are some.
   * @param params plain WooCommerce list parameters (`per_page`, `modified_after`, `include`, …)
   * @throws CodedError when the store cannot answer, or answers something that is not a list
   */
  list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage>;
  /**
   * Several small reads at once; through the org one API call for up to ten.
   * @returns a page for each, in the order asked
   * @throws CodedError as `list`, where one of them fails
   */
  lists(reads: readonly ListRead[]): Promise<readonly WooPage[]>;
  /**
   * Walks a whole list so that edits during the walk lose nothing: by keyset over the modified date, or by
   * page and id where the list has no such filter (customers). Reads one page ahead of its consumer.
   * @param from where an earlier walk stood; null = from the start
   * @param onTooLarge takes the id and the date of a record that cannot be had for its size, and the walk goes on
   * @throws CodedError as `list`; `WOO_ANSWER_TOO_LARGE` only where nobody takes such a record
   */
  walk(
    list: WooList,
    from: PageCursor | null,
    params?: Readonly<Record<string, string>>,
    onTooLarge?: (record: WooRecord, why: CodedError) => void,
  ): AsyncIterable<WalkPage>;
  /**
   * Writes one custom field of many records, up to 100 per request. Repeating it changes nothing.
   * @returns the records for which it failed; the others have it
   * @throws CodedError when the store cannot answer, or takes nothing from us
   */
  writeMeta(
    list: MetaList,
    key: string,
    writes: readonly MetaWrite[],
  ): Promise<readonly MetaFailure[]>;
  /**
   * Changes products and variations, up to a hundred per request. Tried once: who asks again reads both sides before,
   * for the shop may have changed them meanwhile. Those of which it was said what was seen are read right before, by a
   * request more to the shop, and by none more to the org.
   * @returns what became of each, in the order given
   * @throws CodedError when the shop cannot answer, or takes nothing from us
   */
  updateProducts(updates: readonly ProductUpdate[]): Promise<readonly UpdateResult[]>;
  /**
   * Changes orders, up to a hundred per request. Tried once, as products are.
   * @returns what became of each, in the order given
   * @throws CodedError as `updateProducts`
   */
  updateOrders(updates: readonly ProductUpdate[]): Promise<readonly UpdateResult[]>;
  /** The notes of an order, as the shop has them. @throws CodedError as `list` */
  orderNotes(id: number): Promise<readonly WooRecord[]>;
  /**
   * Adds a note to an order. Tried once, for a second attempt may add it twice.
   * @throws CodedError as `updateProducts`; it may be there then
   */
  addOrderNote(id: number, note: OrderNote): Promise<ProductResult>;
  /**
   * Makes products. Each request is tried once, for a second attempt may make them twice.
   * @returns what became of each, in the order given
   * @throws CodedError as `updateProducts`; some may be there then
   */
  createProducts(products: readonly WooRecord[]): Promise<readonly ProductResult[]>;
  /** The same of orders. @throws as `createProducts` */
  createOrders(orders: readonly WooRecord[]): Promise<readonly ProductResult[]>;
  /** Null where the route does not lead there. */
  readonly media: MediaLibrary | null;
  /**
   * The bytes of an image that the shop shows, from the shop's own host or one of its image hosts.
   * @param src its address
   * @param most bytes that are read
   * @returns why not, where it cannot be had
   */
  fetchImage(src: string, most: number): Promise<Buffer | ImageFetchProblem>;
}

/** Why an image of the shop cannot be had. */
interface ImageFetchProblem {
  readonly code: string;
  readonly message: string;
}

export interface OrderNote {
  readonly text: string;
  /** The buyer gets it by mail; else only the shop's people see it. */
  readonly toCustomer: boolean;
}

/** A change of one product, variation or order. */
export interface ProductUpdate {
  readonly id: number;
  /** The product of a variation; null for a product. */
  readonly parentId: number | null;
  readonly fields: WooRecord;
  /** Where the record holds something else by now it is left as it is; absent for whatever it holds. */
  readonly seen?: Seen;
}

/** What a record of the shop was seen to hold, as text, by paths such as `meta_data.gift`; null for nothing. */
export type Seen = Readonly<Record<string, string | null>>;

/** What became of a change; `changed`: nothing, for the record does not hold what was seen any more. */
export type UpdateResult = ProductResult | { readonly changed: true };

/** What the shop made of one of several records: the whole of it, or why not. */
export type ProductResult =
  | { readonly record: WooRecord }
  | { readonly error: { readonly code: string; readonly message: string; readonly data: unknown } };

/** The shop's media library, where a route leads to it. */
export interface MediaLibrary {
  /**
   * Tried once: a second attempt may make a second image.
   * @throws CodedError when the library cannot answer, or takes nothing from us
   */
  upload(file: ImageFile): Promise<StoredImage>;
  /** Images whose file names contain the text. */
  find(text: string): Promise<readonly StoredImage[]>;
  /** All of those, page by page. */
  all(text: string): AsyncIterable<ListedImage>;
}

interface StoredImage {
  readonly id: number;
  readonly src: string;
}

/** One as lists show it. */
export interface ListedImage extends StoredImage {
  /** Of the file; null where the shop does not say. */
  readonly bytes: number | null;
}

export interface ImageFile {
  readonly name: string;
  /** What is read out in its place; '' for nothing. */
  readonly alt: string;
  /** Such as `image/png`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** The webhooks of one store, whatever the route. */
export interface WooWebhooks {
  /** @throws CodedError when the store cannot answer */
  webhooks(): Promise<readonly Webhook[]>;
  /**
   * Makes a webhook, active at once. Tried once, for a second attempt may make a second one: after a failure it
   * may be there or not.
   * @throws CodedError when the store cannot answer, or does not take it
   */
  createWebhook(webhook: WebhookFields): Promise<Webhook>;
  /** Its status stays. Tried once. @throws as `createWebhook` */
  updateWebhook(id: number, webhook: WebhookFields): Promise<Webhook>;
  /** Be it there or not. Tried once. @throws as `createWebhook` */
  deleteWebhook(id: number): Promise<void>;
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

/** Lists whose records keep custom fields that can be written. */
export type MetaList = 'orders' | 'products' | 'variations' | 'customers';

export interface MetaWrite {
  readonly id: number;
  /** The product of a variation; null for everything else. */
  readonly parentId: number | null;
  readonly value: string;
}

export interface MetaFailure {
  readonly id: number;
  readonly code: string;
  readonly message: string;
}

/** A topic and what there is of it. */
export interface WebhookState {
  readonly topic: string;
  readonly status: Webhook['status'] | 'missing';
}

/** Why webhooks cannot be set right until a person does something. */
export interface WebhookProblem {
  readonly code: string;
  readonly message: string;
  readonly cure: string;
}
