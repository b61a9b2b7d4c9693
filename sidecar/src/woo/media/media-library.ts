import { hash } from 'node:crypto';
import { CodedError } from '../../errors/coded-error.ts';
import { isLocalHost } from '../../lib/local-host.ts';
import { networkFault } from '../../lib/network-fault.ts';
import { bytesWithin } from '../../lib/read-limited.ts';
import { type RetryPolicy, Transient, withRetry } from '../../lib/retry.ts';
import type { ListedImage, MediaLibrary } from '../../ports/store.ts';
import type { ApplicationPassword, HttpAnswer, MediaFile, MediaImage } from '../types.ts';
import { withKnownOutcome } from '../unknown-outcome.ts';
import { type MediaAsked, readImages, readUploaded } from './media-response.ts';

export interface MediaOptions {
  /** For one attempt, from the connection to the last byte. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
}

/** Bytes; the answers that we ask for have some kilobytes. A longer one is none of WordPress'. */
const LONGEST_ANSWER = 5_000_000;

/** What WordPress takes as a file name in Content-Disposition without another thought. */
const PLAIN_NAME = /^[A-Za-z0-9][\w.-]{0,99}$/;

interface Call {
  readonly method: 'GET' | 'POST';
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer<ArrayBuffer>;
}

/**
 * WordPress' media library, which takes application passwords and no REST API key. Past the client of WooCommerce,
 * which speaks wc/v3 alone.
 */
export class Media implements MediaLibrary {
  readonly #url: URL;
  readonly #password: ApplicationPassword;
  readonly #options: MediaOptions;
  readonly #asked: MediaAsked;

  /** @param shopUrl without a slash at its end */
  constructor(shopUrl: string, password: ApplicationPassword, options: MediaOptions) {
    this.#url = new URL(`${shopUrl}/wp-json/wp/v2/media`);
    this.#password = password;
    this.#options = options;
    this.#asked = { host: this.#url.host, password };
  }

  async upload({ name, alt, type, bytes }: MediaFile): Promise<MediaImage> {
    if (!PLAIN_NAME.test(name)) throw new RangeError('The file name is not plain ASCII.');
    const headers = {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      // In hex, against the standard: that is what WordPress compares it with.
      'content-md5': hash('md5', bytes, 'hex'),
    };
    // WordPress makes the title of the file name: hosts that do not search file names find it by that.
    const query = new URLSearchParams(alt === '' ? {} : { alt_text: alt });
    const once = { ...this.#options.retry, attempts: 1 };
    return withKnownOutcome(this.#asked.host, false, () =>
      withRetry(once, async () =>
        readUploaded(
          this.#asked,
          await this.#send({ method: 'POST', query, headers, body: bytes as Buffer<ArrayBuffer> }),
        ),
      ),
    );
  }

  async find(text: string): Promise<readonly MediaImage[]> {
    const found: MediaImage[] = [];
    for await (const image of this.all(text)) found.push(image);
    return found;
  }

  /** By page and id: what is uploaded meanwhile comes last. */
  async *all(text: string): AsyncGenerator<ListedImage> {
    for (let page = 1; ; page += 1) {
      const { images, pages } = await withRetry(this.#options.retry, async () =>
        readImages(this.#asked, await this.#send({ method: 'GET', query: pageQuery(text, page) })),
      );
      // WordPress searches titles and descriptions too.
      yield* images.filter(({ src }) => fileNameIn(src).includes(text));
      if (page >= pages || images.length === 0) return;
    }
  }

  async #send({ method, query, headers = {}, body }: Call): Promise<HttpAnswer> {
    this.#checkWay();
    const { user, password } = this.#password;
    const login = Buffer.from(`${user}:${password.reveal()}`).toString('base64');
    try {
      const response = await fetch(query ? `${this.#url.href}?${query.toString()}` : this.#url, {
        method,
        headers: { accept: 'application/json', authorization: `Basic ${login}`, ...headers },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#options.deadlineMs),
      });
      return {
        status: response.status,
        header: (name) => response.headers.get(name),
        body: (await bytesWithin(response, LONGEST_ANSWER))?.toString('utf8') ?? '',
      };
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  /** A password is not sent in the open; WordPress would not take it either. */
  #checkWay(): void {
    if (this.#url.protocol === 'https:' || isLocalHost(this.#url.hostname)) return;
    throw new CodedError(
      'MEDIA_REFUSED',
      `The application password in ${this.#password.passwordVariable} is not sent to ${this.#asked.host}, for its address is not https.`,
      `Put the shop on https and that address in the store's URL, or take ${this.#password.userVariable} and ${this.#password.passwordVariable} out of the environment.`,
    );
  }

  #unreachable(error: unknown): CodedError | Transient {
    const { reason, transient } = networkFault(error);
    const outcome = new CodedError(
      'WOO_UNREACHABLE',
      `The media library of ${this.#asked.host} cannot be reached: ${reason}.`,
      "Check the store's URL, and that the shop is up and reachable from this machine.",
    );
    return transient ? new Transient(outcome) : outcome;
  }
}

function pageQuery(text: string, page: number): URLSearchParams {
  // A hyphen in front would exclude what follows.
  const search = text.replace(/^-+/, '');
  return new URLSearchParams({
    ...{ media_type: 'image', per_page: '100', page: `${page}`, orderby: 'id', order: 'asc' },
    ...{ _fields: 'id,source_url,media_details.filesize', ...(search === '' ? {} : { search }) },
  });
}

function fileNameIn(src: string): string {
  return src.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
}
