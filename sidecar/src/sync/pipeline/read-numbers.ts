import type { State } from '../../ports/state.ts';

/**
 * Numbers for the pages of a walk (`State.beginRead`). A page is asked for while the one before is handled
 * (`WooStore.walk`): that of a page is taken two pages before, so that it is never above that of a reading which began
 * after the page was asked for.
 */
export class ReadNumbers {
  readonly #state: Pick<State, 'beginRead'>;
  #current: number;
  #ahead: Promise<number>;

  private constructor(state: Pick<State, 'beginRead'>, first: number) {
    this.#state = state;
    this.#current = first;
    this.#ahead = Promise.resolve(first);
  }

  /** Before the first page is asked for. */
  static async begin(state: Pick<State, 'beginRead'>): Promise<ReadNumbers> {
    return new ReadNumbers(state, await state.beginRead());
  }

  /** That of the page that has come. The one that is taken with it comes while the page is handled: `ready`. */
  async next(): Promise<number> {
    const number = this.#current;
    this.#current = await this.#ahead;
    this.#ahead = this.#state.beginRead();
    // Thrown by `ready`; without this line it would end the process first.
    this.#ahead.catch(() => undefined);
    return number;
  }

  /** Before the next page is taken, with which the one behind it is asked for. */
  async ready(): Promise<void> {
    await this.#ahead;
  }
}
