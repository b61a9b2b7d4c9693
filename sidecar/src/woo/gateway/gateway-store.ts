import { CodedError } from '../../errors/coded-error.ts';
import { retryAfterMs, type RetryPolicy, Transient } from '../../lib/retry.ts';
import type { ApexAnswer, ApexCall, ApexRest } from '../../ports/apex-rest.ts';
import type { ListRead, WooPage } from '../../ports/store.ts';
import { ContentReads } from '../content/content-store.ts';
import { RestStore } from '../rest-store.ts';
import { RETRY } from '../retry-policy.ts';
import { INDEX_FIELDS, indexOf, LINKED_LIST, LINKS } from '../content/site-index.ts';
import type { StoreAddress } from '../store-address.ts';
import type { HttpAnswer, SentRequest, StoreAccess, StoreRead, WooParams } from '../types.ts';
import type { ProductBatch } from '../products/product-batches.ts';
import { unchangedJson } from '../products/seen.ts';
import type { Unchanged } from '../store-requests.ts';
import { answersOf, type ReadAnswer, READS_AT_ONCE, readsBody } from './batch-reads.ts';
import { gatewayFault } from './gateway-fault.ts';

export interface GatewayOptions {
  readonly retry: RetryPolicy;
}

const defaults: GatewayOptions = {
  retry: RETRY,
};

/** What precedes the path of what WordPress itself keeps. */
const CONTENT = 'content/';

/** Of WooCommerce. */
const DEFAULT_PAGE = 10;

/**
 * A store that is reached through the org: its Apex class WooGateway calls the shop by the store's named
 * credential. Each call costs one API call of the org.
 */
export class GatewayStore extends RestStore {
  protected readonly access: StoreAccess;
  protected readonly contentReads: ContentReads;
  readonly #org: ApexRest;
  /** Named credential by which WordPress itself is asked. */
  readonly #contentCredential: string;
  /** Records per page to begin with, by path, where full pages did not fit. */
  readonly #pageSizes = new Map<string, number>();

  /** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
  constructor(
    store: StoreAddress & { readonly namedCredential: string | null },
    org: ApexRest,
    options: Partial<GatewayOptions> = {},
  ) {
    super(store, { ...defaults, ...options }.retry);
    this.#org = org;
    const credential = store.namedCredential ?? '';
    const cure = `Put the right key and secret into the external credential of the named credential ${credential} (npm run setup-org, or Setup › Named Credentials › External Credentials › Principals).`;
    this.#contentCredential = `${credential}_Content`;
    this.contentReads = new ContentReads((reads) => this.retried(() => this.gets(reads)), {
      host: this.host,
      url: this.url,
      access: `the application password in the named credential ${this.#contentCredential}`,
      cure: `Put the name of a WordPress user and an application password of that user into the external credential of the named credential ${this.#contentCredential} (Setup › Named Credentials › External Credentials › Principals).`,
    });
    this.access = {
      name: `the key in the named credential ${credential}`,
      address: `the URL of the named credential ${credential} (Setup › Named Credentials)`,
      wrongKey: cure,
      wrongSecret: cure,
    };
  }

  /** One call for up to ten reads; what is too large for such a call, or refused in it, is read by itself. */
  override async lists(reads: readonly ListRead[]): Promise<readonly WooPage[]> {
    const pages: WooPage[] = [];
    while (pages.length < reads.length) {
      const open = reads.slice(pages.length, pages.length + READS_AT_ONCE);
      const some = open.length === 1 ? 'too large' : await this.#listsAtOnce(open);
      if (some !== 'too large') pages.push(...some);
      else for (const { list, params } of open) pages.push(await this.list(list, params));
    }
    return pages;
  }

