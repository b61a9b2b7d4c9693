import type { State } from '../../ports/state.ts';

type Linked = Pick<State, 'linked'>;

/** Ids that are held at a time, of each object. */
const PAGE = 1000;

/** The ids of the shop's records that are linked in one of several objects, ascending, each once. */
export class LinkedIds {
  readonly #objects: readonly LinkedObject[];

  /** @param after the id behind which they begin */
  constructor(state: Linked, store: string, objects: readonly string[], after = 0) {
    this.#objects = [...new Set(objects)].map(
      (object) => new LinkedObject(state, store, object, after),
    );
  }

  /** Goes on to this id, a thousand at a time; those handed out before do not come again. */
  async *upTo(last: number): AsyncGenerator<readonly number[]> {
    let page: number[] = [];
    for (let id = await this.#first(); id !== null && id <= last; id = await this.#first()) {
      for (const object of this.#objects) object.skip(id);
      page.push(id);
      if (page.length === PAGE) {
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  }

  async #first(): Promise<number | null> {
    let lowest: number | null = null;
    for (const object of this.#objects) {
      const id = await object.first();
      if (id !== null && (lowest === null || id < lowest)) lowest = id;
    }
    return lowest;
  }
}

class LinkedObject {
  readonly #state: Linked;
  readonly #store: string;
  readonly #object: string;
  #page: readonly number[] = [];
  #at = 0;
  #after: number;
  #isLast = false;

  constructor(state: Linked, store: string, object: string, after: number) {
    this.#state = state;
    this.#store = store;
    this.#object = object;
    this.#after = after;
  }

  /** The lowest id that was not skipped; null behind the last. */
  async first(): Promise<number | null> {
    if (this.#at === this.#page.length && !this.#isLast) {
      this.#page = await this.#state.linked(this.#store, this.#object, this.#after, PAGE);
      this.#at = 0;
      this.#after = this.#page.at(-1) ?? this.#after;
      this.#isLast = this.#page.length < PAGE;
    }
    return this.#page[this.#at] ?? null;
  }

  /** Skips the id, where it is the first. */
  skip(id: number): void {
    if (this.#page[this.#at] === id) this.#at += 1;
  }
}
