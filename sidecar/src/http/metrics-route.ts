import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Log } from '../lib/log.ts';
import type { Engine, Figure } from './engine-port.ts';
import { describeFailure } from './failure-log.ts';
import type { ImageOutcome, MessageOutcome, NotificationOutcome } from './outcomes.ts';

/** Counts webhooks by what became of them. */
export class WebhookCount {
  readonly registry = new Registry();
  readonly #webhooks = new Counter({
    name: 'woo_salesforce_webhooks_total',
    help: 'Webhooks received, by what became of them',
    labelNames: ['store', 'resource', 'outcome'],
    registers: [this.registry],
  });

  /**
   * @param store key of a known store, `unknown` else: labels that strangers choose would be without bound
   * @param resource `order`, `product`, `customer` or `other`
   */
  add(store: string, resource: string, outcome: string): void {
    this.#webhooks.inc({ store, resource, outcome });
  }
}

/** Counts outbound messages and their notifications by what became of them. */
export class OutboundCount {
  readonly registry = new Registry();
  readonly #messages = new Counter({
    name: 'woo_salesforce_outbound_messages_total',
    help: 'Outbound messages received from Salesforce, by what became of them',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly #notifications = new Counter({
    name: 'woo_salesforce_outbound_notifications_total',
    help: 'Notifications in outbound messages of the org, by what became of them',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  message(outcome: MessageOutcome | 'unknown_token'): void {
    this.#messages.inc({ outcome });
  }

  notification(outcome: NotificationOutcome): void {
    this.#notifications.inc({ outcome });
  }
}

/** Counts requests for images by what became of them. */
export class ImageCount {
  readonly registry = new Registry();
  readonly #images = new Counter({
    name: 'woo_salesforce_image_fetches_total',
    help: 'Requests of shops for images, by what became of them',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  add(outcome: ImageOutcome): void {
    this.#images.inc({ outcome });
  }
}

/** `GET /metrics` in the text format of Prometheus: the process, what came in, and what the engine tells. */
export function addMetrics(
  app: FastifyInstance,
  counts: readonly { readonly registry: Registry }[],
  engine: Engine,
  log: Log,
): void {
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  app.get('/metrics', async (_request, reply) => {
    let figures: readonly Figure[] = [];
    try {
      figures = await engine.figures();
    } catch (error) {
      log.warn(describeFailure(error), 'The metrics lack what the engine tells');
    }
    const all = Registry.merge([
      ofProcess,
      ...counts.map(({ registry }) => registry),
      registryOf(figures),
    ]);
    return reply.type(all.contentType).send(await all.metrics());
  });
}

function registryOf(figures: readonly Figure[]): Registry {
  const registry = new Registry();
  for (const { name, help, kind, values } of figures) {
    const labelNames = Object.keys(values[0]?.labels ?? {});
    const options = { name, help, labelNames, registers: [registry] };
    const metric = kind === 'gauge' ? new Gauge(options) : new Counter(options);
    for (const { labels, value } of values) metric.inc(labels, value);
  }
  return registry;
}
