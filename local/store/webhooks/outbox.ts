import type { Topic } from '../ledger.ts';
import type { Outcome } from './transport.ts';

/** One delivery that waits. */
export interface Pending {
  webhook: number;
  change: Topic;
  record: number;
}

/** A delivery that was made. `at` is in UTC seconds. */
export interface Delivery {
  webhook: number;
  topic: string;
  record: number;
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
  readonly #deliver: (pending: Pending) => Promise<Delivery | undefined>;
  #waiting: Pending[] = [];
  #log: Delivery[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(delayMs: number, deliver: (pending: Pending) => Promise<Delivery | undefined>) {
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
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.run();
    }, this.#delayMs);
  }

  /** Delivers at once what waits, and settles when everything queued until then is done. */
  run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#drain());
    return this.#running;
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
    return this.#running;
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const delivery = await this.#deliver(next);
      if (delivery !== undefined) {
        this.#log = [...this.#log, delivery].slice(-KEPT);
      }
    }
  }
}
