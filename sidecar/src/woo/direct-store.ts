import type library from '@woocommerce/woocommerce-rest-api';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { CodedError } from '../errors/coded-error.ts';
import { isLocalHost } from '../lib/local-host.ts';
import { networkFault } from '../lib/network-fault.ts';
import { type RetryPolicy, Transient } from '../lib/retry.ts';
import type { ContentUser, MediaLibrary } from '../ports/store.ts';
import { ContentReads } from './content/content-store.ts';
import { Media } from './media/media-library.ts';
import { RETRY } from './retry-policy.ts';
import { RestStore } from './rest-store.ts';
import { INDEX_FIELDS } from './content/site-index.ts';
import type { StoreAddress } from './store-address.ts';
import type {
  ApplicationPassword,
  HttpAnswer,
  SentRequest,
  StoreAccess,
  WooKeys,
  WooParams,
} from './types.ts';
import { askWordPress } from './wordpress-request.ts';

// Node and vitest disagree on what the default import of this package is; on what require gives, they agree.
const woocommerce = createRequire(import.meta.url)(
  '@woocommerce/woocommerce-rest-api',
) as typeof library;

export interface DirectOptions {
  /** For one attempt, from the connection to the last byte. */
  readonly deadlineMs: number;
  /** The same for what writes: a shop fetches new images and makes their sizes before it answers. */
  readonly writeDeadlineMs: number;
  readonly retry: RetryPolicy;
}

const defaults: DirectOptions = {
  deadlineMs: 60_000,
  writeDeadlineMs: 120_000,
  retry: RETRY,
};

/** What precedes the path of what WordPress itself keeps. */
const CONTENT = 'content/';

const longestAnswer = 100 * 1024 * 1024;

/**
 * A store that is called straight through WooCommerce's own client, with a REST API key: https sends it as Basic,
 * plain http signs with OAuth 1.0a. What is added to the client stands in `docs/architecture.md`.
 */
export class DirectStore extends RestStore {
  protected readonly access: StoreAccess;
  protected readonly contentReads: ContentReads;
  override readonly media: MediaLibrary | null;
  readonly #keys: WooKeys;
  readonly #deadlineMs: number;
  readonly #writeDeadlineMs: number;

  /** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
  constructor(store: StoreAddress, keys: WooKeys, options: Partial<DirectOptions> = {}) {
    const { deadlineMs, writeDeadlineMs, retry } = { ...defaults, ...options };
    super(store, retry);
    this.#keys = keys;
    this.#deadlineMs = deadlineMs;
    this.#writeDeadlineMs = writeDeadlineMs;
    this.media = keys.applicationPassword
      ? new Media(this.url, keys.applicationPassword, { deadlineMs: writeDeadlineMs, retry })
      : null;
    this.access = {
      name: `the key in ${keys.keyVariable}`,
      wrongKey: `Check ${keys.keyVariable} and ${keys.secretVariable}.`,
      wrongSecret: `Check ${keys.secretVariable}.`,
    };
    const { applicationPassword: password } = keys;
    const names = password ?? namesBeside(keys.keyVariable);
    this.contentReads = new ContentReads((reads) => this.retried(() => this.gets(reads)), {
      host: this.host,
      url: this.url,
      access: password
        ? `the application password in ${password.passwordVariable}`
        : 'visitors, for no application password is set',
      cure: `Put the name of a WordPress user and an application password of that user into ${names.userVariable} and ${names.passwordVariable}.`,
    });
  }

  override async contentUser(): Promise<ContentUser | null> {
    return this.#keys.applicationPassword === undefined ? null : super.contentUser();
  }

  protected get(endpoint: string, query: WooParams): Promise<HttpAnswer> {
    if (endpoint.startsWith(CONTENT)) return this.#getContent(endpoint, query);
    const sent = { method: 'GET', path: endpoint, query } as const;
    return this.#send(sent, this.#deadlineMs, (api) => api.get(endpoint, query));
  }

  /** WordPress takes no REST API key: without an application password it shows what everybody sees. */
  #getContent(endpoint: string, query: WooParams): Promise<HttpAnswer> {
    const url = new URL(`${this.url}/wp-json/${endpoint.slice(CONTENT.length)}`);
    const password = this.#keys.applicationPassword ?? null;
    const isSafe = url.protocol === 'https:' || isLocalHost(url.hostname);
    return askWordPress(
      url,
      isSafe ? password : null,
      { method: 'GET', query: new URLSearchParams(query) },
      { deadlineMs: this.#deadlineMs, longestAnswer },
      `WordPress at ${this.host}`,
    );
  }

  protected index(): Promise<HttpAnswer> {
    return askWordPress(
      new URL(`${this.url}/wp-json/`),
      null,
      { method: 'GET', query: new URLSearchParams({ _fields: INDEX_FIELDS }) },
      { deadlineMs: this.#deadlineMs, longestAnswer },
      `WordPress at ${this.host}`,
    );
  }

  protected post(endpoint: string, json: string): Promise<HttpAnswer> {
    const sent = { method: 'POST', path: endpoint, query: {} } as const;
    return this.#send(sent, this.#writeDeadlineMs, (api) =>
      api.post(endpoint, JSON.parse(json) as object),
    );
  }

  protected put(endpoint: string, json: string): Promise<HttpAnswer> {
    const sent = { method: 'PUT', path: endpoint, query: {} } as const;
    return this.#send(sent, this.#writeDeadlineMs, (api) =>
      api.put(endpoint, JSON.parse(json) as object),
    );
  }

  protected delete(endpoint: string): Promise<HttpAnswer> {
    const sent = { method: 'DELETE', path: endpoint, query: {} } as const;
    return this.#send(sent, this.#writeDeadlineMs, (api) => api.delete(endpoint, { force: true }));
  }

  async #send(
    sent: SentRequest,
    deadlineMs: number,
    call: (api: Api) => Promise<unknown>,
  ): Promise<HttpAnswer> {
    const api = new woocommerce.default({
      url: this.url,
      consumerKey: this.#keys.consumerKey.reveal(),
      consumerSecret: this.#keys.consumerSecret.reveal(),
      version: 'wc/v3',
      axiosConfig: {
        signal: AbortSignal.timeout(deadlineMs),
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
      const response = (await call(api)) as AxiosAnswer;
      return {
        sent,
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
        `${this.host} sent more than 100 MB for one page.`,
        'Look for records with huge custom fields in the shop.',
      );
    const { reason, transient } = networkFault(error);
    const outcome = new CodedError(
      'WOO_UNREACHABLE',
      `The store at ${this.host} cannot be reached: ${reason}.`,
      "Check the store's URL, and that the shop is up and reachable from this machine.",
    );
    return transient ? new Transient(outcome) : outcome;
  }
}

/** The variables in which an application password would be. */
function namesBeside(
  keyVariable: string,
): Pick<ApplicationPassword, 'userVariable' | 'passwordVariable'> {
  const store = keyVariable.replace(/_KEY$/, '');
  return { userVariable: `${store}_APP_USER`, passwordVariable: `${store}_APP_PASSWORD` };
}

type Api = InstanceType<typeof woocommerce.default>;

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
