import { hash } from 'node:crypto';
import { CodedError } from '../../errors/coded-error.ts';
import { isLocalHost } from '../../lib/local-host.ts';
import { type RetryPolicy, withRetry } from '../../lib/retry.ts';
import type { ListedImage, MediaLibrary } from '../../ports/store.ts';
import type { ApplicationPassword, HttpAnswer, MediaFile, MediaImage } from '../types.ts';
import { withKnownOutcome } from '../unknown-outcome.ts';
import { askWordPress, type WordPressCall } from '../wordpress-request.ts';
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

  #send(call: WordPressCall): Promise<HttpAnswer> {
    this.#checkWay();
    const limits = { deadlineMs: this.#options.deadlineMs, longestAnswer: LONGEST_ANSWER };
    const what = `The media library of ${this.#asked.host}`;
    return askWordPress(this.#url, this.#password, call, limits, what);
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
}

function pageQuery(text: string, page: number): URLSearchParams {
  // A hyphen in front would exclude what follows.
  const search = text.replace(/^-+/, '');
  return new URLSearchParams({
    media_type: 'image',
    per_page: '100',
    page: `${page}`,
    orderby: 'id',
    order: 'asc',
    _fields: 'id,source_url,media_details.filesize',
    ...(search === '' ? {} : { search }),
  });
}

function fileNameIn(src: string): string {
  return src.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
}
