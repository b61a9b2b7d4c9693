import type { Clock } from '../../../lib/clock.ts';
import type { Leases } from '../../../ports/leases.ts';
import { withLease } from '../../../ports/with-lease.ts';

export interface StoreLockParts {
  readonly leases: Leases;
  readonly clock: Clock;
}

/** A turn takes seconds: so often it is looked whether that of another process is over. */
const LOOK_MS = 500;

/** One piece of work at a time for each store, in this process and in others that share the state. */
export class StoreLock {
  readonly #parts: StoreLockParts;
  /** The last that waits, by store. Never rejects. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(parts: StoreLockParts) {
    this.#parts = parts;
  }

  async take(store: string, work: () => Promise<void>): Promise<void> {
    const before = this.#last.get(store);
    const turn = (before ?? Promise.resolve()).then(() => this.#amongProcesses(store, work));
    const over = turn.catch(() => undefined);
    this.#last.set(store, over);
    try {
      await turn;
    } finally {
      if (this.#last.get(store) === over) this.#last.delete(store);
    }
  }

  /** The lease is this process's: it does not tell apart who of us holds it. */
  async #amongProcesses(store: string, work: () => Promise<void>): Promise<void> {
    while (!(await withLease(this.#parts, `pictures ${store}`, work))) {
      await this.#parts.clock.sleep(LOOK_MS);
    }
  }
}
