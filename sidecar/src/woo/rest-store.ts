import { CodedError } from '../errors/coded-error.ts';
import { plainAddress } from '../lib/redact.ts';
import { type RetryPolicy, withRetry } from '../lib/retry.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import type {
  ListRead,
  MediaLibrary,
  MetaFailure,
  MetaList,
  MetaWrite,
  ProductResult,
  ProductUpdate,
  WalkPage,
  Webhook,
  WebhookFields,
  WooList,
  WooPage,
  WooStore,
  WooWebhooks,
} from '../ports/store.ts';
import { fetchImage, type FetchProblem } from './media/fetch-image.ts';
import { batchBody, batchesOf } from './meta-batches.ts';
import { walk } from './pagination.ts';
import {
  BATCH,
  batchJson,
  createBatches,
  halves,
  type ProductBatch,
  updateBatches,
} from './product-batches.ts';
import { writeRefused } from './product-error.ts';
import { isGone, readMetaAnswer, readPage, readProducts, readRecord } from './response.ts';
import type { Asked, HttpAnswer, StoreAccess, WooParams } from './types.ts';
import { withKnownOutcome } from './unknown-outcome.ts';
import { toWebhook, webhookBody, webhookPage } from './webhook-format.ts';

/** Which store it is, and where. */
export interface StoreAddress {
  readonly key: string;
  readonly url: string;
  /** Other hosts that its images lie on. */
  readonly imageHosts?: readonly string[];
}

/** A store by WooCommerce's REST API; how its requests get there is up to the route. */
export abstract class RestStore implements WooStore, WooWebhooks {
  readonly key: string;
  readonly url: string;
  /** Null where images cannot be uploaded this way. */
  readonly media: MediaLibrary | null = null;
  protected readonly host: string;
  readonly #imageHosts: readonly string[];
  readonly #retry: RetryPolicy;

