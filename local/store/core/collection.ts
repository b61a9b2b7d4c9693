/**
 * What the lists need to know of a record without building it. Times are UTC seconds.
 * `owner` is the customer of an order, the order of a refund, the parent of a variation, else 0.
 */
export interface Entry<R> {
  id: number;
  created: number;
  modified: number;
  status: string;
  owner: number;
  /** Builds the record; the caller must not change what it gets. */
  read: () => R;
}

type Key = 'created' | 'modified' | 'id';

/** Entries sorted by one key, ties by id. */
export class SortedIndex<R> {
  readonly key: Key;
  readonly entries: Entry<R>[];

  constructor(key: Key, entries: Entry<R>[]) {
    this.key = key;
    this.entries = entries.toSorted((a, b) => a[key] - b[key] || a.id - b.id);
  }

  insert(entry: Entry<R>): void {
    this.entries.splice(this.#position(entry[this.key], entry.id), 0, entry);
  }

  remove(entry: Entry<R>): void {
    this.entries.splice(this.#position(entry[this.key], entry.id), 1);
  }

  /** The half-open range of positions whose key lies strictly between the bounds (undefined = open). */
  between(after: number | undefined, before: number | undefined): { from: number; to: number } {
    const from = after === undefined ? 0 : this.#position(after + 1, -Infinity);
    const to = before === undefined ? this.entries.length : this.#position(before, -Infinity);
    return { from, to: Math.max(from, to) };
  }

  /** The first position whose key (then id) is not lower. */
  #position(key: number, id: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      const lower =
        entry !== undefined &&
        (entry[this.key] < key || (entry[this.key] === key && entry.id < id));
      if (lower) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** All records of one resource, with the orders in which lists walk them. */
export class Collection<R> {
  readonly byId: SortedIndex<R>;
  readonly byCreated: SortedIndex<R>;
  readonly byModified: SortedIndex<R>;
  readonly #entries: Map<number, Entry<R>>;

  /** @throws Error when two entries have the same id. */
  constructor(entries: Entry<R>[]) {
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
    if (this.#entries.size !== entries.length) {
      throw new Error('Two records of one resource have the same id.');
    }
    this.byId = new SortedIndex('id', entries);
    this.byCreated = new SortedIndex('created', entries);
    this.byModified = new SortedIndex('modified', entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: number): Entry<R> | undefined {
    return this.#entries.get(id);
  }

  /** All entries by id. */
  all(): readonly Entry<R>[] {
    return this.byId.entries;
  }

  /** Adds an entry, or puts it in the place of the one with its id. */
  put(entry: Entry<R>): void {
    this.remove(entry.id);
    this.#entries.set(entry.id, entry);
    for (const index of [this.byId, this.byCreated, this.byModified]) {
      index.insert(entry);
    }
  }

  /** @returns whether there was one. */
  remove(id: number): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      return false;
    }
    for (const index of [this.byId, this.byCreated, this.byModified]) {
      index.remove(entry);
    }
    return this.#entries.delete(id);
  }

  /** Puts what was there in place of all that is; `entries` are those of an earlier `all()`. */
  restore(entries: readonly Entry<R>[]): void {
    for (const { id } of this.all().slice()) {
      this.remove(id);
    }
    for (const entry of entries) {
      this.put(entry);
    }
  }
}
