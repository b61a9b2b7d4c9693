import { type RetryPolicy, withRetry } from '../lib/retry.ts';
import { paidStatuses } from '../mapping/attributes/customer-totals.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import { type ContentList, isContent, isWhole } from '../mapping/model/resources.ts';
import type {
  ContentUser,
  ListRead,
  MediaLibrary,
  MetaFailure,
  MetaList,
  MetaWrite,
  OrderNote,
  OrderStatus,
  ProductResult,
  ProductUpdate,
  UpdateResult,
  WalkPage,
  Webhook,
  WebhookFields,
  WooList,
  WooPage,
  WooReports,
  WooStore,
  WooWebhooks,
} from '../ports/store.ts';
import { PAGE_SIZE } from '../ports/store.ts';
import { readSingle, readWholePage } from './content/content-answer.ts';
import type { ContentReads } from './content/content-store.ts';
import { CONTENT_USER } from './content/content-user.ts';
import { fetchImage, type FetchProblem } from './media/fetch-image.ts';
import { batchBody, batchesOf } from './meta-batches.ts';
import { type TakeTooLarge, walk } from './pagination.ts';
import { addOrderNote, orderNotes } from './orders/order-notes.ts';
import {
  createOrders,
  createProducts,
  updateOrders,
  updateProducts,
} from './products/product-writes.ts';
import { batchJson, type ProductBatch } from './products/product-batches.ts';
import { changedAmong, lookOf, seenIn, without } from './products/seen.ts';
import { readList, readMetaAnswer, readPage } from './response.ts';
import { homeIn } from './content/site-index.ts';
import { shopAddress, type StoreAddress } from './store-address.ts';
import type { StoreRequests, Unchanged } from './store-requests.ts';
import type { Asked, HttpAnswer, StoreAccess, StoreRead, WooParams } from './types.ts';
import { createWebhook, deleteWebhook, readWebhooks, updateWebhook } from './webhooks.ts';

/** A store by WooCommerce's REST API; how its requests get there is up to the route. */
export abstract class RestStore implements WooStore, WooWebhooks, WooReports {
  readonly key: string;
  readonly url: string;
  readonly paidStatuses: readonly string[];
  /** Null where images cannot be uploaded this way. */
  readonly media: MediaLibrary | null = null;
  protected readonly host: string;
  readonly #imageHosts: readonly string[];
  readonly #retry: RetryPolicy;

  /** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
  constructor(store: StoreAddress, retry: RetryPolicy) {
    this.#imageHosts = store.imageHosts ?? [];
    this.key = store.key;
    this.paidStatuses = paidStatuses(store.paidStatuses ?? null);
    this.url = shopAddress(store);
    this.host = new URL(this.url).host;
    this.#retry = retry;
  }

  protected abstract readonly access: StoreAccess;

  /**
   * One request, whatever the store answers.
   * @param path behind `/wp-json/wc/v3/`
   * @throws CodedError or Transient where there is no answer
   */
  protected abstract get(path: string, query: WooParams): Promise<HttpAnswer>;

  /** The index of the whole API, `GET /wp-json/`. @throws as `get` */
  protected abstract index(): Promise<HttpAnswer>;

  /**
   * One request that writes, whatever the store answers.
   * @param json its body
   * @param once it must not be repeated by anybody on the way
   * @throws as `get`
   */
  protected abstract post(path: string, json: string, once?: boolean): Promise<HttpAnswer>;

