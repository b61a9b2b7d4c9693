import type { State } from '../../ports/state.ts';
import type { Read } from './record.ts';

/** Names of the cursors: of a load under way, and of the last one that walked all lists. */
export const BACKFILLING = 'loading';
export const BACKFILLED = 'loaded';

/** A load's first answer. */
interface Begun {
  /** The store's time of it: what changed since may not be in the load. Sweeps begin there. */
  readonly at: string;
  /** Of the reading; loads that an earlier version began have none. */
  readonly readNumber?: number;
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
  async answered({ readAt, readNumber }: Pick<Read, 'readAt' | 'readNumber'>): Promise<void> {
    if (this.#begun !== null) return;
    this.#begun = { at: readAt.toISOString(), readNumber };
    await this.#state.saveCursor(this.#store, BACKFILLING, this.#begun);
  }

  /** Its first answer, `readNumber` 0 where an earlier version began it; null before its first answer. */
  get begun(): { readonly at: string; readonly readNumber: number } | null {
    return this.#begun && { readNumber: 0, ...this.#begun };
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
