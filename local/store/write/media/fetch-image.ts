import { request as httpRequest, STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../../faults/faults.ts';
import { notEmulated, ReplyError } from '../../rest/response/reply.ts';
import { isSafeUrl } from '../../core/safe-url.ts';
import type { UrlRules } from '../../core/safe-url.ts';

/** An image that was fetched, or WordPress' words for why it was not. */
type Fetched = { bytes: Buffer } | { failure: string };

interface FetchLimits {
  timeoutMs: number;
  maxBytes: number;
}

const MOST_REDIRECTS = 5;

/** Fetches images as WordPress' `download_url()` does: from safe addresses, over redirects, only with status 200. */
export class ImageFetcher {
  readonly #rules: UrlRules;
  readonly #limits: FetchLimits;
  readonly #faults: Faults;
  readonly #stop = new AbortController();

  constructor(rules: UrlRules, limits: FetchLimits, faults: Faults) {
    this.#rules = rules;
    this.#limits = limits;
    this.#faults = faults;
  }

  /** Ends what is under way. */
  close(): void {
    this.#stop.abort();
  }

  /** @throws ReplyError 501 for more bytes than this store takes; WordPress has no limit here. */
  async fetch(url: string): Promise<Fetched> {
    if (!(await isSafeUrl(url, this.#rules))) {
      return { failure: url === '' ? 'No URL Provided.' : 'A valid URL was not provided.' };
    }
    return (await this.#fault(url)) ?? this.#follow(url);
  }

  async #fault(url: string): Promise<Fetched | undefined> {
    const fault = this.#faults.takeFetch(url);
    switch (fault?.kind) {
      case 'fetch_status':
        return { failure: statusText(fault.status) };
      case 'fetch_timeout':
        return { failure: timedOut(this.#limits.timeoutMs, 0) };
      case 'slow_fetch':
        await wait(fault.milliseconds, undefined, { ref: false });
        return undefined;
      default:
        return undefined;
    }
  }

  async #follow(first: string): Promise<Fetched> {
    const deadline = AbortSignal.timeout(this.#limits.timeoutMs);
    let url = first;
    for (let moves = 0; moves <= MOST_REDIRECTS; moves += 1) {
      const outcome = await this.#once(url, deadline);
      if (!('location' in outcome)) {
        return outcome;
      }
      url = new URL(outcome.location, url).href;
      if (!(await isSafeUrl(url, this.#rules))) {
        return { failure: 'A valid URL was not provided.' };
      }
    }
    return { failure: 'Too many redirects' };
  }

  #once(url: string, deadline: AbortSignal): Promise<Fetched | { location: string }> {
    const { timeoutMs, maxBytes } = this.#limits;
    return new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const signal = AbortSignal.any([deadline, this.#stop.signal]);
      const headers = {
        'user-agent': `WordPress/6.8.12; ${this.#rules.siteUrl()}`,
        accept: '*/*',
        connection: 'close',
      };
      let got = 0;
      const failed = (error: NodeJS.ErrnoException): void => {
        const failure = deadline.aborted ? timedOut(timeoutMs, got) : curlError(error, url);
        resolve({ failure });
      };
      const request = send(url, { headers, signal }, (answer) => {
        const moved = redirectOf(answer);
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => {
          got += chunk.length;
          if (got > maxBytes) {
            const what = `images of more than ${maxBytes} bytes`;
            reject(new ReplyError(notEmulated(what)));
            request.destroy();
          } else {
            chunks.push(chunk);
          }
        });
        answer.on('error', failed);
        answer.on('end', () => {
          if (moved !== undefined) {
            resolve({ location: moved });
          } else if (answer.statusCode === 200) {
            resolve({ bytes: Buffer.concat(chunks) });
          } else {
            resolve({ failure: statusText(answer.statusCode ?? 0) });
          }
        });
      });
      request.on('error', failed);
      request.end();
    });
  }
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
}

function statusText(status: number): string {
  return STATUS_CODES[status] ?? '';
}

function timedOut(timeoutMs: number, got: number): string {
  return `cURL error 28: Operation timed out after ${timeoutMs} milliseconds with ${got} bytes received`;
}

/** Words of cURL for what went wrong below HTTP. */
function curlError({ code, message }: NodeJS.ErrnoException, url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const place = `${hostname} port ${port || (protocol === 'https:' ? '443' : '80')}`;
  switch (code) {
    case 'ECONNREFUSED':
      return `cURL error 7: Failed to connect to ${place} after 0 ms: Could not connect to server`;
    case 'ECONNRESET':
      return message === 'socket hang up'
        ? 'cURL error 52: Empty reply from server'
        : 'cURL error 56: Recv failure: Connection reset by peer';
    default:
      return `cURL error 35: ${message}`;
  }
}
