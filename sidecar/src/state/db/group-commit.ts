/** Writes what callers bring in batches: those who come while one is being written share the next. */
export class GroupCommit<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  #running: Promise<void> = Promise.resolve();
  #next: { readonly items: T[]; readonly written: Promise<void> } | null = null;

  constructor(write: (items: readonly T[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when these items are written, and rejects when the batch that they were in was not. */
  add(items: readonly T[]): Promise<void> {
    const next = (this.#next ??= this.#batch());
    for (const item of items) next.items.push(item);
    return next.written;
  }

  /** Resolves when nothing is being written any more, well or not. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#next?.written ?? this.#running]);
  }

  #batch(): { items: T[]; written: Promise<void> } {
    const items: T[] = [];
    return { items, written: this.#after(this.#running, items) };
  }

  async #after(previous: Promise<void>, items: readonly T[]): Promise<void> {
    await Promise.allSettled([previous]);
    this.#running = this.#next?.written ?? Promise.resolve();
    this.#next = null;
    await this.#write(items);
  }
}
