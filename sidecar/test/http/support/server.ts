import { createHmac } from 'node:crypto';
import { DerivedSecrets } from '../../../src/config/derived-secrets.ts';
import type { Edit, Engine, Image } from '../../../src/http/engine-port.ts';
import { type Server, startServer } from '../../../src/http/server.ts';
import type { Log } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { mappingTo } from '../../support/rows.ts';

export const secrets = new DerivedSecrets(new Secret('s'.repeat(32)), new Secret('o'.repeat(32)));

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An engine that keeps in memory what it is told. */
export class EngineStandIn implements Engine {
  readonly stored: ChangeEvent[] = [];
  readonly heard: string[] = [];
  /** While the org has not told yet. */
  isKnown = true;
  readonly byStore: Record<string, readonly Mapping[]> = {
    main: [
      mappingTo('Woo_Order__c'),
      mappingTo('Product2', { resource: 'product' }),
      mappingTo('Contact', { resource: 'customer', realTime: false }),
    ],
  };
  readonly edited: Edit[] = [];
  organizationId: string | null = '00Dxx0000000001';
  readonly objects = new Set(['product2', 'woo_command__c']);
  readonly images = new Map<string, Image>();
  /** What a change event or an edit waits for before it is stored. */
  disk: () => Promise<void> = () => Promise.resolve();
  healthy: Engine['health'] = () =>
    Promise.resolve({ queue: { ok: true }, org: { ok: true }, stores: { main: { ok: true } } });
  shown: Engine['figures'] = () => Promise.resolve([]);

  readonly queue = {
    add: async (changes: readonly ChangeEvent[]): Promise<void> => {
      await this.disk();
      this.stored.push(...changes);
    },
  };

  mappings(store: string): readonly Mapping[] | undefined | null {
    return this.isKnown ? this.byStore[store] : null;
  }

  /** Keys whose events only say what was written. */
  readonly echoes = new Set<string>();

  isEcho(_store: string, { key }: ChangeEvent): boolean {
    return this.echoes.has(key);
  }

  /** Addresses of copies of the shop. */
  readonly copies = new Set<string>();

  isOtherShop(_store: string, source: string): boolean {
    return this.copies.has(source);
  }

  onEvent(store: string): void {
    this.heard.push(store);
  }

  knowsObject(object: string): boolean {
    return this.objects.has(object);
  }

  async onEdits(edits: readonly Edit[]): Promise<void> {
    await this.disk();
    this.edited.push(...edits);
  }

  image(hash: string): Promise<Image | null> {
    return Promise.resolve(this.images.get(hash) ?? null);
  }

  health(): ReturnType<Engine['health']> {
    return this.healthy();
  }

  figures(): ReturnType<Engine['figures']> {
    return this.shown();
  }
}

export function serveWebhooks(
  engine: Engine,
  publicUrl = 'https://sync.example.com',
  log: Log = silent,
): Promise<Server> {
  const webhooks = { publicUrl, secrets };
  return startServer({ host: '127.0.0.1', port: 0, webhooks, engine, log });
}

export function sign(body: string | Buffer, secret = secrets.webhook('main').current): string {
  return createHmac('sha256', secret.reveal()).update(body).digest('base64');
}

/** The headers that a shop sends with a webhook. */
export function headersOf(
  topic: string,
  body: string | Buffer,
  signature = sign(body),
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-wc-webhook-source': 'https://shop.example/',
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-signature': signature,
    'x-wc-webhook-id': '2',
    'x-wc-webhook-delivery-id': '8739f2f8609cc6d63eaed232b3fbf435',
  };
}

/** How many webhooks became what, as /metrics says it: `main order stored` → 1. */
export async function counts(server: Server): Promise<Record<string, number>> {
  const response = await fetch(`${server.url}/metrics`);
  const lines = (await response.text()).matchAll(
    /^woo_salesforce_webhooks_total\{store="(.*?)",resource="(.*?)",outcome="(.*?)"\} (\d+)$/gm,
  );
  return Object.fromEntries(
    lines.map(([, store, resource, outcome, count]) => [
      [store, resource, outcome].join(' '),
      Number(count),
    ]),
  );
}

/** What a counter of /metrics has counted, by its label `outcome`. */
export async function countsOf(server: Server, metric: string): Promise<Record<string, number>> {
  const response = await fetch(`${server.url}/metrics`);
  const lines = (await response.text()).matchAll(
    new RegExp(`^woo_salesforce_${metric}_total\\{outcome="(.*?)"\\} (\\d+)$`, 'gm'),
  );
  return Object.fromEntries(lines.map(([, outcome = '', count]) => [outcome, Number(count)]));
}