  /** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
  constructor(store: StoreAddress, retry: RetryPolicy) {
    this.#imageHosts = store.imageHosts ?? [];
    this.key = store.key;
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

  /**
   * One request that writes, whatever the store answers.
   * @param json its body
   * @param once it must not be repeated by anybody on the way
   * @throws as `get`
   */
  protected abstract post(path: string, json: string, once?: boolean): Promise<HttpAnswer>;

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
    const query = withDefaults(params);
    return this.retried(async () => this.page(list, await this.get(list, query)));
  }

  /**
   * Several small reads at once.
   * @returns a page for each, in the order asked
   * @throws CodedError as `list` does
   */
  lists(reads: readonly ListRead[]): Promise<readonly WooPage[]> {
    return Promise.all(reads.map(({ list, params }) => this.list(list, params)));
  }

  /** Whatever the route: images of a shop are there for everybody. */
  fetchImage(src: string, most: number): Promise<Buffer | FetchProblem> {
    return fetchImage({ url: this.url, imageHosts: this.#imageHosts }, src, most);
  }

  /** @throws as `readPage` */
  protected page(list: WooList, answer: HttpAnswer): WooPage {
    return readPage(this.#asked(list), answer);
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

  /**
   * Changes products and variations, up to 100 per request. What does the same a second time is repeated as reads
   * are; images by address and differences of stock are tried once.
   * @returns what became of each, in the order given
   * @throws CodedError when the store cannot answer, or takes nothing from us; some may be done then
   */
  async updateProducts(updates: readonly ProductUpdate[]): Promise<readonly ProductResult[]> {
    const results = new Map<number, ProductResult>();
    for (const batch of updateBatches(updates)) {
      const some = await this.#sendProducts(batch);
      batch.items.forEach(({ place }, at) => {
        const result = some[at];
        if (result) results.set(place, result);
      });
    }
    return updates.flatMap((_, place) => results.get(place) ?? []);
  }

  /**
   * Makes up to 100 products. Tried once, for WooCommerce has no way to tell a repeated call.
   * @returns what became of each, in the order given
   * @throws CodedError `WOO_OUTCOME_UNKNOWN` where products may be made or not: search them before another attempt;
   * any other when none was made
   */
  async createProducts(products: readonly WooRecord[]): Promise<readonly ProductResult[]> {
    if (products.length > BATCH)
      throw new RangeError(`At most ${BATCH} products are made at once.`);
    const results: ProductResult[] = [];
    for (const batch of createBatches(products)) {
      const begun = results.length > 0;
      results.push(...(await withKnownOutcome(this.host, begun, () => this.#sendProducts(batch))));
    }
    return results;
  }

  /** Where the answer is too large to come back, it is asked for again in halves. */
  async #sendProducts(batch: ProductBatch): Promise<readonly ProductResult[]> {
    const asked = this.#asked(batch.path.includes('variations') ? 'variations' : 'products', true);
    const send = async () =>
      readProducts(asked, batch, await this.post(batch.path, batchJson(batch), batch.once));
    try {
      return await (batch.once ? this.#once(send) : this.retried(send));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      // It was let in to read what is to be changed, so all else of the shop goes on.
      if (error.code === 'WOO_KEY_REFUSED')
        return batch.items.map(() => ({ error: writeRefused(error) }));
      const { code, message } = error;
      const isUnsent = code === 'WOO_BODY_TOO_LARGE';
      const isSent = code === 'WOO_ANSWER_TOO_LARGE' && !batch.once;
      if (!isUnsent && !isSent) throw error;
      if (batch.items.length === 1) return [{ error: { code, message, data: null } }];
      if (batch.once) throw error;
      const halved: ProductResult[] = [];
      for (const half of halves(batch)) halved.push(...(await this.#sendProducts(half)));
      return halved;
    }
  }

  /**
   * All webhooks of the shop, whoever made them.
   * @throws CodedError as `list` does
   */
  async webhooks(): Promise<readonly Webhook[]> {
    const asked = this.#asked('webhooks');
    const found: Webhook[] = [];
    for (let page = 1; ; page += 1) {
      const { records, pages } = await this.retried(async () =>
        readPage(asked, await this.get('webhooks', webhookPage(page))),
      );
      found.push(...records.map((record) => toWebhook(asked, record)));
      if (page >= pages || records.length === 0) return found;
    }
  }

  /**
   * Makes a webhook, active at once. Tried once: a second attempt would make a second one where only the answer
   * to the first was lost. The shop calls the delivery address before it answers.
   * @throws CodedError when the store cannot answer, or does not take it
   */
  async createWebhook(webhook: WebhookFields): Promise<Webhook> {
    const asked = this.#asked('webhooks', true);
    return this.#once(async () =>
      toWebhook(asked, readRecord(asked, await this.post('webhooks', webhookBody(webhook), true))),
    );
  }

  /** Changes a webhook; its status stays. Tried once. @throws as `createWebhook` */
  async updateWebhook(id: number, webhook: WebhookFields): Promise<Webhook> {
    const asked = this.#asked('webhooks', true);
    return this.#once(async () =>
      toWebhook(asked, readRecord(asked, await this.put(`webhooks/${id}`, webhookBody(webhook)))),
    );
  }

  /** Removes a webhook, be it there or not. Tried once. @throws as `createWebhook` */
  async deleteWebhook(id: number): Promise<void> {
    const asked = this.#asked('webhooks', true);
    await this.#once(async () => {
      const answer = await this.delete(`webhooks/${id}`);
      if (!isGone(answer)) readRecord(asked, answer);
    });
  }

  #once<T>(call: () => Promise<T>): Promise<T> {
    return withRetry({ ...this.#retry, attempts: 1 }, call);
  }

  #asked(list: Asked['list'], writing = false): Asked {
    return { host: this.host, url: this.url, list, access: this.access, writing };
  }

  walk(list: WooList, from: unknown, params: WooParams = {}): AsyncIterable<WalkPage> {
    return walk(this, list, from, params);
  }
}

/** Without it dates are taken for the time of the shop. */
export function withDefaults(params: WooParams): WooParams {
  const dated = Object.keys(params).some((name) => /(?:after|before)$/.test(name));
  return {
    ...(dated ? { dates_are_gmt: 'true' } : {}),
    ...params,
  };
}

function shopAddress(store: { readonly key: string; readonly url: string }): string {
  const url = URL.canParse(store.url) ? new URL(store.url) : null;
  const fault =
    store.key === ''
      ? 'has no key'
      : url === null || !['http:', 'https:'].includes(url.protocol)
        ? `has no web address: its URL is "${plainAddress(store.url).slice(0, 100)}"`
        : url.username !== '' || url.password !== ''
          ? 'has a user name or password in its URL'
          : null;
  if (fault === null) return plainAddress(store.url);
  throw new CodedError(
    'WOO_URL_INVALID',
    `The store "${store.key}" ${fault}.`,
    "Put the shop's address (https://shop.example) in URL and a short name in Key of the record in Setup › Custom Metadata Types › Woo Store, or set WOO_STORE_URL and deploy again.",
  );
}
