import type { IncomingMessage } from 'node:http';
import type { DerivedSecrets } from '../../config/derived-secrets.ts';
import type { Log } from '../../lib/log.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { eventOf, changeOf, isWanted, type ShopEvent } from '../../sync/detect/webhook-topics.ts';
import { BodyReader } from '../body-reader.ts';
import type { Engine } from '../engine-port.ts';
import { describeFailure } from '../failure-log.ts';
import type { WebhookCount } from '../metrics-route.ts';
import type { Outcome } from '../outcomes.ts';
import { storedInTime } from '../store-deadline.ts';
import { readSignature, SignatureCheck } from './webhook-signature.ts';

const megabyte = 1024 * 1024;
/** An order of 400 lines takes about one megabyte. */
const largestBody = 8 * megabyte;
const largestPing = 64;
const heldBodies = 64 * megabyte;

/** Turns webhooks into change events. */
export class WebhookReceiver {
  readonly #signatures: SignatureCheck;
  readonly #engine: Engine;
  readonly #count: WebhookCount;
  readonly #log: Log;
  readonly #bodies = new BodyReader(heldBodies);

  constructor(secrets: DerivedSecrets, engine: Engine, count: WebhookCount, log: Log) {
    this.#signatures = new SignatureCheck(secrets);
    this.#engine = engine;
    this.#count = count;
    this.#log = log;
  }

  /** Resolves once the change event is durable, where there is one. Reads the body only where the headers promise one. */
  async receive(store: string, request: IncomingMessage): Promise<Outcome> {
    const event = eventOf(request.headers['x-wc-webhook-topic']);
    const outcome = await this.#handle(store, event, request);
    const known = outcome !== 'unknown_store';
    this.#count.add(known ? store : 'unknown', event?.resource ?? 'other', outcome);
    return outcome;
  }

  async #handle(
    store: string,
    event: ShopEvent | null,
    request: IncomingMessage,
  ): Promise<Outcome> {
    const { headers } = request;
    if (Number(headers['content-length'] ?? 0) > largestBody) return 'too_large';
    const mappings = this.#engine.mappings(store);
    if (mappings === undefined) return 'unknown_store';
    if (looksLikePing(request)) return this.#ping(request);
    const signature = readSignature(headers['x-wc-webhook-signature']);
    if (signature === null) return 'bad_signature';
    if (event === null) return 'unknown_topic';
    // Not to lose what comes in while the org is out: a change event that is not wanted costs a read.
    if (mappings !== null && !isWanted(event, mappings)) return 'not_wanted';
    const change = await this.#bodies.read(request, largestBody, (body) =>
      this.#signatures.accepts(store, body, signature)
        ? this.#read(store, event, body, headers['x-wc-webhook-source'])
        : 'bad_signature',
    );
    return typeof change === 'string' ? change : this.#keep(store, change);
  }

  /** The unsigned form that a shop sends when a webhook is made. */
  async #ping(request: IncomingMessage): Promise<Outcome> {
    const ping = await this.#bodies.read(request, largestPing, (body) =>
      /^webhook_id=\d+$/.test(body.toString('latin1')),
    );
    return ping === true ? 'ping' : 'bad_signature';
  }

  #read(
    store: string,
    event: ShopEvent,
    body: Buffer,
    source: string | readonly string[] | undefined,
  ): ChangeEvent | 'no_record' | 'echo' | 'other_shop' {
    if (typeof source === 'string' && this.#engine.isOtherShop(store, source)) return 'other_shop';
    const record = parse(body);
    const change = changeOf(event, store, record);
    this.#engine.onEvent(store, change);
    if (change === null) return 'no_record';
    const isEcho = event.change === 'updated' && this.#engine.isEcho(store, change, record);
    return isEcho ? 'echo' : change;
  }

  async #keep(store: string, change: ChangeEvent): Promise<Outcome> {
    try {
      await storedInTime(this.#engine.queue.add([change]));
      return 'stored';
    } catch (error) {
      this.#log.error(
        { store, ...describeFailure(error) },
        'A webhook could not be stored, and is refused',
      );
      return 'not_stored';
    }
  }
}

function looksLikePing({ headers }: IncomingMessage): boolean {
  return (
    headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true &&
    headers['x-wc-webhook-signature'] === undefined &&
    headers['x-wc-webhook-topic'] === undefined
  );
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}
