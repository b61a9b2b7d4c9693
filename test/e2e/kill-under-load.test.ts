import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CrashWorld } from './crash-world.ts';
import { eventually } from './eventually.ts';
import { completed } from './orders.ts';
import { everyStatePlace } from './state-places.ts';

/** 200 orders a minute. */
const ORDER_EVERY_MS = 300;

/** New orders while the service runs until it is killed, and while it is down: seconds of both. */
const KILLS = [
  { running: 20, down: 15 },
  // Before it has brought what it missed.
  { running: 2, down: 15 },
  { running: 20, down: 25 },
  { running: 40, down: 2 },
] as const;

describe.each(everyStatePlace)('orders at 200 a minute, with the state in $name', ({ open }) => {
  let crash: CrashWorld;
  beforeAll(async () => {
    crash = await CrashWorld.open(open);
    await crash.start();
    await crash.loaded();
  });
  afterAll(async () => {
    await crash.close();
  });

  it('are all there once, whenever the service is killed and started again', async () => {
    const shoppers = new Shoppers(crash);
    try {
      for (const { running, down } of KILLS) {
        await shoppers.order(running);
        await crash.kill();
        await shoppers.order(down);
        await crash.start();
      }
      await shoppers.order(KILLS[0].running);
    } finally {
      shoppers.leave();
    }
    await crash.inStep(async () => {
      expect(await arrived(crash, shoppers.ordered())).toEqual(shoppers.ordered());
    });
    await eventually(async () => {
      expect(await openIssues(crash)).toEqual([]);
    });
  });
});

/** An order, and what it comes to in cents. */
type Order = readonly [id: number, cents: number];

/** They order, whatever becomes of the service. */
class Shoppers {
  readonly #orders: Order[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor({ world }: CrashWorld) {
    const carts = completed(world, Infinity, ({ line_items }) => line_items.length > 0);
    this.#timer = setInterval(() => {
      const like = carts[this.#orders.length % carts.length];
      const { id, total } = world.store.edits.addOrder(like?.id ?? 0);
      this.#orders.push([id, cents(total)]);
    }, ORDER_EVERY_MS);
  }

  /** Waits until there are so many more orders. */
  async order(more: number): Promise<void> {
    const wanted = this.#orders.length + more;
    await eventually(() => this.#orders.length >= wanted);
  }

  leave(): void {
    clearInterval(this.#timer);
  }

  /** In the order of their ids. */
  ordered(): readonly Order[] {
    return this.#orders;
  }
}

/** The orders of the org from the first of these on, in the order of their ids. */
async function arrived(
  { world }: CrashWorld,
  [first]: readonly Order[],
): Promise<readonly Order[]> {
  const soql = 'SELECT Woo_Key__c, Total__c FROM Woo_Order__c';
  const { records } = await world.admin.query<{ Woo_Key__c: string; Total__c: number }>(soql, {
    autoFetch: true,
    maxFetch: 100_000,
  });
  return records
    .map(({ Woo_Key__c, Total__c }): Order => [Number(Woo_Key__c.slice(5)), cents(Total__c)])
    .filter(([id]) => id >= (first?.[0] ?? 0))
    .toSorted(([one], [other]) => one - other);
}

async function openIssues({ world }: CrashWorld): Promise<readonly unknown[]> {
  const soql = `SELECT Code__c, Reason__c FROM Woo_Sync_Issue__c WHERE State__c = 'open'`;
  const { records } = await world.admin.query<Record<string, unknown>>(soql);
  return records.map(({ Code__c, Reason__c }) => [Code__c, Reason__c]);
}

function cents(amount: string | number): number {
  return Math.round(Number(amount) * 100);
}
