import { expect } from 'vitest';

import { expectedOf } from '../../scripts/lib/demo/expected.ts';
import { readOrgSide } from '../../scripts/lib/demo/org-side.ts';
import { eventually } from './eventually.ts';
import { mustDeploy, record, set } from './metadata.ts';
import type { RunningService } from './service.ts';
import type { StatePlace } from './state-places.ts';
import { openWorld, type World } from './support.ts';

/** Longer than a test looks at it: an answer that the service does not live to see. */
export const NEVER_MS = 900_000;

const OBJECTS: Readonly<Record<string, string>> = {
  Account: 'customer',
  Contact: 'customer',
  Product2: 'product',
  Woo_Order__c: 'order',
  Woo_Order_Item__c: 'order_item',
  Woo_Refund__c: 'refund',
};

/** A world whose service is killed and started again. */
export class CrashWorld {
  readonly world: World;
  readonly #place: StatePlace;
  #service: RunningService | null = null;
  #readsBefore = 0;

  private constructor(world: World, place: StatePlace) {
    this.world = world;
    this.#place = place;
  }

  static async open(openPlace: (world: World) => Promise<StatePlace>): Promise<CrashWorld> {
    const world = await openWorld(10);
    // The shop is told the ids of orders: the last thing that is done before a change event is taken off.
    mustDeploy(world.org, record('Woo_Mapping.Order', set('Woo_Meta_Key__c', 'salesforce_id')));
    return new CrashWorld(world, await openPlace(world));
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.#place.close();
  }

  get service(): RunningService {
    if (this.#service === null) throw new Error('no service runs');
    return this.#service;
  }

  async start(): Promise<void> {
    this.#readsBefore = this.#reads();
    this.#service = await this.world.startService(this.#place.env);
  }

  /** Ends the service at once, and with it what the two sides would have answered. */
  async kill(): Promise<void> {
    await this.service.kill();
    this.#service = null;
    this.world.store.faults.clear();
    this.world.org.data.faults.clear();
  }

  /** Tells the service to stop; it finishes what is under way. */
  async stop(): Promise<void> {
    expect(await this.service.stop()).toBe(0);
    this.#service = null;
  }

  forgetState(): Promise<void> {
    return this.#place.forget();
  }

  /** Change events that wait or are worked on, as the metrics say. */
  async backlog(): Promise<number> {
    const text = await (await fetch(`${this.service.url}/metrics`)).text();
    const values = [...text.matchAll(/^woo_salesforce_backlog\{[^}]*\} (\d+)$/gm)];
    return values.reduce((sum, [, value]) => sum + Number(value), 0);
  }

  /** Waits until the check passes, no change event is left, and the org has each record of the shop once. */
  async inStep(check: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await eventually(async () => {
      await check();
      expect(this.#reads(), 'the sweep of the start').toBeGreaterThan(this.#readsBefore);
      await this.#bothAvailabilityAgree();
      expect(this.world.store.webhooks.outbox.waiting).toEqual([]);
      expect(await this.backlog()).toBe(0);
    });
  }

  /** The same where of the first backfill of the store; the first reconcile follows it. */
  async loaded(): Promise<void> {
    await this.service.waitForLog(({ msg }) => msg === 'nightly reconcile');
    await this.inStep();
  }

  /** When each record was last written, by id. */
  async stamps(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const object of Object.keys(OBJECTS)) {
      const { records } = await this.world.admin.query<{ Id: string; SystemModstamp: string }>(
        `SELECT Id, SystemModstamp FROM ${object}`,
        { autoFetch: true, maxFetch: 100_000 },
      );
      for (const { Id, SystemModstamp } of records) found.set(Id, SystemModstamp);
    }
    return found;
  }

  /** How often refunds were listed: each sweep does it. */
  #reads(): number {
    return this.world.store.requests.summary().byRoute['GET /wp-json/wc/v3/refunds 200'] ?? 0;
  }

  /** Keyed records and money are those of the shop, and no record is there without a key. */
  async #bothAvailabilityAgree(): Promise<void> {
    const { org, orgUrl, store, admin } = this.world;
    const { wanted, money } = expectedOf(store.shop);
    const held = await readOrgSide(orgUrl, org.adminToken, Object.keys(OBJECTS));
    for (const [object, resource] of Object.entries(OBJECTS)) {
      const { totalSize } = await admin.query(`SELECT COUNT() FROM ${object}`);
      const counts = { keyed: held.counts.get(object), all: totalSize };
      expect(counts, object).toEqual({ keyed: wanted[resource], all: wanted[resource] });
    }
    const sums = held.money.map(({ currency, total }) => [currency, Number(total).toFixed(2)]);
    const expected = [...money].map(([currency, { total }]) => [currency, total.toFixed(2)]);
    expect(sums.sort()).toEqual(expected.sort());
  }
}
