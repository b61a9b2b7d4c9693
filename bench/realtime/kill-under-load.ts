import { setTimeout as delay } from 'node:timers/promises';
import type { Pair } from '../lib/programs/pair.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import { until } from '../lib/programs/until.ts';
import { atMost, type Result, shown } from '../lib/results/results.ts';

const ORDERS_PER_MINUTE = 200;
const LOOK_EVERY_MS = 100;
/** How often it is killed, how long the service has run by then, and how long it is down. */
const [KILLS, RUNS_MS, DOWN_MS] = [3, 15_000, 7000];
/** Of the short benchmark. */
const [FEW_KILLS, FEW_RUNS_MS, FEW_DOWN_MS] = [1, 3000, 3000];
/** Far more than it takes. */
const MOST_SECONDS = 600;

export interface KillUnderLoadOptions {
  readonly pair: Pair;
  readonly service: ServiceProcess;
  readonly engine: string;
  /** An order that the org has, of which new ones are copies. */
  readonly like: number;
  readonly isShort: boolean;
}

/** kill -9 while orders arrive, which they go on doing: how long until the org has each of them. */
export async function measureKillUnderLoad(
  options: KillUnderLoadOptions,
): Promise<readonly Result[]> {
  const { pair, service, engine, like, isShort } = options;
  const kills = isShort ? FEW_KILLS : KILLS;
  const [runs, down] = isShort ? [FEW_RUNS_MS, FEW_DOWN_MS] : [RUNS_MS, DOWN_MS];
  const orders = new Orders(pair, like);
  const starts: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await orders.during(delay(runs));
    await service.kill();
    await orders.during(delay(down));
    starts.push(performance.now());
    await orders.during(service.start());
  }
  await orders.during(delay(runs));
  await orders.allThere();
  const { missed, later } = orders.waits(starts);
  const [first, last] = [missed[0], missed.at(-1)];
  if (first === undefined || last === undefined) throw new Error('No order was missed.');
  const name = `kill -9 at ${ORDERS_PER_MINUTE} orders a minute`;
  return [
    atMost(`${name} → each missed order in the org after the restart, ${engine}`, 30, 's', last),
    shown(`… p50 of ${missed.length} missed orders, ${engine}`, 's', quantile(missed, 0.5)),
    shown(`… p99 of them, ${engine}`, 's', quantile(missed, 0.99)),
    atMost(
      `… slowest of the ${later.length} orders while it runs, ${engine}`,
      30,
      's',
      later.at(-1) ?? 0,
    ),
  ];
}

interface Order {
  readonly id: number;
  readonly placedAt: number;
  /** When the org was first seen to have it. */
  thereAt: number | null;
}

/** New orders of the store, and when the org has them. */
class Orders {
  readonly #pair: Pair;
  readonly #like: number;
  readonly #all: Order[] = [];

  constructor(pair: Pair, like: number) {
    this.#pair = pair;
    this.#like = like;
  }

  /** Orders at the pace, and looks for them, until the work is done. */
  async during(work: Promise<void>): Promise<void> {
    const over = new AbortController();
    const done = work.finally(() => {
      over.abort();
    });
    await Promise.all([done, this.#place(over.signal), this.#watch(over.signal)]);
  }

  async allThere(): Promise<void> {
    await until('the org has all orders', MOST_SECONDS, async () => {
      await this.#look();
      return this.#pending().length === 0;
    });
    const made = await this.#pair.org.count(`Woo_Order__c WHERE ${keysAre(this.#all)}`);
    if (made !== this.#all.length) throw new Error(`The org has ${made} of ${this.#all.length}.`);
  }

  /**
   * Seconds, the shortest first.
   * @param starts when the service was started again
   * @returns of orders that were placed before a start and not in the org by then, since that start; of all others since they
   *   were placed
   */
  waits(starts: readonly number[]): Readonly<Record<'missed' | 'later', readonly number[]>> {
    const missed: number[] = [];
    const later: number[] = [];
    for (const { placedAt, thereAt } of this.#all) {
      const there = thereAt ?? Infinity;
      const start = starts.find((at) => placedAt < at && at < there);
      if (start === undefined) later.push((there - placedAt) / 1000);
      else missed.push((there - start) / 1000);
    }
    const sorted = (waits: readonly number[]) => waits.toSorted((one, other) => one - other);
    return { missed: sorted(missed), later: sorted(later) };
  }

  async #place(over: AbortSignal): Promise<void> {
    const begun = performance.now();
    for (let count = 1; !over.aborted; count++) {
      const change = { status: 'completed' };
      const made = await this.#pair.store.control('POST', `orders/${this.#like}/copy`, change);
      const { id } = made as { readonly id: number };
      this.#all.push({ id, placedAt: performance.now(), thereAt: null });
      const next = begun + (count * 60_000) / ORDERS_PER_MINUTE;
      await delay(Math.max(0, next - performance.now()));
    }
  }

  async #watch(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await this.#look();
      await delay(LOOK_EVERY_MS);
    }
  }

  async #look(): Promise<void> {
    const pending = this.#pending();
    if (pending.length === 0) return;
    const soql = `SELECT Woo_Key__c FROM Woo_Order__c WHERE ${keysAre(pending)}`;
    const keys = new Set((await this.#pair.org.query(soql)).map(({ Woo_Key__c }) => Woo_Key__c));
    const now = performance.now();
    for (const order of pending) if (keys.has(keyOf(order))) order.thereAt = now;
  }

  #pending(): readonly Order[] {
    return this.#all.filter(({ thereAt }) => thereAt === null);
  }
}

function keysAre(orders: readonly Order[]): string {
  return `Woo_Key__c IN (${orders.map((order) => `'${keyOf(order)}'`).join(', ')})`;
}

function keyOf({ id }: Order): string {
  return `main:${id}`;
}

/** @param sorted the smallest first */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
