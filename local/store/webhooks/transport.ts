import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isSafeUrl } from '../core/safe-url.ts';
import type { UrlRules } from '../core/safe-url.ts';
import type { Webhook } from './webhook.ts';
import { splitTopic } from './topics.ts';

/** How a receiver answered: its status, or why there was none. */
export type Outcome = { status: number } | { failure: string };

const common = {
  'user-agent': 'WooCommerce/10.5.0 Hookshot (WordPress/6.8.12)',
  accept: '*/*',
  'accept-encoding': 'deflate, gzip, br, zstd',
};

/** Sends webhooks as WordPress' HTTP client does: no redirects, one try, only to safe addresses. */
export class Transport {
  readonly #rules: UrlRules;
  readonly #timeoutMs: number;
  readonly #stop = new AbortController();

  constructor(rules: UrlRules, timeoutMs: number) {
    this.#rules = rules;
    this.#timeoutMs = timeoutMs;
  }

  /** Ends what is under way. */
  close(): void {
    this.#stop.abort();
  }

  /** The unsigned call that a new address gets. */
  ping({ id, deliveryUrl }: Webhook): Promise<Outcome> {
    const body = `webhook_id=${id}`;
    return this.#post(deliveryUrl, body, {
      ...common,
      connection: 'close',
      'content-length': String(Buffer.byteLength(body)),
      'content-type': 'application/x-www-form-urlencoded',
    });
  }

  /** `body` is the exact text; `now` in UTC seconds goes into the delivery's id, so that ids repeat. */
  deliver(
    { id, topic, deliveryUrl, secret }: Webhook,
    body: string,
    now: number,
  ): Promise<Outcome> {
    const { resource, event } = splitTopic(topic);
    return this.#post(deliveryUrl, body, {
      ...common,
      'content-type': 'application/json',
      'x-wc-webhook-source': `${this.#rules.siteUrl()}/`,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      'x-wc-webhook-id': String(id),
      'x-wc-webhook-delivery-id': createHash('md5').update(`${id}${now}`).digest('hex'),
      connection: 'close',
      'content-length': String(Buffer.byteLength(body)),
    });
  }

  async #post(url: string, body: string, headers: Record<string, string>): Promise<Outcome> {
    if (!(await isSafeUrl(url, this.#rules))) {
      return { failure: 'A valid URL was not provided.' };
    }
    if (this.#stop.signal.aborted) {
      return { failure: 'The store was stopped.' };
    }
    const { host } = new URL(url);
    return new Promise((resolve) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(
        url,
        { method: 'POST', headers: { host, ...headers }, signal: this.#stop.signal },
        (answer) => {
          // The answer counts once it is here whole.
          answer.resume();
          answer.on('end', () => {
            resolve({ status: answer.statusCode ?? 0 });
          });
          answer.on('error', (error) => {
            resolve({ failure: error.message });
          });
        },
      );
      request.setTimeout(this.#timeoutMs, () => {
        request.destroy(new Error(`No answer within ${this.#timeoutMs} ms.`));
      });
      request.on('error', (error) => {
        resolve({ failure: error.message });
      });
      request.end(body);
    });
  }
}
