import { randomBytes } from 'node:crypto';
import { Collection } from '../core/collection.ts';
import type { Ledger, Topic } from '../shop/ledger.ts';
import { Outbox } from './outbox.ts';
import type { Delivery, Pending } from './outbox.ts';
import { hears, splitTopic } from './topics.ts';
import type { Outcome, Transport } from './transport.ts';
import { webhookEntry } from './webhook.ts';
import type { Webhook } from './webhook.ts';

/** After so many failures in a row, the next one disables. */
const MAX_FAILURES = 5;

/** The body that a record's webhooks carry now: the record as its GET gives it, or that answer's error. */
type Payload = (resource: string, id: number | string) => Promise<string>;

interface WebhookParts {
  ledger: Ledger;
  transport: Transport;
  payload: Payload;
  /** how often the next delivery of a topic is sent; once, unless something goes wrong */
  copies: (topic: string) => number;
  /** from a change to its deliveries, in milliseconds */
  delayMs: number;
}

/** The shop's webhooks: they hear of changes and deliver them later. */
export class Webhooks {
  readonly all = new Collection<Webhook>([]);
  readonly outbox: Outbox;
  readonly #parts: WebhookParts;
  #lastId = 0;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.outbox = new Outbox(parts.delayMs, (pending) => this.#deliver(pending));
    parts.ledger.listen((topic, id) => {
      this.#hear(topic, id);
    });
  }

  /** Makes a webhook and pings its address. Whatever status is asked for, it is active. */
  async add(given: Pick<Webhook, 'topic' | 'deliveryUrl' | 'name' | 'secret'>): Promise<Webhook> {
    this.#lastId += 1;
    const webhook: Webhook = {
      ...given,
      id: this.#lastId,
      secret: cleanSecret(given.secret) || randomBytes(32).toString('base64url'),
      status: 'active',
      created: this.#parts.ledger.now(),
      modified: undefined,
      failures: 0,
      pingPending: true,
    };
    this.all.put(webhookEntry(webhook));
    await this.#ping(webhook);
    return webhook;
  }

  /** Changes a webhook; a new address is pinged. Being active again does not forget earlier failures. */
  async change(id: number, changes: Partial<Webhook>): Promise<Webhook | undefined> {
    const before = this.all.get(id)?.read();
    if (before === undefined) {
      return undefined;
    }
    const { secret, deliveryUrl } = changes;
    const moved = deliveryUrl !== undefined && deliveryUrl !== before.deliveryUrl;
    const next = this.#save(id, {
      ...changes,
      ...(secret === undefined ? {} : { secret: cleanSecret(secret) }),
      ...(moved ? { pingPending: true } : {}),
    });
    if (moved && next !== undefined) {
      await this.#ping(next);
    }
    return next;
  }

  remove(id: number): boolean {
    return this.all.remove(id);
  }

  close(): Promise<void> {
    this.#parts.transport.close();
    return this.outbox.close();
  }

  /** What happens while a webhook is paused or disabled is lost to it. */
  #hear(change: Topic, record: number | string): void {
    for (const { id } of this.all.all()) {
      const webhook = this.all.get(id)?.read();
      if (webhook?.status === 'active' && hears(webhook.topic, change)) {
        this.outbox.put({ webhook: id, change, record });
      }
    }
  }

  async #deliver({ webhook: id, change, record }: Pending): Promise<Delivery[]> {
    const webhook = this.all.get(id)?.read();
    if (webhook === undefined || webhook.status === 'disabled') {
      return [];
    }
    const body = await this.#bodyFor(webhook, change, record);
    const made: Delivery[] = [];
    for (let left = this.#parts.copies(webhook.topic); left > 0; left -= 1) {
      const at = this.#parts.ledger.now();
      const outcome = await this.#send(webhook, body, at);
      made.push({ webhook: id, topic: webhook.topic, record, at, outcome });
    }
    return made;
  }

  async #send(webhook: Webhook, body: string, at: number): Promise<Outcome> {
    const { id } = webhook;
    const outcome = await this.#parts.transport.deliver(webhook, body, at);
    const saved = this.#save(id, countedFailures(this.all.get(id)?.read() ?? webhook, outcome));
    if (saved?.pingPending === true) {
      await this.#ping(saved);
    }
    return outcome;
  }

  #bodyFor({ topic }: Webhook, change: Topic, record: number | string): Promise<string> | string {
    const { resource, event } = splitTopic(topic);
    if (resource === 'action') {
      return JSON.stringify({ action: event, arg: record });
    }
    return event === 'deleted'
      ? JSON.stringify({ id: record })
      : this.#parts.payload(splitTopic(change).resource, record);
  }

  /** Any answer but 200 leaves the ping due: it comes again after the next delivery. */
  async #ping(webhook: Webhook): Promise<void> {
    const outcome = await this.#parts.transport.ping(webhook);
    const answered = 'status' in outcome && outcome.status === 200;
    this.#save(webhook.id, { pingPending: !answered });
  }

  #save(id: number, changes: Partial<Webhook>): Webhook | undefined {
    const before = this.all.get(id)?.read();
    if (before === undefined) {
      return undefined;
    }
    const next = { ...before, ...changes, modified: this.#parts.ledger.now() };
    this.all.put(webhookEntry(next));
    return next;
  }
}

/** 2xx and unfollowed moves are successes; everything else is a failure and is not tried again. */
function countedFailures({ failures }: Webhook, outcome: Outcome): Partial<Webhook> {
  const status = 'status' in outcome ? outcome.status : 0;
  if ((status >= 200 && status < 300) || status === 301 || status === 302) {
    return { failures: 0 };
  }
  return failures > MAX_FAILURES ? { status: 'disabled' } : { failures: failures + 1 };
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
};

/** Secrets lose outer blanks, and entities in them are decoded before signing. */
function cleanSecret(secret: string): string {
  return secret.trim().replace(/&(amp|lt|gt|quot|#039);/g, (entity) => entities[entity] ?? entity);
}
