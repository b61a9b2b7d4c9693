import { setTimeout as rest } from 'node:timers/promises';
import { Random } from '../core/random.ts';
import type { Topic } from '../shop/ledger.ts';
import type { Outcome } from './transport.ts';

/** One delivery that waits. */
export interface Pending {
  webhook: number;
  change: Topic;
  /** the id, or the argument of an action */
  record: number | string;
}

/** A delivery that was made. `at` is in UTC seconds. */
export interface Delivery {
  webhook: number;
  topic: string;
  record: number | string;
  at: number;
  outcome: Outcome;
}

const KEPT = 1000;

/**
 * The queue of deliveries, as Action Scheduler runs it: what was queued first goes first, one at a time, and the
 * same webhook waits for the same record only once.
 */
export class Outbox {
  readonly #delayMs: number;
  readonly #deliver: (pending: Pending) => Promise<readonly Delivery[]>;
  #waiting: Pending[] = [];
  #log: Delivery[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #held = false;
  readonly #stop = new AbortController();
  #everyMs = 0;
  #closed = false;

  constructor(delayMs: number, deliver: (pending: Pending) => Promise<readonly Delivery[]>) {
    this.#delayMs = delayMs;
    this.#deliver = deliver;
  }

  put(pending: Pending): void {
    const same = ({ webhook, record }: Pending): boolean =>
      webhook === pending.webhook && record === pending.record;
    if (this.#closed || this.#waiting.some(same)) {
      return;
    }
    this.#waiting.push(pending);
    this.#schedule();
  }

  /** Delivers at once what waits, unless it is held, and settles when everything queued until then is done. */
  run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#drain());
    return this.#running;
  }

  /** From now on nothing is delivered, as in a shop whose cron is dead. */
  hold(): void {
    this.#held = true;
  }

  /** What waits is delivered as usual again. */
  release(): void {
    this.#held = false;
    if (this.#waiting.length > 0) {
      this.#schedule();
    }
  }

  /** From now on so many milliseconds pass after each delivery, as in a shop whose Action Scheduler takes its time. */
  pace(everyMs: number): void {
    this.#everyMs = everyMs;
  }

  /** What waits goes in another order: backwards, or shuffled by a seed. */
  reorder(seed: number | undefined): void {
    this.#waiting = seed === undefined ? this.#waiting.toReversed() : shuffled(this.#waiting, seed);
  }

  get held(): boolean {
    return this.#held;
  }

  /** The newest deliveries, oldest first. */
  get log(): readonly Delivery[] {
    return this.#log;
  }

  get waiting(): readonly Pending[] {
    return this.#waiting;
  }

  /** Forgets what waits. */
  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#stop.abort();
    return this.#running;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      void this.run();
    }, this.#delayMs);
  }

  /** Ended by closing. */
  async #rest(): Promise<void> {
    const { signal } = this.#stop;
    await rest(this.#everyMs, undefined, { signal }).catch(() => undefined);
  }

  async #drain(): Promise<void> {
    while (!this.#held) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        return;
      }
      this.#log = [...this.#log, ...(await this.#deliver(next))].slice(-KEPT);
      if (this.#everyMs > 0) await this.#rest();
    }
  }
}

function shuffled(waiting: readonly Pending[], seed: number): Pending[] {
  const random = new Random(seed, 'deliveries');
  return waiting
    .map((pending) => ({ pending, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ pending }) => pending);
}
