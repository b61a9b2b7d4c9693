import { expect } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { eventually } from './eventually.ts';
import type { RunningService } from './service.ts';
import type { JourneyWorld } from './journey-world.ts';

/** What a test looks at while the service runs: the shop, the org, and what the service reports itself. */
export class LiveWorld {
  readonly #world: JourneyWorld;
  #isLoaded = false;

  constructor(world: JourneyWorld) {
    this.#world = world;
  }

  /**
   * Starts the service, and waits until the first backfill is done and the shop's webhooks are there, where the shop
   * can tell it.
   */
  async start(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const { store, isTold } = this.#world;
    const service = await this.#world.startService(env);
    if (isTold) await eventually(() => store.webhooks.all.size > 0);
    else if (!this.#isLoaded)
      await service.waitForLog(({ msg }) => msg === 'first backfill is done');
    this.#isLoaded = true;
    return service;
  }

  /** Completed orders of the shop, in the order of their ids. */
  completed(fits: (order: OrderRecord) => boolean = () => true): readonly OrderRecord[] {
    return this.#world.store.shop.orders
      .all()
      .map((entry) => entry.read())
      .filter((order) => order.status === 'completed' && fits(order));
  }

  /** Calls the back door of the local store. */
  async atShop(
    path: string,
    body: object,
    method = 'POST',
  ): Promise<Readonly<Record<string, unknown>>> {
    const response = await fetch(`${this.#world.storeUrl}/local${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    expect(response.ok, JSON.stringify(answer)).toBe(true);
    return answer;
  }

  /** The record of the org with the key of the shop's record; undefined where there is none. */
  inOrg(
    object: string,
    key: number | string,
    fields: readonly string[],
  ): Promise<Record<string, unknown> | undefined> {
    const names = ['Id', ...fields].join(', ');
    return this.#world.orgRow(`SELECT ${names} FROM ${object} WHERE Woo_Key__c = 'main:${key}'`);
  }

  /** Waits until the record of the org holds the values, and answers its id. */
  arrives(
    object: string,
    key: number | string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    return eventually(async () => {
      const row = await this.inOrg(object, key, Object.keys(values));
      expect(row, `${object} main:${key}`).toMatchObject(values);
      return String(row?.['Id']);
    });
  }

  /** Changes an order in the shop, and waits until the org has it so. */
  async changeArrives(order: number, city: string): Promise<void> {
    this.#world.store.edits.updateOrder(order, { billing: { city } });
    await this.arrives('Woo_Order__c', order, { Billing_City__c: city });
  }
}

/** The sum of a figure of /metrics over the values of its labels; with a label such as `purpose="changes"`, of those. */
export async function figure({ url }: RunningService, name: string, label = ''): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(label));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Waits until no record waits to be looked at. */
export async function idle(service: RunningService): Promise<void> {
  await eventually(async () => {
    expect(await figure(service, 'woo_salesforce_backlog')).toBe(0);
  });
}
