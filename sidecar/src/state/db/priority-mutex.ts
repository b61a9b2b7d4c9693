/** Lets one caller through at a time, as they come; urgent ones pass those that still wait. */
export class PriorityMutex {
  readonly #urgent: (() => void)[] = [];
  readonly #others: (() => void)[] = [];
  #isTaken = false;

  async take<T>(work: () => Promise<T>, how?: 'urgent'): Promise<T> {
    if (this.#isTaken) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const line = how === 'urgent' ? this.#urgent : this.#others;
      line.push(() => {
        resolve(undefined);
      });
      await promise;
    }
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      const next = this.#urgent.shift() ?? this.#others.shift();
      // Whoever is next has the turn already: nobody comes in between.
      if (next) next();
      else this.#isTaken = false;
    }
  }
}
