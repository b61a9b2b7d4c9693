import type { StoreSetup } from '../ports/setup.ts';
import { StoreEngine } from './store/store-engine.ts';
import type { StoreParts } from './store/store-parts.ts';

interface Running {
  readonly engine: StoreEngine;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export interface RunningStoresParts extends Omit<StoreParts, 'takeBackIssues'> {
  readonly takeBackIssues: (setup: StoreSetup) => ReturnType<StoreParts['takeBackIssues']>;
}

/** The stores that are kept in step now, each as it is configured. */
export class RunningStores {
  readonly #parts: RunningStoresParts;
  readonly #running = new Map<string, Running>();

  constructor(parts: RunningStoresParts) {
    this.#parts = parts;
  }

  get engines(): readonly StoreEngine[] {
    return [...this.#running.values()].map(({ engine }) => engine);
  }

  get(key: string): StoreEngine | undefined {
    return this.#running.get(key)?.engine;
  }

  /** Begins with new stores, ends those that are gone, and begins anew with those that have changed. */
  async take(stores: readonly StoreSetup[]): Promise<void> {
    const wanted = new Map(stores.map((one) => [one.store.key, one]));
    for (const [key, { engine, stop, ended }] of this.#running) {
      if (wanted.get(key)?.version === engine.setup.version) continue;
      stop.abort();
      await ended;
      this.#running.delete(key);
    }
    for (const [key, one] of wanted) {
      if (!this.#running.has(key) && !this.#parts.signal.aborted) this.#open(one);
    }
  }

  /** Ends all; what is under way is finished first. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#running.values()].map(({ stop, ended }) => {
        stop.abort();
        return ended;
      }),
    );
  }

  #open(setup: StoreSetup): void {
    const stop = new AbortController();
    const engine = new StoreEngine(setup, {
      ...this.#parts,
      signal: AbortSignal.any([this.#parts.signal, stop.signal]),
      takeBackIssues: () => this.#parts.takeBackIssues(setup),
    });
    // What it lacked may be what has changed: it is asked now, however long it was to rest.
    this.#parts.availability.store(setup.store.key).recordSuccess();
    this.#running.set(setup.store.key, { engine, stop, ended: engine.run() });
    this.#parts.log.info({ store: setup.store.key }, 'store is kept in step');
  }
}
