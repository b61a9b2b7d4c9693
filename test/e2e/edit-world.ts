import { expect } from 'vitest';

import type { ProductRecord } from '../../local/store/core/records.ts';
import { eventually } from './eventually.ts';
import type { JourneyWorld } from './journey-world.ts';
import { controlOf, openJourney } from './journeys.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import type { RunningService } from './service.ts';
import type { StatePlace } from './state-places.ts';

const BATCHES = /^POST \/wp-json\/wc\/v3\/products\/.*batch 200$/;

type Fields = Readonly<Record<string, unknown>>;

/** A world in which products are edited in Salesforce, with a service that can be killed. */
export class EditWorld {
  readonly world: JourneyWorld;
  readonly live: LiveWorld;
  service: RunningService;
  readonly #place: StatePlace;
  /** Products that no test has used. */
  readonly #unused: ProductRecord[];

  private constructor(
    world: JourneyWorld,
    place: StatePlace,
    live: LiveWorld,
    service: RunningService,
  ) {
    this.world = world;
    this.#place = place;
    this.live = live;
    this.service = service;
    this.#unused = this.products.filter(
      ({ type, status, regular_price, name }) =>
        // An ampersand is kept in another way once we have written it.
        type === 'simple' && status === 'publish' && regular_price !== '' && !name.includes('&'),
    );
  }

  /** Once the shop is loaded. */
  static async open(openPlace: (world: JourneyWorld) => Promise<StatePlace>): Promise<EditWorld> {
    const world = await openJourney(5);
    const place = await openPlace(world);
    const live = new LiveWorld(world);
    return new EditWorld(world, place, live, await live.start(place.env));
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.#place.close();
  }

  async stop(): Promise<void> {
    expect(await this.service.stop()).toBe(0);
  }

  /** Loses the state, while the service does not run. */
  async forget(): Promise<void> {
    await this.#place.forget();
  }

  /** Ends the service at once, and with it what the two sides would have answered. */
  async kill(): Promise<void> {
    await this.service.kill();
    this.world.store.faults.clear();
    this.world.org?.data.faults.clear();
  }

  /** Messages that failed meanwhile come at once. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.service = await this.live.start({ ...this.#place.env, ...env });
    if (this.world.isTold) await this.outbound('retry');
  }

  get products(): readonly ProductRecord[] {
    return this.world.store.shop.products.all().map((entry) => entry.read());
  }

  /** A simple product that is for sale, once no record waits to be looked at. */
  async fresh(): Promise<ProductRecord> {
    const product = this.#unused.pop();
    if (product === undefined) throw new Error('the shop has no more products');
    await idle(this.service);
    return product;
  }

  /** Once it is there. */
  recordOf(id: number): Promise<string> {
    return this.live.arrives('Product2', id, { Woo_Key__c: `main:${id}` });
  }

  /** As people do, in one call. */
  async edit(...changes: readonly (Fields & { readonly Id: string })[]): Promise<void> {
    const saved = await this.world.admin.sobject('Product2').update([...changes]);
    for (const one of saved) expect(one).toMatchObject({ success: true });
  }

  /** @returns the id of the new record */
  async create(fields: Fields): Promise<string> {
    const saved = await this.world.admin.sobject('Product2').create(fields);
    expect(saved).toMatchObject({ success: true });
    return String(saved.id);
  }

  /** A product that the shop's own staff made. */
  async makeInShop(fields: Fields): Promise<{ readonly id: number }> {
    const { consumerKey, consumerSecret } = this.world.store;
    const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const response = await fetch(`${this.world.storeUrl}/wp-json/wc/v3/products`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${credentials}`,
        // Over plain http the shop takes signed requests only.
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify(fields),
    });
    const answer = (await response.json()) as { readonly id: number };
    expect(response.status, JSON.stringify(answer)).toBe(201);
    return answer;
  }

  async inShop(id: number, values: Partial<ProductRecord>): Promise<void> {
    await eventually(() => {
      expect(this.world.store.shop.products.get(id)?.read()).toMatchObject(values);
    });
  }

  /** Batches of changes that the shop has answered. */
  get batches(): number {
    const { byRoute } = this.world.store.requests.summary();
    const counts = Object.entries(byRoute).filter(([route]) => BATCHES.test(route));
    return counts.reduce((sum, [, count]) => sum + count, 0);
  }

  /** Changes both sides before the service sees either. */
  async unseen(change: () => Promise<void>): Promise<void> {
    if (!this.world.isTold) {
      await this.stop();
      await change();
      await this.start();
      return;
    }
    const { outbox } = this.world.store.webhooks;
    await this.hold();
    await change();
    await this.outbound('release');
    outbox.release();
  }

  /** Nothing is told from here on, by neither side. */
  async hold(): Promise<void> {
    if (!this.world.isTold) return;
    await this.outbound('hold');
    this.world.store.webhooks.outbox.hold();
  }

  /** The back door to the outbound messages of the local org. @returns what it answers */
  async outbound(action: string, body: object = {}): Promise<Outbound> {
    controlOf(this.world);
    const response = await fetch(`${this.world.orgUrl}/local/outbound/${action}`, {
      ...(action === 'totals' ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const answer = (await response.json()) as Outbound;
    expect(response.ok, JSON.stringify(answer)).toBe(true);
    return answer;
  }

  /** Waits until the service knows of each change in Salesforce, and nothing waits to be looked at. */
  async quiet(): Promise<void> {
    if (this.world.isTold) await this.told();
    else await this.#asked();
  }

  /** The same where the local org tells it. */
  async told(): Promise<Outbound> {
    const totals = await eventually(async () => {
      const found = await this.outbound('totals');
      expect(found.notifications).toMatchObject({ waiting: 0, sending: 0 });
      return found;
    });
    await idle(this.service);
    return totals;
  }

  /** The same where the service asks: the first call from now on may have been under way. */
  async #asked(): Promise<void> {
    const calls = () =>
      figure(this.service, 'woo_salesforce_api_calls_total', 'purpose="sweep of Salesforce"');
    const before = await calls();
    await eventually(async () => (await calls()) >= before + 2);
    await idle(this.service);
  }
}

export interface Outbound {
  readonly notifications: Readonly<Record<'waiting' | 'sending' | 'delivered' | 'dropped', number>>;
}