  /** @returns the pages of those that were done, at least of the first */
  async #listsAtOnce(reads: readonly ListRead[]): Promise<readonly WooPage[] | 'too large'> {
    const asked: StoreRead[] = [];
    for (const { list, params } of reads) asked.push(await this.readOf(list, params));
    return this.retried(async () => {
      const answers = await this.#getsAtOnce(asked);
      if (answers === 'too large') return answers;
      return reads.slice(0, answers.length).flatMap(({ list }, at) => {
        const answer = answers[at];
        return answer === undefined ? [] : [this.page(list, answer)];
      });
    });
  }

  /** Up to ten by one call; what did not fit is asked for again. */
  protected override async gets(reads: readonly StoreRead[]): Promise<readonly HttpAnswer[]> {
    const answers: HttpAnswer[] = [];
    while (answers.length < reads.length) {
      const open = reads.slice(answers.length, answers.length + READS_AT_ONCE);
      const some = open.length === 1 ? 'too large' : await this.#getsAtOnce(open);
      if (some !== 'too large') answers.push(...some);
      else for (const { path, query } of open) answers.push(await this.get(path, query));
    }
    return answers;
  }

  /** @returns the answers to those that were done, at least to the first */
  async #getsAtOnce(reads: readonly StoreRead[]): Promise<readonly HttpAnswer[] | 'too large'> {
    const call = { method: 'POST', path: this.#path('reads'), json: readsBody(reads) } as const;
    const answer = await this.#org.apexRest(call);
    const answers = answersOf(answer, reads.length);
    if (answers !== null)
      return answers.map((one, at) => passedOn(one, reads[at] && sentOf('GET', reads[at])));
    const isContent = reads.some(({ path }) => path.startsWith(CONTENT));
    return this.#refused(answer, { isContent });
  }

  /** A page that is too large for the gateway is asked for again with half as many records. */
  protected async get(path: string, query: WooParams): Promise<HttpAnswer> {
    const wanted = Number(query['per_page'] ?? DEFAULT_PAGE);
    const fitted = this.#pageSizes.get(path) ?? wanted;
    for (let size = Math.min(wanted, fitted); ; size = Math.ceil(size / 2)) {
      const answer = await this.#answer(path, { ...query, per_page: String(size) });
      if (answer !== 'too large') {
        // Grows again behind the large records.
        if (fitted < wanted || size < wanted) this.#pageSizes.set(path, size * 2);
        return answer;
      }
      if (size <= 1) throw this.#recordTooLarge(path);
    }
  }

  /**
   * On https WordPress takes the key of WooCommerce, which the credential sends along, for an application password of a
   * user that it does not know, and refuses its index. WooCommerce's own lists name the address too.
   */
  protected async index(): Promise<HttpAnswer> {
    const answer = await this.get('home', { _fields: INDEX_FIELDS });
    return answer.status === 401 ? indexOf(await this.get(LINKED_LIST, LINKS)) : answer;
  }

  protected post(path: string, json: string, once = false): Promise<HttpAnswer> {
    const call: ApexCall = { method: 'POST', path: this.#path(path), json };
    return this.#write('POST', path, once ? { ...call, once } : call);
  }

  /** One call: the gateway compares. */
  protected override async postUnchanged(batch: ProductBatch): Promise<Unchanged> {
    const json = unchangedJson(batch);
    const call = { method: 'POST', path: this.#path(`unchanged/${batch.path}`), json } as const;
    const answer = await this.#write('POST', `unchanged/${batch.path}`, { ...call, once: true });
    const ids = answer.header('changed')?.split(',') ?? [];
    return { answer, changed: new Set(ids.map(Number)) };
  }

  protected put(path: string, json: string): Promise<HttpAnswer> {
    return this.#write('PUT', path, { method: 'PUT', path: this.#path(path), json });
  }

  protected delete(path: string): Promise<HttpAnswer> {
    const call = { method: 'DELETE', path: `${this.#path(path)}?force=true` } as const;
    return this.#write('DELETE', path, call);
  }

  async #write(method: SentRequest['method'], path: string, call: ApexCall): Promise<HttpAnswer> {
    const sent = sentOf(method, { path, query: {} });
    const answer = this.#passOn(await this.#org.apexRest(call), sent);
    if (answer === 'too large') throw this.#recordTooLarge(path);
    return answer;
  }

  async #answer(path: string, query: WooParams): Promise<HttpAnswer | 'too large'> {
    const text = new URLSearchParams(query).toString();
    const whole = `${this.#path(path)}${text === '' ? '' : `?${text}`}`;
    const answer = await this.#org.apexRest({ method: 'GET', path: whole });
    return this.#passOn(answer, sentOf('GET', { path, query }));
  }

  #path(path: string): string {
    return `/woo/${encodeURIComponent(this.key)}/${path}`;
  }

  #passOn(answer: ApexAnswer, sent: SentRequest): HttpAnswer | 'too large' {
    const status = Number(answer.header('woo-status'));
    if (answer.status === 200 && Number.isInteger(status) && status >= 100) {
      const header = (name: string) => answer.header(headerName(name));
      return { sent, status, header, body: answer.body };
    }
    return this.#refused(answer, { sent, isContent: sent.path.startsWith(CONTENT) });
  }

  /**
   * @param of what was asked; `sent` is absent for several reads: which of them is refused turns out when each is alone
   * @throws CodedError or Transient for what the gateway refused
   */
  #refused(
    answer: ApexAnswer,
    { sent, isContent }: { readonly sent?: SentRequest; readonly isContent: boolean },
  ): 'too large' {
    const fault = gatewayFault(this.host, this.key, answer, sent);
    if (fault === 'too large') return fault;
    if (sent === undefined && fault.error.code === 'WOO_GATEWAY_REFUSED') return 'too large';
    if (isContent && !fault.transient) throw contentRefused(fault.error, this.#contentCredential);
    throw fault.transient
      ? new Transient(fault.error, retryAfterMs(answer.header('retry-after')))
      : fault.error;
  }

  #recordTooLarge(what: string): CodedError {
    return new CodedError(
      'WOO_ANSWER_TOO_LARGE',
      `One record of ${what} of ${this.host} is larger than what Salesforce can pass on (about 2.5 MB).`,
      'Look for a record with huge custom fields in the shop, or set the Route of the store to Direct.',
    );
  }
}

/** What the gateway refuses of WordPress's content holds nothing of the shop up. */
function contentRefused({ message, cure, code }: CodedError, credential: string): CodedError {
  const isMissing = code === 'WOO_CREDENTIAL_REFUSED' || code === 'WOO_STORE_NOT_SET_UP';
  return new CodedError(
    'CONTENT_REFUSED',
    message,
    isMissing
      ? `Put the name of a WordPress user and an application password of that user into the external credential of ${credential}, and see that the integration user has the permission set that grants its principal: Woo_Store_Content for the first store.`
      : cure,
  );
}

function sentOf(method: SentRequest['method'], { path, query }: StoreRead): SentRequest {
  return { method, path, query };
}

const NAMES: Readonly<Record<string, string>> = {
  'x-wp-total': 'woo-total',
  'x-wp-totalpages': 'woo-total-pages',
};

/** Under which name the gateway passes a header of the shop on. */
function headerName(name: string): string {
  return NAMES[name] ?? `woo-${name}`;
}

/** One of several answers in the form of a single one. */
function passedOn({ headers, body }: ReadAnswer, sent: SentRequest | undefined): HttpAnswer {
  return {
    body,
    ...(sent && { sent }),
    status: Number(headers.get('woo-status')),
    header: (name) => headers.get(headerName(name)) ?? null,
  };
}
