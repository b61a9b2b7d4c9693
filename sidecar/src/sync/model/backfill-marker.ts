import type { State } from '../../ports/state.ts';

/** Names of the cursors: of a load under way, and of the last one that walked all lists. */
export const BACKFILLING = 'loading';
export const BACKFILLED = 'loaded';

/** The store's time of a load's first answer: what changed since may not be in it. Sweeps begin there. */
interface Begun {
  readonly at: string;
  /** Lists that it has walked to their end. */
  readonly walked?: readonly string[];
}

/** Remembers when the load of a store began, however often it is stopped and goes on. */
export class BackfillMarker {
  readonly #state: State;
  readonly #store: string;
  #begun: Begun | null;

  private constructor(state: State, store: string, begun: Begun | null) {
    this.#state = state;
    this.#store = store;
    this.#begun = begun;
  }

  static async open(state: State, store: string): Promise<BackfillMarker> {
    return new BackfillMarker(
      state,
      store,
      (await state.cursor(store, BACKFILLING)) as Begun | null,
    );
  }

  /** Called with each answer; the first one counts. */
  async answered(storeTime: Date): Promise<void> {
    if (this.#begun !== null) return;
    this.#begun = { at: storeTime.toISOString() };
    await this.#state.saveCursor(this.#store, BACKFILLING, this.#begun);
  }

  /** The store's time at which it began; null before its first answer. */
  get begunAt(): Date | null {
    return this.#begun === null ? null : new Date(this.#begun.at);
  }

  hasWalked(list: string): boolean {
    return this.#begun?.walked?.includes(list) === true;
  }

  /** A list was walked to its end. */
  async walked(list: string): Promise<void> {
    if (this.#begun === null || this.hasWalked(list)) return;
    this.#begun = { ...this.#begun, walked: [...(this.#begun.walked ?? []), list] };
    await this.#state.saveCursor(this.#store, BACKFILLING, this.#begun);
  }

  /** All lists were walked. A store without mapped lists has nothing to begin at. */
  async finish(): Promise<void> {
    if (this.#begun === null) return;
    await this.#state.saveCursor(this.#store, BACKFILLED, { at: this.#begun.at });
    await this.#state.saveCursor(this.#store, BACKFILLING, null);
  }
}