  /** Two requests: one reads what the other would change. */
  protected async postUnchanged(batch: ProductBatch): Promise<Unchanged> {
    const list = batch.path.replace(/\/batch$/, '');
    const seen = seenIn(batch);
    const answer = await this.get(list, lookOf(seen));
    const changed = changedAmong(readList(this.#asked('products'), answer), seen);
    const left = without(batch, changed);
    if (left.items.length === 0) return { answer, changed };
    return { answer: await this.post(batch.path, batchJson(left), true), changed };
  }

  /** As `post`. */
  protected abstract put(path: string, json: string): Promise<HttpAnswer>;

  /** As `post`; for good, without the trash. */
  protected abstract delete(path: string): Promise<HttpAnswer>;

  /**
   * One page of a list. Customers are those with the role customer, and dates are taken as GMT.
   * A page may hold fewer records than asked for; `total` says what there is.
   * @throws CodedError when the store cannot answer, or answers something that is not a list
   */
  async list(list: WooList, params: WooParams): Promise<WooPage> {
    if (isContent(list)) return this.#listContent(list, params);
    const { path, query } = await this.readOf(list, params);
    return this.retried(async () => this.page(list, await this.get(path, query)));
  }

  async #listContent(list: ContentList, params: WooParams): Promise<WooPage> {
    const { reads, skip } = await this.contentReads.readsOf(list, params);
    const read = ({ path, query }: StoreRead) =>
      this.retried(async () => this.page(list, await this.get(path, query)));
    const [first, ...rest] = reads;
    const page = await read(first);
    const records = [...page.records];
    for (const one of rest) records.push(...(await read(one)).records);
    return {
      ...page,
      records: records.slice(skip, skip + Number(params['per_page'] ?? PAGE_SIZE)),
    };
  }

  isDated(list: ContentList): Promise<boolean> {
    return this.contentReads.isDated(list);
  }

  contentUser(): Promise<ContentUser | null> {
    const { path, query } = CONTENT_USER;
    return this.retried(async () => this.contentReads.user(await this.get(path, query)));
  }

  async each(
    list: WooList,
    ids: readonly number[],
    context?: string,
  ): Promise<readonly (WooRecord | null)[]> {
    const { path } = await this.readOf(list, {});
    const query: WooParams = context === undefined ? {} : { context };
    const reads = ids.map((id) => ({ path: `${path}/${id}`, query }));
    return this.retried(async () =>
      (await this.gets(reads)).map((answer) =>
        isContent(list)
          ? this.contentReads.single(list, answer)
          : readSingle(this.#asked(list), answer),
      ),
    );
  }

  /** What WordPress keeps beside the shop. */
  protected abstract readonly contentReads: ContentReads;

  /** Where a list is, and how it is asked. @throws CodedError `CONTENT_TYPE_UNKNOWN` */
  protected async readOf(list: WooList, params: WooParams): Promise<StoreRead> {
    if (isContent(list)) return (await this.contentReads.readsOf(list, params)).reads[0];
    return { path: list, query: isWhole(list) ? {} : withDefaults(params) };
  }

  /** Several requests as `get`, answered in their order. */
  protected gets(reads: readonly StoreRead[]): Promise<readonly HttpAnswer[]> {
    return Promise.all(reads.map(({ path, query }) => this.get(path, query)));
  }

  /**
   * Several small reads at once.
   * @returns a page for each, in the order asked
   * @throws CodedError as `list` does
   */
  lists(reads: readonly ListRead[]): Promise<readonly WooPage[]> {
    return Promise.all(reads.map(({ list, params }) => this.list(list, params)));
  }

  /** By the report that counts them. */
  async orderStatuses(): Promise<readonly OrderStatus[]> {
    const asked = this.#asked('orders');
    const rows = await this.retried(async () =>
      readList(asked, await this.get('reports/orders/totals', {})),
    );
    return rows.flatMap(({ slug, name }) =>
      typeof slug === 'string' && typeof name === 'string' ? [{ slug, name }] : [],
    );
  }

  /** By the index of the API. */
  home(): Promise<string> {
    return this.retried(async () => homeIn(this.host, await this.index(), this.access.address));
  }

  /** Whatever the route: images of a shop are there for everybody. */
  fetchImage(src: string, most: number): Promise<Buffer | FetchProblem> {
    return fetchImage({ url: this.url, imageHosts: this.#imageHosts }, src, most);
  }

  /** @throws as `readPage` */
  protected page(list: WooList, answer: HttpAnswer): WooPage {
    if (isContent(list)) return this.contentReads.page(list, answer);
    return (isWhole(list) ? readWholePage : readPage)(this.#asked(list), answer);
  }

  protected retried<T>(once: () => Promise<T>): Promise<T> {
    return withRetry(this.#retry, once);
  }

  /**
   * Writes one custom field of many records, up to 100 per request. Repeating it changes nothing.
   * @returns the records for which it failed; the others have it
   * @throws CodedError when the store cannot answer, or takes nothing from us
   */
  async writeMeta(
    list: MetaList,
    key: string,
    writes: readonly MetaWrite[],
  ): Promise<readonly MetaFailure[]> {
    const asked = this.#asked(list, true);
    const failures: MetaFailure[] = [];
    for (const batch of batchesOf(list, writes)) {
      const body = batchBody(key, batch);
      const failed = await this.retried(async () =>
        readMetaAnswer(asked, key, batch, await this.post(batch.path, body)),
      );
      failures.push(...failed);
    }
    return failures;
  }

  updateProducts(updates: readonly ProductUpdate[]): Promise<readonly UpdateResult[]> {
    return updateProducts(this.#requests, updates);
  }

  updateOrders(updates: readonly ProductUpdate[]): Promise<readonly UpdateResult[]> {
    return updateOrders(this.#requests, updates);
  }

  orderNotes(id: number): Promise<readonly WooRecord[]> {
    return orderNotes(this.#requests, id);
  }

  addOrderNote(id: number, note: OrderNote): Promise<ProductResult> {
    return addOrderNote(this.#requests, id, note);
  }

  createProducts(products: readonly WooRecord[]): Promise<readonly ProductResult[]> {
    return createProducts(this.#requests, products);
  }

  createOrders(orders: readonly WooRecord[]): Promise<readonly ProductResult[]> {
    return createOrders(this.#requests, orders);
  }

  webhooks(): Promise<readonly Webhook[]> {
    return readWebhooks(this.#requests);
  }

  createWebhook(webhook: WebhookFields): Promise<Webhook> {
    return createWebhook(this.#requests, webhook);
  }

  updateWebhook(id: number, webhook: WebhookFields): Promise<Webhook> {
    return updateWebhook(this.#requests, id, webhook);
  }

  deleteWebhook(id: number): Promise<void> {
    return deleteWebhook(this.#requests, id);
  }

  get #requests(): StoreRequests {
    return {
      host: this.host,
      asked: (list) => this.#asked(list, true),
      get: (path, query) => this.get(path, query),
      post: (path, json, once) => this.post(path, json, once),
      postUnchanged: (batch) => this.postUnchanged(batch),
      put: (path, json) => this.put(path, json),
      delete: (path) => this.delete(path),
      retried: (call) => this.retried(call),
      once: (call) => withRetry({ ...this.#retry, attempts: 1 }, call),
    };
  }

  #asked(list: Asked['list'], writing = false): Asked {
    return { host: this.host, url: this.url, list, access: this.access, writing };
  }

  walk(
    list: WooList,
    from: unknown,
    params: WooParams = {},
    onTooLarge?: TakeTooLarge,
  ): AsyncIterable<WalkPage> {
    return walk(this, list, { from, onTooLarge }, params);
  }
}

/** Without it dates are taken for the time of the shop. */
function withDefaults(params: WooParams): WooParams {
  const dated = Object.keys(params).some((name) => /(?:after|before)$/.test(name));
  return {
    ...(dated ? { dates_are_gmt: 'true' } : {}),
    ...params,
  };
}
