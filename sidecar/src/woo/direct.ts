import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import type library from '@woocommerce/woocommerce-rest-api';
import { CodedError } from '../errors.ts';
import { networkFault } from '../network.ts';
import { Transient, withRetry } from '../retry.ts';
import type { RetryPolicy } from '../retry.ts';
import { readPage } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { walk } from './walk.ts';
import type { WalkPage } from './walk.ts';
import type { WooKeys, WooList, WooPage, WooParams } from './types.ts';

// Node and vitest disagree on what the default import of this package is; on what require gives, they agree.
const woocommerce = createRequire(import.meta.url)(
  '@woocommerce/woocommerce-rest-api',
) as typeof library;

export interface DirectOptions {
  /** For one attempt, from the connection to the last byte. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
}

const defaults: DirectOptions = {
  deadlineMs: 60_000,
  retry: { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000 },
};

const longestAnswer = 100 * 1024 * 1024;

/** A store that is called straight, with a REST API key: https sends it as Basic, plain http signs with OAuth 1.0a. */
export class DirectStore {
  readonly key: string;
  readonly url: string;
  readonly #keys: WooKeys;
  readonly #host: string;
  readonly #options: DirectOptions;

  /** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
  constructor(
    store: { readonly key: string; readonly url: string },
    keys: WooKeys,
    options: Partial<DirectOptions> = {},
  ) {
    this.key = store.key;
    this.url = shopAddress(store);
    this.#host = new URL(this.url).host;
    this.#keys = keys;
    this.#options = { ...defaults, ...options };
  }

  /**
   * One page of a list. All roles are asked for where customers are listed, and dates are taken as GMT.
   * @throws CodedError when the store cannot answer, or answers something that is not a list
   */
  async list(list: WooList, params: WooParams): Promise<WooPage> {
    const asked = { host: this.#host, url: this.url, list, keys: this.#keys };
    const query = {
      ...(list === 'customers' ? { role: 'all' } : {}),
      ...(Object.keys(params).some((name) => /(?:after|before)$/.test(name))
        ? { dates_are_gmt: 'true' }
        : {}),
      ...params,
    };
    return withRetry(this.#options.retry, async () =>
      readPage(asked, await this.#get(list, query)),
    );
  }

  walk(list: WooList, from: unknown, params: WooParams = {}): AsyncIterable<WalkPage> {
    return walk(this, list, from, params);
  }

  async #get(endpoint: string, query: WooParams): Promise<HttpAnswer> {
    const api = new woocommerce.default({
      url: this.url,
      consumerKey: this.#keys.consumerKey.reveal(),
      consumerSecret: this.#keys.consumerSecret.reveal(),
      version: 'wc/v3',
      axiosConfig: {
        signal: AbortSignal.timeout(this.#options.deadlineMs),
        // The body stays text: axios would parse it, and hand out text without a word where that fails.
        responseType: 'text',
        transformResponse: [(body: unknown) => body],
        validateStatus: () => true,
        maxRedirects: 0,
        maxContentLength: longestAnswer,
        ...(isThisMachine(new URL(this.url).hostname) ? { proxy: false } : {}),
      },
    });
    try {
      const response = (await api.get(endpoint, query)) as AxiosAnswer;
      return {
        status: response.status,
        header: (name) => headerText(response.headers[name]),
        body: typeof response.data === 'string' ? response.data : '',
      };
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  /** Never carries the cause along: axios errors hold the key, and on http the signed address. */
  #unreachable(error: unknown): CodedError | Transient {
    if (error instanceof Error && error.message.startsWith('maxContentLength'))
      return new CodedError(
        'WOO_UNEXPECTED_ANSWER',
        `${this.#host} sent more than 100 MB for one page.`,
        'Look for records with huge custom fields in the shop.',
      );
    const { reason, transient } = networkFault(error);
    const outcome = new CodedError(
      'WOO_UNREACHABLE',
      `The store at ${this.#host} cannot be reached: ${reason}.`,
      "Check the store's URL, and that the shop is up and reachable from this machine.",
    );
    return transient ? new Transient(outcome) : outcome;
  }
}

interface AxiosAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

function headerText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

function shopAddress(store: { readonly key: string; readonly url: string }): string {
  const url = URL.canParse(store.url) ? new URL(store.url) : null;
  const fault =
    store.key === ''
      ? 'has no key'
      : url === null || !['http:', 'https:'].includes(url.protocol)
        ? `has no web address: its URL is "${store.url.slice(0, 100)}"`
        : url.username !== '' || url.password !== ''
          ? 'has a user name or password in its URL'
          : null;
  if (url !== null && fault === null) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new CodedError(
    'WOO_URL_INVALID',
    `The store "${store.key}" ${fault ?? ''}.`,
    "Put the shop's address (https://shop.example) in URL and a short name in Key of the record in Setup › Custom Metadata Types › Woo Store, or set WOO_STORE_URL and deploy again.",
  );
}
